"""The numbers a report says at each of its doors: page, JSON, file, and the rows behind an address. Never counts."""

from __future__ import annotations

import json
from decimal import Decimal
from urllib.parse import urlsplit

from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils.translation import gettext as _

from activities.reports.addresses import Unanswerable
from activities.reports.evidence import Evidence
from activities.reports.reports import Report
from activities.reports.tables import Table
from unionrelations.accounts.models import Union
from unionrelations.kit.documents import Document, Grid

from .expected import TOTAL, Cells

Counts = tuple


def of_report(report: Report) -> dict[str, Counts]:
    """By indicator: logged, undetermined, unknown headcounts, as the page shows them."""
    return {one.indicator.code.value: (one.logged, one.undetermined, one.unknown_people) for one in report.figures}


def of_table(table: Table) -> dict[str, Cells]:
    """By line, the cells as the page shows them."""
    lines = [(one.key, one) for one in table.lines] + ([(TOTAL, table.total)] if table.total else [])
    return {
        key: {
            column.code: (cell.number, cell.undetermined)
            for column, cell in zip(table.columns, line.cells, strict=True)
        }
        for key, line in lines
    }


def read_back(report: Report) -> dict:
    """The report as whoever reads the JSON gets it."""
    return json.loads(json.dumps(report.as_json(), cls=DjangoJSONEncoder))


def of_json(said: dict) -> dict[str, Counts]:
    return {one["indicator"]: (one["logged"], one["undetermined"], one["unknown_people"]) for one in said["figures"]}


def of_json_table(table: dict) -> dict[str, Cells]:
    lines = [(one["line"], one) for one in table["lines"]] + ([(TOTAL, table["total"])] if table["total"] else [])
    return {
        key: {code: (_number(cell["logged"]), cell["undetermined"]) for code, cell in line["cells"].items()}
        for key, line in lines
    }


def _number(said):
    """Money is written as text, so that no decimal is lost on the way."""
    return Decimal(said) if isinstance(said, str) else said


def of_document(document: Document) -> dict[str, Counts]:
    """By the indicator's label: what the file says of it."""
    heads = (_("Indicator"), _("Logged"), _("Undetermined"), _("Headcounts not known"))
    return {
        str(row[0]): tuple(one if isinstance(one, int) else None for one in row[1:])
        for block in document.blocks
        if isinstance(block, Grid) and tuple(map(str, block.headers)) == heads
        for row in block.rows
    }


def behind(url: str):
    """What the rows at an address come to: how many they are, or what they add up to."""
    try:
        evidence = Evidence.asked(QueryDict(urlsplit(url).query), Union.objects.all())
    except Unanswerable as refused:
        return str(refused)
    assert evidence is not None  # noqa: S101  a report's addresses all name a figure
    rows = evidence.narrow(evidence.model._default_manager.order_by())
    if not evidence.adds_up:
        return rows.count()
    numbers = list(rows.values_list("figure_number", flat=True))
    known = [one for one in numbers if one is not None]
    return sum(known) if known or not numbers else None
