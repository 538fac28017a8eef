"""Files of ill will: each is refused or read within ten seconds of work and without the memory of the server."""

import multiprocessing
import os
import resource
import traceback
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import translation

from unionrelations.kit.spreadsheets import Unreadable, open_book
from unionrelations.kit.spreadsheets.books import LONGEST_CELL, MOST_COLUMNS, MOST_SHEETS

from . import packed
from .packed import row, words

SECONDS = 10
MEMORY = 400 * 2**20  # bytes beyond what the house itself takes
FIRST = row(1, words("A1", "STT"), words("B1", "Tên"))
PARTS = [
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
]
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
THEFT = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def outcome(content: bytes, name="a.xlsx") -> str:
    """What opening says, in a process of its own whose work and memory are limited: the sentence, or the rows read."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_open, args=(content, name, theirs))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        pytest.fail("the process was stopped: it took too long or too much")
    finally:
        child.join()


def _open(content, name, said):
    with open("/proc/self/statm", encoding="ascii") as taken:
        now = int(taken.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, spent + SECONDS))
    try:
        with translation.override("en"):
            said.send(str([len(sheet.lines) for sheet in open_book(content, name).sheets]))
    except Unreadable as refused:
        said.send(str(refused))
    except BaseException:
        said.send(traceback.format_exc())


def empty_rows(cells: bytes):
    for number in range(2, 1_048_577):
        yield b'<row r="%d" s="1" customFormat="1">' % number + cells.replace(b"?", b"%d" % number) + b"</row>"


def test_a_million_formatted_empty_rows_cost_nothing():
    cells = b"".join(b'<c r="%s?" s="1"/>' % column for column in (b"A", b"B", b"C", b"D"))
    assert outcome(packed.xlsx([FIRST, *empty_rows(cells)], level=1)) == "[1]"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/image1.png"])
def test_a_bomb_is_refused_before_it_is_unpacked(name):
    bomb = (b"<row/>" * 100_000 for _piece in range(500))
    parts = {name: bomb}
    content = packed.xlsx(FIRST)
    with ZipFile(BytesIO(content)) as book:
        parts = {one: book.read(one) for one in book.namelist()} | parts
    assert "far too large" in outcome(packed.archive(parts))


def test_a_directory_that_lies_about_sizes_deceives_nobody():
    content = packed.xlsx([b"<row/>" * 100_000 for _piece in range(500)])
    size = (300_000_000 + 200).to_bytes(4, "little")
    for declared in (s.to_bytes(4, "little") for s in range(300_000_000, 300_000_400)):
        size = declared if declared in content else size
    said = outcome(content.replace(size, (5000).to_bytes(4, "little")))
    assert "damaged" in said or "far too large" in said


@pytest.mark.parametrize("inside", ["sheet", "shared"])
def test_ten_megabytes_in_a_cell_are_refused_with_its_name(inside):
    long = b"x" * 10_000_000
    if inside == "sheet":
        content = packed.xlsx(row(7, b'<c r="C7" t="inlineStr"><is><t>' + long + b"</t></is></c>"))
    else:
        content = packed.xlsx(row(7, b'<c r="C7" t="s"><v>0</v></c>'), [b"<si><t>" + long + b"</t></si>"])
    assert outcome(content).startswith("Cell C7 holds more than 32767 characters;")
    assert outcome(b"a,b\n1," + long, "a.csv").startswith("Row 2 has a cell")
    cell = b"<table:table-cell office:value-type='string'><text:p>" + long + b"</text:p></table:table-cell>"
    assert outcome(packed.ods(b"<table:table-row>" + cell + b"</table:table-row>")).startswith("Cell A1 holds more")


def test_as_many_characters_as_a_spreadsheet_allows_are_read():
    assert outcome(packed.xlsx(row(1, words("A1", "x" * LONGEST_CELL)))) == "[1]"


def test_millions_of_shared_texts_are_refused():
    texts = (
        b"".join(b"<si><t>%d</t></si>" % one for one in range(part, part + 100_000))
        for part in range(0, 1_100_000, 100_000)
    )
    assert "far too large" in outcome(packed.xlsx(FIRST, texts, level=1))


@pytest.mark.parametrize("bomb", [LAUGHS, THEFT])
@pytest.mark.parametrize("part", PARTS)
def test_document_types_are_refused_in_every_part(bomb, part):
    with ZipFile(BytesIO(packed.xlsx(FIRST, [b""], xl__styles_dot_xml=b"<a/>"))) as book:
        parts = {one: book.read(one) for one in book.namelist()}
    parts[part] = bomb + parts[part]
    assert "instructions" in outcome(packed.archive(parts))


@pytest.mark.parametrize(
    "rows",
    [b"<a>" * 1_000_000, b"<v>" * 1_000_000, b"<row>" * 1_000_000, b'<row r="1">' + b"<c>" * 1_000_000,
     b"<!--" + b"abc\n" * 4_000_000 + b"-->", b'<row r="' + b"12" * 8_000_000 + b'"/>',
     b'<mergeCell ref="A1:B2">' * 99_999],
    ids=["unknown", "values", "rows", "cells", "comment", "attribute", "merges"],
)  # fmt: skip
def test_what_never_ends_is_refused(rows):
    assert "damaged" in outcome(packed.xlsx(rows, noise=os.urandom(300_000)))


def test_elements_that_say_nothing_are_not_counted_for_ever():
    idle = b"".join(b'<x a="%d"/>' % number for number in range(2_100_000))
    assert "far too large" in outcome(packed.xlsx(idle, level=1))


def test_repeats_of_libreoffice_are_not_laid_out():
    cell = b'<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="16384"/>'
    assert "column" in outcome(
        packed.ods(b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>")
    )
    cell = cell.replace(b"16384", b"2")
    assert "filled rows" in outcome(
        packed.ods(b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>")
    )


def test_too_many_rows_columns_and_sheets_are_refused_with_what_to_do():
    many = (b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number) for number in range(1, 300_000))
    assert "divide it" in outcome(packed.xlsx(many, level=1))
    assert "delete what is not part" in outcome(packed.xlsx(row(1, words("XFD1", "a"))))
    assert outcome(packed.xlsx(row(1, words("SR1", "a")))) == "[1]"
    assert MOST_COLUMNS == 512
    assert "sheets" in outcome(packed.xlsx(FIRST, sheets=MOST_SHEETS + 1))


def test_values_that_fill_the_memory_are_refused():
    texts = (
        row(number, *(words(f"{column}{number}", f"{number:0>9000}") for column in "ABCDEFGHIJ"))
        for number in range(1, 4_500)
    )
    assert "at once" in outcome(packed.xlsx(texts, noise=os.urandom(3_000_000), level=1))


def test_thousands_of_parts_are_refused():
    assert "far too large" in outcome(packed.archive({f"xl/{number}": b"" for number in range(25_000)}))
