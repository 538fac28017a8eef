"""What only a spreadsheet shows: the rows behind each figure, one sheet for each, and where published figures stand.

The rows are those `Indicator.rows` gives, cut to what the reader may see; each says what it brings to the figure.
Never counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from activities.models import Activity
from partners.models import Agreement, Country, Partner
from unionrelations.kit.documents import Grid

from .indicators import Indicator
from .kept import KeptReport
from .published import Published
from .reports import Figure, Report


@dataclass(frozen=True)
class Columns:
    """How the rows of one model are written out: heads, cells of a row, and the order rows stand in."""

    heads: Callable[[], tuple[str, ...]]
    cells: Callable[[Model], tuple]
    order: tuple[str, ...]


def _joined(names: Iterable) -> str:
    return "; ".join(dict.fromkeys(str(one) for one in names))


def _of_activity(one) -> tuple:
    """The days are those known: first and last day, or the window the start lies in, as `when` says."""
    return (
        one.title,
        str(one.get_counts_as_display()),
        _joined(role.union.label for role in one.union_roles.all()),
        _joined(role.partner.label for role in one.partner_roles.all()),
        _joined(role.country for role in one.activity_countries.all()),
        one.when,
        one.starts_on,
        one.ends_on,
    )


def _of_agreement(one) -> tuple:
    parties = one.parties.all()
    return (
        one.title,
        one.kind,
        _joined(party.union.label for party in parties if party.union),
        _joined(party.partner.label for party in parties if party.partner),
        one.signed_from,
        one.signed_to,
    )


def _of_partner(one) -> tuple:
    return (str(one), str(one.get_kind_display()), str(one.country) if one.country else None)


def _of_country(one) -> tuple:
    return (str(one), one.code, str(one.get_region_display()))


COLUMNS: dict[type[Model], Columns] = {
    Activity: Columns(
        lambda: (
            _("Activity"),
            _("Counts as"),
            _("Unions"),
            _("Partners"),
            _("Countries"),
            _("Date"),
            _("First day"),
            _("Last day"),
        ),
        _of_activity,
        ("starts_on", "pk"),
    ),
    Agreement: Columns(
        lambda: (_("Agreement"), _("Kind"), _("Unions"), _("Partners"), _("Signed from"), _("Signed to")),
        _of_agreement,
        ("signed_from", "pk"),
    ),
    Partner: Columns(lambda: (_("Partner"), _("Kind"), _("Country")), _of_partner, ("pk",)),
    Country: Columns(lambda: (_("Country"), _("ISO code"), _("Region")), _of_country, ("code",)),
}


def further_sheets(report: Report, reader=None, listed: Callable[[int, int], None] = lambda done, of: None) -> Iterator:
    """The rows behind each figure whose number is not 0, then the sources; `listed` hears how many are done.

    `reader` None is the house itself, which sees everything.
    """
    wanted = [one for one in report.figures if one.logged != 0]
    for number, figure in enumerate(wanted):
        listed(number, len(wanted))
        yield _rows_behind(report, figure, reader)
    sources = _sources(report)
    if sources.rows:
        yield sources
    listed(1, 1)


def _rows_behind(report: Report, figure: Figure, reader) -> Grid:
    indicator = figure.indicator
    rows = indicator.rows(report.question)
    if reader is not None:
        rows = rows.filter(pk__in=rows.model._default_manager.visible_to(reader).values("pk"))
    columns = COLUMNS[indicator.model]
    rows = _with_share(rows, report, indicator).for_listing().order_by(*columns.order)
    cells = tuple((*columns.cells(one), one.brings if indicator.sums else 1) for one in rows)
    title = _("Rows behind: %(figure)s") % {"figure": indicator.label}
    return Grid((*columns.heads(), _("Brings to the figure")), cells, title=title, name=indicator.label)


def _with_share(rows: QuerySet, report: Report, indicator: Indicator) -> QuerySet:
    """Each with `brings` where people are added up: null where nobody wrote them down."""
    if indicator.sums is None:
        return rows
    scope = indicator.scope_rows(report.question).filter(activity=OuterRef("pk")).order_by()
    return rows.annotate(brings=Subquery(scope.values(indicator.column)[:1]))


def kept_sheets(report: KeptReport) -> Iterator[Grid]:
    """The same of a signed report, from what was frozen: each record as it was called and what it brought."""
    for figure in report.figures:
        rows = report.rows(figure.indicator.code)
        if not rows:
            continue
        yield Grid(
            (_("Record"), _("Number"), _("Date"), _("Brings to the figure")),
            tuple((one["title"], one["code"], one["when"], one["brought"]) for one in rows),
            title=_("Rows behind: %(figure)s") % {"figure": figure.indicator.label},
            name=figure.indicator.label,
        )


def _sources(report: Report) -> Grid:
    """Each place of a document that a published figure of the report stands at."""
    found = [one for figure in report.figures for one in (*figure.reported, *figure.partly)]
    return Grid(
        (_("Source"), _("Kind"), _("Publisher"), _("Published on"), _("Place in it"), _("As printed"), _("Union")),
        tuple(_source(one) for one in found),
        title=_("Sources"),
        name=_("Sources"),
    )


def _source(one: Published) -> tuple:
    printed, document = one.figure, one.figure.document
    return (
        str(document),
        str(document.get_kind_display()),
        document.publisher,
        document.published_on or document.published_words,
        printed.place,
        printed.printed,
        printed.union.label,
    )
