"""What stands around the rows of a form, and how it is told from them."""

from datetime import date

import pytest

from unionrelations.kit.periods import Period
from unionrelations.kit.spreadsheets import Book, Line, Sheet, find_tables
from unionrelations.kit.spreadsheets.wording import is_total

from .sheets import OUTBOUND, numbers, sheet, table, tables, why

FORM = f"""
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM | | | | | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
CÔNG ĐOÀN CÔNG THƯƠNG VIỆT NAM | | | | | | | Độc lập - Tự do - Hạnh phúc
| | | | | | | Hà Nội, ngày 5 tháng 1 năm 2024

DANH SÁCH ĐOÀN RA
(Từ ngày 15/12/2022 đến ngày 14/12/2023)

{OUTBOUND}
(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11) | (12) | (13) | (14)
A | Cấp Tổng Liên đoàn
I | Châu Á
1 | Nguyễn Văn A | 12/6 | 18/6 | 12/CV | 34/QĐ | Tổng công ty Điện lực | Lào | Trao đổi | 10 | NSNN | LHT | 5/BC | x
2 | Tổng Liên đoàn | 1/7 | 3/7 | 1 | 2 | Ban ĐN | Nga
II. Châu Âu
3 | Công đoàn Dầu khí | 1/8 | 3/8 | 1 | 2 | Ban ĐN | Đức
4
B | Cấp tỉnh
{OUTBOUND}
1 | Tổng công ty Thép | 1/9 | 3/9 | 1 | 2 | Ban ĐN | Pháp
| Tổng cộng | | | | | | | | 120
Ghi chú: Số liệu tính đến 14/12/2023
(*) Đoàn trực tuyến

Nơi nhận: | | | | | | | TM. BAN THƯỜNG VỤ
- Như trên; | | | | | | | CHỦ TỊCH
- Lưu VT

| | | | | | | Nguyễn Thị B
"""


def test_a_whole_form_is_read_and_every_line_is_accounted_for():
    found = table(FORM)
    assert (found.first_heading_row, found.last_heading_row) == (8, 8)
    assert [one.text for one in found.headings] == OUTBOUND.split(" | ")
    assert numbers(found) == [12, 13, 15, 19]
    assert [row.groups for row in found.rows] == [
        ("A Cấp Tổng Liên đoàn", "I Châu Á"),
        ("A Cấp Tổng Liên đoàn", "I Châu Á"),
        ("A Cấp Tổng Liên đoàn", "II. Châu Âu"),
        ("B Cấp tỉnh",),
    ]
    assert found.rows[0].cells[:3] == (1, "Nguyễn Văn A", "12/6")
    assert all(len(row.cells) == 14 for row in found.rows)
    assert found.period == Period(date(2022, 12, 15), date(2023, 12, 14))
    assert len(found.titles) == 5
    expected = dict.fromkeys((10, 11, 14, 17), "group") | dict.fromkeys((21, 22), "note")
    expected |= {9: "numbering", 18: "heading", 20: "total"} | dict.fromkeys((24, 25, 26, 28), "signature")
    assert why(found) == expected


def test_a_plain_table_begins_with_its_headings_known_or_not():
    found = table("Tên | Nước | Loại\nILO | Thụy Sĩ | Quốc tế\nJTUC | Nhật Bản | Trung tâm", known=())
    assert [one.text for one in found.headings] == ["Tên", "Nước", "Loại"]
    assert [row.cells for row in found.rows] == [("ILO", "Thụy Sĩ", "Quốc tế"), ("JTUC", "Nhật Bản", "Trung tâm")]


def test_a_table_may_begin_anywhere():
    found = table("\n" * 12 + "| | Tên đoàn | Nước đi | Số người\n| | Đoàn A | Lào | 6")
    assert [one.letter for one in found.headings] == ["C", "D", "E"]
    assert found.first_heading_row == 12
    assert found.rows[0].cells == ("Đoàn A", "Lào", 6)


