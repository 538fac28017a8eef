"""Rows written down as Django's own serializer writes them, so that they go back as they were. Never knows a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Moment(DjangoJSONEncoder):
    """Keeps a moment to the microsecond, which Django's own encoder cuts to milliseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def own_rows(records: Iterable[models.Model]) -> list[dict]:
    """The records' own rows and those of the parents they extend, the parents first."""
    rows: list[models.Model] = []
    for one in records:
        rows += [*(getattr(one, link.name) for link in one._meta.parents.values() if link), one]
    return serializers.serialize("python", rows)
