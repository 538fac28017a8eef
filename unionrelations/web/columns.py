"""Which columns a list's reader may choose, which stand, and the way to move each. Never knows a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.http import QueryDict
from django.utils.translation import get_language

from unionrelations.kit.tables import EntityTable

from .asked import COLUMNS, address, columns_asked


@dataclass(frozen=True)
class Choice:
    name: str
    label: str
    is_shown: bool
    earlier: str = ""  # the address of the list with this column one place further to the front


@dataclass(frozen=True)
class Choices:
    columns: list[Choice]
    reset: str  # the address with the columns nobody chose; empty where that is what stands


def choices_of(table: type[EntityTable], asked: QueryDict) -> Choices:
    """Every column but the first, which always stands: those shown in their order, then the others."""
    chosen = columns_asked(asked)
    _first, *shown = table.known(chosen) if chosen else [one for one in table.names() if one not in table.offered]
    others = [one for one in table.names()[1:] if one not in shown]
    headers = _headers(table, get_language())  # type: ignore[arg-type]
    columns = [
        Choice(name, headers[name], True, _moved(shown, place, asked) if place else "")
        for place, name in enumerate(shown)
    ]
    columns += [Choice(name, headers[name], False) for name in others]
    return Choices(columns, address(asked, columns=None) if chosen else "")


@cache
def _headers(table: type[EntityTable], language: str) -> dict[str, str]:
    """What its columns are called; to be asked, they need a table, and one is made once for each language."""
    return {one.name: str(one.header) for one in table(table._meta.model.objects.none(), columns=table.names()).columns}


def _moved(shown: list[str], place: int, asked: QueryDict) -> str:
    order = [*shown[: place - 1], shown[place], shown[place - 1], *shown[place + 1 :]]
    return address(asked, **{COLUMNS: ",".join(order)})
