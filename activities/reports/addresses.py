"""How a question is written in an address, and read from one. Never counts; the reader's unions are handed in.

A report and the list behind one of its numbers ask the same question under other names, because a list has filters of
its own called `partner` or `country`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from activities.models import Activity
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from .questions import Only, Question, Rule


class Unanswerable(ValueError):
    """The address asks for something no figure has; the text says what, for the reader."""


@dataclass(frozen=True)
class Names:
    """What the parts of a question are called in an address."""

    first: str
    last: str
    prefix: str = ""  # of what narrows the activities

    @property
    def all(self) -> frozenset[str]:
        narrowing = (f"{self.prefix}{one}" for one in ("kind", "mode", "partner", "country"))
        return frozenset({self.first, self.last, "under", "rule", "organised", *narrowing})


OF_REPORT, OF_ROWS = Names("from", "to"), Names("since", "until", "only_")


def written(question: Question, names: Names, *, with_days: bool = True) -> dict[str, str]:
    """The question's parts as parameters, but for its union; days are left out where a term's name says them."""
    days = {names.first: question.period.start.isoformat()}
    if question.period.end:
        days[names.last] = question.period.end.isoformat()
    only = question.only
    narrowing = {
        "kind": only.kind,
        "mode": only.mode,
        "partner": only.partner.code if only.partner else "",
        "country": only.country.code if only.country else "",
    }
    parts = {
        "under": "1" if question.under else "",
        **(days if with_days else {}),
        "rule": question.rule.value if question.rule != Rule.START else "",
        "organised": question.organised_on.isoformat() if question.organised_on else "",
        **{f"{names.prefix}{name}": value for name, value in narrowing.items()},
    }
    return {name: value for name, value in parts.items() if value}


def rows_address(figure, question: Question, *, undetermined: bool = False, **more: str) -> str:
    """The list of the very rows behind a number of this question; `figure` says its code and whose list it is."""
    asked = {
        "figure": str(figure.code),
        "union": question.union.code,
        "under": int(question.under),
        **{name: value for name, value in written(question, OF_ROWS).items() if name != "under"},
        **more,
    }
    if undetermined:
        asked["undetermined"] = 1
    return f"/{figure.address}/?{urlencode(asked)}"


def read(
    asked,
    names: Names,
    union: Union,
    unions: QuerySet[Union],
    *,
    period: Period | None = None,
    today: date | None = None,
) -> Question:
    """The question parameters ask of a union. `unions` are those the reader sees; `period` is a term's, where one is
    named; `today` is what the word stands for in `organised=today`.

    Raises Unanswerable, with the sentence to show, where a part cannot be read or records stand out of reach.
    """
    rule = asked.get("rule") or Rule.START
    if rule not in Rule.values:
        raise Unanswerable(_("No period rule is called “%(rule)s”.") % {"rule": rule[:40]})
    organised = today if asked.get("organised") == "today" and today else day_asked(asked, "organised")
    question = Question(
        union,
        period or period_asked(asked, names.first, names.last),
        under=asked.get("under") == "1",
        only=_only(asked, names.prefix),
        rule=Rule(rule),
        organised_on=organised,
    )
    if question.today and unions.filter(pk__in=question.today.joined).count() < len(question.today.joined):
        raise Unanswerable(
            _(
                "As organised on that day, %(union)s carries on for unions whose records you do not see. "
                "Ask a union above both, or read the report as recorded."
            )
            % {"union": union}
        )
    return question


def _only(asked, prefix: str) -> Only:
    kind, mode = asked.get(f"{prefix}kind", ""), asked.get(f"{prefix}mode", "")
    if kind and kind not in Activity.Kind.values:
        raise Unanswerable(_("No kind of activity is called “%(kind)s”.") % {"kind": kind[:40]})
    if mode and mode not in Activity.Mode.values:
        raise Unanswerable(_("No mode of an activity is called “%(mode)s”.") % {"mode": mode[:40]})
    return Only(
        kind,
        mode,
        _record(Partner, asked.get(f"{prefix}partner"), _("No partner has the code “%(code)s”.")),
        _record(Country, asked.get(f"{prefix}country"), _("No country has the code “%(code)s”.")),
    )


def _record(model, code: str | None, refusal: str):
    """Partners and countries are read by everyone."""
    if not code:
        return None
    found = model.objects.filter(code=code).first()
    if found is None:
        raise Unanswerable(refusal % {"code": code[:80]})
    return found


def period_asked(asked, first: str, last: str) -> Period:
    """The period two parameters name, days in ISO form; without a last day it runs on.

    Raises Unanswerable with the sentence to show.
    """
    start, end = day_asked(asked, first), day_asked(asked, last)
    if start is None:
        raise Unanswerable(_("The address needs the first day of the period."))
    if end is not None and end < start:
        raise Unanswerable(_("The period ends before it begins."))
    return Period(start, end)


def day_asked(asked, name: str) -> date | None:
    try:
        return date.fromisoformat(asked[name]) if asked.get(name) else None
    except ValueError:
        raise Unanswerable(
            _("“%(typed)s” is not a day. Write it as year-month-day, such as 2023-02-28.") % {"typed": asked[name][:40]}
        ) from None
