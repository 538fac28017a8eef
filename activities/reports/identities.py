"""Which records stand behind each figure of a question, and what each of them brings. Never adds anything up.

A record is named by its model and key, with the title and days it goes by, so that it can be named after it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from activities.models import Activity
from partners.models import Agreement, Country, Partner
from unionrelations.kit.windows import between, in_words

from .indicators import BY_CODE, CERTIFICATES, GUESTS, INDICATORS, PEOPLE, TRAINEES, Indicator
from .questions import Question

LOGGED, UNDETERMINED = "logged", "undetermined"
MODEL_OF_KIND = {
    Activity.Kind.DELEGATION: "activities.delegation",
    Activity.Kind.CONFERENCE: "activities.conference",
    Activity.Kind.COURSE: "activities.course",
}
FACTS = (
    *("activity_id", "activity__kind", "activity__code", "activity__title", "activity__starts_on"),
    *("activity__ends_on", "activity__precision", "counts_as", "online", "is_inside", "whole_is_logged"),
    *("brought", "brought_unknown", GUESTS, TRAINEES, CERTIFICATES),
)


def identities(question: Question) -> dict:
    """`records` by their key, and for each figure its logged and undetermined rows as [key, number, is_missing].

    The number is what the row brings: 1 where rows are counted, a headcount where people are added up, None where
    nobody wrote it down; `is_missing` says that some of the headcount is missing. A fixed number of questions.
    """
    asked = [one for one in INDICATORS if one.is_asked(question)]
    records: dict[str, dict] = {}
    figures: dict[str, dict] = {one.code.value: {LOGGED: [], UNDETERMINED: []} for one in asked}
    of_activities = [one for one in asked if one.counts_activities]
    for row in question.scopes().order_by("window_first", "activity_id").values(*FACTS):
        record = _activity(row)
        key = key_of(record)
        place = LOGGED if row["is_inside"] else UNDETERMINED
        for indicator in of_activities:
            if _stands_in(indicator, row):
                records[key] = record
                figures[indicator.code.value][place].append([key, *_brought(indicator, row)])
    for indicator in asked:
        if not indicator.counts_activities:
            for place in (LOGGED, UNDETERMINED):
                for record in _counted_once(indicator, question, undetermined=place == UNDETERMINED):
                    records[key_of(record)] = record
                    figures[indicator.code.value][place].append([key_of(record), 1, False])
    return {"records": records, "figures": figures}


def key_of(record: dict) -> str:
    return f"{record['model']}:{record['pk']}"


def added(rows: list) -> tuple[int | None, int]:
    """(the number rows make, or None where people took part and none are known; how many headcounts are missing)."""
    known = [number for _key, number, _missing in rows if number is not None]
    return sum(known) if known or not rows else None, sum(missing for _key, _number, missing in rows)


def disagreeing(found: dict, figures: list[dict]) -> list[str]:
    """The codes of figures that their rows do not make, in the form of the report's JSON."""
    codes = []
    for one in figures:
        rows = found["figures"][one["indicator"]]
        logged, unknown = added(rows[LOGGED])
        said = (one["logged"], one["undetermined"], one["unknown_people"])
        if said != (logged, added(rows[UNDETERMINED])[0], unknown if is_of_people(one["indicator"]) else 0):
            codes.append(one["indicator"])
    return codes


def is_of_people(code: str) -> bool:
    return code in BY_CODE and BY_CODE[code].sums is not None


def _stands_in(indicator: Indicator, row: dict) -> bool:
    """What `Indicator.scope_rows` asks of the database, asked of one row; signing compares both."""
    return (
        row["counts_as"] in indicator.categories
        and (row["online"] or not indicator.online)
        and not (indicator.once and row["whole_is_logged"])
    )


def _brought(indicator: Indicator, row: dict) -> tuple[int | None, bool]:
    if indicator.sums is None:
        return 1, False
    number = row[indicator.column]
    return number, row["brought_unknown"] if indicator.sums == PEOPLE else number is None


def _activity(row: dict) -> dict:
    start, end, precision = (row[f"activity__{one}"] for one in ("starts_on", "ends_on", "precision"))
    return {
        "model": MODEL_OF_KIND[Activity.Kind(row["activity__kind"])],
        "pk": row["activity_id"],
        "code": row["activity__code"] or "",
        "title": row["activity__title"],
        "when": in_words(start, end, precision),
        "days": [start.isoformat(), end.isoformat() if end else None, precision],
    }


def _counted_once(indicator: Indicator, question: Question, *, undetermined: bool) -> Iterator[dict]:
    """Partners, countries and agreements."""
    for one in indicator.rows(question, undetermined=undetermined).order_by("pk"):
        yield _agreement(one) if isinstance(one, Agreement) else _undated(one)


def _agreement(one: Agreement) -> dict:
    first, last = one.signed_from, one.signed_to
    days = [day.isoformat() if day else None for day in (first, last)]
    return _undated(one) | {"when": between(first, last) if first else "", "days": days}


def _undated(one: Agreement | Partner | Country | Model) -> dict:
    return {
        "model": one._meta.label_lower,
        "pk": one.pk,
        "code": getattr(one, "code", "") or "",
        "title": str(one),
        "when": "",
        "days": [],
    }
