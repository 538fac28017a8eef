"""How wide and high a picture says it is, read from its first bytes. Decodes no picture.

Each reader gives (width, height), or None where the picture is broken off before it says so.
"""

from __future__ import annotations

import struct
from typing import IO

LONGEST_SIDE = 40_000  # dots; an A0 scan at 600 dpi has 28,087
MOST_DOTS = 250_000_000

_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_HEAD = 64 * 1024


def is_sane(size: tuple[int, int]) -> bool:
    width, height = size
    return 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_DOTS


def size_of_png(file: IO[bytes]) -> tuple[int, int] | None:
    """Walks the chunks to the last one, so that a picture broken off is noticed."""
    end = file.seek(0, 2)
    at, size = 8, None
    while at + 12 <= end:
        file.seek(at)
        length, name = struct.unpack(">L4s", file.read(8))
        if size is None:
            if name != b"IHDR" or length != 13:
                return None
            size = struct.unpack(">LL", file.read(8))
        if name == b"IEND":
            return size
        at += 12 + length
    return None


def size_of_jpeg(file: IO[bytes]) -> tuple[int, int] | None:
    file.seek(2)
    while True:
        mark = file.read(2)
        if len(mark) < 2 or mark[0] != 0xFF:
            return None
        if mark[1] == 0xFF:  # a filling byte
            file.seek(-1, 1)
            continue
        if mark[1] == 0x01 or 0xD0 <= mark[1] <= 0xD8:
            continue
        head = file.read(2)
        length = struct.unpack(">H", head)[0] if len(head) == 2 else 0
        if length < 2 or mark[1] in (0xD9, 0xDA):
            return None
        if mark[1] in _START_OF_FRAME:
            frame = file.read(5)
            return (*reversed(struct.unpack(">HH", frame[1:5])),) if len(frame) == 5 else None  # type: ignore[return-value]
        file.seek(length - 2, 1)


def size_of_tiff(file: IO[bytes]) -> tuple[int, int] | None:
    file.seek(0)
    head = file.read(8)
    order = "<" if head.startswith(b"II") else ">"
    if len(head) < 8:
        return None
    file.seek(struct.unpack(f"{order}L", head[4:])[0])
    count = file.read(2)
    entries = file.read(12 * struct.unpack(f"{order}H", count)[0]) if len(count) == 2 else b""
    found = {}
    for at in range(0, len(entries) - 11, 12):
        tag, shape = struct.unpack_from(f"{order}HH", entries, at)
        if tag in (256, 257) and shape in (3, 4):
            found[tag] = struct.unpack_from(f"{order}{'H' if shape == 3 else 'L'}", entries, at + 8)[0]
    return (found[256], found[257]) if len(found) == 2 else None


def size_of_webp(file: IO[bytes]) -> tuple[int, int] | None:
    file.seek(12)
    head = file.read(18)
    if len(head) < 18:
        return None
    name, body = head[:4], head[8:]
    if name == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if name == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None


def size_of_heic(file: IO[bytes]) -> tuple[int, int] | None:
    """The largest of the pictures inside: beside the whole one lie its tiles and a thumbnail."""
    file.seek(0)
    head = file.read(_HEAD)
    found, at = [], head.find(b"ispe")
    while at >= 0 and at + 16 <= len(head):
        found.append(struct.unpack_from(">LL", head, at + 8))
        at = head.find(b"ispe", at + 4)
    return max(found, default=None)
