"""The report of a union for a term or period: every indicator, logged | undetermined | published beside it.

Page, files, command and JSON are this one object. Never knows a format; never asks for today.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from activities.models import Term
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import between, day_in_words

from .findings import Finding, measure
from .indicators import Indicator
from .narrative import paragraph
from .published import Beside, Published, beside


@dataclass(frozen=True)
class Figure:
    """One line of a report: a finding, and the published figures beside it."""

    report: Report
    finding: Finding
    beside: Beside

    @property
    def indicator(self) -> Indicator:
        return self.finding.indicator

    @property
    def logged(self) -> int | None:
        return self.finding.logged

    @property
    def undetermined(self) -> int | None:
        return self.finding.undetermined

    @property
    def unknown_people(self) -> int:
        return self.finding.unknown_people

    @property
    def reported(self) -> tuple[Published, ...]:
        return self.beside.within

    @property
    def partly(self) -> tuple[Published, ...]:
        return self.beside.partly

    @property
    def rows_url(self) -> str:
        return self.report.rows_url(self.finding.indicator)

    @property
    def undetermined_url(self) -> str:
        return self.report.rows_url(self.finding.indicator, undetermined=True)


class Report:
    def __init__(self, union: Union, period: Period, *, term: Term | None = None, under: bool = False):
        self.union, self.period, self.term, self.under = union, period, term, under

    @classmethod
    def of_term(cls, union: Union, term: Term, *, under: bool = False) -> Report:
        return cls(union, term.period, term=term, under=under)

    @property
    def years(self) -> Period:
        """Whose published figures stand beside: the years a term is named by, or the period itself."""
        return self.term.named_years if self.term else self.period

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        published = beside(self.union, self.years, under=self.under)
        found = measure(self.union, self.period, under=self.under)
        return tuple(Figure(self, one, published.get(code, Beside())) for code, one in found.items())

    def figure(self, code: str) -> Figure:
        return next(one for one in self.figures if one.indicator.code == code)

    @property
    def title(self) -> str:
        if self.term:
            return _("Term report %(term)s") % {"term": self.term}
        return _("Report %(period)s") % {"period": self.period_text}

    @property
    def period_text(self) -> str:
        if self.period.end is None:
            return _("from %(day)s") % {"day": day_in_words(self.period.start)}
        return between(self.period.start, self.period.end)

    @cached_property
    def narrative(self) -> str:
        when = _("In the period %(period)s") % {"period": self.period_text}
        if self.term:
            when = _("In the term %(term)s") % {"term": self.term}
        who = _("%(union)s with the unions below it") % {"union": self.union} if self.under else str(self.union)
        return paragraph(
            {one.indicator.code.value: one.finding for one in self.figures},
            when=when,
            who=who,
            published=any(one.reported for one in self.figures),
        )

    @property
    def url(self) -> str:
        """Its own page: by term where it has one, else by its days."""
        asked = {"under": 1} if self.under else {}
        if self.term:
            page = f"/reports/{self.union.code}/{self.term.name}/"
        else:
            page = f"/reports/{self.union.code}/"
            asked["from"] = self.period.start.isoformat()
            if self.period.end:
                asked["to"] = self.period.end.isoformat()
        return f"{page}?{urlencode(asked)}" if asked else page

    def rows_url(self, indicator, *, undetermined: bool = False) -> str:
        """The list of the very rows behind a number."""
        asked = {
            "figure": indicator.code.value,
            "union": self.union.code,
            "under": int(self.under),
            "since": self.period.start.isoformat(),
        }
        if self.period.end:
            asked["until"] = self.period.end.isoformat()
        if undetermined:
            asked["undetermined"] = 1
        return f"/{indicator.address}/?{urlencode(asked)}"

    def as_json(self) -> dict:
        """The contract others read; dates in ISO form, unknown numbers null."""
        return {
            "union": {"code": self.union.code, "name": str(self.union)},
            "under": self.under,
            "period": {
                "from": self.period.start.isoformat(),
                "to": self.period.end.isoformat() if self.period.end else None,
                "term": self.term.name if self.term else None,
            },
            "figures": [_figure_json(one) for one in self.figures],
            "narrative": self.narrative,
        }


def _figure_json(figure: Figure) -> dict:
    return {
        "indicator": figure.indicator.code.value,
        "label": figure.indicator.label,
        "logged": figure.logged,
        "undetermined": figure.undetermined,
        "unknown_people": figure.unknown_people,
        "reported": [_published_json(one) for one in figure.reported],
        "reported_partly": [_published_json(one) | {"gap": None, "unexplained": None} for one in figure.partly],
        "rows": figure.rows_url,
        "undetermined_rows": figure.undetermined_url,
    }


def _published_json(one: Published) -> dict:
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
