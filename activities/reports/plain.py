"""What the plainest question counts, in SQL of our own: of a union, by the day of the start, of all activities.

It is the question of every term report, asked of the most rows, and the one place where SQL is written by hand. Says
what counting through the models says, for both databases in the same words; the audit compares it with the records.

Windows of up to a year begin at most a year before the period does, so the index gives both ends of what is read; the
few that are longer stand in an index of their own. Partners and countries are put together before they are counted:
counting distinct values sorts every row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db import connections, router

from activities.models import ActivityCountry, ActivityScope, PartnerRole
from partners.models import Country
from partners.models.countries import HOME
from unionrelations.kit.periods import Period

from .questions import Question, Rule

SCOPES, PARTNERS = ActivityScope._meta.db_table, PartnerRole._meta.db_table
TOUCHED, COUNTRIES = ActivityCountry._meta.db_table, Country._meta.db_table
LONGEST = timedelta(days=366)  # of a window that is not kept apart
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
    FROM ({taken}) AS taken GROUP BY counts_as, online, is_inside
"""
MET = """
    SELECT number, union_id, COUNT(*) FILTER (WHERE sure = 1), COUNT(*) FROM (
        SELECT number, union_id, met.{column}, MAX(CASE WHEN is_inside THEN 1 ELSE 0 END) AS sure
        FROM ({taken}) AS taken JOIN {table} AS met ON met.activity_id = taken.activity_id{among}
        GROUP BY number, union_id, met.{column}
    ) AS each GROUP BY number, union_id
"""
ABROAD = f" AND met.country_id NOT IN (SELECT id FROM {COUNTRIES} WHERE code = '{HOME}')"  # noqa: S608  names of ours


@dataclass(frozen=True)
class Cut:
    """Unions asked about in one period and read one way, under a number of its own; at least one, none twice."""

    number: int
    period: Period
    under: bool
    unions: tuple[int, ...]


def is_plain(question: Question) -> bool:
    return question.rule == Rule.START and not question.only and not question.today


def groups(question: Question) -> list[dict]:
    """One row for each category, mode and certainty, as `findings.grouped` gives them."""
    taken, values = _taken([_alone(question)])
    with _cursor() as cursor:
        cursor.execute(GROUPED.format(taken=taken), values)
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def partners_met(question: Question) -> tuple[int, int]:
    """Different partners: (surely, perhaps besides)."""
    return partners_of([_alone(question)]).get((0, question.union.pk), (0, 0))


def countries_met(question: Question) -> tuple[int, int]:
    """The same of countries; the home country is none of them."""
    return countries_of([_alone(question)]).get((0, question.union.pk), (0, 0))


def partners_of(cuts: Iterable[Cut]) -> dict[tuple[int, int], tuple[int, int]]:
    """The same of many unions at once, by number of the cut and union; none of whom met nobody."""
    return _met(cuts, table=PARTNERS, column="partner_id", among="")


def countries_of(cuts: Iterable[Cut]) -> dict[tuple[int, int], tuple[int, int]]:
    return _met(cuts, table=TOUCHED, column="country_id", among=ABROAD)


def _met(cuts: Iterable[Cut], **names: str) -> dict[tuple[int, int], tuple[int, int]]:
    found, waiting = {}, iter(cuts)
    while some := list(islice(waiting, AT_ONCE)):
        taken, values = _taken(some)
        with _cursor() as cursor:
            cursor.execute(MET.format(taken=taken, **names), values)
            found |= {(number, union): (sure, either - sure) for number, union, sure, either in cursor.fetchall()}
    return found


def _cursor():
    """Where the models would be asked."""
    return connections[router.db_for_read(ActivityScope)].cursor()


def _alone(question: Question) -> Cut:
    return Cut(0, question.period, question.under, (question.union.pk,))


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
