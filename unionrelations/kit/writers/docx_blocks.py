"""One block of a Document as Word's own elements, by styles of the template. Never knows the page it lies on."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Twips

from unionrelations.kit.documents import UNKNOWN, Block, Chart, Grid, Heading, Paragraph, Picture

from .cells import in_words, is_number, printable, widths

DOTS_ACROSS = 1500  # of a picture: sharp on paper at the width of a page
CHARACTER = 106  # twips a character of a table takes, its share of the cell's edges included
EDGES = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
TALLEST = Twips(9000)  # of a picture, so that its caption stays on the page


def elements_of(docx: Docx, block: Block, width: int) -> list:
    """`width` is that of the text, in twips."""
    match block:
        case Heading(text):
            return [_paragraph(text, "Heading1")]
        case Paragraph(text):
            return [_paragraph(one, "BodyText") for one in text.split("\n") if one.strip()]
        case Grid():
            caption = [_paragraph(block.title, "Caption", keep=True)] if block.title else []
            return [*caption, _table(block, width)]
        case Picture():
            dots = block.chart.png(width=DOTS_ACROSS)
            if not dots:
                return [_paragraph(block.chart.alt, "BodyText")]
            caption = [_paragraph(block.caption, "Caption")] if block.caption else []
            return [_picture(docx, block.chart, dots, width), *caption]
    raise TypeError(block)


def _words(text: str) -> str:
    return escape(printable(text))


def _paragraph(text: str, style: str, *, keep: bool = False):
    together = "<w:keepNext/>" if keep else ""
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/>{together}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{_words(text)}</w:t></w:r></w:p>'
    )


def _table(grid: Grid, width: int):
    """Written as text: a table of hundreds of rows is put together cell by cell in seconds otherwise."""
    wanted = widths(grid, width // CHARACTER)
    columns = [width * one // sum(wanted) for one in wanted]
    head = _row(
        [_cell(str(text), "TableHead", wide) for text, wide in zip(grid.headers, columns, strict=True)], head=True
    )
    rows = "".join(
        _row(
            [
                _cell(in_words(value), "TableNumber" if is_number(value) or value is UNKNOWN else "TableText", wide)
                for value, wide in zip(row, columns, strict=True)
            ]
        )
        for row in grid.rows
    )
    measures = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    named = f"<w:tblCaption w:val={quoteattr(printable(grid.title))}/>" if grid.title else ""
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{EDGES}<w:tblLook w:val="0620"/>{named}'
        f"</w:tblPr><w:tblGrid>{measures}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _row(cells: list[str], *, head: bool = False) -> str:
    """Never torn between two pages; the head comes again on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, style: str, width: int) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(_words(one) for one in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
    )


def _picture(docx: Docx, chart: Chart, dots: bytes, width: int):
    """The chart in dots, with what it shows in words for who does not see it."""
    paragraph = docx.add_paragraph(style="Picture")
    shape = paragraph.add_run().add_picture(BytesIO(dots), width=Twips(width))
    if shape.height > TALLEST:
        shape.width, shape.height = Emu(shape.width * TALLEST // shape.height), TALLEST
    said = shape._inline.docPr
    said.set("title", printable(chart.title))
    said.set("descr", printable(chart.alt))
    return paragraph._p
