"""Lines of a table as they were written before, found by all they are written from. Never goes stale: a row that was
changed is another one. Never knows which table, nor who reads.

Whoever saves one record makes every list anew; forty-nine of its fifty rows are what they were.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import caches
from django.utils.translation import get_language

from unionrelations.kit.cells import Row

KEPT_FOR = 3600  # seconds; a name that was erased is not to lie in memory for good


def written(table, write: Callable[[Row], str], *shown) -> list[str]:
    """The line of each row on the page, in its order; `shown` is whatever beside table and row it is written from."""
    rows = list(table.paginated_rows)
    if not getattr(table, "is_of_its_rows_alone", False):
        return [write(row) for row in rows]
    about = (type(table).__qualname__, get_language(), *shown)
    keys = [_key(about, row.record) for row in rows]
    kept = caches["rows"].get_many(keys)
    new = {key: write(row) for key, row in zip(keys, rows, strict=True) if key not in kept}
    caches["rows"].set_many(new, KEPT_FOR)
    return [kept.get(key) or new[key] for key in keys]


def told_by(record) -> tuple:
    """All that was read of a record."""
    return type(record), [(name, value) for name, value in vars(record).items() if name != "_state"]


def _key(about: tuple, record) -> str:
    return blake2b(repr((about, *told_by(record))).encode(), digest_size=20).hexdigest()
