"""The report of a union for a term or period: every indicator, logged | undetermined | published beside it.

Page, files, command and JSON are this one object. Never knows a format; never asks for today.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from activities.models import Activity, Term
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import between, day_in_words

from .addresses import OF_REPORT, rows_address, written
from .breakdowns import LineOf
from .contract import figure_json, only_json
from .findings import Finding, measure
from .indicators import INDICATORS, Indicator
from .money import Amount
from .narrative import paragraph, quoted
from .published import Beside, Published, beside
from .questions import Question, Rule
from .registers import Register
from .spans import name_of, word_of
from .tables import PARTS, Table, tables


@dataclass(frozen=True)
class Figure:
    """One line of a report: a finding, and the published figures beside it."""

    report: Report
    finding: Finding
    beside: Beside
    before: Finding | None = None  # of the report it is compared with

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
    def change(self) -> int | None:
        """Since what it is compared with; None where either number is not known."""
        if self.before is None or self.before.logged is None or self.logged is None:
            return None
        return self.logged - self.before.logged

    @property
    def rows_url(self) -> str:
        return self.report.rows_url(self.finding.indicator)

    @property
    def uncounted_url(self) -> str:
        return self.report.uncounted_url(self.finding.indicator)

    @property
    def undetermined_url(self) -> str:
        return self.report.rows_url(self.finding.indicator, undetermined=True)


class Report:
    def __init__(self, question: Question, *, term: Term | None = None, compared_with: Report | None = None):
        self.question, self.term, self.compared_with = question, term, compared_with

    @classmethod
    def of_term(cls, union: Union, term: Term, *, under: bool = False) -> Report:
        return cls(Question(union, term.period, under=under), term=term)

    @classmethod
    def of_days(cls, union: Union, period: Period, *, under: bool = False) -> Report:
        return cls(Question(union, period, under=under))

    @property
    def union(self) -> Union:
        return self.question.union

    @property
    def period(self) -> Period:
        return self.question.period

    @property
    def under(self) -> bool:
        return self.question.under

    @property
    def tells_all(self) -> bool:
        """Whether it is of all activities, as published figures are, so that these may stand beside it."""
        return not self.question.only and self.question.rule == Rule.START and self.question.organised_on is None

    @property
    def years(self) -> Period:
        """Whose published figures stand beside: the years a term is named by, or the period itself."""
        return self.term.named_years if self.term else self.period

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        published = beside(self.union, self.years, under=self.under) if self.tells_all else {}
        before = self.compared_with.findings if self.compares and self.compared_with else {}
        return tuple(
            Figure(self, one, published.get(code, Beside()), before.get(code)) for code, one in self.findings.items()
        )

    @cached_property
    def findings(self) -> dict[str, Finding]:
        return measure(self.question)

    @cached_property
    def compares(self) -> bool:
        """Whether anything is on record on the other side; where nothing is, a difference would say nothing."""
        if self.compared_with is None:
            return False
        other = self.compared_with.findings["activities"]
        return bool(other.logged or other.undetermined)

    @cached_property
    def under_the_other_rule(self) -> dict[str, Finding]:
        return measure(self.question.other_rule)

    def tables(self, part: str) -> list[Table]:
        """The tables of one part of the report, by the names in `PARTS`."""
        return tables(self, PARTS[part])

    @cached_property
    def all_tables(self) -> list[Table]:
        return [one for part in PARTS for one in self.tables(part)]

    def figure(self, code: str) -> Figure:
        return next(one for one in self.figures if one.indicator.code == code)

    @property
    def title(self) -> str:
        if self.term:
            return _("Term report %(term)s") % {"term": self.term}
        if word := word_of(self.period):
            return _("Report %(period)s") % {"period": name_of(word)}
        return _("Report %(period)s") % {"period": self.period_text}

    @property
    def rule_text(self) -> str:
        """The period rule, as a sentence of the report."""
        if self.question.rule == Rule.END:
            return _("Held activities only, by the day they ended; one without a stated end by the day it started.")
        return _("Held activities only, by the day they started.")

    @property
    def narrowed_to(self) -> list[str]:
        """What the report leaves out or reads in another way, in sentences."""
        only, said = self.question.only, []
        narrowing = (
            only.kind and Activity.Kind(only.kind).label,
            only.mode and Activity.Mode(only.mode).label,
            only.partner,
            only.country,
        )
        if only:
            said.append(_("Only: %(what)s.") % {"what": ", ".join(str(one) for one in narrowing if one)})
        if self.question.organised_on:
            said.append(
                _("As unions were organised on %(day)s: what a union that has ended did stands under its successor.")
                % {"day": day_in_words(self.question.organised_on)}
            )
        return said

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
        counted = paragraph(
            {one.code.value: Finding(one, 0, 0, 0) for one in INDICATORS} | self.findings,  # 0 is not said
            when=when,
            who=who,
            published=False,
        )
        published = quoted((one for figure in self.figures for one in figure.reported), of=self.union)
        return "\n\n".join(filter(None, (counted, published)))

    @property
    def url(self) -> str:
        """Its own page: by term where it has one, else by its days."""
        page = f"/reports/{self.union.code}/{self.term.name}/" if self.term else f"/reports/{self.union.code}/"
        asked = written(self.question, OF_REPORT, with_days=self.term is None)
        return f"{page}?{urlencode(asked)}" if asked else page

    @property
    def parameters(self) -> dict[str, str]:
        """What a form sends to ask for this very report of its union."""
        return written(self.question, OF_REPORT) | ({"term": self.term.name} if self.term else {})

    def rows_url(self, indicator: Indicator, *, undetermined: bool = False, line: LineOf | None = None) -> str:
        """The list of the very rows behind a number; of one line of a breakdown, where one is given."""
        parameters = line.parameters if line else {}
        return rows_address(indicator, self.question, undetermined=undetermined, **parameters)

    def uncounted_url(self, indicator: Indicator) -> str:
        """Of the rows behind a number of people, those whose headcount is missing."""
        return rows_address(indicator, self.question, uncounted="1")

    def register_url(self, register: Register, key: str, *, undetermined: bool = False) -> str:
        return rows_address(register, self.question, undetermined=undetermined, line=key)

    def money_url(self, amount: Amount, key: str) -> str:
        return rows_address(amount, self.question, line=key)

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
            "rule": self.question.rule.value,
            "organised_on": self.question.organised_on.isoformat() if self.question.organised_on else None,
            "only": only_json(self.question.only),
            "figures": [figure_json(one) for one in self.figures],
            "tables": [one.as_json() for one in self.all_tables],
            "narrative": self.narrative,
        }
