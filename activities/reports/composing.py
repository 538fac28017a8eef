"""A report laid out as a Document, official head and foot included. Never knows a file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from unionrelations.kit.documents import UNKNOWN, Block, Document, Grid, Heading, Paragraph, Picture, Unknown

from .kept import KeptReport
from .models import Work
from .official import official
from .published import Published
from .reports import Figure, Report
from .sheets import further_sheets, kept_sheets
from .tables import Line, Table

Reached = Callable[[str, int], None]
FITTING = 7  # columns on an upright page
BEFORE_ROWS, AFTER_ROWS = 40, 90  # per cent: how far a file has come when its rows are listed


def compose(report: Report | KeptReport, reader=None, reached: Reached = lambda stage, progress: None) -> Document:
    """Words and figures first, to be signed; annexes with published figures and tables after the signature.

    Unknown numbers are said to be unknown. `reader` is whoever sees the rows behind the figures; None is the house
    itself, which sees all. `reached` hears how far it has come.
    """
    reached(Work.Stage.FIGURES, 5)
    stated = (report.rule_text, *report.narrowed_to)
    body: tuple[Block, ...] = (
        *map(Paragraph, report.narrative.replace("\r\n", "\n").split("\n\n")),
        Heading(_("Logged")),
        Paragraph(" ".join(stated)),
        _logged(report),
    )
    reached(Work.Stage.TABLES, 20)
    annexes = tuple(_annexes(report))
    reached(Work.Stage.WRITING, BEFORE_ROWS)

    def listed(done: int, of: int) -> None:
        share = (AFTER_ROWS - BEFORE_ROWS) * done // of
        reached(Work.Stage.WRITING if done == of else Work.Stage.ROWS, BEFORE_ROWS + share)

    return Document(
        f"{report.title} – {report.union}",
        body,
        official(report),
        annexes,
        lambda: kept_sheets(report) if isinstance(report, KeptReport) else further_sheets(report, reader, listed),
    )


def _logged(report: Report | KeptReport) -> Grid:
    return Grid(
        (_("Indicator"), _("Logged"), _("Undetermined"), _("Headcounts not known")),
        tuple(
            (one.indicator.label, _known(one.logged), _known(one.undetermined), one.unknown_people)
            for one in report.figures
        ),
        name=_("Logged"),
    )


def _known(number: int | Decimal | None) -> int | Decimal | Unknown:
    return UNKNOWN if number is None else number


def _annexes(report: Report | KeptReport) -> Iterable[Block]:
    """Everything that follows the signature, in order: published figures, then table by table."""
    figures = report.figures
    if report.tells_all:
        yield Heading(_("Published figures beside them, each with its own period"))
        yield _published(
            ((figure, one, one.gap) for figure in figures for one in figure.reported), pgettext("sheet", "Published")
        )
        yield Heading(_("Published for periods that fall only partly within this one"))
        yield _published(
            ((figure, one, None) for figure in figures for one in figure.partly), pgettext("sheet", "Partly within")
        )
    for table in report.all_tables:
        yield from _of_table(table)


def _of_table(table: Table) -> Iterable[Block]:
    """A table with what is to be known of it; an empty one is said to be empty."""
    yield Heading(table.label)
    if table.overlaps:
        yield Paragraph(_("One activity may stand in several lines, so they do not add up to the report."))
    if table.about:
        yield Paragraph(table.about)
    if not table.lines:
        yield Paragraph(_("None."))
        return
    if table.sentence:
        yield Paragraph(table.sentence)
    if table.chart:
        yield Picture(table.chart)
    lines = (*table.lines, *([table.total] if table.total else ()))
    doubtful = any(cell.undetermined for line in lines for cell in line.cells)
    heads = (table.head, *(column.label for column in table.columns), *([_("Undetermined")] if doubtful else ()))
    yield Grid(
        heads,
        tuple(_line(line, doubtful) for line in lines),
        wide=len(heads) > FITTING,
        name=table.label,
    )


def _line(line: Line, doubtful: bool) -> tuple:
    """With the undetermined ones of its last column, where the table has any."""
    numbers = (_known(cell.number) for cell in line.cells)
    return (line.label, *numbers, *([_known(line.last.undetermined)] if doubtful else ()))


def _published(lines: Iterable[tuple[Figure, Published, int | None]], name: str) -> Grid | Paragraph:
    rows = tuple(_row(*line) for line in lines)
    if not rows:
        return Paragraph(_("None."))
    return Grid(
        (
            _("Indicator"),
            _("Union"),
            _("As printed"),
            _("At least"),
            _("At most"),
            _("Qualifier"),
            _("Period as printed"),
            _("Logged in that period"),
            _("Gap"),
            _("Explained"),
            _("Not explained"),
            _("Reasons"),
            _("Source"),
            _("Remark"),
        ),
        rows,
        wide=True,
        name=name,
    )


def _row(figure: Figure, one: Published, gap: int | None) -> tuple:
    printed = one.figure
    return (
        figure.indicator.label,
        printed.union.label,
        printed.printed,
        printed.low,
        printed.high,
        str(printed.get_qualifier_display()),
        printed.period_printed,
        _known(one.logged_in_period),
        gap,
        None if gap is None else one.explained,
        None if gap is None else one.unexplained,
        "; ".join(f"{part}, {part.note}" for part in one.explanations),
        f"{printed.document}, {printed.place}",
        "; ".join(filter(None, (printed.note, _("Sources differ") if one.conflicts else ""))),
    )
