"""What a reading found, told as values with offsets of the text handed in. Never reads, only says."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from unionrelations.kit.periods import Period

from .candidates import Candidate
from .lookalikes import lookalikes
from .reading import Found, Reading
from .singles import singles
from .speakers import OURS, Mention
from .told import Told, ToldFigure, ToldPeriod
from .unions import UnionNames


def tell(text: str, names: UnionNames, default_union: str | None, default_period: Period | None) -> Told:
    default = Mention(0, 0, OURS, True, code=default_union) if default_union else None
    reading = Reading(text, names, default)
    figures, places = _figures(reading, names, default_period)
    figures = _with_wholes(figures, reading, places)
    activities = singles(reading, figures)
    return Told(tuple(figures), tuple(activities), tuple(lookalikes(reading)))


def _figures(
    reading: Reading, names: UnionNames, default_period: Period | None
) -> tuple[list[ToldFigure], dict[int, dict[str, int]]]:
    """Each figure, and the places of those of one candidate by indicator."""
    figures: list[ToldFigure] = []
    places: dict[int, dict[str, int]] = {}
    for found in reading.found:
        for indicator in found.candidate.indicators:
            places.setdefault(id(found.candidate), {})[indicator] = len(figures)
            figures.append(_figure(reading, found, indicator, names, default_period))
    return figures, places


def _figure(
    reading: Reading, found: Found, indicator: str, names: UnionNames, default_period: Period | None
) -> ToldFigure:
    one, doubts = found.candidate, list(found.doubts)
    start, end = reading.clear.span(one.start, one.end)
    union, organisation = _body(reading, found.body)
    period = _period(reading, found, union, names, default_period, doubts)
    return ToldFigure(
        indicator,
        one.number.low,
        one.number.high,
        one.number.qualifier,
        period,
        union,
        organisation,
        None,
        one.planned,
        start,
        end,
        reading.clear.original[start:end],
        " ".join(_sentence_of(doubt) for doubt in dict.fromkeys(doubts)),
    )


def _sentence_of(doubt: str) -> str:
    return {
        "contradicts": _("The part lies outside the period that the whole is of."),
        "far": _("The period stands far from the number."),
        "whose": _("These people may belong to the part or to the whole."),
        "term": _("The days of this term are not known here, so its printed years are used."),
        "default": _("The text does not say the period; the one handed in is used."),
    }.get(doubt, doubt)


def _body(reading: Reading, body: Mention | None) -> tuple[str | None, str | None]:
    if body is None:
        return None, None
    words = reading.clear.printed(body.start, body.end) if body.end else None
    return body.code, " ".join(words.split()) if words else None


def _period(
    reading: Reading,
    found: Found,
    union: str | None,
    names: UnionNames,
    default_period: Period | None,
    doubts: list[str],
) -> ToldPeriod | None:
    printed = found.printed
    if printed is None or printed.period is None:
        if default_period is None:
            return None
        doubts.append("default")
        return ToldPeriod(default_period.start, default_period.end, "")
    days = printed.period
    if printed.term:
        own = names.terms.get((union or "", printed.term))
        if own is None:
            doubts.append("term")
        days = own or days
    words = reading.clear.printed(printed.start, printed.end)
    return ToldPeriod(days.start, days.end, " ".join(words.split()))


def _with_wholes(figures: list[ToldFigure], reading: Reading, places: dict[int, dict[str, int]]) -> list[ToldFigure]:
    for found in reading.found:
        one = found.candidate
        for indicator, place in places[id(one)].items():
            whole = _place_of(one.whole, indicator, places) if one.is_part else None
            if whole is not None and whole != place:
                figures[place] = replace(figures[place], subset_of=whole)
    return figures


def _place_of(whole: Candidate | None, indicator: str, places: dict[int, dict[str, int]]) -> int | None:
    if whole is None:
        return None
    told = places.get(id(whole), {})
    return told.get(indicator.removesuffix("_online"), next(iter(told.values()), None))
