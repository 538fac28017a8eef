"""What the plainest question counts, in SQL of our own: of a union, by the day of the start, of all activities.

It is the question of every term report, asked of the most rows, and the one place where SQL is written by hand. Says
what counting through the models says, for both databases in the same words; the audit compares it with the records.

Windows of up to a year begin at most a year before the period does, so the index gives both ends of what is read; the
few that are longer stand in an index of their own. Partners and countries are put together before they are counted:
counting distinct values sorts every row. Of the union above all others, for more than a year, they are not read from
what was done at all: each partner is asked for one role that counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from django.db import connections, router

from activities.models import ActivityCountry, ActivityScope, PartnerRole
from partners.models import Country, Partner
from partners.models.countries import HOME
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .questions import Question, Rule

SCOPES, UNIONS = ActivityScope._meta.db_table, Union._meta.db_table
LONGEST = timedelta(days=366)  # of a window that is not kept apart
Number = tuple[int, int]  # of different ones: (surely, perhaps besides)
Asked = tuple[int, int | None]  # the number of a cut, and one of its unions
AT_ONCE = 200  # cuts in one statement, each read in two parts; SQLite takes 500 parts

# The rows of unions that started, or may have, in a period. Only names are put in, never a value.
TAKEN = """
    SELECT {number} AS number, union_id, activity_id, counts_as, online, {people} AS brought,
        {people}_unknown AS brought_unknown, guests, trainees, certificates,
        window_first >= {first} AND window_last <= {last} AS is_inside,
        whole_counts AND whole_first >= {first} AND whole_last <= {last}{whole_own} AS whole_is_logged
    FROM {scopes}
    WHERE union_id IN ({unions}) AND held AND counts_as <> ''{own}
        AND window_first <= {last} AND window_last >= {first} AND {among}
"""
AMONG = ("NOT long_window AND window_first >= {earliest}", "long_window")

GROUPED = """
    SELECT counts_as, online, is_inside, COUNT(*) AS n_activities,
        COUNT(*) FILTER (WHERE whole_is_logged IS NOT TRUE) AS n_once,
        SUM(brought) AS n_people, COUNT(*) FILTER (WHERE brought_unknown) AS n_people_unknown,
        SUM(guests) AS n_guests, COUNT(*) FILTER (WHERE guests IS NULL) AS n_guests_unknown,
        SUM(trainees) AS n_trainees, COUNT(*) FILTER (WHERE trainees IS NULL) AS n_trainees_unknown,
        SUM(certificates) AS n_certificates, COUNT(*) FILTER (WHERE certificates IS NULL) AS n_certificates_unknown
    FROM taken GROUP BY counts_as, online, is_inside
"""
MET = """
    SELECT number, union_id, COUNT(*) FILTER (WHERE sure = 1) AS n_sure, COUNT(*) AS n_either FROM (
        SELECT number, union_id, met.{column}, MAX(CASE WHEN is_inside THEN 1 ELSE 0 END) AS sure
        FROM taken JOIN {roles} AS met ON met.activity_id = taken.activity_id{among}
        GROUP BY number, union_id, met.{column}
    ) AS each GROUP BY number, union_id
"""
# Of one union: the rows are read once for all of it.
EVERYTHING = """
    SELECT grouped.*, partners.n_sure AS n_partners, partners.n_either AS n_partners_either,
        countries.n_sure AS n_countries, countries.n_either AS n_countries_either
    FROM ({grouped}) AS grouped
    LEFT JOIN ({partners}) AS partners ON 1 = 1 LEFT JOIN ({countries}) AS countries ON 1 = 1
"""

# What each partner or country is asked, of the union above all others: a role that counted, where it has a scope row.
WITNESS = """(
    SELECT 1 FROM {roles} AS met
    JOIN {scopes} AS scope ON scope.union_id = %(top)s AND scope.activity_id = met.activity_id
    WHERE met.{column} = one.id AND met.counted_first <= %(last)s AND {when} LIMIT 1
)"""
SURE = "met.counted_first >= %(first)s AND met.counted_last <= %(last)s"
PERHAPS = "met.counted_last >= %(first)s"
# No row where a role may not say when it counted: the release before wrote it, or `migrate` has not told it yet. Nor
# where several unions have none above: of a small one nearly all roles would be looked through in vain.
MET_ABOVE_ALL = """
    WITH one AS MATERIALIZED (SELECT id, {sure} AS sure FROM {everyone} AS one)
    SELECT * FROM (
        SELECT COUNT(sure), COUNT(*) FILTER (WHERE sure IS NULL AND {perhaps} IS NOT NULL) FROM one
    ) AS found
    WHERE NOT EXISTS (SELECT 1 FROM {unions} WHERE parent_id IS NULL AND id <> %(top)s)
        AND NOT EXISTS (SELECT 1 FROM {scopes} WHERE union_id = %(top)s AND NOT roles_dated)
        AND EXISTS (SELECT 1 FROM django_migrations WHERE app = 'activities' AND name = '{told}')
