"""How paper shows what a record says, and what it does not say. Never knows a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format

from unionrelations.kit.writers.filled import BLANK


def told(said: Any) -> Any:
    """Words or a number as paper shows them; BLANK for what nobody recorded."""
    if said in (None, ""):
        return BLANK
    return number_format(said) if isinstance(said, int) else said


def joined(said: Iterable[Any]) -> Any:
    return told(", ".join(str(one) for one in said))


def numbered(rows: Iterable[dict]) -> list[dict]:
    return [{"no": str(number), **row} for number, row in enumerate(rows, start=1)]
