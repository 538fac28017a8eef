"""Walking the elements of an XML part without building a tree. Never knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .archives import DEEPEST, Archive
from .books import MOST_IDLE, damaged, tidy, too_large

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how spreadsheets write signs that XML forbids


class Elements:
    """Tells the elements it was asked for; only counts how deep others lie."""

    def __init__(self, namespaces: Iterable[str], kinds: Iterable[str], texts: Iterable[str] = ()) -> None:
        self.kinds = {f"{namespace} {kind}": kind for namespace in namespaces for kind in kinds}
        self.texts = frozenset(texts)
        self.depth, self.idle, self.listening = 0, 0, False

    def read(self, archive: Archive, part: str) -> None:
        archive.parse(part, self._start, self._end, self._text)

    def began(self, kind: str, attributes: dict[str, str]) -> None: ...

    def ended(self, kind: str) -> None: ...

    def said(self, words: str) -> None: ...

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise damaged()
        if kind := self.kinds.get(name):
            self.listening = kind in self.texts
            self.began(kind, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if kind := self.kinds.get(name):
            self.listening = False
            self.ended(kind)
            return
        self.idle += 1
        if self.idle > MOST_IDLE:
            raise too_large()

    def _text(self, words: str) -> None:
        if self.listening:
            self.said(words)


def text_of(words: str) -> str | None:
    """The words of a cell, as it shows them."""
    if "_x" in words:
        words = ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
    return tidy(words)
