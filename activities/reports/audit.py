"""Every figure computed a second way, activity by activity, and compared. Never reads a scope row to count.

The first way is the database's: grouped sums over the derived scope rows. The second reads the activities and their
roles themselves and applies the rules of counting in Python; the two share no query and no derived column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from activities.models import Activity, ActivityScope, ReportedFigure, Term, UnionRole
from activities.models.figures import Indicates
from partners.models import Agreement
from partners.models.countries import HOME
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .findings import measure
from .indicators import CERTIFICATES, GUESTS, INDICATORS, PEOPLE, TRAINEES, Indicator
from .questions import Question, Rule


@dataclass
class Outcome:
    """How many numbers were compared, and those that did not agree, each said in a way one can look up."""

    compared: int = 0
    mismatches: list[dict] = field(default_factory=list)

    def compare(self, what: str, **numbers) -> None:
        """Notes a mismatch unless the numbers, by the way they were found, are all equal."""
        self.compared += 1
        first, *others = numbers.values()
        if any(one != first for one in others):
            self.mismatches.append({"what": what, **numbers})


def audit() -> Outcome:
    """Every indicator of every union for every term it reports by, alone and with those below; and the scope rows."""
    outcome = Outcome()
    recount = Recount()
    for union, terms in Term.objects.of_each(Union.objects.all()):
        for period in dict.fromkeys([*(one.period for one in terms), *_periods_published(union)]):
            for under in (False, True):
                counted = measure(Question(union, period, under=under))
                for indicator in INDICATORS:
                    first = counted[indicator.code.value]
                    outcome.compare(
                        f"{named(Question(union, period, under=under))} {indicator.code}",
                        counted=[first.logged, first.undetermined, first.unknown_people],
                        recounted=list(recount.finding(indicator, union, period, under=under)),
                    )
    _compare_scopes(outcome, recount.activities)
    return outcome


def check(question: Question) -> Outcome:
    """The figures of one question, and the scope rows they were counted from; quick enough to wait for.

    Activities are found by the roles of the unions asked for. Questions that narrow the activities, go by their last
    day or read unions as organised today are not recounted here: of them only the scope rows are compared.
    """
    outcome = Outcome()
    roles = UnionRole.objects.filter(union__in=Union.objects.filter(question.unions()).values("pk"))
    theirs = Q(pk__in=roles.values("activity_id"))
    recount = Recount(Activity.objects.filter(theirs))
    if not question.only and question.rule == Rule.START and not question.today:
        counted, under = measure(question), question.under
        for indicator in INDICATORS:
            first = counted[indicator.code.value]
            outcome.compare(
                f"{named(question)} {indicator.code}",
                counted=[first.logged, first.undetermined, first.unknown_people],
                recounted=list(recount.finding(indicator, question.union, question.period, under=under)),
            )
    counted_from = Activity.objects.filter(theirs | Q(pk__in=question.scopes().values("activity_id")))
    _compare_scopes(outcome, recount.activities, ActivityScope.objects.filter(activity__in=counted_from.values("pk")))
    return outcome


def touching(mismatches: Iterable[dict], question: Question, activities: Iterable[int]) -> list[dict]:
    """Those of an audit's mismatches that concern a question or one of its activities."""
    of_these = {of_activity(pk) for pk in activities}
    return [one for one in mismatches if one["what"].startswith(f"{named(question)} ") or one["what"] in of_these]


def named(question: Question) -> str:
    """How a mismatch names the union and days of a figure."""
    days = f"{question.period.start}–{question.period.end or ''}"
    return f"{question.union.code} {days} {'under' if question.under else 'own'}"


def of_activity(pk: int) -> str:
    """How a mismatch names the scope rows of an activity."""
    return f"scope of activity {pk}"


def _periods_published(union: Union) -> Iterable[Period]:
    return (one.period for one in ReportedFigure.objects.filter(union=union).exclude(indicator=""))


def _compare_scopes(outcome: Outcome, activities: Iterable[Activity], rows: QuerySet | None = None) -> None:
    """`rows` are the stored rows looked at; None: all there are."""
    columns = [one.attname for one in ActivityScope._meta.concrete_fields if not one.primary_key]
    stored: dict[int, list] = {}
    looked_at = ActivityScope.objects.all() if rows is None else rows
    for row in looked_at.order_by("activity_id", "union_id").values(*columns):
        stored.setdefault(row["activity_id"], []).append(row)
    for one in activities:
        one.counts_as = one.category()
        derived = [{name: getattr(row, name) for name in columns} for row in ActivityScope.objects.rows_of(one)]
        outcome.compare(of_activity(one.pk), stored=stored.pop(one.pk, []), derived=derived)
    for pk, rows in stored.items():
        outcome.compare(of_activity(pk), stored=rows, derived=[])


