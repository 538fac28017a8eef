"""What files hold, and how those that are none are told."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from unionrelations.kit.documents import Document, Grid
from unionrelations.kit.spreadsheets import Fault, Unreadable, find_tables, open_book
from unionrelations.kit.spreadsheets.xls import _walk
from unionrelations.kit.writers.csv import write_csv
from unionrelations.kit.writers.xlsx import write_xlsx

from . import packed
from .packed import row, words

FILES = Path(__file__).parent / "files"
FORMATTED = (
    f'<styleSheet xmlns="{packed.MAIN}"><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="171" formatCode="&quot;ngày&quot; d/m/yyyy"/></numFmts><cellStyleXfs>'
    '<xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="9"/></cellXfs></styleSheet>'
).encode()


def refused(content: bytes, name="Đoàn ra.xlsx") -> str:
    with translation.override("en"), pytest.raises(Unreadable) as said:
        open_book(content, name)
    return str(said.value)


def cells(content: bytes, name="a.xlsx") -> list[tuple]:
    return [line.cells for line in open_book(content, name).sheets[0].lines]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_book_is_read_alike_in_every_format(kind):
    book = open_book((FILES / f"mixed.{kind}").read_bytes(), f"mixed.{kind}")
    first, second = book.sheets
    assert (book.kind, book.notes) == (kind, [])
    assert [(one.name, one.hidden) for one in book.sheets] == [("Đoàn ra", False), ("Ẩn", True)]
    assert [(line.number, line.cells) for line in second.lines] == [(12, (None, None, "ẩn"))]
    assert [line.number for line in first.lines if line.hidden] == [5]
    assert sorted(first.merges) == [(1, 0, 1, 3), (8, 0, 9, 0), (8, 1, 9, 1)]
    read = {line.number: line.cells for line in first.lines}
    assert read[4] == (1, "Đoàn Lào", date(2023, 6, 12), 6)
    assert read[5] == (2, "Đoàn Nga", date(2023, 7, 1), 2.5)
    assert type(read[4][3]) is int
    assert read[7][:2] == (4, "Đoàn Ý" if kind != "xls" else 0)  # LibreOffice stored no result in that one
    assert isinstance(read[7][2], Fault)
    assert read[7][2].shown == "#DIV/0!"
    assert read[7][3] == 5
    assert read[8][2] == datetime(2023, 9, 1, 10, 30)
    assert read[9] == (None, None, time(10, 30), 9)
    (table,) = find_tables(book)
    assert [one.number for one in table.rows] == [4, 5, 6, 7, 8, 9]
    assert table.rows[-1].cells == (5, "Đoàn Mỹ", time(10, 30), 9)


def test_what_this_house_writes_comes_back():
    grid = Grid(headers=("Tên", "Ngày", "Số"), rows=[["+84 ILO", date(2023, 6, 12), 5], ["Đoàn", None, 2.5]])
    document = Document(title="Danh sách", blocks=(grid,))
    (table,) = find_tables(open_book(write_xlsx(document), "a.xlsx"))
    assert [row.cells for row in table.rows] == [("+84 ILO", date(2023, 6, 12), 5), ("Đoàn", None, 2.5)]
    (table,) = find_tables(open_book(write_csv(document), "a.csv"))
    assert [row.cells for row in table.rows] == [("+84 ILO", "2023-06-12", "5"), ("Đoàn", None, "2.5")]


def test_a_formula_that_was_never_calculated_is_a_fault():
    book = openpyxl.Workbook()
    book.active["A1"] = "=SUM(1,2)"
    out = BytesIO()
    book.save(out)
    ((fault,),) = cells(out.getvalue())
    assert fault.shown == "=SUM(1,2)"


def test_number_formats_tell_days_and_nothing_else():
    content = packed.xlsx(
        row(1, *(b'<c s="%d"><v>45089.0</v></c>' % style for style in range(5))),
        xl__styles_dot_xml=FORMATTED,
    )  # fmt: skip
    assert cells(content) == [(45089, date(2023, 6, 12), 45089, date(2023, 6, 12), 45089)]


def test_texts_are_composed_and_their_blanks_evened_out():
    content = packed.xlsx(
        row(1, words("A1", "\u00a0Đoa\u0300n\u00a0ra "), words("B1", " \u200b "), words("C1", "a_x000D_\nb"))
    )
    assert cells(content) == [("Đoàn ra", None, "a\nb")]


def test_spoken_readings_and_other_formulas_are_no_text():
    shared = b"<si><r><t>a</t></r><r><t>b</t></r><rPh><t>khong</t></rPh></si>"
    content = packed.xlsx(row(3, b'<c r="B3" t="s"><v>0</v></c>', b'<c r="C3" t="str"><f>x</f><v></v></c>'), [shared])
    assert cells(content) == [(None, "ab")]


def test_cells_without_an_address_follow_each_other():
    content = packed.xlsx(b"<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert [(one.number, one.cells) for one in open_book(content, "a").sheets[0].lines] == [
        (1, (1, None, 2)),
        (2, (3,)),
    ]


def test_macros_and_links_are_left_out_and_said():
    content = packed.xlsx(
        row(1, words("A1", "a")), xl__vbaProject_dot_bin=b"x", xl__externalLinks__externalLink1_dot_xml=b"x"
    )
    with translation.override("en"):
        notes = open_book(content, "a.xlsm").notes
    assert notes == [
        "The macros in this file were left out.",
        "Links to other files were not followed; their last values were read.",
    ]


def test_repeated_rows_and_cells_of_libreoffice_are_read_and_remarks_are_not():
    cell = b'<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2"/>'
    remark = b"<office:annotation><text:p>nh\xe1\xba\xadn x\xc3\xa9t</text:p></office:annotation>"
    text = (
        b"<table:table-cell office:value-type='string'>"
        + remark
        + b"<text:p>a<text:s text:c='2'/><text:span>b</text:span>c</text:p><text:p>d</text:p></table:table-cell>"
    )
    rows = (
        b'<table:table-row table:number-rows-repeated="2">' + cell + text + b"</table:table-row>"
        b'<table:table-row table:number-rows-repeated="1048570">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert cells(packed.ods(rows), "a.ods") == [(2, 2, "a  bc\nd")] * 2


TEXT = 'STT;Tên đoàn;Ghi chú\r\n1;Đoàn ra;"hai\r\ndòng"\r\n2;Đoàn vào;\r\n'
READ = [("STT", "Tên đoàn", "Ghi chú"), ("1", "Đoàn ra", "hai\ndòng"), ("2", "Đoàn vào")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_is_read_in_any_encoding_with_any_separator(encoding, separator):
    assert cells(TEXT.replace(";", separator).encode(encoding), "a.csv") == READ


def test_text_in_older_encodings_is_read():
    vietnamese = "".join(
        {"ê": "ê", "à": "a\u0300"}.get(one, one) for one in "Tên,Nước\nĐoàn ra,Lào\n".replace("ướ", "ươ\u0301")
    )
    assert cells(vietnamese.encode("cp1258"), "a.csv") == [("Tên", "Nước"), ("Đoàn ra", "Lào")]
    assert cells("Nom,Ville\nFédération,Besançon où\n".encode("cp1252"), "a.csv")[1] == ("Fédération", "Besançon où")


def test_a_line_that_names_the_separator_is_no_row():
    book = open_book(b"sep=|\na|b\n", "a.csv")
    assert [(one.number, one.cells) for one in book.sheets[0].lines] == [(2, ("a", "b"))]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "is empty"),
        (b" \n\n", "a.csv", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.xlsx", "is a picture"),
        (b"%PDF-1.7\n", "a.xlsx", "is a PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "save it as .xlsx"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "a.xls", "save it as .xlsx"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "a.xls", "save it as .xlsx"),
        (b"just words", "a.xlsx", "is not a spreadsheet"),
        (b"\x00\x01\x02\x03" * 500, "a.csv", "no readable table"),
        (bytes(range(256)) * 40, "a.csv", "no readable table"),
        (packed.archive({"word/document.xml": b"<a/>"}), "a.docx", "is not a spreadsheet"),
        (packed.archive({"xl/workbook.bin": b""}), "a.xlsb", "save it as .xlsx"),
        (packed.xlsx(b"")[:400], "a.xlsx", "is damaged"),
        (packed.xlsx(row(1, words("A1", "a" * 5000)))[:-300], "a.xlsx", "is damaged"),
        (packed.ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "password"),
        (packed.ole("WordDocument"), "a.xls", "is not a spreadsheet"),
        (packed.ole("Workbook"), "a.xls", "is damaged"),
        ((FILES / "far.xls").read_bytes(), "far.xls", "too far apart"),
        (packed.ods(b"", **{"META-INF__manifest_dot_xml": b"<encryption-data/>"}), "a.ods", "password"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_one_sentence(content, name, said):
    assert said in refused(content, name)


def test_a_locked_old_book_is_told():
    with translation.override("en"), pytest.raises(Unreadable, match="password"):
        _walk(b"\x2f\x00\x02\x00\x00\x00")