def test_headings_over_three_merged_rows_are_told_from_the_top_down():
    found = table(
        "STT | Tên hội nghị | Số lượng đại biểu | | | | Kinh phí\n"
        "| | Người Việt Nam | Người nước ngoài\n"
        "| | | Ở trong nước | Từ nước ngoài | Đến từ (các nước)\n"
        "1 | Hội thảo A | 10 | 2 | 3 | Lào, Nga | 5",
        merges=[(1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 5), (2, 2, 3, 2), (2, 3, 2, 5), (1, 6, 3, 6)],
    )
    assert [one.text for one in found.headings] == [
        "STT", "Tên hội nghị", "Số lượng đại biểu / Người Việt Nam",
        "Số lượng đại biểu / Người nước ngoài / Ở trong nước",
        "Số lượng đại biểu / Người nước ngoài / Từ nước ngoài",
        "Số lượng đại biểu / Người nước ngoài / Đến từ (các nước)", "Kinh phí",
    ]  # fmt: skip
    assert (found.first_heading_row, found.last_heading_row) == (1, 3)
    assert numbers(found) == [4]


def test_headings_over_several_rows_are_told_without_merged_cells_too():
    found = table(
        "STT | Tên hội nghị | Số lượng đại biểu | | | | Kinh phí\n"
        "| | Người Việt Nam | Người nước ngoài\n"
        "| | | Ở trong nước | Từ nước ngoài | Đến từ (các nước)\n"
        "1 | Hội thảo A | 10 | 2 | 3 | Lào, Nga | 5"
    )
    assert [one.parts for one in found.headings][2:6] == [
        ("Số lượng đại biểu", "Người Việt Nam"),
        ("Số lượng đại biểu", "Người nước ngoài", "Ở trong nước"),
        ("Số lượng đại biểu", "Người nước ngoài", "Từ nước ngoài"),
        ("Số lượng đại biểu", "Người nước ngoài", "Đến từ (các nước)"),
    ]
    assert numbers(found) == [4]


def test_a_row_that_groups_columns_may_stand_above_the_line_with_the_numbers():
    found = table(
        "BẢNG THỐNG KÊ\n| | Đoàn | \nSTT | Đơn vị | Ra | Vào\n1 | Hà Nội | 2 | 3",
        merges=[(1, 0, 1, 3), (2, 2, 2, 3)],
    )
    assert [one.text for one in found.headings] == ["STT", "Đơn vị", "Đoàn / Ra", "Đoàn / Vào"]
    assert found.titles == ["BẢNG THỐNG KÊ"]


def test_cells_merged_downwards_give_their_value_to_every_row():
    found = table(
        "STT | Tên đoàn | Nước đi\n1 | Đoàn A | Lào\n| | Nga\n2 | Đoàn B | Đức",
        merges=[(2, 0, 3, 0), (2, 1, 3, 1)],
    )
    assert [row.cells for row in found.rows] == [(1, "Đoàn A", "Lào"), (1, "Đoàn A", "Nga"), (2, "Đoàn B", "Đức")]


def test_a_merged_line_across_is_a_group():
    found = table("STT | Tên đoàn | Nước đi | Số người\nKhối các tỉnh\n1 | Đoàn A | Lào | 6", merges=[(2, 0, 2, 3)])
    assert found.rows[0].groups == ("Khối các tỉnh",)


def test_numbered_groups_stand_inside_lettered_ones():
    found = table(
        "STT | Tên đoàn | Nước đi\nA. Trung ương\nI. Châu Á\n1. Đông Nam Á\n1 | Đoàn A | Lào\n2. Đông Á\n1 | B | Nhật\n"
        "II. Châu Âu\n1 | C | Nga"
    )
    assert [row.groups for row in found.rows] == [
        ("A. Trung ương", "I. Châu Á", "1. Đông Nam Á"),
        ("A. Trung ương", "I. Châu Á", "2. Đông Á"),
        ("A. Trung ương", "II. Châu Âu"),
    ]


