"""What the house says beside what a recount says: of one question, of every report, and of the derived rows.

Never says which of the two is right: a mismatch is a question for a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from activities.models import Activity, ActivityCountry, ActivityScope, PartnerRole, ReportedFigure, Term
from activities.reports.composing import compose
from activities.reports.questions import Question
from activities.reports.reports import Report
from activities.reports.tables import PARTS
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

from . import doors
from .expected import Cells, expected, says_nothing
from .outcome import Outcome
from .recount import Recount

NEVER = (None, None)  # what a role says that counts for nobody


def audit() -> Outcome:
    """Every number of every union's report for every term it reports by and every period it has published figures for,
    alone and with those below; and every derived row.

    Reads each record once, and looks at it again for each union above and each period: time grows with the records.
    """
    outcome, recount = Outcome(), Recount()
    published: dict[int, list[Period]] = {}
    for one in ReportedFigure.objects.exclude(indicator=""):
        published.setdefault(one.union_id, []).append(one.period)
    for union, terms in Term.objects.of_each(Union.objects.all()):
        periods: dict[Period, Term | None] = {one.period: one for one in terms}
        for period in published.get(union.pk, ()):
            periods.setdefault(period, None)
        for period, term in periods.items():
            for under in (False, True):
                report = Report(Question(union, period, under=under), term=term)
                _compare(outcome, report, recount, in_full=recount.says_more(report.question))
    compare_scopes(outcome, recount.activities)
    return outcome


def check(question: Question, *, term: Term | None = None, recount: Recount | None = None) -> Outcome:
    """Every number of one report, at each of its doors, against a recount; `term` where it is the report of one."""
    outcome = Outcome()
    _compare(outcome, Report(question, term=term), recount or Recount(), in_full=True)
    return outcome


def touching(mismatches: Iterable[dict], question: Question, activities: Iterable[int]) -> list[dict]:
    """Those of an audit's mismatches that concern a question or one of its activities."""
    of_these = {name for pk in activities for name in (of_activity(pk), f"category of activity {pk}")}
    return [one for one in mismatches if one["what"].startswith(f"{named(question)} ") or one["what"] in of_these]


def _compare(outcome: Outcome, report: Report, recount: Recount, *, in_full: bool) -> None:
    """The figures; `in_full`, the tables as well, what is said as JSON and in files, and the rows behind."""
    question = report.question
    findings = recount.findings(question)
    _compare_figures(outcome, report, "counted", doors.of_report(report), findings)
    if in_full:
        said = doors.read_back(report)
        _compare_figures(outcome, report, "said as JSON", doors.of_json(said), findings)
        labels = {one.indicator.label: findings.get(one.indicator.code.value) for one in report.figures}
        _compare_figures(outcome, report, "written in files", doors.of_document(compose(report)), labels)
        _compare_tables(outcome, report, said, recount)
        _compare_rows(outcome, report, findings)
    _compare_published(outcome, report, recount)


def _compare_figures(outcome: Outcome, report: Report, way: str, said: dict, recounted: dict) -> None:
    for code in {**recounted, **said}:
        outcome.compare(
            f"{named(report.question)} {code}",
            union=report.union.code,
            **{way: _listed(said.get(code)), "recounted": _listed(recounted.get(code))},
        )


def _compare_tables(outcome: Outcome, report: Report, said: dict, recount: Recount) -> None:
    shown = {one.code: doors.of_table(one) for one in report.all_tables}
    written = {one["table"]: doors.of_json_table(one) for one in said["tables"]}
    known = (code for codes in PARTS.values() for code in codes)
    for code in dict.fromkeys([*known, *shown, *written]):
        wanted = expected(code, report.question, recount)
        for way, table in (("counted", shown), ("said as JSON", written)):
            _compare_table(outcome, f"{named(report.question)} {code}", report.union.code, way, table.get(code), wanted)


def _compare_table(outcome: Outcome, name: str, union: str, way: str, said: dict | None, wanted: dict) -> None:
    said = said or {}
    columns = {column for cells in said.values() for column in cells}
    for key in {**wanted, **said}:
        cells = {code: cell for code, cell in wanted.get(key, {}).items() if not _is_left_out(code, columns, wanted)}
        outcome.compare(f"{name} {key}", union=union, **{way: _plain(said.get(key, {})), "recounted": _plain(cells)})