"""
TOLD = "0028_roles_say_when_they_counted"  # the migration that told those that stood


@dataclass(frozen=True)
class Whom:
    """What can be met: all there are, and the roles by which activities name them."""

    everyone: str  # a table, or rows with an id
    roles: str
    column: str
    among: str = ""  # of the roles, where they name others as well

    @property
    def met(self) -> str:
        return MET.format(**self._names())

    @property
    def met_above_all(self) -> str:
        sure, perhaps = (WITNESS.format(when=when, **self._names()) for when in (SURE, PERHAPS))
        return MET_ABOVE_ALL.format(sure=sure, perhaps=perhaps, unions=UNIONS, told=TOLD, **self._names())

    def _names(self) -> dict[str, str]:
        return vars(self) | {"scopes": SCOPES}


_COUNTRY = f"SELECT id FROM {Country._meta.db_table} WHERE code"  # noqa: S608  names of ours
PARTNERS = Whom(Partner._meta.db_table, PartnerRole._meta.db_table, "partner_id")
COUNTRIES = Whom(
    f"({_COUNTRY} <> '{HOME}')",
    ActivityCountry._meta.db_table,
    "country_id",
    among=f" AND met.country_id NOT IN ({_COUNTRY} = '{HOME}')",
)


@dataclass(frozen=True)
class Cut:
    """Unions asked about in one period and read one way, under a number of its own; at least one, none twice.

    `top` is the one of them that has none above it, with those below counted in.
    """

    number: int
    period: Period
    under: bool
    unions: tuple[int, ...]
    top: int | None = None

    @classmethod
    def of(cls, number: int, period: Period, *, under: bool, unions: Iterable[Union]) -> Cut:
        unions = tuple(unions)
        top = next((one.pk for one in unions if under and one.parent_id is None), None)
        return cls(number, period, under, tuple(one.pk for one in unions), top)


def is_plain(question: Question) -> bool:
    return question.rule == Rule.START and not question.only and not question.today


def count(question: Question) -> tuple[list[dict], Number, Number]:
    """One row for each category, mode and certainty, as `findings.grouped` gives them; partners and countries."""
    cut = _alone(question)
    partners, countries = (_met_above_all(cut, whom) for whom in (PARTNERS, COUNTRIES))
    if partners and countries:
        return _rows(GROUPED, [cut]), partners, countries
    rows = _rows(EVERYTHING.format(grouped=GROUPED, partners=PARTNERS.met, countries=COUNTRIES.met), [cut])
    return rows, _number(rows, "partners"), _number(rows, "countries")


def met(cuts: Sequence[Cut], whom: Whom) -> dict[Asked, Number]:
    """How many different ones each union of the cuts met; none of whom met nobody."""
    found = {(cut.number, cut.top): told for cut in cuts if (told := _met_above_all(cut, whom))}
    left = (_without(cut.top, cut) if (cut.number, cut.top) in found else cut for cut in cuts)
    waiting = (cut for cut in left if cut.unions)
    while some := list(islice(waiting, AT_ONCE)):
        for row in _rows(whom.met, some):
            found[row["number"], row["union_id"]] = row["n_sure"], row["n_either"] - row["n_sure"]
    return found


def _met_above_all(cut: Cut, whom: Whom) -> Number | None:
    """None where what was done tells it sooner, or alone."""
    if cut.top is None or cut.period.last - cut.period.start <= LONGEST:
        return None
    with _cursor() as cursor:
        cursor.execute(whom.met_above_all, {"top": cut.top, "first": cut.period.start, "last": cut.period.last})
        return cursor.fetchone()


def _without(union: int | None, cut: Cut) -> Cut:
    return replace(cut, unions=tuple(one for one in cut.unions if one != union))


def _rows(statement: str, cuts: list[Cut]) -> list[dict]:
    """What a statement says of the rows `taken`."""
    taken, values = _taken(cuts)
    with _cursor() as cursor:
        cursor.execute(f"WITH taken AS ({taken}) {statement}", values)
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _number(rows: list[dict], of: str) -> Number:
    """Each row says it; where nothing was done nobody was met, nor where nobody is named."""
    sure, either = (rows[0][f"n_{of}"], rows[0][f"n_{of}_either"]) if rows else (None, None)
    return sure or 0, (either or 0) - (sure or 0)


def _cursor():
    """Where the models would be asked."""
    return connections[router.db_for_read(ActivityScope)].cursor()


def _alone(question: Question) -> Cut:
    return Cut.of(0, question.period, under=question.under, unions=[question.union])


def _taken(cuts: Iterable[Cut]) -> tuple[str, dict]:
    """The rows of all cuts, and the values that stand for the names in it."""
    parts, values = [], {}
    for cut in cuts:
        own = {
            "number": cut.number,
            "first": cut.period.start,
            "last": cut.period.last,
            "earliest": max(cut.period.start, date.min + LONGEST) - LONGEST,
        }
        unions = {f"union_{place}": union for place, union in enumerate(cut.unions)}
        values |= {f"{name}_{cut.number}": value for name, value in (own | unions).items()}
        said = {name: f"%({name}_{cut.number})s" for name in own} | {
            "unions": ", ".join(f"%({name}_{cut.number})s" for name in unions),
            "scopes": SCOPES,
            "people": "people" if cut.under else "own_people",
            "whole_own": "" if cut.under else " AND whole_own",
            "own": "" if cut.under else " AND own",
        }
        parts += [TAKEN.format(among=one.format(**said), **said) for one in AMONG]
    return " UNION ALL ".join(parts), values
