"""Imports on their way, for tests of pages: one that was read and waits for a person's say, one that is stored."""

import io

from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from unionrelations.importing.models import Import
from unionrelations.importing.steps import take

HEADINGS = ("TT", "Tên hoạt động", "Ngày đi", "Ngày về", "Nước đến", "Đối tác làm việc", "Số người", "Người trực")


def sheet(*rows, headings=HEADINGS, title="DANH SÁCH ĐOÀN RA NĂM 2023") -> bytes:
    """A spreadsheet as offices keep it: a title, a blank row, headings in row 3, the rows from row 4 on."""
    book = Workbook()
    book.active.title = "Đoàn ra"
    for row in ((title,), (), headings, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read_import(reader, rows: int = 3) -> Import:
    """So many good rows, and as many of each sort of trouble."""
    good = [(n, f"Đoàn {n} dự hội nghị", "12/06/2023", "15/06/2023", "", "", n, "Lan") for n in range(rows)]
    bad = [(n, f"Đoàn {n} ghi sai ngày", "31/02/2023", "5/3/2023", "", "Liên đoàn Mới", n, "") for n in range(rows)]
    asked = [
        (n, f"Đoàn {n} đi Canbodia", "1/7/2023", "2/7/2023", f"Campuchi{'a' * n}z", "", n, "") for n in range(rows)
    ]
    return read(reader, sheet(*good, *bad, *asked))


def stored_import(reader, rows: int = 3) -> Import:
    return stored(reader, sheet(*((n, f"Đoàn đã nhập {n}", "1/9/2023", "", "", "", n, "") for n in range(rows))))


def stored(reader, content: bytes) -> Import:
    """Read and stored, all of it."""
    batch = read(reader, content)
    batch.start(Import.Step.WRITING, timezone.now())
    return _taken(batch)


def read(reader, content: bytes) -> Import:
    """Read, and waiting for a person's say."""
    batch = Import(union=reader.union, asked_by=reader, name="Danh sách đoàn ra.xlsx", sha256="0" * 64)
    batch.file.save("of-tests.xlsx", ContentFile(content), save=False)
    batch.start(Import.Step.READING, timezone.now())
    return _taken(batch)


def _taken(batch: Import) -> Import:
    take(batch, timezone.now())
    batch.finish(timezone.now())
    return batch
