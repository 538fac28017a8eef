"""Files for tests as programs would pack them, and as somebody with ill will would."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: dict[str, Iterable[bytes] | bytes], level: int = 6) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=level) as packed:
        for name, content in parts.items():
            with packed.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)
    return out.getvalue()


def xlsx(rows: Iterable[bytes] | bytes = b"", strings=None, before=b"", sheets=1, level=6, tail=b"", **more) -> bytes:
    """A book whose first sheet has these rows of XML; `more` are further parts, their names with _ for /."""
    rows = [rows] if isinstance(rows, bytes) else rows
    around = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    listed = "".join(f'<sheet name="S{one}" sheetId="{one + 1}" r:id="s"/>' for one in range(sheets))
    related = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{part}"/>'
        for key, kind, part in (
            ("s", "worksheet", "worksheets/sheet1.xml"),
            ("t", "sharedStrings", "/xl/sharedStrings.xml"),
            ("f", "styles", "styles.xml"),
        )
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": _joined(before, around, rows, b"</sheetData>", tail, b"</worksheet>"),
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = _joined(f'<sst xmlns="{MAIN}">'.encode(), strings, b"</sst>")
    return archive(parts | {name.replace("__", "/").replace("_dot_", "."): one for name, one in more.items()}, level)


def ods(rows: bytes, **more) -> bytes:
    spaces = " ".join(f'xmlns:{one}="{OPEN}:{one}:1.0"' for one in ("office", "table", "text", "style"))
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">'.encode()
        + rows
        + b"</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": content}
    return archive(parts | {name.replace("__", "/").replace("_dot_", "."): one for name, one in more.items()})


def words(reference: str, text: str) -> bytes:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def row(number: int, *cells: bytes) -> bytes:
    return b'<row r="%d">' % number + b"".join(cells) + b"</row>"


def _joined(*parts: Iterable[bytes] | bytes) -> Iterable[bytes]:
    for one in parts:
        yield from [one] if isinstance(one, bytes) else one


def ole(*streams: str) -> bytes:
    """The container of older office files with empty streams of these names."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *[free] * 126)
    entries = b"".join(
        _entry(name, kind, child, right)
        for name, kind, child, right in [("Root Entry", 5, 1, free)]
        + [(one, 2, free, place + 1 if place < len(streams) else free) for place, one in enumerate(streams, 1)]
    )
    return header + table + entries.ljust(512, b"\0")


def _entry(name: str, kind: int, child: int, right: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
    )
