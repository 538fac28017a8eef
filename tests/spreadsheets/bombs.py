"""Hostile files: made when a test asks for them, never kept. Each looks like a spreadsheet from outside."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from .forms.out_by_head import KHAMMOUANE, plain
from .grids import book
from .writing import xlsx, zipped

ROWS = 1_048_576  # a sheet has no more
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1 << 20


def good() -> bytes:
    """A list with one trip, for hiding things in, and for asking afterwards whether the command still works."""
    return xlsx(book(plain(KHAMMOUANE)))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(name: str, chunks: Iterator[bytes]) -> bytes:
    """The good list with one part in place of its own, written piece by piece: it may be larger than memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for other, content in parts_of(good()).items():
            if other != name:
                archive.writestr(other, content)
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w") as part:
            for chunk in chunks:
                part.write(chunk)
    return buffer.getvalue()


def edited(name: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(good())
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new, 1)})


def a_million_empty_rows() -> bytes:
    """Somebody coloured the whole sheet: every row exists and holds nothing but a format."""
    sheet = parts_of(good())[SHEET]
    body, end = sheet.split(b"</sheetData>")

    def chunks():
        yield body
        for first in range(8, ROWS + 1, 4096):
            rows = range(first, min(first + 4096, ROWS + 1))
            yield b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="N%d" s="1"/></row>' % (one, one, one) for one in rows)
        yield b"</sheetData>" + end

    return with_part(SHEET, chunks())


def a_zip_bomb_in_the_sheet() -> bytes:
    """600 MB of blanks, packed into half a megabyte."""
    body, end = parts_of(good())[SHEET].split(b"</sheetData>")
    return with_part(SHEET, iter([body, *[b" " * MEGABYTE] * 600, b"</sheetData>" + end]))


def a_zip_bomb_in_the_strings() -> bytes:
    body, end = parts_of(good())["xl/sharedStrings.xml"].split(b"</sst>")
    text = [b"<si><t>", *[b"A" * MEGABYTE] * 600, b"</t></si></sst>"]
    return with_part("xl/sharedStrings.xml", iter([body, *text, end]))


def ten_megabytes_in_one_cell() -> bytes:
    cell = b'<row r="8"><c r="B8" t="inlineStr"><is><t>%b</t></is></c></row></sheetData>'
    return edited(SHEET, b"</sheetData>", cell % (b"x" * 10 * MEGABYTE))


def ten_megabytes_in_one_cell_of_csv() -> bytes:
    lines = ("STT;TÊN TRƯỞNG ĐOÀN;NGÀY ĐI;NGÀY VỀ;NƯỚC ĐẾN\n1;", ";5/3/2023;9/3/2023;Lào\n")
    return lines[0].encode() + b"x" * 10 * MEGABYTE + lines[1].encode()


def an_external_link() -> bytes:
    """A cell whose formula looks into another file, at an address that would be told of whoever opens this one."""
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = parts_of(
        edited(SHEET, b"</sheetData>", b'<row r="8"><c r="B8"><f>[1]Sheet1!A1</f><v>1</v></c></row></sheetData>')
    )
    link = f"""<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<externalBook xmlns:r="{relationships}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook>
</externalLink>"""
    target = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{relationships}/externalLinkPath" Target="http://127.0.0.1:9/stolen.xlsx"
 TargetMode="External"/></Relationships>"""
    parts["xl/externalLinks/externalLink1.xml"] = link.encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = target.encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rId99"/></externalReferences>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{relationships}/externalLink" '
        'Target="externalLinks/externalLink1.xml"/></Relationships>'.encode(),
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.externalLink+xml"/></Types>',
    )
    return zipped(parts)


def macros() -> bytes:
    """A workbook that says it holds macros, and does."""
    parts = parts_of(good())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId98" Type="{kind}" Target="vbaProject.bin"/></Relationships>'.encode(),
    )
    parts["xl/vbaProject.bin"] = ole({"PROJECT": b"Sub Auto_Open()"})
    return zipped(parts)


def a_password() -> bytes:
    """What a spreadsheet program writes for a workbook with a password: an OLE container with an encrypted package."""
    return ole(
        {"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>", "EncryptedPackage": b"\x5a" * 6000}
    )


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of large streams: header, one sector of the allocation table, one of the directory, the rest."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, end, 0, 1 if streams else free)]
    body = b""
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")  # shorter ones would live elsewhere
        sectors = -(-len(content) // 512)
        first = len(table)
        table += [*range(first + 1, first + sectors), end]
        body += content.ljust(sectors * 512, b"\0")
        entries.append(_entry(name, 2, first, len(content), free, right=number + 1 if number < len(streams) else free))
    header = struct.pack("<8s16sHHHHH6s", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"")
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    directory = b"".join(entries).ljust(512, b"\0")
    return header + struct.pack("<128I", *table, *[free] * (128 - len(table))) + directory + body


def _entry(name: str, kind: int, first: int, size: int, child: int, right: int = 0xFFFFFFFF) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    names = struct.pack("<64sHBB", letters, len(letters), kind, 1)
    return names + struct.pack("<III16sIQQIQ", 0xFFFFFFFF, right, child, b"", 0, 0, 0, first, size)


def a_picture() -> bytes:
    """One red point."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE any [<!ENTITY l0 "ha">{LAUGHS}]>'.encode()


