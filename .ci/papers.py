#!/usr/bin/env python
"""Makes the house's templates of papers, `activities/reports/paperwork/house/*.docx`: run it after a change here.

The words of a paper stand in it as an office writes them, in the language of the paper; what the record says stands
as placeholders. Head, foot and styles are those of the report (`template.py`).
"""

import sys
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm

sys.path.insert(0, str(Path(__file__).resolve().parent))

import template
from paper_words import PAPERS

PLACE = Path(__file__).resolve().parent.parent / "activities/reports/paperwork/house"
TEXT = 163  # millimetres from margin to margin


def main() -> None:
    PLACE.mkdir(exist_ok=True)
    for (kind, language), blocks in PAPERS.items():
        docx = Document()
        for one in template.STYLES:
            template.style(docx, *one)
        template.page(docx.sections[0])
        for shape, *said in blocks:
            SHAPES[shape](docx, *said)
        docx.core_properties.author = docx.core_properties.comments = ""
        docx.save(PLACE / f"{kind}-{language}.docx")


def title(docx, words: str) -> None:
    docx.add_paragraph(words, style="Report Title")


def below_title(docx, words: str) -> None:
    docx.add_paragraph(words, style="Report Period")


def centred(docx, words: str) -> None:
    paragraph = docx.add_paragraph(words, style="Body Text")
    paragraph.alignment, paragraph.paragraph_format.first_line_indent = ALIGN.CENTER, Mm(0)


def text(docx, words: str) -> None:
    """Words before a colon that end in two colons are what the line is about, and bold."""
    about, colons, rest = words.partition(":: ")
    paragraph = docx.add_paragraph(style="Body Text")
    if colons:
        paragraph.add_run(f"{about}: ").bold = True
    paragraph.add_run(rest if colons else words)


def heading(docx, words: str) -> None:
    docx.add_paragraph(words, style="Heading 1")


def head(docx) -> None:
    template.head(docx)


def foot(docx) -> None:
    """The signature never stands on a page alone."""
    docx.paragraphs[-1].paragraph_format.keep_with_next = True
    template.foot(docx)


def table(docx, rows: str, *columns: tuple[str, str, int]) -> None:
    """A list row by row; where it has none, one row of dots. A column is heading, placeholder, share of the width."""
    shares = sum(share for *_words, share in columns)
    drawn = docx.add_table(rows=0, cols=len(columns), style="Table Grid")
    drawn.autofit = False
    widths = [Mm(TEXT * share / shares) for *_words, share in columns]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    headings = [heading for heading, _field, _share in columns]
    fields = [field for _heading, field, _share in columns]
    _row(drawn, widths, headings, "Table Head", repeats=True)
    _row(drawn, widths, [f"{{%tr for one in {rows} %}}"], "Table Text")
    _row(drawn, widths, [f"{{{{ one.{field} }}}}" for field in fields], "Table Text")
    _row(drawn, widths, ["{%tr endfor %}"], "Table Text")
    _row(drawn, widths, [f"{{%tr if not {rows} %}}"], "Table Text")
    _row(drawn, widths, ["……"] * len(fields), "Table Text")
    _row(drawn, widths, ["{%tr endif %}"], "Table Text")
    docx.add_paragraph(style="Recipients")


def _row(drawn, widths, words: list[str], style: str, *, repeats: bool = False) -> None:
    row = drawn.add_row()
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeats else [])):
        properties.append(template.parse_xml(f"<{name} {template.nsdecls('w')}/>"))
    for place, cell in enumerate(row.cells):
        cell.width = widths[place]
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(words[place] if place < len(words) else "")
        if place == 0 and len(words) > 1 and style == "Table Text":
            cell.paragraphs[0].alignment = ALIGN.CENTER


def side_by_side(docx, *pairs: tuple[str, str]) -> None:
    """A letter in two languages, paragraph beside paragraph."""
    for left, right in pairs:
        for cell, words in zip(template.pair(docx, Mm(TEXT / 2), Mm(TEXT / 2)), (left, right), strict=True):
            template.say(cell, words, "Body Text", first=True).paragraph_format.first_line_indent = Mm(0)
            cell.paragraphs[0].alignment = ALIGN.LEFT


def signature(docx, closing: str) -> None:
    """The end of a letter, which has no recipients' list."""
    _left, right = template.pair(docx, Mm(80), Mm(83))
    template.say(right, closing, "Body Text", first=True).alignment = ALIGN.CENTER
    right.paragraphs[0].paragraph_format.first_line_indent = Mm(0)
    template.say(right, "{{ signing }}", "Signature")
    template.say(right, "{{ signer }}", "Signature")
    for _line in range(3):
        template.say(right, "", "Signature")


SHAPES = {
    "head": head,
    "title": title,
    "below": below_title,
    "centred": centred,
    "text": text,
    "heading": heading,
    "table": table,
    "beside": side_by_side,
    "signature": signature,
    "foot": foot,
}

if __name__ == "__main__":
    main()
