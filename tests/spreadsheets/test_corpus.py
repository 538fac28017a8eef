"""The corpus agrees with itself: files come from the generator, expectations speak of what their files hold."""

import csv
import io
import subprocess
import sys
import unicodedata
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from unionrelations.kit.folding import fold

from .expectations import expectations
from .grids import FILES, Broken, Formula, place
from .make import books
from .writing import written

BOOKS = books()
EXPECTATIONS = expectations()
TEXTS = {".csv"}


def each_file(*, formats):
    names = [name for name in BOOKS if name.rsplit(".", 1)[1] in formats]
    return pytest.mark.parametrize("name", names)


def flat(words) -> str:
    return " ".join(fold(str(words)).split())


def shown(value) -> str:
    """A cell as text, however its format keeps it."""
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, Broken):
        return value.code
    if value is None or value == "":
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        return f"{float(value):g}"
    return unicodedata.normalize("NFC", str(value))


def cells(name: str) -> list[tuple[int, str]]:
    """Row number and text of every cell of a file that holds something, as it was made."""
    found = []
    for sheet in BOOKS[name].sheets:
        top, _left = place(sheet.at)
        found += [(top + at, shown(value)) for at, row in enumerate(sheet.rows, 1) for value in row if shown(value)]
    return found


def read_back(name: str) -> list[tuple[int, str]]:
    path = FILES / name
    if path.suffix in TEXTS:
        how = BOOKS[name].csv
        text = io.StringIO(path.read_bytes().decode(how.encoding), newline="")
        rows = list(csv.reader(text, delimiter=how.separator))
        return [(at, shown(value)) for at, row in enumerate(rows, 1) for value in row if value]
    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names]
    return [(at, shown(v)) for rows in sheets for at, row in enumerate(rows, 1) for v in row if shown(v)]


def test_every_file_has_an_expectation_and_nothing_else_lies_there():
    kept = {path.name for path in FILES.iterdir()}
    assert kept == set(BOOKS) | {f"{name}.yaml" for name in BOOKS}


@each_file(formats=("xlsx", "ods", "csv"))
def test_the_generator_gives_the_file_that_is_kept(name):
    assert written(BOOKS[name], name.rsplit(".", 1)[1]) == (FILES / name).read_bytes()


@each_file(formats=("xls", "xlsx", "ods", "csv"))
def test_another_reader_finds_the_cells_of_the_grid(name):
    # Calamine gives nothing for a cell that shows an error, and dates of CSV are text.
    wanted = [cell for cell in cells(name) if not cell[1].startswith("#") and not _is_day(cell[1])]
    found = [cell for cell in read_back(name) if not cell[1].startswith("#") and not _is_day(cell[1])]
    assert [one for one in wanted if (one[0], _number(one[1])) not in {(at, _number(v)) for at, v in found}] == []


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"


def _number(text: str) -> str:
    return flat(text.removesuffix(".0"))


@pytest.mark.parametrize("expected", EXPECTATIONS, ids=lambda one: one.file)
def test_an_expectation_is_true_to_its_file(expected):
    assert expected.read == expected.new + expected.changed + expected.unchanged + expected.refused
    assert expected.refused == len(expected.refused_rows)
    rows = cells(expected.file)
    texts = [flat(text) for _row, text in rows]
    for cell in expected.bad:
        assert any(flat(cell.column) in text for text in texts), f"no heading {cell.column}"
        if cell.value:
            assert (cell.row, flat(cell.value)) in {(row, flat(text)) for row, text in rows}
    if not expected.unreadable and expected.new:
        assert expected.stored


def test_making_them_again_changes_nothing():
    before = {path.name: path.read_bytes() for path in FILES.iterdir()}
    subprocess.run([sys.executable, "-m", "tests.spreadsheets.make"], check=True, cwd=FILES.parents[2])
    assert {path.name: path.read_bytes() for path in FILES.iterdir()} == before