def billion_laughs_in_the_strings() -> bytes:
    parts = parts_of(good())
    strings = parts["xl/sharedStrings.xml"].replace(b"<sst", BILLION_LAUGHS + b"<sst", 1)
    return zipped(parts | {"xl/sharedStrings.xml": strings.replace(b"</sst>", b"<si><t>&l9;</t></si></sst>")})


def a_file_of_the_server_in_the_strings() -> bytes:
    """An entity that would read the server's list of users into a cell."""
    parts = parts_of(good())
    entity = b'<!DOCTYPE any [<!ENTITY stolen SYSTEM "file:///etc/passwd">]>'
    strings = parts["xl/sharedStrings.xml"].replace(b"<sst", entity + b"<sst", 1)
    strings = strings.replace("Trao đổi".encode(), "&stolen; Trao đổi".encode(), 1)
    return zipped(parts | {"xl/sharedStrings.xml": strings})


OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def open_document(content: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def billion_laughs_in_open_document() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>&l9;</text:p></table:table-cell>'
    rows = f"<table:table-row>{cell}</table:table-row>"
    return open_document(BILLION_LAUGHS + OPEN_DOCUMENT.format(rows=rows).encode())


def a_cell_repeated_over_the_whole_sheet() -> bytes:
    """Two numbers make seventeen thousand million cells."""
    repeated = 'table:number-columns-repeated="16384" office:value-type="string"'
    cell = f"<table:table-cell {repeated}><text:p>A</text:p></table:table-cell>"
    rows = f'<table:table-row table:number-rows-repeated="{ROWS}">{cell}</table:table-row>'
    return open_document(OPEN_DOCUMENT.format(rows=rows).encode())


def a_cell_in_the_last_corner() -> bytes:
    """One word in XFD1048576: read as a block, the sheet would not fit any memory."""
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return edited(SHEET, b"</sheetData>", cell)


def half_a_file() -> bytes:
    content = good()
    return content[: len(content) // 2]


def a_path_out_of_the_archive() -> bytes:
    return zipped(parts_of(good()) | {"../../../../tmp/written-by-a-spreadsheet": b"x"})


def a_line_without_end() -> bytes:
    return b"STT;" * (3 * MEGABYTE)


def noise() -> bytes:
    return bytes((one * 7919 + 31) % 256 for one in range(200_000))


REFUSED: dict[str, Callable[[], bytes]] = {
    "zip-bomb-sheet.xlsx": a_zip_bomb_in_the_sheet,
    "zip-bomb-strings.xlsx": a_zip_bomb_in_the_strings,
    "password.xlsx": a_password,
    "password.xls": a_password,
    "picture.xlsx": a_picture,
    "picture.csv": a_picture,
    "billion-laughs.xlsx": billion_laughs_in_the_strings,
    "server-file.xlsx": a_file_of_the_server_in_the_strings,
    "billion-laughs.ods": billion_laughs_in_open_document,
    "repeated.ods": a_cell_repeated_over_the_whole_sheet,
    "half.xlsx": half_a_file,
    "endless-line.csv": a_line_without_end,
    "noise.csv": noise,
    "nothing.xlsx": bytes,
    "nothing.csv": bytes,
}
# Read without the dangerous part, or refused as well: either is safe. The words that then tell of it, one of them.
READ_OR_REFUSED: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "empty-rows.xlsx": (a_million_empty_rows, ()),
    "long-cell.xlsx": (ten_megabytes_in_one_cell, ()),
    "long-cell.csv": (ten_megabytes_in_one_cell_of_csv, ()),
    "corner.xlsx": (a_cell_in_the_last_corner, ()),
    "outside-path.xlsx": (a_path_out_of_the_archive, ()),
    "link.xlsx": (an_external_link, ("lien ket", "link")),
    "macros.xlsx": (macros, ("macro",)),
}


def put(name: str, made: Callable[[], bytes], folder: Path) -> Path:
    path = folder / name
    path.write_bytes(made())
    return path
