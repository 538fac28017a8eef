"""Hands out one stored file: always as a download, never run in a browser, whole, in part or not again.

Never knows whose file it is, nor who may have it: the page that hands it out has asked.
"""

from __future__ import annotations

import re
from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# Whatever a browser may make of it, nothing in it runs, and nothing is fetched for it.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
UNKNOWN = "application/octet-stream"
PIECE = 64 * 1024

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Part:
    """Some bytes of an open file."""

    def __init__(self, file: IO[bytes], start: int, length: int):
        file.seek(start)
        self.file, self.left, self.close = file, length, file.close

    def read(self, size: int = PIECE) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def __iter__(self):
        return iter(self.read, b"")


def hand_out(request, stored: FieldFile, *, name: str = "", media_type: str = "", sha256: str | None = None):
    """Answers 404 where the file is gone, 304 to who has it, 206 with the part asked for, 416 where there is none."""
    etag = quote_etag(sha256) if sha256 else None
    if etag and (known := get_conditional_response(request, etag=etag)):
        return known
    try:
        file = stored.open("rb").file
    except FileNotFoundError:
        raise Http404(stored.name) from None
    size = file.seek(0, 2)
    file.seek(0)
    asked = _asked(request, size, etag)
    if asked == ():
        file.close()
        return _guarded(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), etag)
    start, length = asked or (0, size)
    response = FileResponse(
        Part(file, start, length),
        as_attachment=True,
        filename=name or stored.name.rpartition("/")[2],
        content_type=media_type or UNKNOWN,
        status=206 if asked else 200,
    )
    response["Content-Length"] = length
    if asked:
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    return _guarded(response, etag)


def _guarded(response, etag: str | None):
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Accept-Ranges"] = "bytes"
    if etag:
        response["ETag"] = etag
    return response


def _asked(request, size: int, etag: str | None) -> tuple[int, int] | tuple[()] | None:
    """(first byte, how many) of the one part asked for; () where it lies outside; None for the whole file."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        length = min(int(last), size)
        return (size - length, length) if length else ()
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < int(first):
        return None
    return (start, end - start + 1) if start < size else ()
