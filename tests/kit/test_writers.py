"""Documents as spreadsheets and as CSV: numbers stay numbers, days stay days, and nothing a cell holds is run."""

import csv
import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from tests.kit.written import TinyChart, grid, of_one, official, sheets_of
from unionrelations.kit.documents import UNKNOWN, Document, Grid, Heading, Paragraph, Picture
from unionrelations.kit.writers import FORMATS, write_csv, write_xlsx

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.vn")', "http://example.vn"]
MIXED = Grid(
    ("Tên", "Số", "Ngày", "Chưa rõ", "Trống"),
    (("Đoàn ra", 1909, dt.date(2023, 12, 2), UNKNOWN, None), ("=1+1", 2.5, None, 0, "")),
)


def book_of(document):
    return load_workbook(io.BytesIO(write_xlsx(document)))


def test_a_list_is_one_sheet_named_after_it_with_its_head_in_sight():
    book = book_of(Document("đoàn ra", (MIXED,)))
    assert book.sheetnames == ["đoàn ra"]
    assert book.active.freeze_panes == "A2"
    assert book.active.auto_filter.ref == "A1:E3"


def test_numbers_and_days_are_real_and_the_unknown_is_empty():
    _head, first, second = book_of(of_one(MIXED)).active.iter_rows(values_only=True)
    assert first == ("Đoàn ra", 1909, dt.datetime(2023, 12, 2), None, None)
    assert second == ("=1+1", 2.5, None, 0, None)
    cell = book_of(of_one(MIXED)).active["C2"]
    assert (cell.is_date, cell.number_format) == (True, "dd/mm/yyyy")


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link(words):
    document = Document(words, (Heading(words), Paragraph(words), Grid((words,), ((words,),), title=words)))
    for sheet in book_of(document).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or cell.hyperlink.target is None  # within the book at most


@pytest.mark.parametrize("words", DANGEROUS[:6])
def test_no_cell_of_a_csv_starts_a_formula(words):
    lines = list(csv.reader(io.StringIO(write_csv(of_one(Grid(("a",), ((words,),)))).decode("utf-8-sig"))))
    assert lines[1] == [f"'{words}"]


def test_each_table_has_a_sheet_of_its_own_and_the_words_one_before_them():
    document = of_one(
        Paragraph("Lời đầu."),
        Heading("Số đã ghi"),
        grid(2),
        Picture(TinyChart()),
        official=official(),
        annexes=(Heading("Đã công bố"), grid(4, wide=True, name="Công bố")),
        sheets=lambda: [grid(1, name="Dòng")],
    )
    found = sheets_of(write_xlsx(document))
    assert list(found)[1:] == ["Số đã ghi", "Công bố", "Dòng"]
    assert [len(rows) for rows in found.values()][1:] == [3, 5, 2]
    words = [row[0] for row in next(iter(found.values()))]
    assert words[:3] == ["Báo cáo", "(26/09/2018 – 02/12/2023)", "Lời đầu."]
    assert "Công bố: Đã công bố" in words


def test_sheets_have_names_spreadsheets_take_each_once():
    hostile = ["Đoàn [ra]: 2018/2023?", "Đoàn [ra]: 2018/2023?", "x" * 40, "X" * 40, "'", "History", "", "*"]
    document = of_one(Paragraph("a"), *(grid(1, name=name) for name in hostile))
    names = book_of(document).sheetnames
    assert len({one.lower() for one in names}) == len(names) == len(hostile) + 1
    assert all(len(one) <= 31 and not set(one) & set("[]:*?/\\") for one in names)


def test_columns_are_as_wide_as_what_they_hold_within_reason():
    words = Grid(("Số", "Lời"), ((1, "Một câu dài để cột rộng hơn" * 9),))
    sheet = book_of(of_one(words)).active
    narrow, wide = (sheet.column_dimensions[one].width for one in "AB")
    assert 7 < narrow < 14
    assert 50 < wide < 75


def test_a_further_sheet_is_made_only_where_a_spreadsheet_is_written():
    def never():
        raise AssertionError("asked for")

    document = of_one(Paragraph("a"), sheets=never)
    for form in ("csv", "docx", "pdf"):
        FORMATS[form].write(document)
    with pytest.raises(AssertionError, match="asked for"):
        write_xlsx(document)
