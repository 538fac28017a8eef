"""A report laid out as a Document. Never knows a file format."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from unionrelations.kit.documents import Document, Grid, Heading, Paragraph

from .kept import KeptReport
from .published import Published
from .reports import Figure, Report


def compose(report: Report | KeptReport) -> Document:
    """Words, then logged and undetermined, then published beside logged; unknown numbers are left empty and said."""
    figures = report.figures
    return Document(
        f"{report.title} – {report.union}",
        (
            Paragraph(report.period_text),
            Paragraph(report.narrative),
            Heading(_("Logged")),
            Grid(
                (_("Indicator"), _("Logged"), _("Undetermined"), _("Headcounts not known")),
                tuple((one.indicator.label, one.logged, one.undetermined, one.unknown_people) for one in figures),
            ),
            Heading(_("Published figures beside them, each with its own period")),
            _published((figure, one, one.gap) for figure in figures for one in figure.reported),
            Heading(_("Published for periods that fall only partly within this one")),
            _published((figure, one, None) for figure in figures for one in figure.partly),
        ),
    )


def _published(lines: Iterable[tuple[Figure, Published, int | None]]) -> Grid | Paragraph:
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
            _("Source"),
            _("Remark"),
        ),
        rows,
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
        one.logged_in_period,
        gap,
        f"{printed.document}, {printed.place}",
        printed.note,
    )
