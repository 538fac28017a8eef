from datetime import date

import pytest

from tests.kit.cells import refused, spellings
from unionrelations.kit.periods import Period
from unionrelations.kit.written import read_paper, read_papers, read_person

THIRD_OF_APRIL = date(2023, 4, 3)


@pytest.mark.parametrize(
    ("words", "number", "day"),
    [
        ("Số 45/TLĐ-QT ngày 3/4/2023", "45/TLĐ-QT", THIRD_OF_APRIL),
        ("Số: 45/TLĐ-QT ngày 03 tháng 4 năm 2023", "45/TLĐ-QT", THIRD_OF_APRIL),
        ("45/TLĐ-QT, 03/4/2023", "45/TLĐ-QT", THIRD_OF_APRIL),
        ("45/TLĐ - QT (3/4/2023)", "45/TLĐ-QT", THIRD_OF_APRIL),
        ("45/TLĐ-QT\nngày 3/4/2023", "45/TLĐ-QT", THIRD_OF_APRIL),
        ("CV 123/CĐ ngày 2.3.2022", "123/CĐ", date(2022, 3, 2)),
        ("QĐ số 933/QĐ-TLĐ ngày 14/5/2024", "933/QĐ-TLĐ", date(2024, 5, 14)),
        ("1234/2023/QĐ-TLĐ", "1234/2023/QĐ-TLĐ", None),
        ("1234-QĐ/TW ngày 3-4-2023", "1234-QĐ/TW", THIRD_OF_APRIL),
        ("Công văn số 12 ngày 3/4/2023", "12", THIRD_OF_APRIL),
        ("ngày 3/4/2023", "", THIRD_OF_APRIL),
        ("đã có", "", None),
    ],
)
def test_a_document_is_read_with_number_and_day(words, number, day):
    for one in spellings(words):
        found = read_paper(one)
        assert (found.number, found.day) == (number, day)
        assert found.words == " ".join(words.split())


def test_cells_that_are_no_words_name_documents_too():
    assert read_paper(45).number == "45"
    assert read_paper(THIRD_OF_APRIL).day == THIRD_OF_APRIL
    assert read_paper(45019).day == THIRD_OF_APRIL


@pytest.mark.parametrize(
    "words",
    [
        "45/TLĐ-QT ngày 3/4/2023; 46/TLĐ ngày 4/4/2023",
        "45/TLĐ-QT ngày 3/4/2023\n46/TLĐ ngày 4/4/2023",
        "45/TLĐ-QT\nngày 3/4/2023\n46/TLĐ\nngày 4/4/2023",
        "Số 45/TLĐ-QT ngày 3/4/2023 và số 46/TLĐ ngày 4/4/2023",
        "45/TLĐ-QT, 3/4/2023, 46/TLĐ, 4/4/2023",
    ],
)
def test_several_documents_of_a_cell_are_told_apart(words):
    found = read_papers(words)
    assert [(one.number, one.day) for one in found] == [("45/TLĐ-QT", THIRD_OF_APRIL), ("46/TLĐ", date(2023, 4, 4))]
    assert "several documents" in refused(read_paper, words)[0]


@pytest.mark.parametrize("cell", [None, "", "-", "không", "Không có", "chưa có"])
def test_a_blank_names_no_document(cell):
    assert read_paper(cell) is None


def test_the_day_of_a_document_is_checked():
    said, suggestion = refused(read_papers, "45/TLĐ ngày 31/02/2023")
    assert "February 2023 has 28 days" in said
    assert suggestion == "45/TLĐ ngày 28/02/2023"
    assert "has no year" in refused(read_papers, "45/TLĐ ngày 3/4")[0]
    assert read_paper("45/TLĐ ngày 3/4", Period.years(2023)).day == THIRD_OF_APRIL


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Ông Nguyễn Văn A, Phó Chủ tịch", ("Nguyễn Văn A", "Phó Chủ tịch")),
        ("Đ/c Trần Thị B - Trưởng ban", ("Trần Thị B", "Trưởng ban")),
        ("Đ/c Trần Thị B: Trưởng ban, Ủy viên", ("Trần Thị B", "Trưởng ban, Ủy viên")),
        ("Bà Trần Thị B (Trưởng ban)", ("Trần Thị B", "Trưởng ban")),
        ("Ông Nguyễn Văn A\nPhó Chủ tịch", ("Nguyễn Văn A", "Phó Chủ tịch")),
        ("1. Đồng chí Nguyễn Văn A", ("Nguyễn Văn A", "")),
        ("Nguyễn Văn A", ("Nguyễn Văn A", "")),
        ("", None),
        (None, None),
    ],
)
def test_a_person_is_read_with_name_and_title(words, person):
    for one in spellings(words) if words else [words]:
        assert read_person(one) == person


def test_two_persons_are_not_made_one():
    said, suggestion = refused(read_person, "Ông Nguyễn Văn A, Phó Chủ tịch\nBà Trần Thị B")
    assert "more than one person" in said
    assert suggestion == "Ông Nguyễn Văn A, Phó Chủ tịch"
    assert "more than one person" in refused(read_person, "Ông A, Ông B")[0]
    assert "not the name of a person" in refused(read_person, "12")[0]
