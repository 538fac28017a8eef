"""Takes an import back: what it made goes, what it changed is as before. What people edited since is left, and said.

All in one transaction; a record that cannot go because others rest on it stays and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from .models import Import, ImportedRecord
from .plan import AT_ONCE
from .standing import alone, dependants, digest, restored, standing
from .writing import CREATED

Own = set[tuple[type[Model], int]]  # the records of one import


@transaction.atomic
def undo(batch: Import, now: datetime, *, even_edited: bool = False) -> int:
    """How many records could not be taken back; each says why. With `even_edited` later edits go too.

    Asked a second time, it tries those it had to leave: what was taken back and entered since is nobody's import.
    """
    by_model: dict[type[Model], list[ImportedRecord]] = defaultdict(list)
    to_go = batch.records.exclude(kept_because="") if batch.undone_at else batch.records.all()
    for one in to_go.order_by("-pk"):  # what was made last goes first
        by_model[apps.get_model(one.model)].append(one)
    batch.records.update(kept_because="")
    own = _own(batch)
    left = 0
    for model, records in by_model.items():
        for first in range(0, len(records), AT_ONCE):
            left += _take_back(model, records[first : first + AT_ONCE], own, even_edited)
    batch.undone_at = now
    batch.save(update_fields=["undone_at"])
    return left


def _own(batch: Import) -> Own:
    """The records of the import that hang on others of it, those taken back already among them."""
    models = {apps.get_model(one): one for one in batch.records.order_by().values_list("model", flat=True).distinct()}
    hanging = {table for model in models for table, _column in dependants(model)} & set(models)
    rows = batch.records.order_by().filter(model__in=[models[one] for one in hanging])
    return {(apps.get_model(model), key) for model, key in rows.values_list("model", "key")}


def _take_back(model: type[Model], records: list[ImportedRecord], own: Own, even_edited: bool) -> int:
    rows = standing(model, [one.key for one in records])
    left, going = 0, []
    for one in records:
        now_there = rows.get(one.key)
        if not now_there:
            continue  # somebody deleted it already: nothing is left to take back
        by_itself = alone(model, now_there, own)
        if digest(by_itself) != one.after and not even_edited:
            left += _keep(
                one, _("It was edited since. Look at it, and delete or correct it yourself where that is right.")
            )
        elif one.way == CREATED and len(by_itself) < len(now_there) and not even_edited:
            left += _keep(one, _("Other records rest on it by now."))  # one that came with it had to stay
        elif one.way == CREATED:
            going.append(one)
        else:
            _put_back(model, one, now_there)
    return left + _delete(model, going)


def _keep(record: ImportedRecord, why: str) -> int:
    record.kept_because = why
    record.save(update_fields=["kept_because"])
    return 1


def _delete(model: type[Model], going: Iterable[ImportedRecord]) -> int:
    """All at once where nothing rests on any of them, else one by one."""
    going = list(going)
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=[one.key for one in going]).delete()
        return 0
    except ProtectedError:
        pass
    left = 0
    for one in going:
        try:
            with transaction.atomic():
                model._base_manager.get(pk=one.key).delete()
        except ProtectedError:
            left += _keep(one, _("Other records rest on it by now."))
    return left


def _put_back(model: type[Model], one: ImportedRecord, now_there: list[Model]) -> None:
    """Its rows as they were before: those added since the change go, those taken away come back."""
    was = restored(one.before or ())
    stay = {(type(row.object), row.object.pk) for row in was}
    hanging = {table for table, _column in dependants(model)}
    for row in now_there:
        if type(row) in hanging and (type(row), row.pk) not in stay:
            row.delete()
    for row in was:
        row.save()
    connection.check_constraints(table_names=sorted({type(row.object)._meta.db_table for row in was}))
    record = model._base_manager.get(pk=one.key)
    record.save()  # whatever is derived from it is derived again
