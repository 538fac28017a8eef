"""The page of an activity of any kind: what it was, who took part, what came of it, and where it is counted."""

from __future__ import annotations

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.entities.activities import AllActivitiesTable
from activities.entities.common import kind_in_words
from activities.models import Activity, ActivityScope, Paper, Term
from activities.reports.standing import standings
from unionrelations.accounts.models import Union

from .pages import EntityDetail

# What the page shows elsewhere than among its facts.
SHOWN_APART = frozenset({"status", "partner_roles", "union_roles", "part_of", "counts_as", "activity_countries"})
PILLS = AllActivitiesTable.PILLS
STAGES = (Activity.Status.PLANNED, Activity.Status.APPROVED, Activity.Status.HELD)


class ActivityPage(EntityDetail):
    template_name = "records/activity.html"
    shown_apart = SHOWN_APART

    def get_queryset(self):
        own_page = super().get_queryset()
        return own_page.select_related("part_of", "changed_by").prefetch_related(
            Prefetch("partner_roles__partner__country")
        )

    def get_context_data(self, **context):
        one = self.object
        return super().get_context_data(
            status=(capfirst(one.get_status_display()), PILLS.get(one.status, "")),
            kind=capfirst(kind_in_words(one)),
            icon=self.icon,
            unions=self.shares(),
            edit_url=self.edit_url,
            stages=self.stages(),
            whole=self.whole,
            standing=list(self.standing()),
            sums=self.parts["costs"].rows.sums(),
            **context,
        )

    @property
    def slug(self) -> str:
        """Of the pages of its kind, where it is entered and changed."""
        return AllActivitiesTable.SLUGS[self.object.kind]

    @property
    def edit_url(self) -> str:
        may = self.writes and self.request.user.has_perm("activities.change_activity")
        return reverse(f"{self.slug}-edit", args=[self.object.pk]) if may else ""

    def _acts(self):
        """On the page of all kinds as well: a record is changed as the kind it is."""
        if self.request.user.has_perm("activities.add_activity"):
            yield _("Log a similar one"), f"{reverse(f'{self.slug}-new')}?after={self.object.pk}", "plus"
        if self.entity.form is None and self.edit_url:
            yield _("Edit"), self.edit_url, "edit"
        yield from super()._acts()

    @property
    def icon(self) -> str:
        if getattr(self.object.own, "direction", "") == "in":
            return "in"
        return {"delegation": "out"}.get(self.object.kind, self.object.kind)

    @cached_property
    def seen(self) -> dict[int, Union]:
        """The unions taking part whose people the reader may see."""
        return Union.objects.visible_to(self.request.user).filter(roles__activity=self.object.pk).in_bulk()

    def shares(self) -> list[dict]:
        """Each union that took part; its own people only where the reader sees that union."""
        return [
            {"role": role, "is_seen": role.union_id in self.seen, "people": role.people}
            for role in self.object.union_roles.all()
        ]

    def stages(self) -> list[tuple]:
        """(words, whether reached, whether it stands there now); none for what was put off or called off."""
        status = self.object.status
        if status not in STAGES:
            return []
        reached = STAGES.index(status)
        stages = [(capfirst(one.label), place <= reached, place == reached, "") for place, one in enumerate(STAGES)]
        is_in = any(one.kind == Paper.Kind.TRIP_REPORT for one in self.parts["papers"].rows)
        stages.append((_("Report handed in"), is_in, False, ""))
        return stages

    @cached_property
    def whole(self) -> Activity | None:
        """What it is part of, where the reader sees that."""
        if self.object.part_of_id is None:
            return None
        return Activity.objects.visible_to(self.request.user).filter(pk=self.object.part_of_id).first()

    def standing(self):
        scopes = ActivityScope.objects.visible_to(self.request.user).filter(activity=self.object.pk)
        scopes = list(scopes.select_related("union").order_by("-own", "-union__path"))
        unions = [one.union for one in scopes]
        return standings(scopes, Term.objects.visible_to(self.request.user).of_each(unions))
