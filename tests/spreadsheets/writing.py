"""Puts a Book into a file: xlsx, ods, csv, and xls by way of LibreOffice. The same Book gives the same bytes.

XLS is the exception: LibreOffice writes it, so those files are kept as they came out and only their cells are compared.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from .grids import Book, Broken, Csv, Formula, Sheet, area, column_number, place

MADE = datetime(2023, 12, 15, 8, 0)
NEVER_COMPUTED = "never computed"


def written(book: Book, format: str) -> bytes:
    return {"xlsx": xlsx, "ods": ods, "csv": as_csv, "xls": xls}[format](book)


def xlsx(book: Book) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"created": MADE})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in book.sheets:
        _fill(workbook.add_worksheet(sheet.name), sheet, day)
    workbook.close()
    return _without_values_nobody_computed(buffer.getvalue())


def _fill(page, sheet: Sheet, day) -> None:
    top, left = place(sheet.at)
    for cells in sheet.merged:
        page.merge_range(*area(cells), "")
    for number, row in enumerate(sheet.rows, top):
        for column, value in enumerate(row, left):
            if isinstance(value, Formula):
                stored = NEVER_COMPUTED if value.value is None else value.value
                if isinstance(stored, date):
                    stored = (stored - date(1899, 12, 30)).days
                page.write_formula(number, column, value.text, day if isinstance(value.value, date) else None, stored)
            elif isinstance(value, Broken):
                page.write_formula(number, column, "=#REF!+1", None, value.code)
            elif isinstance(value, date):
                page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
            elif isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                page.write_number(number, column, value)
    for number in sheet.hidden_rows:
        page.set_row(number - 1, None, None, {"hidden": True})
    for letters in sheet.hidden_columns:
        page.set_column(column_number(letters), column_number(letters), None, None, {"hidden": True})
    if sheet.hidden:
        page.hide()


def _without_values_nobody_computed(content: bytes) -> bytes:
    """XlsxWriter stores a value beside every formula; programs that never compute store none."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    mark = f"<v>{NEVER_COMPUTED}</v>".encode()
    for name, part in parts.items():
        if mark in part:
            cells = part.split(b"<c ")
            cells = [one.replace(mark, b"").replace(b' t="str"', b"") if mark in one else one for one in cells]
            parts[name] = b"<c ".join(cells)
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive that holds no time of its own; `mimetype` comes first and unpacked, as OpenDocument asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


# --- OpenDocument

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{SPREADSHEET}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
)
STYLES = (
    '<office:automatic-styles><style:style style:name="shown" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)


def ods(book: Book) -> bytes:
    tables = "".join(_ods_table(sheet) for sheet in book.sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
        f'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2">{STYLES}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": SPREADSHEET, "content.xml": content, "META-INF/manifest.xml": MANIFEST}
    return zipped({name: part.encode() for name, part in parts.items()})


def _ods_table(sheet: Sheet) -> str:
    top, left = place(sheet.at)
    spans = {(first, start): (last - first + 1, end - start + 1) for first, start, last, end in map(area, sheet.merged)}
    covered = {
        (row, column)
        for (first, start), (down, across) in spans.items()
        for row in range(first, first + down)
        for column in range(start, start + across)
    } - set(spans)
    width = left + max(len(row) for row in sheet.rows)
    lines = []
    if top:
        lines.append(f'<table:table-row table:number-rows-repeated="{top}"><table:table-cell/></table:table-row>')
    for number, row in enumerate(sheet.rows, top):
        values = [None] * left + list(row) + [None] * (width - left - len(row))
        cells = "".join(
            "<table:covered-table-cell/>"
            if (number, column) in covered
            else _ods_cell(value, spans.get((number, column)))
            for column, value in enumerate(values)
        )
        hidden = ' table:visibility="collapse"' if number + 1 in sheet.hidden_rows else ""
        lines.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    # Programs write the empty rest of the sheet as one repeated row.
    rest = f'<table:table-row table:number-rows-repeated="{1048576 - top - len(sheet.rows)}">'
    lines.append(f'{rest}<table:table-cell table:number-columns-repeated="{width}"/></table:table-row>')
    style = "hidden" if sheet.hidden else "shown"
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    opened = f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}">'
    return f"{opened}{columns}{''.join(lines)}</table:table>"


def _ods_cell(value: object, span: tuple[int, int] | None) -> str:
    more = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if isinstance(value, Formula):
        more += f" table:formula={quoteattr('of:' + value.text)}"
        value = value.value
    if isinstance(value, Broken):
        more += f" table:formula={quoteattr('of:=' + value.code)}"
        value = value.code
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell{more} office:value-type="date" office:date-value="{value:%Y-%m-%d}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
        return f'<table:table-cell{more} office:value-type="string">{lines}</table:table-cell>'
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{more} {kind}><text:p>{value}</text:p></table:table-cell>"


# --- CSV


def as_csv(book: Book) -> bytes:
    (sheet,) = book.sheets
    top, left = place(sheet.at)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=book.csv.separator, lineterminator=book.csv.line_end)
    width = left + max(len(row) for row in sheet.rows)
    writer.writerows([""] * width for _ in range(top))
    for row in sheet.rows:
        shown = [""] * left + [_shown(value) for value in row]
        writer.writerow(shown + [""] * (width - len(shown)))
    return encoded(text.getvalue(), book.csv)


def _shown(value: object) -> object:
    value = value.value if isinstance(value, Formula) else value
    if isinstance(value, Broken):
        return value.code
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else value


def encoded(text: str, how: Csv) -> bytes:
    if how.encoding == "cp1258":
        text = "".join(_in_1258(letter) for letter in unicodedata.normalize("NFC", text))
    return text.encode(how.encoding)


def _in_1258(letter: str) -> str:
    """Windows-1258 has the letters of Vietnamese and its tones apart: ế is ê with an acute after it."""
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        *base, tone = unicodedata.normalize("NFD", letter)
        hats = [mark for mark in (*base, tone) if mark in "\u0302\u0306\u031b"]
        tones = [mark for mark in (*base, tone) if unicodedata.combining(mark) and mark not in hats]
        return unicodedata.normalize("NFC", base[0] + "".join(hats)) + "".join(tones)
    return letter


# --- XLS


def xls(book: Book) -> bytes:
    """By LibreOffice, from the same Book as xlsx."""
    program = shutil.which("soffice")
    if program is None:
        raise SystemExit("xls files are written by LibreOffice (soffice), which is not installed here.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "book.xlsx")
        source.write_bytes(xlsx(book))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "xls", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Path(folder, "book.xls").read_bytes()