def test_subtotals_beside_a_group_are_no_data():
    found = table("STT | Đơn vị | Số đoàn | Số lượt\nI | Cấp tỉnh | 5 | 9\n1 | Hà Nội | 2 | 3\n2 | Huế | 3 | 6")
    assert numbers(found) == [3, 4]
    assert why(found) == {2: "group"}


def test_rows_numbered_with_roman_figures_are_rows():
    found = table("STT | Tên đoàn | Nước đi | Số người\nI | Đoàn A | Lào | 2\nII | Đoàn B | Nga | 3")
    assert numbers(found) == [2, 3]


def test_tables_one_under_another_are_told_apart():
    first, second = tables(
        "ĐOÀN RA NĂM 2022\nSTT | Tên đoàn | Nước đi\n1 | A | Lào\nTổng cộng | | 1\n\nĐOÀN VÀO NĂM 2023\n"
        "STT | Tên đoàn | Nước đi | Số người\n1 | B | Nga | 4"
    )
    assert (numbers(first), numbers(second)) == ([3], [8])
    assert second.titles == ["ĐOÀN VÀO NĂM 2023"]
    assert (first.period, second.period) == (Period.years(2022), Period.years(2023))
    assert why(first) == {4: "total"}


def test_several_sheets_each_give_their_tables_and_sheets_of_words_give_none():
    words = Sheet("Hướng dẫn", lines=[Line(1, ("Cách điền",)), Line(2, ("Mỗi đoàn một dòng",))])
    lists = [sheet("STT | Tên đoàn\n1 | A", name=name) for name in ("Ra", "Vào")]
    assert [one.sheet for one in find_tables(Book("xlsx", [words, *lists]))] == ["Ra", "Vào"]


def test_a_column_without_a_heading_is_kept_when_rows_use_it():
    found = table("STT | Tên đoàn | | Nước đi\n1 | A | ngoài kế hoạch | Lào")
    assert [(one.letter, one.text) for one in found.headings] == [
        ("A", "STT"), ("B", "Tên đoàn"), ("C", ""), ("D", "Nước đi"),
    ]  # fmt: skip
    assert found.rows[0].cells == (1, "A", "ngoài kế hoạch", "Lào")


def test_hidden_rows_are_read_and_marked():
    found = table("STT | Tên đoàn\n1 | A\n2 | B", hidden_rows={3})
    assert [row.hidden for row in found.rows] == [False, True]


def test_a_list_of_officers_is_no_signature():
    found = table("Chức vụ | Họ tên | Năm\nChủ tịch | Nguyễn Văn A | 2020\nPhó Chủ tịch | Trần B | 2021", known=())
    assert numbers(found) == [2, 3]


def test_a_signature_that_breaks_off_for_rows_loses_none():
    found = table("STT | Tên đoàn | Nước đi\n1 | A | Lào\nNgười lập biểu\n2 | B | Nga")
    assert numbers(found) == [2, 4]


@pytest.mark.parametrize(
    "words", ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "Total", "Tổng cộng (I+II)", "Cộng mục I", "tong cong",
              "Tổng cộng: 25 đoàn, 130 lượt người", "Tổng số đoàn ra", "Grand total"],
)  # fmt: skip
def test_totals_are_known_by_their_words(words):
    assert is_total(words)


@pytest.mark.parametrize(
    "words", ["Tổng công ty Điện lực", "Tổng Liên đoàn", "Công đoàn", "Công đoàn ngành", "Cộng hòa Pháp", "Tổng cục",
              "TỔNG CÔNG TY", "Tong cong ty Thep", "Cong doan", "Total Energies", "Công"],
)  # fmt: skip
def test_names_that_begin_like_totals_are_none(words):
    assert not is_total(words)