def _is_left_out(code: str, columns: set[str], wanted: dict[str, Cells]) -> bool:
    """A column that says nothing in any line is not shown."""
    return code not in columns and all(says_nothing(cells[code]) for cells in wanted.values())


def _plain(cells: Cells) -> dict[str, list]:
    return {code: list(cell) for code, cell in sorted(cells.items())}


def _compare_rows(outcome: Outcome, report: Report, findings: dict) -> None:
    """The addresses of figures that say something, each opened as a reader opens it."""
    for figure in report.figures:
        recounted = findings.get(figure.indicator.code.value, (None, None, 0))
        for number, url in zip(recounted, (figure.rows_url, figure.undetermined_url), strict=False):
            # Of people not known the list is still there; of nothing at all there is no list to open.
            if number != 0:
                name = f"{named(report.question)} {url}"
                outcome.compare(name, union=report.union.code, rows=doors.behind(url), recounted=number)


def _compare_published(outcome: Outcome, report: Report, recount: Recount) -> None:
    """What stands beside each published figure: logged for its own union in its own period, and the gap."""
    for figure in report.figures:
        for one in (*figure.reported, *figure.partly):
            union = one.figure.union
            asked = Question(union, one.figure.period, under=report.under and union == report.union)
            logged = recount.finding(figure.indicator, asked)[0]
            exact = one.figure.low if one.figure.qualifier == ReportedFigure.Qualifier.EXACT else None
            gap = None if exact is None or logged is None else exact - logged
            outcome.compare(
                f"{named(report.question)} published {one.figure.pk} {one.figure.printed}",
                union=union.code,
                counted=[one.logged_in_period, one.gap],
                recounted=[logged, gap],
            )


def compare_scopes(outcome: Outcome, activities: Iterable[Activity]) -> None:
    """The derived rows and columns and the stored category of each activity, derived anew."""
    stored: dict[int, dict] = {}
    for row in ActivityScope.objects.order_by("activity_id", "union_id"):
        stored.setdefault(row.activity_id, {}).update(_columns_of(row))
    dated = _dated()
    for one in activities:
        category = one.category()
        outcome.compare(f"category of activity {one.pk}", stored=one.counts_as, derived=category)
        one.counts_as = category
        derived: dict[str, object] = {}
        for row in ActivityScope.objects.rows_of(one):
            derived |= _columns_of(row)
        counts = derived and category and one.status == Activity.Status.HELD
        when = (one.window.start, one.window.last) if counts else NEVER
        roles = dated.pop(one.pk, {})
        outcome.compare(
            of_activity(one.pk),
            stored=stored.pop(one.pk, {}) | roles,
            derived=derived | dict.fromkeys(roles, when),
        )
    for pk in sorted(stored.keys() | dated):
        roles = dated.get(pk, {})
        outcome.compare(of_activity(pk), stored=stored.get(pk, {}) | roles, derived=dict.fromkeys(roles, NEVER))


def _dated() -> dict[int, dict[str, tuple]]:
    """By activity, when each of its partners and countries says it counted."""
    found: dict[int, dict[str, tuple]] = {}
    for model, said in ((PartnerRole, "partner"), (ActivityCountry, "country")):
        columns = ("activity_id", "pk", "counted_first", "counted_last")
        for activity, pk, *when in model.objects.order_by().values_list(*columns).iterator():
            found.setdefault(activity, {})[f"{said} row {pk} counted"] = tuple(when)
    return found


def _columns_of(row: Model) -> dict[str, object]:
    """What a scope row says, by union and column."""
    columns = (one.attname for one in ActivityScope._meta.concrete_fields if not one.primary_key)
    said = {name: getattr(row, name) for name in columns}
    return {f"union {said['union_id']} {name}": value for name, value in said.items()}


def named(question: Question) -> str:
    """The question in a line, as whoever looks it up asks it."""
    only = question.only
    parts = (
        question.union.code,
        f"{question.period.start}–{question.period.end or ''}",
        "under" if question.under else "own",
        question.rule.value if question.rule != "start" else "",
        f"organised {question.organised_on}" if question.organised_on else "",
        *(str(one) for one in (only.kind, only.mode, only.partner or "", only.country or "")),
    )
    return " ".join(one for one in parts if one)


def of_activity(pk: int) -> str:
    """How a mismatch names the derived rows of an activity."""
    return f"scope of activity {pk}"


def _listed(counts: tuple | None) -> list | None:
    return None if counts is None else list(counts)
