"""Documents on paper, as Word file and as PDF: the official layout, the same content in the same order in both."""

import datetime as dt
import io

import pytest
from django.utils import translation
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.kit.written import TinyChart, docx_of, docx_words, grid, of_one, official, pdf_words
from unionrelations.kit.documents import UNKNOWN, Grid, Heading, Paragraph, Picture
from unionrelations.kit.writers import write_docx, write_pdf
from unionrelations.kit.writers.cells import widths
from unionrelations.kit.writers.pages import runs

WRITERS = pytest.mark.parametrize(("write", "words_of"), [(write_docx, docx_words), (write_pdf, pdf_words)])
NUMBERS = Grid(("Chỉ tiêu", "Đã ghi"), (("Đoàn ra", 1909), ("Khách", UNKNOWN), ("Ngày", dt.date(2022, 6, 15))))
OFFICIAL = of_one(
    Paragraph("Công đoàn đã tổ chức 6 đoàn ra."),
    Heading("Số đã ghi"),
    NUMBERS,
    official=official(),
    annexes=(Heading("Đã công bố"), grid(2, 9, wide=True), Heading("Hẹp"), grid(1)),
)


def flat(words):
    return " ".join(words.split())


@WRITERS
def test_head_subject_body_foot_and_annexes_stand_in_the_official_order(write, words_of):
    said = flat(words_of(write(OFFICIAL)))
    in_order = [
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG",
        "CÔNG ĐOÀN CÔNG THƯƠNG",
        "/BC-…",
        "Kết quả công tác đối ngoại",
        "(26/09/2018 – 02/12/2023)",
        "6 đoàn ra",
        "Số đã ghi",
        "1.909",
        "chưa rõ",
        "15/06/2022",
        "Lưu: VT.",
        "TM. BAN THƯỜNG VỤ",
        "CHỦ TỊCH",
        "Đã công bố",
        "ô 1.8",
        "Hẹp",
    ]
    places = [said.find(one) for one in in_order]
    assert -1 not in places, said
    assert places == sorted(places)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "Độc lập - Tự do - Hạnh phúc" in said


@WRITERS
def test_the_head_is_in_the_language_of_the_paper(write, words_of):
    with translation.override("en"):
        said = flat(words_of(write(OFFICIAL)))
    assert "SOCIALIST REPUBLIC OF VIET NAM" in said
    assert "1,909" in said


@WRITERS
def test_a_union_without_one_above_has_no_empty_line_over_it(write, words_of):
    said = words_of(write(of_one(Paragraph("a"), official=official(superior="")))).strip()
    assert said.startswith("CÔNG ĐOÀN CÔNG THƯƠNG")


@WRITERS
def test_what_looks_like_mark_up_stays_words(write, words_of):
    words = "{{ 7*7 }} {% if %} <b>&amp;</b> #strong[a] $x$ \\ {{p body }}"
    assert words in flat(words_of(write(of_one(Paragraph(words), grid(1, title=words), official=official()))))
    assert words in flat(words_of(write(of_one(Paragraph("a"), official=official(subject=words)))))


@WRITERS
def test_characters_no_paper_can_hold_break_nothing(write, words_of):
    assert "a" in words_of(write(of_one(Paragraph("a\x00\x0b\ufffe"), Heading("b\x1f"), grid(1, title="c\x00"))))


@WRITERS
def test_letters_no_font_has_break_nothing(write, words_of):
    """A partner's name in its own letters; where a font is missing the PDF claims no standard, but is written."""
    assert "Đoàn" in words_of(write(of_one(Paragraph("Đoàn 中華 ລາວ ꙮ \U0001f600 \U000e0041"), official=official())))


@WRITERS
def test_a_table_of_three_hundred_unions_is_written_whole(write, words_of):
    said = flat(words_of(write(of_one(grid(300, 4), official=official()))))
    assert all(f"ô {row}.3" in said for row in range(300))


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn():
    table = docx_of(write_docx(of_one(grid(300), official=official()))).tables[1]
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert not any(row.trPr.find(qn("w:tblHeader")) is not None for row in rows[1:])
    pages = PdfReader(io.BytesIO(write_pdf(of_one(grid(300), official=official())))).pages
    assert len(pages) > 4
    assert all("Cột 1" in page.extract_text() for page in pages if "ô " in page.extract_text())