class Recount:
    """Activities in memory, counted one by one by the rules of counting."""

    def __init__(self, activities: QuerySet[Activity] | None = None):
        """Of all activities, or of those given."""
        self.activities = list(
            (Activity.objects.all() if activities is None else activities)
            .select_related(
                "delegation", "conference", "course", "part_of__delegation", "part_of__conference", "part_of__course"
            )
            .prefetch_related(
                "union_roles__union",
                "part_of__union_roles__union",
                "partner_roles",
                "activity_countries__country",
                "conference__activity_countries__country",
                "conference__partner_roles__partner__country",
            )
        )
        self.agreements = list(Agreement.objects.prefetch_related("parties__union"))

    def finding(self, indicator: Indicator, union: Union, period: Period, *, under: bool) -> tuple:
        """(logged, undetermined, unknown headcounts), as `measure` says them."""
        if indicator.code == Indicates.AGREEMENTS_SIGNED:
            return self._agreements(union, period, under)
        certain = list(self._taken(indicator, union, period, under, Period.covers))
        perhaps = [one for one in self._taken(indicator, union, period, under, Period.overlaps) if one not in certain]
        if indicator.code in (Indicates.PARTNERS, Indicates.COUNTRIES):
            sure = self._met(indicator, certain)
            return len(sure), len(self._met(indicator, perhaps) - sure), 0
        if indicator.sums is None:
            return len(certain), len(perhaps), 0
        known = [self._people(indicator, one, union, under) for one in certain]
        maybe = [self._people(indicator, one, union, under) for one in perhaps]
        return _added(known), _added(maybe), sum(missing for _number, missing in known)

    def _taken(self, indicator: Indicator, union: Union, period: Period, under: bool, placed) -> Iterator[Activity]:
        """Held, in one of the categories, taken part in by the union, its window placed in the period."""
        for one in self.activities:
            if one.status != Activity.Status.HELD or one.category() not in indicator.categories:
                continue
            if indicator.online and one.mode != Activity.Mode.ONLINE:
                continue
            if not _takes_part(one, union, under) or not placed(period, one.window):
                continue
            if indicator.once and self._whole_is_logged(one, union, period, under):
                continue
            yield one

    @staticmethod
    def _whole_is_logged(one: Activity, union: Union, period: Period, under: bool) -> bool:
        whole = one.part_of
        return (
            whole is not None
            and whole.status == Activity.Status.HELD
            and whole.category() != ""
            and _takes_part(whole, union, under)
            and period.covers(whole.window)
        )

    @staticmethod
    def _people(indicator: Indicator, one: Activity, union: Union, under: bool) -> tuple[int | None, bool]:
        """(known number or None, whether any of it is missing)."""
        stated: list[int | None]
        if indicator.sums == PEOPLE:
            stated = [role.people for role in one.union_roles.all() if _belongs(role.union, union, under)]
        elif indicator.sums == GUESTS:
            stated = [one.delegation.guests]
        elif indicator.sums == CERTIFICATES:
            stated = [one.course.certificates]
        else:
            assert indicator.sums == TRAINEES  # noqa: S101  the last kind of headcount there is
            sides = [one.course.trainees_ours, one.course.trainees_theirs]
            stated = [number for number in sides if number is not None] or sides[:1]
        known = [number for number in stated if number is not None]
        return (sum(known) if known else None), len(known) < len(stated)

    @staticmethod
    def _met(indicator: Indicator, activities: Iterable[Activity]) -> set[int]:
        if indicator.code == Indicates.PARTNERS:
            return {role.partner_id for one in activities for role in one.partner_roles.all()}
        return {
            touched.country_id
            for one in activities
            for touched in one.activity_countries.all()
            if touched.country.code != HOME
        }

    def _agreements(self, union: Union, period: Period, under: bool) -> tuple[int, int, int]:
        sides = Counter()
        for one in self.agreements:
            ours = [party.union for party in one.parties.all() if party.union is not None]
            if one.signed_from is None or not any(_belongs(side, union, under) for side in ours):
                continue
            window = Period(one.signed_from, one.signed_to)
            sides["sure" if period.covers(window) else "perhaps" if period.overlaps(window) else "apart"] += 1
        return sides["sure"], sides["perhaps"], 0


def _belongs(one: Union, union: Union, under: bool) -> bool:
    return one.path.startswith(union.path) if under else one.pk == union.pk


def _takes_part(one: Activity, union: Union, under: bool) -> bool:
    return any(_belongs(role.union, union, under) for role in one.union_roles.all())


def _added(people: list[tuple[int | None, bool]]) -> int | None:
    known = [number for number, _missing in people if number is not None]
    return sum(known) if known or not people else None
