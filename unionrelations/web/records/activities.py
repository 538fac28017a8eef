"""The page of an activity of any kind: what it was, who took part, what came of it, and where it is counted."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.entities.activities import AllActivitiesTable
from activities.entities.common import kind_in_words
from activities.entities.interpreting import Interpreters
from activities.models import Activity, ActivityScope, FollowUp, Life, Overstep, Paper, Restriction, StepTaken, Term
from activities.models.life import CLOSED, stage_of
from activities.models.restrictions import may_restrict
from activities.reports.standing import standings
from unionrelations.accounts.models import Union
from unionrelations.kit.entities import Under
from unionrelations.web.paperwork import just_made

from .pages import EntityDetail
from .promises import WithPartners, day_of

# What the page shows elsewhere than among its facts.
SHOWN_APART = frozenset(
    {"status", "closed_at", "partner_roles", "union_roles", "part_of", "counts_as", "activity_countries"}
)
PILLS = AllActivitiesTable.PILLS
Status = Activity.Status
# The way of one that asks for leave, and that of one whose union sets the status itself.
ASKING = (Status.PLANNED, Status.SUBMITTED, Status.APPROVED, Status.UNDER_WAY, Status.HELD)
QUIET = (Status.PLANNED, Status.APPROVED, Status.HELD)


class ActivityPage(EntityDetail):
    template_name = "records/activity.html"
    shown_apart = SHOWN_APART
    also_under: ClassVar[dict[str, Under]] = {
        "steps": Under(StepTaken),
        "oversteps": Under(Overstep),
        "restrictions": Under(Restriction),
        "open promises": WithPartners(FollowUp),
    }

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
            steps=[(way, capfirst(way.step.label)) for way in self.life.ways()],
            taken=self.taken,
            waits_for=self.waits_for,
            restriction=self.restriction,
            may_restrict=self.may_restrict,
            lifted=self.also("restrictions").lifted(),
            oversteps=self.also("oversteps"),
            whole=self.whole,
            standing=list(self.standing()),
            sums=self.parts["costs"].rows.sums(),
            in_dong=self.in_dong(),
            made_url=just_made(self.request, one),
            open_promises=list(self.also("open promises")),
            kept_on=day_of(one),
            may_close=bool(self.edit_url) and self.request.user.has_perm("activities.change_followup"),
            interpreters=Interpreters(self.parts["interpreters"].rows, self.request.user),
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
        if self.may_restrict:
            yield self.restrict_label, reverse("activity-restriction", args=[self.object.pk]), "lock"
        if self.entity.form is None and self.edit_url:
            yield _("Edit"), self.edit_url, "edit"
        for act in super()._acts():
            if not (self.restriction and act[2] == "link"):  # what is kept of a merge is read by others
                yield act

    @cached_property
    def restriction(self) -> Restriction | None:
        """Found only by whoever is named: nobody else has this page."""
        user = self.request.user
        if not user.is_named:
            return None
        return Restriction.objects.visible_to(user).of_activity(self.object.pk).open().with_people().first()

    @cached_property
    def may_restrict(self) -> bool:
        return may_restrict(self.life)

    @property
    def restrict_label(self):
        return _("Who reads it…") if self.restriction else _("Restrict access…")

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

    @cached_property
    def life(self) -> Life:
        return Life(self.object, self.request.user)

    @cached_property
    def taken(self) -> list[StepTaken]:
        """The steps taken, the last first."""
        return list(self.also("steps").order_by("-pk"))

    @property
    def waits_for(self) -> Union | None:
        """The union whose leader, or one above, decides next."""
        return self.object.lead if self.object.status == Status.SUBMITTED else None

    def stages(self) -> list[tuple]:
        """(words, whether reached, whether it stands there now); none for what was put off or called off."""
        status = self.object.status
        line = ASKING if self.taken or status not in QUIET else QUIET
        if status not in line:
            return []
        reached = line.index(status)
        is_closed = stage_of(self.object) == CLOSED
        here = -1 if is_closed else reached
        stages = [(capfirst(one.label), place <= reached, place == here, "") for place, one in enumerate(line)]
        is_in = any(one.kind == Paper.Kind.TRIP_REPORT for one in self.parts["papers"].rows)
        stages.append((_("Report handed in"), is_in, False, ""))
        if line is ASKING:
            stages.append((capfirst(pgettext_lazy("an activity", "closed")), is_closed, is_closed, ""))
        return stages

    def in_dong(self) -> tuple | None:
        """Estimate and settlement added up in đồng, where there is more than đồng to add up."""
        rows = self.parts["costs"].rows
        totals = [rows.total(one) for one in ("estimate", "settlement")]
        return tuple(totals) if any(not one.is_all_dong for one in totals) else None

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
