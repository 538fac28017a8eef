"""What a report tells beside activities: relations, agreements, officers, proposals. Never counts an activity.

A register is a list cut into lines of its own words; a line counts the very rows it opens. What is dated is sure where
its whole window lies in the period and undetermined where it only may; officers are those on record, for nobody keeps
when they came and went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Attendance, PartnerRole, Proposal
from partners.models import Agreement, AgreementEvent, Partner, RelationEvent
from unionrelations.accounts.models import Officer, Union
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import EARLIEST

from .questions import Question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_STATED = _("not stated")
NONE = "none"  # in an address, the line of rows that say nothing


@dataclass(frozen=True)
class Register:
    """`rows_of` gives the question's rows, each with its `line` as text, null where it says nothing; with
    `undetermined`, those that only may belong. `lines` are in order; without, they are whatever stands in the rows."""

    code: str
    label: StrOrPromise
    head: StrOrPromise  # of the column of lines
    model: type[Model]
    address: str  # the slug of the list that shows them
    rows_of: Callable[[Question, bool], QuerySet]
    lines: tuple[tuple[str, StrOrPromise], ...] = ()
    without: StrOrPromise = NOT_STATED
    dated: bool = True
    about: StrOrPromise = ""

    def is_asked(self, question: Question) -> bool:
        """Nothing here knows a kind or a mode of activity."""
        return not (question.only.kind or question.only.mode)

    def rows(self, question: Question, key: str, *, undetermined: bool = False) -> QuerySet:
        if undetermined and not self.dated:
            return self.model._default_manager.none()
        rows = self.rows_of(question, undetermined)
        rows = rows.filter(line__isnull=True) if key == NONE else rows.filter(line=key)
        return self.model._default_manager.filter(pk__in=rows.values("pk"))

    def counts(self, question: Question) -> dict[str, tuple[int, int]]:
        """By line: how many rows surely belong, and how many perhaps."""
        found: dict[str, list[int]] = {}
        for place, undetermined in enumerate((False, True) if self.dated else (False,)):
            grouped = self.rows_of(question, undetermined).order_by().values("line")
            for line, number in grouped.annotate(n=Count("pk", distinct=True)).values_list("line", "n"):
                if number:
                    found.setdefault(NONE if line is None else line, [0, 0])[place] = number
        return {key: (sure, perhaps) for key, (sure, perhaps) in found.items()}

    def name(self, key: str) -> str:
        return str(self.without) if key == NONE else str(dict(self.lines).get(key, key))


def _ours(question: Question) -> QuerySet:
    return Union.objects.filter(question.unions()).values("pk")


def _relations(question: Question, undetermined: bool) -> QuerySet[RelationEvent]:
    rows = RelationEvent.objects.filter(union__in=_ours(question)).annotate(line=F("kind"))
    if question.only.partner:
        rows = rows.filter(partner=question.only.partner)
    if question.only.country:
        rows = rows.filter(partner__country=question.only.country)
    last = Case(When(precision="day", then=F("starts_on")), default=F("ends_on"))
    return _placed(rows.annotate(window_last=last), "starts_on", "window_last", question.period, undetermined)


def _placed(rows: QuerySet, first: str, last: str, period: Period, undetermined: bool) -> QuerySet:
    inside = Q(**{f"{first}__gte": period.start, f"{last}__lte": period.last})
    touching = Q(**{f"{first}__lte": period.last, f"{last}__gte": period.start})
    return rows.filter(touching & ~inside if undetermined else inside)


def _dormant(question: Question, undetermined: bool) -> QuerySet[Partner]:
    """Worked with before the period, and neither surely nor perhaps in it."""
    if question.period.start <= EARLIEST:
        return Partner.objects.annotate(line=_word("dormant")).none()
    before = question.but(period=Period(EARLIEST, question.period.start - timedelta(days=1)))
    earlier, now = before.scopes().filter(is_inside=True), question.scopes()
    met = (PartnerRole.objects.filter(activity__in=rows.values("activity_id")) for rows in (earlier, now))
    then, since = (roles.values("partner_id") for roles in met)
    return Partner.objects.filter(pk__in=then).exclude(pk__in=since).annotate(line=_word("dormant"))


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _expiring(question: Question, undetermined: bool) -> QuerySet[Agreement]:
    rows = question.agreements().filter(in_force_to__gte=question.period.start, in_force_to__lte=question.period.last)
    return rows.annotate(line=_word("expiring"))


def _agreement_events(question: Question, undetermined: bool) -> QuerySet[Agreement]:
    """What became of the unions' agreements in the period; where a union inherits, that is the heir's."""
    ours = _ours(question)
    period = Q(events__day__gte=question.period.start, events__day__lte=question.period.last)
    inherited = Q(events__kind=AgreementEvent.Kind.INHERITED, events__heir__isnull=False)
    theirs = (inherited & Q(events__heir__in=ours)) | (
        ~inherited & Q(pk__in=Agreement.objects.filter(parties__union__in=ours).values("pk"))
    )
    return question.only.agreements(Agreement.objects.filter(period & theirs)).annotate(line=F("events__kind"))


def _officers(line, question: Question, undetermined: bool) -> QuerySet[Officer]:
    return Officer.objects.filter(union__in=_ours(question)).annotate(line=line)


def _proposals(question: Question, undetermined: bool) -> QuerySet[Proposal]:
    rows = Proposal.objects.unrestricted().filter(union__in=_ours(question)).annotate(line=F("outcome"))
    return rows.perhaps_made_within(question.period) if undetermined else rows.made_within(question.period)


FULL_TIME = Case(
    When(full_time=True, then=Value("full")), When(full_time=False, then=Value("part")), output_field=CharField()
)
# In words at the officer, or a course of the house.
ATTENDED = Exists(Attendance.objects.unrestricted().filter(officer=OuterRef("pk")))
TRAINED = Case(When(~Q(trainings="") | Q(ATTENDED), then=Value("trained")), output_field=CharField())
ON_RECORD = _("Officers on record today, whatever the period.")

_REGISTERS = (
    Register(
        "relations", _("Relations with partners"), _("What changed"), RelationEvent, "relations", _relations,
        lines=tuple(RelationEvent.Kind.choices),
    ),
    Register(
        "dormant", _("Partners not worked with in the period"), _("Relation"), Partner, "partners", _dormant,
        lines=(("dormant", _("worked with before, not in the period")),), dated=False,
        about=_("Partners of earlier activities with whom no activity of the period is logged."),
    ),
    Register(
        "agreement-events", _("What became of agreements"), _("What changed"), Agreement, "agreements",
        _agreement_events, lines=tuple(AgreementEvent.Kind.choices), dated=False,
    ),
    Register(
        "agreements-expiring", _("Agreements that expire"), pgettext_lazy("a line of a table", "Agreements"), Agreement,
        "agreements", _expiring, lines=(("expiring", _("end in the period")),), dated=False,
    ),
    Register(
        "officers", _("Officers, full-time and part-time"), _("Work"), Officer, "officers",
        partial(_officers, FULL_TIME), lines=(("full", _("full-time")), ("part", _("part-time"))), dated=False,
        about=ON_RECORD,
    ),
    Register(
        "languages", _("Foreign languages of officers"), _("Language"), Officer, "officers",
        partial(_officers, F("languages__language")), without=_("none recorded"), dated=False, about=ON_RECORD,
    ),
    Register(
        "trained", _("Training of officers"), _("Training"), Officer, "officers", partial(_officers, TRAINED),
        lines=(("trained", _("attended a training")),), without=_("none recorded"), dated=False, about=ON_RECORD,
    ),
    Register(
        "proposals", _("Proposals and what became of them"), _("Outcome"), Proposal, "proposals", _proposals,
        lines=tuple(Proposal.Outcome.choices),
    ),
)  # fmt: skip
REGISTERS = {one.code: one for one in _REGISTERS}
