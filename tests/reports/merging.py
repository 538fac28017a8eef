"""What merging is asked in tests: the whole house as it stands, and two records to be made one of a random world."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.core import serializers

from activities.models import ActivityScope, ScopeChange
from activities.reports.duplicates.merging import merge
from activities.reports.models import DuplicateSearch, Merge

NOW = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
FLOORS = ("accounts", "partners", "activities", "reports")
# Who saved a row last, and when: an undone merge is a further edit of it.
BOOKKEEPING = {"version", "changed_at", "changed_by"}


def everything() -> dict[str, dict]:
    """Every row of the house by its table and key, without who saved it last; derived rows by what they say."""
    rows: dict[str, dict] = {}
    for model in (one for floor in FLOORS for one in apps.get_app_config(floor).get_models()):
        if model in (Merge, DuplicateSearch, ScopeChange):  # what tells of work, not of records
            continue
        for one in serializers.serialize("python", model._base_manager.all()):
            fields = {name: value for name, value in one["fields"].items() if name not in BOOKKEEPING}
            key = (fields["union"], fields["activity"]) if model is ActivityScope else one["pk"]
            rows[f"{one['model']} {key}"] = fields
    return rows


def merged(kept, gone, by=None, choices=None) -> Merge:
    return merge(type(kept), kept.pk, gone.pk, by, NOW, choices or {})


def pairs_of(world) -> list[tuple]:
    """Every two records of a world that can be merged: partners, activities of one kind."""
    rows = [*world.partners, *world.activities]
    return [(one, other) for one in rows for other in rows if one.pk != other.pk and type(one) is type(other)]
