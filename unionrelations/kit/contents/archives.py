"""Office documents, told by what lies in their archive; bombs, macros and passwords are refused. Unpacks nothing large.

What the archive says of itself is believed: whoever reads it later stops at the sizes it names.
"""

from __future__ import annotations

import struct
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import olefile
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from .kinds import DOC, DOCX, ODS, ODT, PPTX, XLS, XLSX, Kind, Refused

MOST_PARTS = 5_000
LONGEST_LIST = 2 * 1024 * 1024  # bytes of the archive's own table of contents
MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts together
MOST_TIMES = 150  # what unpacks to more than this many times its size is a bomb; a spreadsheet of zeros stays below
FREE_OF_SUSPICION = 30 * 1024 * 1024  # bytes unpacked that harm nobody, however small they were packed
LONGEST_PART_READ = 1024 * 1024  # bytes of the two parts that are read here

MAIN_PART = "application/vnd.openxmlformats-officedocument.{}.main+xml"
OFFICE = {
    MAIN_PART.format("wordprocessingml.document"): DOCX,
    MAIN_PART.format("spreadsheetml.sheet"): XLSX,
    MAIN_PART.format("presentationml.presentation"): PPTX,
}
OPEN = {kind.media_type: kind for kind in (ODT, ODS)}

# How a ZIP ends: signature, two disks, parts here and in all, length and start of the list of parts, length of a note.
_END = struct.Struct("<4s4H2LH")


def ends_as_archive(file: IO[bytes]) -> bool:
    """Whether a ZIP archive hangs at the end of whatever this is: such a file is two things at once."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 0xFFFF - _END.size))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and len(tail) - at >= _END.size and at + _END.size + _END.unpack_from(tail, at)[-1] == len(tail)


def told_by_archive(file: IO[bytes]) -> Kind | None:
    """Which document a ZIP archive is; None for one that is no document."""
    _refuse_odd_end(file)
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            _refuse_bomb(archive)
            return _open_document(archive) or _office_document(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as fault:
        raise Refused(_damaged()) from fault


def told_by_compound(file: IO[bytes]) -> Kind | None:
    """Which of the older office documents a compound file is; None for one that is none."""
    file.seek(0)
    try:
        with olefile.OleFileIO(file) as compound:
            names = {"/".join(one).lower() for one in compound.listdir(streams=True, storages=True)}
    except Exception as fault:  # whatever a hostile file makes of the library
        raise Refused(_damaged()) from fault
    if {"encryptedpackage", "encryptioninfo"} & names:
        raise Refused(_locked())
    kind = DOC if "worddocument" in names else XLS if {"workbook", "book"} & names else None
    if kind and any(name.rpartition("/")[2] in ("vba", "_vba_project", "_vba_project_cur", "macros") for name in names):
        raise Refused(_macros())
    return kind


def _refuse_odd_end(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    if size < _END.size:
        raise Refused(_damaged())
    file.seek(size - _END.size)
    signature, _disk, _other, _here, parts, length, start, note = _END.unpack(file.read())
    if signature != b"PK\x05\x06" or note or start + length > size:
        raise Refused(_damaged())
    if parts > MOST_PARTS or length > LONGEST_LIST:
        raise Refused(_bomb())


def _refuse_bomb(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = [one.filename for one in parts]
    if len(names) != len(set(names)):
        raise Refused(_damaged())  # two parts of one name: each reader would see another document
    unpacked = sum(one.file_size for one in parts)
    packed = max(sum(one.compress_size for one in parts), 1)
    if unpacked > MOST_UNPACKED or (unpacked > FREE_OF_SUSPICION and unpacked > MOST_TIMES * packed):
        raise Refused(_bomb())
    if any(one.flag_bits & 1 for one in parts):
        raise Refused(_locked())
    if any(name.lower().rpartition("/")[2] in ("vbaproject.bin", "script-lb.xml") for name in names):
        raise Refused(_macros())


def _open_document(archive: ZipFile) -> Kind | None:
    if "mimetype" not in archive.namelist():
        return None
    kind = OPEN.get(_part(archive, "mimetype").decode("ascii", "replace").strip())
    if kind and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise Refused(_locked())
    return kind


def _office_document(archive: ZipFile) -> Kind | None:
    if "[Content_Types].xml" not in archive.namelist():
        return None
    try:
        parts = fromstring(_part(archive, "[Content_Types].xml"))
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise Refused(_damaged()) from fault
    types = {one.get("ContentType", "") for one in parts}
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise Refused(_macros())
    found = [OFFICE[one] for one in sorted(types) if one in OFFICE]
    return found[0] if len(found) == 1 else None


def _part(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            read = part.read(LONGEST_PART_READ + 1)
    except KeyError:
        return b""
    if len(read) > LONGEST_PART_READ:
        raise Refused(_bomb())
    return read


def _damaged() -> str:
    return _("“%(name)s” is damaged or incomplete. Open it in its own program, save it again and choose it anew.")


def _locked() -> str:
    return _("“%(name)s” is locked with a password, so nobody could check or search it. Save it without a password.")


def _macros() -> str:
    return _("“%(name)s” holds macros, which could harm whoever opens it. Save it without macros, or as PDF.")


def _bomb() -> str:
    return _("“%(name)s” would unpack to far more than its size. It is not opened; save it anew, or as PDF.")
