"""The synthetic activities of twenty years, with all that belongs to each.

What an activity counts as and its scope rows are worked out by the models themselves, never here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

from django.db.models import Model

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Conference,
    Course,
    Delegation,
    Member,
    Paper,
    PartnerRole,
    SourceLink,
    UnionRole,
)
from activities.querysets import scope_columns
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import fold, spell
from unionrelations.kit.windows import MONTHS_IN, Precision, in_words, window_around

from . import words
from .chance import Chance, Weighted
from .house import House
from .shelves import Blank

FIRST_DAY, DAYS = date(2007, 1, 1), 7305  # to the end of 2026
LAST_HELD = date(2026, 6, 30)
KEPT_SINCE = date(2025, 1, 1)  # what is older was entered from papers
ENTERED = datetime(2025, 1, 15, 8, tzinfo=UTC)
Status, Mode = Activity.Status, Activity.Mode

OVER = Weighted(
    (Status.HELD, Status.CANCELLED, Status.POSTPONED, Status.REFUSED, Status.PLANNED, Status.APPROVED),
    (87, 5, 3, 2, 2, 1),
)
AHEAD = Weighted((Status.PLANNED, Status.SUBMITTED, Status.APPROVED, Status.CANCELLED), (50, 20, 25, 5))
PRECISION = Weighted(
    (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.HALF_YEAR, Precision.YEAR, Precision.SPAN),
    (90, 4, 2, 1.5, 1.5, 1),
)
MODES = Weighted((Mode.IN_PERSON, Mode.ONLINE, Mode.HYBRID, ""), (70, 10, 5, 15))
KINDS = Weighted((Delegation, Conference, Course), (70, 15, 15))
PARTS = tuple(PartnerRole.Part)
FORMATS = Weighted(tuple(Conference.Format), (40, 25, 5, 10, 8, 12))
ROLES = Weighted(tuple(Conference.Part), (45, 35, 20))

# Of what an activity has several of, rows as light as they can be: a model's own are made ten times as slowly.
UNION_ROLE, PARTNER_ROLE, ACTIVITY_COUNTRY = Blank(UnionRole), Blank(PartnerRole), Blank(ActivityCountry)
SCOPE, MEMBER, PAPER, SOURCE_LINK = Blank(ActivityScope), Blank(Member), Blank(Paper), Blank(SourceLink)

Rows = dict[type[Model], list]


class Deeds:
    """Activities one after another. Each is later than those before it by and large; a fifth were entered late."""

    def __init__(self, chance: Chance, house: House, number: int):
        self.chance, self.house, self.number = chance, house, number
        self.last_of: dict[int, Activity] = {}  # of each union, what may become the whole of a later one
        self.keys: dict[type[Model], int] = defaultdict(int)
        self.rows: Rows = defaultdict(list)
        self.names: dict[str, tuple[str, str]] = {}

    def some(self, first: int, last: int) -> Rows:
        """The rows of the activities with these numbers; asked for in order, for each decides those that follow."""
        self.rows = defaultdict(list)
        for pk in range(first, last + 1):
            self._one(pk)
        return self.rows

    def _add(self, model: type[Model], row) -> None:
        self.keys[model] += 1
        row.id = self.keys[model]
        self.rows[model].append(row)

    def _one(self, pk: int) -> None:
        chance = self.chance
        progress = pk / self.number if chance.happens(0.8) else chance.draw() * pk / self.number
        day = FIRST_DAY + timedelta(days=min(int(progress * DAYS), DAYS - 1))
        lead = self.house.union_on(day, self.house.acting.one(chance))
        made = KINDS.one(chance)(id=pk, activity_ptr_id=pk)
        made.kind = made.KIND
        self._dates(made, day)
        made.status = (OVER if day <= LAST_HELD else AHEAD).one(chance)
        made.mode = MODES.one(chance)
        self._part_of(made, lead)
        roles = self._unions(made, lead, day)
        partners, countries = self._partners(made), self._countries(made)
        self._own_columns(made)
        self._title(made, lead, partners)
        # As if read from the database with its rows, so that the models' own rules can be asked.
        made._prefetched_objects_cache = {
            "union_roles": roles, "partner_roles": partners, "activity_countries": countries,
        }  # fmt: skip
        made.counts_as = made.category()
        made.version = 1
        made.keep_names()
        self.rows[type(made)].append(made)
        self._people(made, lead)
        made._prefetched_objects_cache["papers"] = self._papers(made)
        self._date(made, [*partners, *countries])
        scopes = (SCOPE(**columns) for columns in scope_columns(made))
        for model, some in (
            (UnionRole, roles), (PartnerRole, partners), (ActivityCountry, countries), (ActivityScope, scopes),
        ):  # fmt: skip
            for row in some:
                self._add(model, row)
        if made.part_of_id is None:
            self.last_of[lead.pk] = made

    @staticmethod
    def _date(made: Activity, roles: list[SimpleNamespace]) -> None:
        """When they counted; every activity here belongs to a union."""
        if made.status == Status.HELD and made.counts_as:
            for one in roles:
                one.counted_first, one.counted_last = made.window.start, made.window.last

    def _dates(self, made: Activity, day: date) -> None:
        chance, precision = self.chance, PRECISION.one(self.chance)
        made.starts_on, made.precision = day, precision
        if precision == Precision.DAY:
            made.ends_on = day + timedelta(days=chance.below(12)) if chance.happens(0.9) else None
        elif precision in MONTHS_IN:
            window = window_around(day, precision)
            made.starts_on, made.ends_on = window.start, window.last
        else:
            made.ends_on = day + timedelta(days=chance.between(20, 900))
        if precision != Precision.DAY:
            made.date_words = in_words(made.starts_on, made.ends_on, precision)
        entered = datetime.combine(day - timedelta(days=20), time(8), UTC)
        made.created_at = made.changed_at = ENTERED if day < KEPT_SINCE else entered

    def _part_of(self, made: Activity, lead: Union) -> None:
        whole = self.last_of.get(lead.pk)
        if whole is not None and self.chance.happens(0.04):
            made.part_of = whole

    def _unions(self, made: Activity, lead: Union, day: date) -> list[SimpleNamespace]:
        several = {lead.pk: lead}
        while self.chance.happens(0.24):
            other = self.house.union_on(day, self.house.acting.one(self.chance))
            several.setdefault(other.pk, other)
        return [
            UNION_ROLE(
                activity_id=made.pk,
                union_id=one.pk,
                union=one,
                part=UnionRole.Part.LEAD if one is lead else UnionRole.Part.COOPERATING,
                people=None if self.chance.happens(0.12) else self.chance.between(1, 14),
            )
            for one in several.values()
        ]

    def _partners(self, made: Activity) -> list[SimpleNamespace]:
        several = {}
        while self.chance.happens(0.6) and len(several) < 6:
            one = self.house.met.one(self.chance)
            several[one.pk] = one
        return [
            PARTNER_ROLE(activity_id=made.pk, partner_id=one.pk, partner=one, part=self.chance.one_of(PARTS))
            for one in several.values()
        ]

    def _countries(self, made: Activity) -> list[SimpleNamespace]:
        several = {}
        while self.chance.happens(0.6) and len(several) < 6:
            one = self.house.home if self.chance.happens(0.1) else self.house.abroad.one(self.chance)
            several[one.pk] = one
        return [ACTIVITY_COUNTRY(activity_id=made.pk, country_id=one.pk, country=one) for one in several.values()]

    def _headcount(self, most: int) -> int | None:
        return None if self.chance.happens(0.15) else self.chance.below(most + 1)

    def _own_columns(self, made: Activity) -> None:
        chance = self.chance
        if isinstance(made, Delegation):
            made.direction = Delegation.Direction.OUT if chance.happens(0.7) else Delegation.Direction.IN
            made.guests = self._headcount(30) if made.direction == Delegation.Direction.IN else None
        elif isinstance(made, Conference):
            made.format, made.role = FORMATS.one(chance), ROLES.one(chance)
            made.international = True if chance.happens(0.2) else None
            made.participants_vietnamese = self._headcount(300)
            made.participants_resident = 0 if chance.happens(0.7) else self._headcount(20)
            made.participants_from_abroad = None if chance.happens(0.5) else chance.below(80)
        else:
            made.direction = Course.Direction.GIVEN if chance.happens(0.8) else Course.Direction.RECEIVED
            made.cohort, made.step = str(chance.between(1, 12)), str(chance.between(1, 3))
            made.trainees_ours, made.trainees_theirs = self._headcount(60), self._headcount(10)
            made.certificates = self._headcount(50)
        on_plan = chance.draw()
        made.on_plan = None if on_plan < 0.4 else on_plan < 0.9
        made.off_plan_reason = "Theo thư mời của đối tác" if made.on_plan is False else ""

    def _title(self, made: Activity, lead: Union, partners: list[SimpleNamespace]) -> None:
        other, subject = partners[0].partner.name if partners else "đối tác", self.chance.one_of(words.SUBJECTS)
        made.place = self.chance.one_of(words.CITIES)
        if isinstance(made, Delegation):
            does = "thăm và làm việc với" if made.direction == Delegation.Direction.OUT else "đón đoàn của"
            made.title = f"{lead.label} {does} {other} về {subject}"
        elif isinstance(made, Conference):
            made.title = f"{made.get_format_display().capitalize()} về {subject} với {other}"
        else:
            made.title = f"Lớp {subject}, khóa {made.cohort} bước {made.step}, với {other}"

    def _people(self, made: Activity, lead: Union) -> None:
        """Two of a delegation or a conference by and large, three of a course."""
        chance, seen = self.chance, set()
        for place in range(chance.between(1, 3) if not isinstance(made, Course) else chance.between(2, 4)):
            parts = (words.FAMILY_NAMES, words.MIDDLE_NAMES, words.GIVEN_NAMES)
            person = (" ".join(chance.one_of(some) for some in parts), chance.one_of(words.TITLES))
            if person in seen:
                continue
            seen.add(person)
            ours = chance.happens(0.8)
            one = MEMBER(activity_id=made.pk, union_id=lead.pk if ours else None, name=person[0], title=person[1])
            one.is_head, one.is_interpreter = place == 0 and isinstance(made, Delegation), person[1] == "Phiên dịch"
            one.folded, one.spelled = self._searched(person[0])
            self._add(Member, one)

    def _searched(self, name: str) -> tuple[str, str]:
        """The columns a name is searched in; there are fewer names than people."""
        if name not in self.names:
            self.names[name] = fold(name), spell(name)
        return self.names[name]

    def _papers(self, made: Activity) -> list[SimpleNamespace]:
        """Its trip report, where there is one; what was read of it is noted as well."""
        chance, papers = self.chance, []
        if made.status == Status.HELD and chance.happens(0.95 if made.starts_on >= KEPT_SINCE else 0.3):
            over = (made.ends_on or made.starts_on) + timedelta(days=5)
            number = f"{made.pk}/BC"
            report = PAPER(activity_id=made.pk, kind=Paper.Kind.TRIP_REPORT, number=number, day=over)
            report.uploaded_at, report.folded, report.spelled = made.changed_at, fold(number), spell(number)
            papers.append(report)
            self._add(Paper, report)
        if chance.happens(0.3):
            document = chance.one_of(self.house.documents)
            place = f"mục {chance.between(1, 40)}"
            self._add(SourceLink, SOURCE_LINK(activity_id=made.pk, document_id=document.pk, place=place))
        return papers
