"""What is kept so that it need not be made again, and where. Never knows what is made."""

from __future__ import annotations

NOWHERE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


def caches(kept_pages: str) -> dict[str, dict]:
    """By their names; `kept_pages` is a folder in memory that the processes of one server share, or ""."""
    return {
        # What several processes must know together, such as a code that was used: in the database, which all have.
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cached_values"},
        # Figures are kept under the state of what they count, so each process may keep its own; what takes long to
        # count, all figures of a report, processes of one server share besides.
        "figures": _in_the_process("figures", 20_000),
        "counts": _in_a_folder(f"{kept_pages}/counts", 2_000) if kept_pages else NOWHERE,
        # Menus under all they say, some 15 kB each: none goes stale.
        "menus": _in_the_process("menus", 500),
        # What of the history a person reads, as a condition, under all they are: some 40 kB each.
        "conditions": _in_the_process("conditions", 200),
        # Pages under the state of the house and under what they show of it, some 15 kB each; processes of one server
        # share them (`serving.py`).
        "pages": _in_a_folder(kept_pages, 2_000) if kept_pages else _in_the_process("pages", 2_000),
    }


def _in_the_process(name: str, most: int) -> dict:
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": most},
    }


def _in_a_folder(folder: str, most: int) -> dict:
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": folder,
        "OPTIONS": {"MAX_ENTRIES": most},
    }
