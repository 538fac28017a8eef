"""Tables of totals by unit: how many delegations, person-trips and people. Each number becomes a published figure.

What a sheet adds up is somebody's statement, never a count of ours: it stands beside what is logged, with the file as
its document. The unit a row names stays beside its numbers, as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import ReportedFigure, SourceDocument
from activities.models.figures import Indicates
from unionrelations.kit.importing import Column, Draft, Importer, TextColumn
from unionrelations.kit.importing.columns import folded_words
from unionrelations.kit.written import Count, read_count

from .activities import title_said

OUT, IN = "đoàn ra | outbound", "đoàn vào | inbound"
NUMBERS = ("delegations", "trips", "persons")
LONGEST_PERIOD = 60


# A statement may say less than a number; a headcount of ours may not.
QUALIFIERS = (
    (re.compile(r"(?:hon|tren|more than|over)\b"), ReportedFigure.Qualifier.MORE),
    (re.compile(r"(?:gan|duoi|chua den|nearly|under)\b"), ReportedFigure.Qualifier.FEWER),
    (re.compile(r"(?:khoang|chung|about|around)\b"), ReportedFigure.Qualifier.ABOUT),
)
OF_DELEGATIONS = re.compile(r"\s*(?:đoàn|delegations?)\s*$", re.IGNORECASE)


class NumberColumn(Column):
    def read(self, cell, draft, context):
        return read_count(OF_DELEGATIONS.sub("", cell) if isinstance(cell, str) else cell)


class StatisticsImporter(Importer):
    model = ReportedFigure
    said_by = "thống kê | theo lượt | tổng hợp đoàn"
    identified_by = (("place", "printed"),)
    columns = (
        TextColumn("unit", "đơn vị | tên đơn vị | unit | công đoàn", label=gettext_lazy("Unit")),
        NumberColumn("delegations", "số đoàn | delegations", label=gettext_lazy("Delegations")),
        NumberColumn("trips", "số lượt | lượt | số lượt người | person-trips", label=gettext_lazy("Person-trips")),
        NumberColumn("persons", "số người | persons", label=gettext_lazy("Persons")),
        TextColumn("place"),
        TextColumn("indicator"),
        TextColumn("printed"),
        TextColumn("note", "ghi chú", label=gettext_lazy("Remark")),
    )

    def score(self, table):
        """Only where delegations and trips stand side by side as numbers."""
        known = set(self.recognise(table).values())
        return super().score(table) + 4 if {"delegations", "trips"} <= known else 0

    def stored(self, context):
        return self.writable(context).filter(document__code=_code(context))

    def read_all(self, row, table, mapping, context) -> list[Draft]:
        draft = self.read(row, table, mapping, context)
        if draft.problems:
            return [draft]
        found = list(self._figures(draft, table, context))
        if not found:
            draft.refuse("delegations", _("No number stands in this row. Write how many, or take the row out."))
        return found or [draft]

    def complete(self, draft, table, context):
        if context.period is None or context.period.end is None:
            draft.refuse(
                "unit", _("The sheet does not say of which period. Write it above the table, such as “Năm 2023”.")
            )

    def _figures(self, whole: Draft, table, context) -> Iterator[Draft]:
        unit = whole.values.get("unit") or ""
        for name in NUMBERS:
            count = whole.values.get(name)
            if count is None:
                continue
            heading, _position = whole.headings[name]
            draft = Draft(whole.row, whole.sheet, headings=whole.headings)
            draft.values = {
                "place": f"{table.sheet[:60]}!{whole.row.number}",
                "indicator": self._indicator(name, heading, table) or None,
                "printed": f"{count.words} ({heading.lower()})"[:60],
                "note": "\n".join(filter(None, (unit, *whole.remarks))) or None,
            }
            draft.qualifier, draft.low, draft.high = _bounds(count)
            yield draft

    @staticmethod
    def _indicator(name: str, heading: str, table) -> str:
        told = heading if title_said(heading, OUT, IN) else " ".join([table.sheet, *table.titles])
        out, into = title_said(told, OUT), title_said(told, IN)
        if out == into or name == "persons":
            return ""
        return {
            ("delegations", True): Indicates.DELEGATIONS_OUT,
            ("trips", True): Indicates.OFFICIALS_OUT,
            ("delegations", False): Indicates.DELEGATIONS_IN,
            ("trips", False): Indicates.GUESTS_IN,
        }[name, out].value

    def build(self, draft, context):
        return ReportedFigure(
            union=context.union,
            place=draft.values["place"],
            indicator=draft.values["indicator"] or "",
            qualifier=draft.qualifier,
            low=draft.low,
            high=draft.high,
            printed=draft.values["printed"],
            first_day=context.period.start,
            last_day=context.period.end,
            period_printed=(table_period(context))[:LONGEST_PERIOD],
            note=draft.values["note"] or "",
            changed_by=context.reader,
        )

    def create(self, drafts, context):
        document = SourceDocument.objects.filter(code=_code(context)).first()
        if document is None:
            document = SourceDocument(
                code=_code(context),
                title=context.file_name[:300],
                kind=SourceDocument.Kind.SHEET,
                union=context.union,
                first_day=context.period.start,
                last_day=context.period.end,
                changed_by=context.reader,
            )
            document.save()
            context.made.append(document)
        made = []
        for draft in drafts:
            figure = self.build(draft, context)
            figure.document = document
            figure.save()
            made.append(figure)
        return made


def _bounds(count: Count) -> tuple[str, int | None, int | None]:
    """Qualifier, lower and upper bound of what a cell says."""
    kinds = ReportedFigure.Qualifier
    if count.number is not None:
        return kinds.EXACT, count.number, count.number
    folded = folded_words(count.words)
    for pattern, kind in QUALIFIERS:
        sign = pattern.match(folded)
        number = read_count(folded[sign.end() :].strip()) if sign else None
        if number is not None and number.number is not None:
            low = high = number.number
            return kind, None if kind == kinds.FEWER else low, None if kind == kinds.MORE else high
    return kinds.VAGUE, None, None


def _code(context) -> str:
    """Of the document a file is: the same for the same bytes from the same union; two unions' files are two."""
    return f"{context.file_code}-{context.union.pk}"


def table_period(context) -> str:
    period = context.period
    return f"{period.start:%d/%m/%Y} – {period.end:%d/%m/%Y}"
