"""Where a report stands on its way to a signature, for the page of the report itself. Never changes it."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from activities.reports.addresses import OF_REPORT, written
from activities.reports.changes import Changes, changes
from activities.reports.models import TermReport
from activities.reports.reports import Report

register = template.Library()


@dataclass(frozen=True)
class Standing:
    """The newest signed report of a question with what changed since, and one on its way to the next signature."""

    signed: TermReport | None
    since: Changes | None
    on_the_way: TermReport | None
    may_draft: bool
    asked: list[tuple[str, str]]  # the report's question, as a form sends it


@register.simple_tag(takes_context=True)
def signing_of(context, report: Report) -> Standing:
    user = context["request"].user
    same = TermReport.objects.visible_to(user).asking(report.question)
    rows = list(same.for_listing().order_by("-number", "-pk")) if same.exists() else []  # most are of no such report
    newest = next((one for one in rows if one.is_signed), None)
    return Standing(
        newest,
        changes(newest) if newest else None,
        next((one for one in rows if not one.is_signed), None),
        user.has_perm("reports.add_termreport"),
        _asked(report),
    )


def _asked(report: Report) -> list[tuple[str, str]]:
    term = report.term.name if report.term else ""
    parts = {"union": report.union.code, "term": term, **written(report.question, OF_REPORT, with_days=not term)}
    return [(name, value) for name, value in parts.items() if value]


@register.filter
def signed_number(value: int) -> str:
    """A move with its sign: +2, −1, 0."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"
