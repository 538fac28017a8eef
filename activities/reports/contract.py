"""The parts of a report as others read them in JSON: days in ISO form, unknown numbers null. Never counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .published import Published
from .questions import Only

if TYPE_CHECKING:
    from .reports import Figure


def only_json(only: Only) -> dict:
    return {
        "kind": only.kind or None,
        "mode": only.mode or None,
        "partner": only.partner.code if only.partner else None,
        "country": only.country.code if only.country else None,
    }


def figure_json(figure: Figure) -> dict:
    return {
        "indicator": figure.indicator.code.value,
        "label": figure.indicator.label,
        "logged": figure.logged,
        "undetermined": figure.undetermined,
        "unknown_people": figure.unknown_people,
        "reported": [published_json(one) for one in figure.reported],
        "reported_partly": [published_json(one) | {"gap": None, "unexplained": None} for one in figure.partly],
        "rows": figure.rows_url,
        "undetermined_rows": figure.undetermined_url,
    }


def published_json(one: Published) -> dict:
    figure = one.figure
    return {
        "union": figure.union.code,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "printed": figure.printed,
        "period": {
            "from": figure.first_day.isoformat(),
            "to": figure.last_day.isoformat(),
            "printed": figure.period_printed,
        },
        "document": str(figure.document),
        "place": figure.place,
        "logged_in_period": one.logged_in_period,
        "gap": one.gap,
        "explained": one.explained,
        "unexplained": one.unexplained,
        "explanations": [
            {"reason": part.reason, "number": part.number, "note": part.note} for part in one.explanations
        ],
        "conflicts": bool(one.conflicts),
        "note": figure.note,
    }
