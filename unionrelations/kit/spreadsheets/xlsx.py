"""Books of Excel since 2007: sheets, shared texts and number formats. Never follows a link, never runs a macro."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from .archives import Archive
from .books import LONGEST_CELL, MOST_STRINGS, Book, Room, Sheet, check_sheets, damaged, tidy, too_large
from .elements import Elements, text_of
from .xlsx_sheet import SheetReader

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
DATES_OF_EAST_ASIA = (*range(27, 37), *range(50, 59))  # built in there, listed nowhere


def read_xlsx(archive: Archive) -> Book:
    """Raises Unreadable, with a sentence for whoever sent the file."""
    main = _main_part(archive)
    workbook = Workbook(archive, main)
    check_sheets(len(workbook.sheets))
    targets = Relations(archive, main).targets
    room = Room()
    strings = SharedStrings(archive, targets, room).strings
    formats = Formats(archive, targets).dates
    sheets = []
    for name, hidden, relation in workbook.sheets:
        kind, part = targets.get(relation, ("", ""))
        if kind == "worksheet":
            sheet = Sheet(tidy(name) or name, hidden)
            SheetReader(sheet, strings, formats, workbook.from_1904, room).read(archive, part, SPREADSHEET)
            sheets.append(sheet)
    if not sheets:
        raise damaged()
    return Book("xlsx", sheets, list(_left_out(archive)))


def _main_part(archive: Archive) -> str:
    for kind, part in Relations(archive, "").targets.values():
        if kind == "officeDocument":
            return part
    raise damaged()


def _left_out(archive: Archive) -> Iterator[str]:
    if any(name.endswith("vbaproject.bin") for name in archive.parts):
        yield _("The macros in this file were left out.")
    if archive.any_under("xl/externallinks/"):
        yield _("Links to other files were not followed; their last values were read.")


class Relations(Elements):
    """Where the parts lie that a part speaks of: its relations by their key, each a kind and a name."""

    def __init__(self, archive: Archive, of: str) -> None:
        super().__init__(RELATIONS, ("Relationship",))
        self.folder, self.targets = dirname(of), {}
        name = join(self.folder, "_rels", f"{of.rpartition('/')[2]}.rels")
        if name in archive:
            self.read(archive, name)

    def began(self, kind: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External" or len(self.targets) > 10_000:
            return
        part = target.lstrip("/") if target.startswith("/") else normpath(join(self.folder, target))
        self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)


class Workbook(Elements):
    """The sheets in order, each with name, whether it is hidden, and the key of its part."""

    def __init__(self, archive: Archive, part: str) -> None:
        super().__init__(SPREADSHEET, ("sheet", "workbookPr"))
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False
        self.read(archive, part)

    def began(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
            return
        relation = next((attributes[key] for key in ID if key in attributes), "")
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append((attributes.get("name", "")[:255], hidden, relation))
        check_sheets(len(self.sheets))


class Formats(Elements):
    """For each style of cell whether its number is a moment ("date") or a length of time ("elapsed")."""

    def __init__(self, archive: Archive, targets: dict[str, tuple[str, str]]) -> None:
        super().__init__(SPREADSHEET, ("numFmt", "cellXfs", "xf"))
        self.codes: dict[int, str] = dict(BUILTIN_FORMATS) | dict.fromkeys(DATES_OF_EAST_ASIA, "yyyy")
        self.dates: list[str] = []
        self.in_cells = False
        for kind, part in targets.values():
            if kind == "styles" and part in archive:
                self.read(archive, part)

    def began(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "cellXfs":
            self.in_cells = True
        elif kind == "xf":
            if self.in_cells and len(self.dates) < 100_000:
                self.dates.append(self._kind(attributes.get("numFmtId", "0")))
        elif len(self.codes) < 100_000 and attributes.get("numFmtId", "").isdecimal():
            self.codes[int(attributes["numFmtId"][:9])] = attributes.get("formatCode", "")[:255]

    def ended(self, kind: str) -> None:
        if kind == "cellXfs":
            self.in_cells = False

    def _kind(self, number: str) -> str:
        code = self.codes.get(int(number[:9]), "General") if number.isdecimal() else "General"
        if is_timedelta_format(code):
            return "elapsed"
        return "date" if code.lower() != "general" and is_date_format(code) else ""


class SharedStrings(Elements):
    """The texts that cells name by number."""

    def __init__(self, archive: Archive, targets: dict[str, tuple[str, str]], room: Room) -> None:
        super().__init__(SPREADSHEET, ("si", "t", "rPh"), texts=("t",))
        self.strings: list[str | None] = []
        self.room, self.words, self.spoken = room, "", False
        for kind, part in targets.values():
            if kind == "sharedStrings" and part in archive:
                self.read(archive, part)

    def began(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "si":
            self.words = ""
        elif kind == "rPh":
            self.spoken = True

    def ended(self, kind: str) -> None:
        if kind == "si":
            words = text_of(self.words) if len(self.words) <= LONGEST_CELL else self.words
            self.room.take(words)
            self.strings.append(words)
            if len(self.strings) > MOST_STRINGS:
                raise too_large()
        elif kind == "rPh":
            self.spoken = False

    def said(self, words: str) -> None:
        if not self.spoken:  # one too long is kept a sign too long: the sheet says which cell it is in
            self.words = (self.words + words)[: LONGEST_CELL + 1]
