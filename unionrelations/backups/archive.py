"""What lies in a backup, format 1: a tar archive in gzip in age. Never knows a table's meaning nor where a file lies.

In this order:

    head.json                   format, version of the house, when, which database, the migrations of each application
    tables/APP.MODEL/000001.jsonl   a line with the names of the columns, then a line for each row
    figures/000001.jsonl        a line for each union's report: every figure, as counted when the backup was made
    files/NAME                  each kept file, byte for byte
    hashes/000001.jsonl         name, size and SHA-256 of the files before it
    manifest.json               rows and hash of each table, of the files and of the figures; nothing comes after it

A hash over many is the sum of the SHA-256 of each line, modulo 2**256: it does not depend on the order in which a
database hands out its rows. It tells mistakes apart; against forgery stands the seal.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _

from .refusals import Refused

FORMAT = 1
HEAD, MANIFEST = "head.json", "manifest.json"
TABLES, FIGURES, FILES, HASHES = "tables", "figures", "files", "hashes"
PART = 1024 * 1024  # bytes after which lines go on in a further part
MANY_FILES = 1000  # files after which their hashes are told
_as_it_is = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_in_order = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def line_of(value: object, *, as_it_is: bool = False) -> bytes:
    """One line of JSON, always the same for the same value, or with the keys of dictionaries in the order they have."""
    told = _as_it_is(value) if as_it_is else _in_order(value)
    return told.encode("utf-8", "surrogatepass") + b"\n"


@dataclass
class Tally:
    """How many there were, and what they said, whatever their order."""

    rows: int = 0
    hash: int = 0
    weight: int = 0  # of files: their bytes; of figures: how many numbers the lines hold
    highest: int | None = None  # of a table: the highest key that was ever given out

    def add(self, line: bytes, weight: int = 0) -> None:
        self.rows += 1
        self.hash = (self.hash + int.from_bytes(hashlib.sha256(line).digest())) % 2**256
        self.weight += weight

    def says_the_same(self, other: Tally) -> bool:
        return (self.rows, self.hash) == (other.rows, other.hash)


@dataclass
class Contents:
    """What a backup holds, as its manifest says it."""

    tables: dict[str, Tally] = field(default_factory=dict)
    files: Tally = field(default_factory=Tally)
    figures: Tally = field(default_factory=Tally)
    missing: int = 0  # files that rows name and the disk did not have

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        def told(tally: Tally) -> dict:
            return asdict(tally) | {"hash": f"{tally.hash:064x}"}

        return {
            "tables": {name: told(one) for name, one in self.tables.items()},
            "files": told(self.files),
            "figures": told(self.figures),
            "missing": self.missing,
        }

    @classmethod
    def read(cls, told: dict[str, Any]) -> Contents:
        def tally(one: dict) -> Tally:
            return Tally(**one | {"hash": int(one["hash"], 16)})

        tables = {name: tally(one) for name, one in told["tables"].items()}
        return cls(tables, tally(told["files"]), tally(told["figures"]), told["missing"])


class Writer:
    """Members one after the other, each whole; holds no more than a part."""

    def __init__(self, stream: IO[bytes]):
        self.tar = tarfile.TarFile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)

    def put(self, name: str, content: IO[bytes] | io.RawIOBase, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        self.tar.addfile(info, content)  # type: ignore[arg-type]
        self.tar.members.clear()  # type: ignore[attr-defined]  # or all their names stay in memory

    def put_json(self, name: str, value: object) -> None:
        told = json.dumps(value, ensure_ascii=False, indent=1).encode()
        self.put(name, io.BytesIO(told), len(told))

    def put_lines(self, folder: str, lines: Iterator[bytes], first: bytes = b"") -> None:
        """As many parts as it takes, each beginning with the first line; one at least."""
        number, part = 1, [first]
        size = 0
        for line in lines:
            if size > PART:
                self.put_part(folder, number, part)
                number, part, size = number + 1, [first], 0
            part.append(line)
            size += len(line)
        self.put_part(folder, number, part)

    def put_part(self, folder: str, number: int, part: list[bytes]) -> None:
        told = b"".join(part)
        self.put(f"{folder}/{number:06}.jsonl", io.BytesIO(told), len(told))

    def close(self) -> None:
        self.tar.close()


def members(stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """(name, content) of each member, in order; a content is read before the next one is asked for. Raises Refused."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            while (member := tar.next()) is not None:
                content = tar.extractfile(member)
                if content is not None:
                    yield member.name, content
                tar.members.clear()  # type: ignore[attr-defined]
    except tarfile.TarError:
        raise Refused(_("This file is no backup of this house.")) from None


def read_head(content: IO[bytes]) -> dict[str, Any]:
    head = json.load(content)
    if head["format"] != FORMAT:
        raise Refused(
            _("This backup has format %(theirs)s; this release reads %(ours)s. Restore it with release %(release)s.")
            % {"theirs": head["format"], "ours": FORMAT, "release": head["release"]}
        )
    return head
