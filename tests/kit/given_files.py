"""Small files of every kind that is kept, and of some that are not, made here byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

ODF_MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest>'


def pdf(*lines: str) -> bytes:
    """A page with a text layer of these lines, in letters of WinAnsi."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = DecodedStreamObject()
    words = (f"BT /F1 12 Tf 50 {800 - 20 * at} Td ({one}) Tj ET\n" for at, one in enumerate(lines))
    drawn.set_data("".join(words).encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    return _written(writer.write)


def docx(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return _written(document.save)


def xlsx(*lines: str) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append([line])
    return _written(book.save)


def odf(kind: str, *lines: str, encrypted: bool = False, more: dict[str, str] | None = None) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<body>{text}</body>",
            "META-INF/manifest.xml": ODF_MANIFEST.format("<encryption-data/>" if encrypted else ""),
            **(more or {}),
        }
    )


def ods(*lines: str) -> bytes:
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    rows = "".join(
        '<table:table-row><table:table-cell office:value-type="string">'
        f"<text:p>{line}</text:p></table:table-cell></table:table-row>"
        for line in lines
    )
    table = f'<table:table table:name="Sheet">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content{names}>{body}</office:document-content>"
    return odf("spreadsheet", more={"content.xml": content})


def pptx(*lines: str) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    text = "".join(f'<p xmlns="urn:a"><t>{line}</t></p>' for line in lines)
    return packed({"[Content_Types].xml": content_types(main), "ppt/slides/slide1.xml": f"<slide>{text}</slide>"})


def content_types(*types: str) -> str:
    parts = "".join(f'<Override PartName="/p{at}" ContentType="{one}"/>' for at, one in enumerate(types))
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{parts}</Types>'


def packed(parts: dict[str, str | bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + bytes(width) for _row in range(height))) if height < 1000 else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xd9"
    )


def tiff(width: int = 3, height: int = 2) -> bytes:
    entries = struct.pack("<HHLL", 256, 4, 1, width) + struct.pack("<HHLHH", 257, 3, 1, height, 0)
    return b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", 2) + entries + bytes(4)


def webp(width: int = 3, height: int = 2) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<L", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<L", len(body)) + body


def heic(width: int = 3, height: int = 2) -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x14ispe" + bytes(4) + struct.pack(">LL", width, height)


def compound(*streams: str) -> bytes:
    """The older container of Office with streams and storages of these names (a storage ends with a slash)."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    entries = [_entry("Root Entry", 5, child=1 if streams else free)]
    for at, name in enumerate(streams, 1):
        follows = at + 1 if at < len(streams) else free
        entries.append(_entry(name.rstrip("/"), 1 if name.endswith("/") else 2, right=follows))
    while len(entries) % 4:
        entries.append(_entry("", 0))
    folder = b"".join(entries)
    count = len(folder) // sector
    table = [0xFFFFFFFD, *range(2, count + 1), end]
    table += [free] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += (
        struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, end, 0, end, 0)
        + struct.pack("<L", 0)
        + struct.pack("<L", free) * 108
    )
    return head + struct.pack("<128L", *table) + folder


def _entry(name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0" if name else b""
    none = 0xFFFFFFFF
    sizes = struct.pack("<HBBLLL", len(written), kind, 1, none, right, child)
    return written.ljust(64, b"\0") + sizes + bytes(36) + struct.pack("<LQ", 0xFFFFFFFE, 0)


def _written(write) -> bytes:
    kept = io.BytesIO()
    write(kept)
    return kept.getvalue()


EVERY_KIND = {
    "thư.pdf": pdf("Xin chao"),
    "thư.docx": docx("Xin chào"),
    "thư.doc": compound("WordDocument"),
    "bảng.xls": compound("Workbook"),
    "bảng.xlsx": xlsx("Xin chào"),
    "bảng.ods": odf("spreadsheet", "Xin chào"),
    "thư.odt": odf("text", "Xin chào"),
    "trình chiếu.pptx": pptx("Xin chào"),
    "ảnh.jpg": jpeg(),
    "ẢNH.JPEG": jpeg(),
    "ảnh.png": png(),
    "bản quét.tif": tiff(),
    "bản quét.tiff": tiff(),
    "ảnh.webp": webp(),
    "ảnh.heic": heic(),
    "ghi chú.txt": "Xin chào".encode(),
    "danh sách.csv": "tên;ngày\n".encode("utf-16"),
}
