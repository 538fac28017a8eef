"""What the plainest question counts, in SQL of our own: of one union, by the day of the start, of all activities.

It is the question of every term report, asked of the most rows, and the one place where SQL is written by hand. Says
what counting through the models says, for both databases in the same words; the audit compares it with the records.

Windows of up to a year begin at most a year before the period does, so the index gives both ends of what is read; the
few that are longer stand in an index of their own. Partners and countries are put together before they are counted:
counting distinct values sorts every row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connections, router

from activities.models import ActivityCountry, ActivityScope, PartnerRole
from partners.models import Country
from partners.models.countries import HOME

from .questions import Question, Rule

SCOPES, PARTNERS = ActivityScope._meta.db_table, PartnerRole._meta.db_table
TOUCHED, COUNTRIES = ActivityCountry._meta.db_table, Country._meta.db_table
LONGEST = timedelta(days=366)  # of a window that is not kept apart

# The rows of the union that started, or may have, in the period. Only names of columns are put in, never a value.
TAKEN = """
    SELECT activity_id, counts_as, online, {people} AS brought, {people}_unknown AS brought_unknown,
        guests, trainees, certificates,
        window_first >= %(first)s AND window_last <= %(last)s AS is_inside,
        whole_counts AND whole_first >= %(first)s AND whole_last <= %(last)s{whole_own} AS whole_is_logged
    FROM {scopes}
    WHERE union_id = %(union)s AND held AND counts_as <> ''{own}
        AND window_first <= %(last)s AND window_last >= %(first)s AND {among}
"""
AMONG = ("NOT long_window AND window_first >= %(earliest)s", "long_window")

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
    SELECT COUNT(*) FILTER (WHERE sure = 1), COUNT(*) FROM (
        SELECT met.{column}, MAX(CASE WHEN is_inside THEN 1 ELSE 0 END) AS sure
        FROM ({taken}) AS taken JOIN {table} AS met ON met.activity_id = taken.activity_id{among}
        GROUP BY met.{column}
    ) AS each
"""
ABROAD = f" AND met.country_id NOT IN (SELECT id FROM {COUNTRIES} WHERE code = '{HOME}')"  # noqa: S608  names of ours


def is_plain(question: Question) -> bool:
    return question.rule == Rule.START and not question.only and not question.today


def groups(question: Question) -> list[dict]:
    """One row for each category, mode and certainty, as `findings.grouped` gives them."""
    with _cursor() as cursor:
        cursor.execute(*_asked(question, GROUPED.format))
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def partners_met(question: Question) -> tuple[int, int]:
    """Different partners: (surely, perhaps besides)."""
    return _met(question, table=PARTNERS, column="partner_id", among="")


def countries_met(question: Question) -> tuple[int, int]:
    """The same of countries; the home country is none of them."""
    return _met(question, table=TOUCHED, column="country_id", among=ABROAD)


def _met(question: Question, **names: str) -> tuple[int, int]:
    with _cursor() as cursor:
        cursor.execute(*_asked(question, MET.format, **names))
        sure, either = cursor.fetchone()
    return sure, either - sure


def _cursor():
    """Where the models would be asked."""
    return connections[router.db_for_read(ActivityScope)].cursor()


def _asked(question: Question, statement: Callable[..., str], **names: str) -> tuple[str, dict]:
    under, period = question.under, question.period
    parts = {
        "scopes": SCOPES,
        "people": "people" if under else "own_people",
        "whole_own": "" if under else " AND whole_own",
        "own": "" if under else " AND own",
    }
    taken = " UNION ALL ".join(TAKEN.format(among=one, **parts) for one in AMONG)
    values = {
        "union": question.union.pk,
        "first": period.start,
        "last": period.last,
        "earliest": max(period.start, date.min + LONGEST) - LONGEST,
    }
    return statement(taken=taken, **names), values
