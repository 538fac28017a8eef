"""Two records that may be one: suspected, told apart, or merged, with all it takes to undo that. Never merges.

A pair is named by the label of its model and two keys, since one of the two is gone once they are merged.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Conference, Course, Delegation
from activities.reports.models.work import Work, WorkQuerySet
from partners.models import Agreement, Partner
from unionrelations.accounts.models import Officer
from unionrelations.kit.keeping import Moment
from unionrelations.kit.probing import Probe
from unionrelations.kit.scoping import ScopedQuerySet

MERGEABLE: dict[str, type[models.Model]] = {
    model._meta.label_lower: model for model in (Partner, Delegation, Conference, Course, Agreement, Officer)
}
OF_ACTIVITIES = tuple(label for label, model in MERGEABLE.items() if issubclass(model, Activity))


def in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


class PairQuerySet(ScopedQuerySet):
    """Read by whoever reads both records."""

    read_through: tuple[str, ...] = ("first", "second")

    def visible_to(self, user):
        if not user.is_authenticated or not user.is_active:
            return self.none()
        seen = Q()
        for label, model in MERGEABLE.items():
            rows = model._default_manager.visible_to(user).order_by()
            seen |= Q(*(Probe(rows.filter(pk=OuterRef(key))) for key in self.read_through), label=label)
        return self.filter(seen)

    def of(self, label: str, one: int, other: int):
        first, second = in_order(one, other)
        return self.filter(label=label, first=first, second=second)


class SuspicionQuerySet(PairQuerySet):
    def open(self):
        """Those nobody has told apart."""
        told = Distinct.objects.filter(label=OuterRef("label"), first=OuterRef("first"), second=OuterRef("second"))
        return self.filter(~Exists(told))


class DistinctQuerySet(PairQuerySet):
    def keep(self, user, label: str, one: int, other: int, why: str = ""):
        """Remembers that they are not the same; said twice, the first stands."""
        first, second = in_order(one, other)
        told, _made = self.get_or_create(
            label=label, first=first, second=second, defaults={"said_by": user, "why": why[:300]}
        )
        return told

    def apart_from(self, label: str, pk: int) -> set[int]:
        """The keys of all records that are not the same as this one."""
        pairs = self.filter(Q(first=pk) | Q(second=pk), label=label).values_list("first", "second")
        return {key for pair in pairs for key in pair} - {pk}


class Pair(models.Model):
    """Two records of one model, the lower key first."""

    label = models.CharField(_("sort of record"), max_length=40, editable=False)
    first = models.BigIntegerField(_("first record"), editable=False)
    second = models.BigIntegerField(_("second record"), editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["label", "first", "second"], name="%(class)s_of_a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="%(class)s_names_two_records"),
        ]

    def __str__(self):
        return f"{self.label}: {self.first}, {self.second}"

    @property
    def pks(self) -> tuple[int, int]:
        return self.first, self.second


class Suspicion(Pair):
    """A pair the last search found alike, and `evidence` by what: [code, values], said in the reader's language."""

    score = models.PositiveSmallIntegerField(_("likeness, in per cent"), editable=False)
    evidence = models.JSONField(_("evidence"), default=list, editable=False)

    objects = SuspicionQuerySet.as_manager()

    class Meta(Pair.Meta):
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-score", "pk"]
        indexes = [models.Index("label", F("score").desc(), name="suspicion_likeliest_first")]


class Distinct(Pair):
    """What a person said: these two are not the same."""

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("said by"),
        editable=False,
    )
    said_at = models.DateTimeField(_("said at"), auto_now_add=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DistinctQuerySet.as_manager()

    class Meta(Pair.Meta):
        verbose_name = _("pair told apart")
        verbose_name_plural = _("pairs told apart")
        ordering = ["-said_at", "-pk"]


class MergeQuerySet(PairQuerySet):
    """Read by whoever reads the record in which the merged one lives on."""

    read_through = ("survivor",)

    def open(self):
        """Those that were not undone."""
        return self.filter(undone_at__isnull=True)

    def for_listing(self):
        return self.select_related("merged_by", "undone_by")

    def survivors(self, label: str, pks) -> dict[int, int]:
        """Where records that are gone live on today."""
        return dict(self.open().filter(label=label, gone__in=list(pks)).values_list("gone", "survivor"))


class Merge(models.Model):
    """One record taken into another. `payload` holds what was moved, dropped and changed: see `duplicates.merging`."""

    label = models.CharField(_("sort of record"), max_length=40, editable=False)
    kept = models.BigIntegerField(_("record kept"), editable=False)
    gone = models.BigIntegerField(_("record merged into it"), editable=False)
    # Where it lives on today: the one kept, or what that was merged into later.
    survivor = models.BigIntegerField(_("record it lives on in"), editable=False)
    kept_name = models.CharField(_("name of the record kept"), max_length=500, editable=False)
    gone_name = models.CharField(_("name of the record merged"), max_length=500, editable=False)
    payload = models.JSONField(_("what it takes to undo it"), encoder=Moment, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("merged by"),
        editable=False,
    )
    merged_at = models.DateTimeField(_("merged at"), editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("taken apart by"),
        editable=False,
    )
    undone_at = models.DateTimeField(_("taken apart at"), null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        indexes = [models.Index("label", "survivor", name="merge_by_survivor")]
        constraints = [
            models.UniqueConstraint(
                fields=["label", "gone"], condition=Q(undone_at__isnull=True), name="a_record_is_merged_away_once"
            )
        ]

    def __str__(self):
        return f"{self.gone_name} → {self.kept_name}"

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class DuplicateSearch(Work):
    """One look through all records for those that may be the same. `night` is null on demand."""

    night = models.DateField(_("night"), null=True, unique=True, editable=False)
    found = models.PositiveIntegerField(_("pairs found"), default=0, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for duplicates")
        verbose_name_plural = _("searches for duplicates")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