def test_the_page_is_an_official_one():
    docx = docx_of(write_docx(of_one(Paragraph("a"), official=official())))
    (page,) = docx.sections
    assert (page.page_width, page.page_height) == pytest.approx((Mm(210), Mm(297)), abs=500)
    assert Mm(30) - 500 <= page.left_margin <= Mm(35)
    assert Mm(15) <= page.right_margin <= Mm(20)
    assert Mm(20) - 500 <= page.top_margin <= Mm(25)
    assert page.different_first_page_header_footer
    assert page.first_page_header.paragraphs[0].text == ""
    assert "PAGE" in page.header._element.xpath("string(.)") or "PAGE" in page.header.paragraphs[0]._p.xml
    body = docx.styles["Body Text"]
    assert (body.font.name, body.font.size.pt) == ("Times New Roman", 14)
    assert Mm(10) <= body.paragraph_format.first_line_indent <= Mm(12.8)


def test_words_carry_real_styles():
    docx = docx_of(write_docx(OFFICIAL))
    used = {paragraph.text: paragraph.style.name for paragraph in docx.paragraphs}
    assert used["Số đã ghi"] == "Heading 1"
    assert used["Công đoàn đã tổ chức 6 đoàn ra."] == "Body Text"
    number, word = docx.tables[1].cell(1, 1), docx.tables[1].cell(1, 0)
    assert (number.paragraphs[0].style.name, word.paragraphs[0].style.name) == ("Table Number", "Table Text")


def test_wide_tables_lie_on_pages_turned_sideways_and_nothing_else_does():
    sections = docx_of(write_docx(OFFICIAL)).sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False]
    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]
    pages = PdfReader(io.BytesIO(write_pdf(OFFICIAL))).pages
    assert [one.mediabox.width > one.mediabox.height for one in pages] == [False, True, False]


def test_a_wide_table_before_the_signature_turns_back_for_it():
    sections = docx_of(write_docx(of_one(Paragraph("a"), grid(1, wide=True), official=official()))).sections
    assert [one.page_width > one.page_height for one in sections] == [False, True, False]


def test_pages_are_numbered_from_the_second_on():
    pages = PdfReader(io.BytesIO(write_pdf(OFFICIAL))).pages
    firsts = [page.extract_text().strip().splitlines()[0].strip() for page in pages]
    assert firsts[1:] == ["2", "3"]
    assert firsts[0] != "1"


def test_a_chart_says_in_words_what_it_shows():
    document = of_one(Picture(TinyChart(), "Hình 1"), official=official())
    (said,) = docx_of(write_docx(document)).element.body.iter(qn("wp:docPr"))
    assert (said.get("descr"), said.get("title")) == (TinyChart.alt, TinyChart.title)
    assert TinyChart.alt.encode("utf-16-be") in _all_strings(write_pdf(document))


@WRITERS
def test_a_chart_of_nothing_is_a_sentence(write, words_of):
    assert TinyChart.alt in flat(words_of(write(of_one(Picture(TinyChart(empty=True), "Hình 1")))))


def test_the_pdf_is_accessible_and_has_its_letters_inside():
    with translation.override("vi"):
        written = write_pdf(OFFICIAL)
    reader = PdfReader(io.BytesIO(written))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata.title == "Báo cáo"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descriptors)


def test_paper_without_an_office_has_a_title_and_its_blocks():
    for said in (docx_words(write_docx(of_one(Paragraph("a"), grid(1)))), pdf_words(write_pdf(of_one(grid(1))))):
        assert said.startswith("Báo cáo")
        assert "ô 0.1" in said
        assert "CỘNG HÒA" not in said


def test_a_heading_goes_with_its_table():
    found = runs((Paragraph("a"), Heading("b"), grid(wide=True), Heading("c"), grid()))
    assert [(wide, len(together)) for wide, together in found] == [(False, 1), (True, 2), (False, 2)]


@given(st.lists(st.lists(st.text("ab ", max_size=90), min_size=3, max_size=3), max_size=8), st.integers(20, 130))
def test_columns_fill_the_room_and_no_more_unless_words_need_it(rows, room):
    table = Grid(("a", "bb", "ccc"), tuple(map(tuple, rows)))
    found = widths(table, room)
    assert all(one > 0 for one in found)
    least = sum(min(max((len(word) for row in rows for word in row[at].split()), default=0), 18) + 5 for at in range(3))
    assert sum(found) <= max(room, least)


def _all_strings(written: bytes) -> bytes:
    """The strings of every structure element, since those lie packed in streams."""
    found = []

    def walk(one, depth=0):
        one = one.get_object() if hasattr(one, "get_object") else one
        if depth > 40:
            return
        if isinstance(one, dict):
            if "/Alt" in one:
                found.append(str(one["/Alt"]).encode("utf-16-be"))
            walk(one.get("/K", []), depth + 1)
        elif isinstance(one, list):
            for more in one:
                walk(more, depth + 1)

    walk(PdfReader(io.BytesIO(written)).trailer["/Root"]["/StructTreeRoot"])
    return b"".join(found)
