"""A report in sentences, the way unions write them. Never counts anything, never turns a doubt into a number.

A zero needs no words but where events were held and nobody was brought along; what is unknown is named as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import ReportedFigure

from . import phrases
from .findings import Finding
from .phrases import Brought, Clause
from .published import Published

TOP = 3  # so many lines of a table its sentence names


def paragraph(findings: Mapping[str, Finding], *, when: str, who: str, published: bool) -> str:
    """What was logged, what is not known and what is in doubt, as sentences.

    `published` adds that published figures stand apart; a text that goes on with `quoted` says so there.
    """
    return " ".join(capfirst(one) for one in _sentences(findings, when, who, published))


def _sentences(findings: Mapping[str, Finding], when: str, who: str, published: bool) -> Iterator[str]:
    doubtful = list(_doubtful(findings))
    asked = {"when": when, "who": who}
    if did := "; ".join(filter(None, (_group(findings, group) for group in phrases.GROUPS))):
        yield phrases.WHAT_WAS_DONE % (asked | {"did": did})
    else:
        yield (phrases.NOTHING_SURE if doubtful else phrases.NOTHING_LOGGED) % asked
    if total := findings["activities"].logged:
        yield phrases.IN_ALL % {"total": phrases.TOTAL.did % {"events": _noun("activities", total)}}
    if missing := list(_missing(findings)):
        yield phrases.NOT_KNOWN % {"missing": "; ".join(missing)}
    if doubtful:
        yield phrases.IN_DOUBT % {"doubtful": "; ".join(doubtful)}
    if published:
        yield str(phrases.NOT_ADDED)


def _group(findings: Mapping[str, Finding], group: Iterable[Clause]) -> str:
    return ", ".join(filter(None, (_clause(findings, one) for one in group)))


def _clause(findings: Mapping[str, Finding], clause: Clause) -> str:
    """What was done, and whom it brought along where that is known; nothing where nothing was done."""
    number = findings[clause.code].logged
    if not number or (clause.unless and findings[clause.unless].logged):
        return ""
    events = _noun(clause.code, number)
    did = clause.did % {"events": events}
    for one in clause.brought:
        did = _with(findings[one.code], one, did, events)
    return did


def _with(finding: Finding, brought: Brought, did: str, events: str) -> str:
    """What was done and whom it brought along; "at least" so many where some headcounts are missing."""
    if finding.logged is None:
        return did
    if not finding.logged and (finding.unknown_people or not brought.none):
        return did
    if not finding.logged:
        return brought.none % {"did": did, "events": events}
    people = _noun(brought.code, finding.logged)
    if finding.unknown_people:
        people = phrases.AT_LEAST % {"brought": people}
    return brought.known % {"did": did, "events": events, "brought": people}


def _missing(findings: Mapping[str, Finding]) -> Iterator[str]:
    """Of how many events nobody wrote down whom they brought along."""
    for clause in phrases.CLAUSES:
        for one in clause.brought:
            if one.unknown and (unknown := findings[one.code].unknown_people):
                yield one.unknown % {"events": _alone(clause.code, unknown)}


def _doubtful(findings: Mapping[str, Finding]) -> Iterator[str]:
    """Events and agreements that may belong to the period, kind by kind; partners and countries follow from them."""
    for clause in phrases.CLAUSES:
        if clause not in (phrases.PARTNERS, phrases.COUNTRIES) and (number := findings[clause.code].undetermined):
            yield _alone(clause.code, number)


def quoted(published: Iterable[Published], *, of=None) -> str:
    """What documents printed, period by period, as sentences; empty where nothing is published.

    Unions are named where there are several, or where one is another than `of`, the union reported on. What the same
    period is said to have had in several ways is said side by side.
    """
    figures = [one.figure for one in published]
    if not figures:
        return ""
    unions = {one.union_id: one.union for one in figures}
    named = len(unions) > 1 or (of is not None and of.pk not in unions)
    said: dict[tuple, list[ReportedFigure]] = {}
    for union in unions:
        for one in figures:
            if one.union_id == union:
                said.setdefault((union, one.first_day, one.last_day, one.period_printed), []).append(one)
    return " ".join([*(_published_for(some, named) for some in said.values()), str(phrases.NOT_ADDED)])


def _published_for(figures: list[ReportedFigure], named: bool) -> str:
    """The figures of one union and period, those of the same indicator together."""
    by_indicator: dict[str, list[ReportedFigure]] = {}
    for one in figures:
        by_indicator.setdefault(one.indicator, []).append(one)
    one = figures[0]
    period = one.period_printed
    seen: set[str] = set()
    return (phrases.PUBLISHED_OF_UNION if named else phrases.PUBLISHED) % {
        "union": one.union,
        "period": _in_quotes(period) if any(letter.isalpha() for letter in period) else period,
        "figures": "; ".join(_side_by_side(some, seen) for some in by_indicator.values()),
    }


def _side_by_side(figures: list[ReportedFigure], seen: set[str]) -> str:
    """One number and what is counted within it; or each with its source, where sources do not agree."""
    wholes = {one.pk for one in figures}
    within = [one for one in figures if one.subset_of_id in wholes]
    apart = {_number(one): one for one in figures if one not in within}
    if len(apart) == 1:
        told = _printed(next(iter(apart.values())), seen)
    else:
        each = [_with_source(one, seen) for one in apart.values()]
        told = _("sources differ: %(figures)s") % {"figures": ", ".join(each)}
    if not within:
        return told
    return _("%(figures)s, of which %(part)s") % {
        "figures": told,
        "part": ", ".join(_printed(one, seen) for one in within),
    }


def _with_source(figure: ReportedFigure, seen: set[str]) -> str:
    return _("%(figure)s in %(document)s, %(place)s") % {
        "figure": _printed(figure, seen),
        "document": _in_quotes(str(figure.document)),
        "place": figure.place,
    }


def _number(figure: ReportedFigure) -> tuple:
    """What figures of one indicator must share to say the same; a vague word is the word it is."""
    is_vague = figure.qualifier == ReportedFigure.Qualifier.VAGUE
    return figure.qualifier, figure.low, figure.high, figure.printed if is_vague else ""


def _printed(figure: ReportedFigure, seen: set[str]) -> str:
    """A number with its qualifier in words; once in a sentence the words as printed, where they say it otherwise."""
    number = figure.high if figure.low is None else figure.low
    if number is None:  # a vague word
        label = figure.get_indicator_display()
        return f"{_in_quotes(figure.printed)} ({label[:1].lower()}{label[1:]})"
    shown = number_format(number)
    if figure.qualifier != ReportedFigure.Qualifier.EXACT:
        shown = f"{figure.get_qualifier_display()} {shown}"
    words = phrases.agreeing(phrases.NOUNS_ALONE[figure.indicator], number, shown)
    if figure.printed in seen or phrases.agreeing(phrases.NOUNS[figure.indicator], number, shown) in figure.printed:
        return words
    seen.add(figure.printed)
    return f"{words} ({_in_quotes(figure.printed)})"


def ranking(label: str, lines: Sequence[tuple[str, int]], rest: int) -> str:
    """The largest lines of a table and how many others there are; `rest` counts lines that are not handed in."""
    some = sorted((one for one in lines if one[1]), key=lambda one: -one[1])
    if not some and not rest:
        return _("%(label)s: nothing is logged.") % {"label": label}
    told = ", ".join(f"{name} {number_format(number)}" for name, number in some[:TOP])
    others = len(some[TOP:]) + rest
    if not others:
        return _("%(label)s: %(lines)s.") % {"label": label, "lines": told}
    more = ngettext("%(shown)s other", "%(shown)s others", others) % {"shown": number_format(others)}
    if not told:
        return _("%(label)s: %(lines)s.") % {"label": label, "lines": more}
    return _("%(label)s: %(lines)s and %(others)s.") % {"label": label, "lines": told, "others": more}


def _noun(code: str, number: int) -> str:
    return phrases.agreeing(phrases.NOUNS[code], number, number_format(number))


def _alone(code: str, number: int) -> str:
    return phrases.agreeing(phrases.NOUNS_ALONE[code], number, number_format(number))


def _in_quotes(words: str) -> str:
    """As printed; quotation marks inside become single ones, so that the outer pair shows where the quotation ends."""
    return f"“{words.translate(str.maketrans('“”', '‘’'))}”"
