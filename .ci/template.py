#!/usr/bin/env python
"""Makes the house's DOCX template, `unionrelations/kit/writers/report.docx`: run it after a change here.

The layout is that of an official paper of a union: A4, Times New Roman, the state's head, the page's number at the
top from the second page on, and a foot for recipients and signature.
"""

from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

PLACE = Path(__file__).resolve().parent.parent / "unionrelations/kit/writers/report.docx"
FONT = "Times New Roman"
LEFT, RIGHT, ABOVE, BELOW = Mm(30), Mm(17), Mm(20), Mm(20)
HEAD_SIDES = (Mm(66), Mm(97))
# style, of which, size, bold, italic, alignment, space before and after, further settings
STYLES = (
    ("Normal", None, 14, False, False, ALIGN.LEFT, 0, 0, {}),
    (
        "Body Text",
        "Normal",
        14,
        False,
        False,
        ALIGN.JUSTIFY,
        0,
        6,
        {"first_line_indent": Mm(12.7), "line_spacing": 1.15},
    ),
    ("Heading 1", "Normal", 14, True, False, ALIGN.LEFT, 10, 6, {"keep_with_next": True}),
    ("Heading 2", "Normal", 14, True, True, ALIGN.LEFT, 6, 6, {"keep_with_next": True}),
    ("Caption", "Normal", 12, False, True, ALIGN.CENTER, 6, 4, {}),
    ("Picture", "Normal", 12, False, False, ALIGN.CENTER, 6, 0, {"keep_with_next": True}),
    ("Report Title", "Normal", 14, True, False, ALIGN.CENTER, 0, 0, {}),
    ("Report Period", "Normal", 14, False, True, ALIGN.CENTER, 0, 14, {}),
    ("Table Text", "Normal", 11, False, False, ALIGN.LEFT, 1, 1, {}),
    ("Table Number", "Table Text", 11, False, False, ALIGN.RIGHT, 1, 1, {}),
    ("Table Head", "Table Text", 11, True, False, ALIGN.CENTER, 1, 1, {"keep_with_next": True}),
    ("Official Head", "Normal", 12, False, False, ALIGN.CENTER, 0, 0, {}),
    ("Official Rule", "Normal", 2, False, False, ALIGN.CENTER, 1, 3, {}),
    ("Recipients", "Normal", 11, False, False, ALIGN.LEFT, 0, 0, {}),
    ("Signature", "Normal", 14, True, False, ALIGN.CENTER, 0, 0, {"keep_with_next": True}),
    ("Header", "Normal", 13, False, False, ALIGN.CENTER, 0, 0, {}),
)


def main() -> None:
    docx = Document()
    for one in STYLES:
        style(docx, *one)
    page(docx.sections[0])
    head(docx)
    for words, name in (
        ("{{ kind }}", "Report Title"),
        ("{{ subject }}", "Report Title"),
        ("{{ period }}", "Report Period"),
    ):
        docx.add_paragraph(words, style=name)
    docx.add_paragraph("{{p body }}", style="Body Text")
    foot(docx)
    docx.core_properties.author = docx.core_properties.comments = ""
    docx.save(PLACE)


def style(docx, name, of, size, bold, italic, align, before, after, more):
    known = {one.name for one in docx.styles}
    made = docx.styles[name] if name in known else docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if of:
        made.base_style = docx.styles[of]
    made.hidden, made.quick_style = False, True
    font, shape = made.font, made.paragraph_format
    font.name, font.size, font.bold, font.italic, font.color.rgb = FONT, Pt(size), bold, italic, RGBColor(0, 0, 0)
    fonts = made.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.line_spacing, shape.widow_control = 1.0, True
    for setting, value in more.items():
        setattr(shape, setting, value)


def page(section) -> None:
    """A4, and the number of the page in the middle of its head, from the second page on."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = ABOVE, BELOW
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.style = "Header"
    for kind in ("begin", "PAGE", "end"):
        run = number.add_run()
        inner = (
            f"<w:instrText {nsdecls('w')}>{kind}</w:instrText>"
            if kind == "PAGE"
            else f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
        )
        run._r.append(parse_xml(inner))


def pair(docx, *sides):
    """Two columns without lines."""
    table = docx.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, column, width in zip(table.rows[0].cells, table.columns, sides, strict=True):
        cell.width = column.width = width
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    return table.rows[0].cells


def say(cell, words, name, *, first=False, bold=None, italic=None, size=None):
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.style = name
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    return paragraph


def rule(cell, inset) -> None:
    """A thin line under the words, shorter than the column by `inset` on either side."""
    paragraph = say(cell, "", "Official Rule")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    line = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    paragraph._p.pPr.find(qn("w:pStyle")).addnext(parse_xml(line))


def head(docx) -> None:
    left, right = pair(docx, *HEAD_SIDES)
    say(left, "{%p if superior %}", "Official Head", first=True)
    say(left, "{{ superior }}", "Official Head")
    say(left, "{%p endif %}", "Official Head")
    say(left, "{{ issuer }}", "Official Head", bold=True)
    rule(left, Mm(20))
    say(left, "{{ number }}", "Official Head", size=13)
    say(right, "{{ nation }}", "Official Head", first=True, bold=True)
    say(right, "{{ motto }}", "Official Head", bold=True, size=13)
    rule(right, Mm(18))
    say(right, "{{ place_and_date }}", "Official Head", italic=True, size=13)
    docx.add_paragraph()


def foot(docx) -> None:
    gap = docx.add_paragraph(style="Recipients")
    gap.paragraph_format.keep_with_next = True
    left, right = pair(docx, Mm(80), Mm(83))
    say(left, "{{ recipients_label }}", "Recipients", first=True, bold=True, italic=True, size=12)
    say(left, "{{ recipients }}", "Recipients")
    say(right, "{{ signing }}", "Signature", first=True)
    say(right, "{{ signer }}", "Signature")
    for _line in range(3):
        say(right, "", "Signature")


if __name__ == "__main__":
    main()
