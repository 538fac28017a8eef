"""What was just made, changed or deleted, so that its author takes it back within a day. Never knows an entity.

Rows are kept as Django's own serializer writes them, everything a deletion takes along included, and go back as they
were. Then the record is saved through its model, so that whatever is derived from it is derived again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.apps import apps
from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, ActivityScope
from unionrelations.kit.acts import Way as Acting
from unionrelations.kit.acts import doing
from unionrelations.kit.keeping import Moment, own_rows
from unionrelations.kit.scoping import ScopedQuerySet

KEPT_FOR = timedelta(hours=24)


class Refused(Exception):
    """Why nothing was undone, in a sentence for the person."""


class UndoQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, whatever one's role: nobody takes back what another did."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def open(self, now: datetime):
        """Those that can still be undone, the last one first."""
        return self.filter(done_at__isnull=True, made_at__gt=now - KEPT_FOR).order_by("-pk")

    def forget_of_others(self, activity: Activity, readers: set[int]) -> None:
        """Takes away the steps back that tell others of an activity that only these people read from now on.

        They are a day old at most, so there are few.
        """
        for one in self.exclude(owner__in=readers):
            if one.tells_of(activity):
                one.delete()

    forget_of_others.alters_data = True

    def keep(self, user, said: str, records: Iterable[models.Model], *, deleted: bool = False, made: bool = False):
        """Keeps what it takes to undo; called before `records` are changed or deleted, or just after they were made.

        Call it in the transaction of the change itself. What is older than a day goes at the same time.
        """
        records = list(records)
        way = Undo.Way.DELETION if deleted else Undo.Way.CREATION if made else Undo.Way.CHANGE
        if deleted or made:
            for one in records:
                one.refresh_from_db()  # what is derived from it may be newer than the object in hand
        rows, loosened = _taken_along(records) if deleted or made else (own_rows(records), [])
        self.filter(owner=user, made_at__lte=timezone.now() - KEPT_FOR).delete()
        payload = {"records": [[one._meta.label_lower, one.pk] for one in records], "rows": rows, "loosened": loosened}
        return self.create(owner=user, said=str(said)[:300], way=way, payload=payload)


class Undo(models.Model):
    class Way(models.TextChoices):
        CREATION = "creation", gettext_lazy("made")
        CHANGE = "change", gettext_lazy("changed")
        DELETION = "deletion", gettext_lazy("deleted")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="undos", verbose_name=gettext_lazy("person")
    )
    way = models.CharField(gettext_lazy("what was done"), max_length=10, choices=Way)
    said = models.CharField(gettext_lazy("in words"), max_length=300)
    payload = models.JSONField(gettext_lazy("what was there"), encoder=Moment)
    made_at = models.DateTimeField(gettext_lazy("done at"), auto_now_add=True)
    done_at = models.DateTimeField(gettext_lazy("undone at"), null=True, blank=True, editable=False)

    objects = UndoQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("step back")
        verbose_name_plural = gettext_lazy("steps back")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.said

    def tells_of(self, activity: Activity) -> bool:
        """Whether a row of the activity, or of what stands under it, is kept here."""
        kinds = {activity._meta.label_lower, activity.own._meta.label_lower}
        return any(
            (row["model"] in kinds and row["pk"] == activity.pk)
            or any(row["fields"].get(name) == activity.pk for name in ("activity", "course"))
            for row in self.payload["rows"]
        )

    @property
    def url(self) -> str:
        """Where a form that posts undoes it."""
        return reverse("undo", args=[self.pk])

    def undo(self, now: datetime) -> list[models.Model]:
        """Takes it back, all of it or nothing, and gives the records that stand again. Raises Refused with why not."""
        if self.done_at is not None:
            raise Refused(_("This was undone already."))
        if now - self.made_at > KEPT_FOR:
            raise Refused(_("Undoing is possible for 24 hours, and these are over."))
        try:
            with doing(Acting.UNDO, self.said), transaction.atomic():
                back = {
                    self.Way.CREATION: self._unmake,
                    self.Way.CHANGE: self._put_back,
                    self.Way.DELETION: self._bring_back,
                }[self.Way(self.way)]()
                self.done_at = now
                self.save(update_fields=["done_at"])
        except IntegrityError:
            raise Refused(
                _("Something it rests on was deleted since, or another record has taken its place. Nothing was undone.")
            ) from None
        except ProtectedError:
            raise Refused(_("Other records rest on it by now. Nothing was undone.")) from None
        return back

    def _bring_back(self) -> list[models.Model]:
        rows = list(serializers.deserialize("python", self.payload["rows"]))
        for row in rows:
            row.save(force_insert=True)
        tables = {row.object._meta.db_table for row in rows}
        connection.check_constraints(table_names=sorted(tables))  # whatever they point at must still be there
        back = self._records("add", "writable_by")
        for one in back:
            one.save()
        for label, pk, field, value in self.payload["loosened"]:
            let_go = _visible(apps.get_model(label), self.owner).filter(pk=pk, **{f"{field}__isnull": True}).first()
            if let_go is not None:
                setattr(let_go, field, value)
                let_go.save()
        return back

    def _unmake(self) -> list[models.Model]:
        records = self._records("delete", "removable_by")
        rows, loosened = _taken_along(records)
        if loosened or _as_kept(rows) != _as_kept(self.payload["rows"]):
            raise Refused(_("It was changed since it was made. Nothing was undone; you can still delete it."))
        for one in records:
            one.delete()
        return []

    def _put_back(self) -> list[models.Model]:
        was: dict[int, dict] = {}
        for row in serializers.deserialize("python", self.payload["rows"]):
            fields = {one.attname: getattr(row.object, one.attname) for one in row.object._meta.local_concrete_fields}
            was.setdefault(row.object.pk, {}).update(fields)
        records = self._records("change", "writable_by")
        for one in records:
            before = was[one.pk]
            if one.version > before.pop("version") + 1:
                raise Refused(_("“%(record)s” was changed once more since. Nothing was undone.") % {"record": one})
            for name, value in before.items():
                setattr(one, name, value)
            one.save()
        return records

    def _records(self, action: str, cut: str) -> list[models.Model]:
        """The records themselves, as far as the person may still do this to them; all of them or a refusal."""
        found = []
        for label, pk in self.payload["records"]:
            model = apps.get_model(label)
            may = self.owner.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
            one = getattr(_visible(model, self.owner), cut)(self.owner).filter(pk=pk).first() if may else None
            if one is None:
                raise Refused(_("The record is gone, or no longer yours to change. Nothing was undone."))
            found.append(one)
        return found


def _visible(model: type[models.Model], user):
    return model._default_manager.visible_to(user)


def _taken_along(records: list[models.Model]) -> tuple[list[dict], list[list]]:
    """Every row that goes with these records, parents first, and the fields of other rows that would be emptied."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=records)
    for _model, alike in groupby(records, key=type):  # it takes rows of one table at a time
        collector.collect(list(alike))
    collector.sort()
    ordered = [one for model in reversed(collector.data) for one in sorted(collector.data[model], key=lambda it: it.pk)]
    loosened = [
        [one._meta.label_lower, one.pk, field.attname, getattr(one, field.attname)]
        for (field, _none), groups in collector.field_updates.items()
        for group in groups
        for one in group
    ]
    return serializers.serialize("python", ordered), loosened


def _as_kept(rows: list[dict]) -> list[str]:
    """Rows as the column gives them back, in an order of their own; derived rows come and go by themselves."""
    encode = Moment(sort_keys=True).encode
    return sorted(encode(one) for one in rows if one["model"] != ActivityScope._meta.label_lower)
