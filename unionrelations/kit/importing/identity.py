"""The last column of an exported list: which record a row is, and what it said when it was written.

Says "delegations 412 7 1a2b3c4d": the list, the record, its edit number, and a seal over the row's other cells. Whoever
edits a row breaks its seal, so a row left alone never overwrites what changed in the house meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .columns import LANGUAGES, folded_words
from .drafts import shown

HEADING = _("Record (leave as it is)")
WRITTEN = re.compile(r"(?P<slug>[a-z-]+) (?P<key>\d{1,18}) (?P<version>\d{1,9}) (?P<seal>[0-9a-f]{8})", re.ASCII)


@dataclass(frozen=True)
class Identity:
    slug: str
    key: int
    version: int
    seal: str

    def __str__(self):
        return f"{self.slug} {self.key} {self.version} {self.seal}"

    @classmethod
    def of(cls, slug: str, record: Any, cells: Iterable[Any]) -> Identity:
        return cls(slug, record.pk, getattr(record, "version", 0), seal(cells))

    @classmethod
    def read(cls, cell: Any) -> Identity | None:
        """What a cell says; None where that is not one."""
        found = WRITTEN.fullmatch(str(cell or "").strip())
        if found is None:
            return None
        return cls(found["slug"], int(found["key"]), int(found["version"]), found["seal"])


def seal(cells: Iterable[Any]) -> str:
    """The same for the same words, however a spreadsheet keeps them."""
    words = "\x1f".join(_even(one) for one in cells)
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def _even(cell: Any) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(shown(cell).split())


def is_heading(words: str) -> bool:
    known = set()
    for language in LANGUAGES:
        with translation.override(language):
            known.add(folded_words(HEADING))
    return folded_words(words) in known
