"""A long sequence in pieces outside memory: written once, read as often as wanted, gone with whoever holds it.

Holds what the house itself put there, in a file without a name. Never knows what the items are.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
IN_MEMORY = 2**20  # bytes; what is shorter never reaches the disk


class Pieces(Generic[Item]):
    """Iterating gives the pieces as they were added, each read anew: what is done to an item is not kept.

    Objects of the `shared` types stay in memory and are themselves wherever an item names them.
    """

    def __init__(self, *shared: type) -> None:
        self.shared, self.known, self.named = shared, dict[int, int](), list[Any]()
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with its holder
        self.starts: list[int] = []

    def add(self, items: Sequence[Item]) -> None:
        self.starts.append(self.file.seek(0, 2))
        _Writer(self).dump(list(items))

    def __iter__(self) -> Iterator[list[Item]]:
        for start in self.starts:
            self.file.seek(start)
            yield _Reader(self).load()

    def __len__(self) -> int:
        return len(self.starts)


class _Writer(pickle.Pickler):
    def __init__(self, pieces: Pieces) -> None:
        super().__init__(pieces.file, pickle.HIGHEST_PROTOCOL)
        self.pieces = pieces

    def persistent_id(self, obj: Any) -> int | None:
        if not isinstance(obj, self.pieces.shared):
            return None
        if id(obj) not in self.pieces.known:
            self.pieces.known[id(obj)] = len(self.pieces.named)
            self.pieces.named.append(obj)
        return self.pieces.known[id(obj)]


class _Reader(pickle.Unpickler):
    def __init__(self, pieces: Pieces) -> None:
        super().__init__(pieces.file)
        self.pieces = pieces

    def persistent_load(self, pid: int) -> Any:
        return self.pieces.named[pid]
