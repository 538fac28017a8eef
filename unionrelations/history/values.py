"""Columns as the history keeps them, and as a model has them. Either database may have written them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import models


def read(field: models.Field, kept: Any) -> Any:
    """What a model's attribute holds where the history has this."""
    if kept is None or isinstance(field, models.JSONField):
        return kept
    while field.is_relation:
        field = field.target_field
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(kept)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(field, models.DecimalField):
        return field.to_python(str(kept))
    return field.to_python(kept)


def columns(model: type[models.Model]) -> dict[str, models.Field]:
    """Without what is never written down because it is derived; entries made while a column came may hold it."""
    fields = (one for one in model._meta.local_concrete_fields if one.serialize or one.primary_key)
    return {str(one.column): one for one in fields}
