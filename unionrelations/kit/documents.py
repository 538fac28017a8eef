"""A document before it has a format: a title, blocks, what makes it official. Never knows XLSX, DOCX, PDF or HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


class Chart(Protocol):
    """A drawing that says in words what it shows, and draws itself in lines or in dots."""

    @property
    def title(self) -> str: ...

    @property
    def alt(self) -> str: ...

    def svg(self, width: int = ..., *, links: bool = ..., standalone: bool = ...) -> str:
        """Empty where there is nothing to draw; `alt` says so then."""
        ...

    def png(self, width: int = ...) -> bytes:
        """Empty where there is nothing to draw."""
        ...


class Unknown:
    """A number nobody wrote down: words for whoever reads the page, an empty cell for whoever reckons with it."""


UNKNOWN = Unknown()


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass
class Lines:
    """The rows of a table too long to be held: fetched some at a time while they are gone through, once.

    `number` says of how many rows it was when that is done.
    """

    fetched: Iterable[tuple[Any, ...]]
    number: int = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for self.number, row in enumerate(self.fetched, 1):  # noqa: B020  it counts as it goes
            yield row


@dataclass(frozen=True)
class Grid:
    """A table. Cells are words, numbers, days, UNKNOWN, or None for an empty one.

    The rows of a long list are Lines, which spreadsheets and CSV can write.
    `wide` tables lie on a page turned sideways. A spreadsheet calls its sheet by `name`, else by
    `title`.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] | Lines
    title: str = ""
    wide: bool = False
    name: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart. A table of the same numbers stands beside it, so spreadsheets leave it out."""

    chart: Chart
    caption: str = ""


Block = Heading | Paragraph | Grid | Picture


@dataclass(frozen=True)
class Official:
    """What stands at the head and foot of an official paper. Number, place, day and name are the clerk's to fill in."""

    superior: str  # empty where no union stands above
    issuer: str
    number: str  # what follows the blank for the number, such as "/BC-TLĐ"
    subject: str
    period: str
    recipients: tuple[str, ...]
    signing: str
    signer: str
    template: Callable[[], bytes | None] = lambda: None  # the issuer's own DOCX, asked for where it is needed


@dataclass(frozen=True)
class Document:
    """`annexes` follow the signature. `sheets` are further tables for spreadsheets alone, made when one is written."""

    title: str
    blocks: tuple[Block, ...]
    official: Official | None = None
    annexes: tuple[Block, ...] = ()
    sheets: Callable[[], Iterable[Grid]] = tuple
