"""Every place where a person of this name stands, and what is kept of them there. Changes nothing.

A name is all there is to go by: namesakes are found together, and whoever asks tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from django.utils.text import capfirst

from unionrelations.accounts.models import User

from .holdings import HOLDINGS, Holding
from .spotting import is_name, pattern, spots, stands_within

OWNERS = ("activity", "partner", "document", "plan", "agreement")
AROUND = 60  # characters shown on each side of a name in prose


@dataclass(frozen=True)
class Place:
    """One row that names the person: in fields that hold the name alone, in prose, or both."""

    holding: Holding
    row: Model
    names: tuple[str, ...]
    prose: tuple[str, ...]
    person: str

    @property
    def key(self) -> str:
        return f"{self.holding.label}:{self.row.pk}"

    @property
    def kind(self) -> str:
        return capfirst(str(self.holding.model._meta.verbose_name))

    @property
    def owner(self) -> Model:
        """The activity, partner, document, plan or agreement the row belongs to, else the row itself."""
        return next((one for name in OWNERS if (one := getattr(self.row, name, None)) is not None), self.row)

    def kept(self) -> list[tuple[str, str]]:
        """(name of the field, what it says) of all that is kept of the person here; of prose the words around."""
        whole = (*self.names, *(self.holding.details if self.names else ()))
        found = [(self._label(name), str(getattr(self.row, name) or "")) for name in whole]
        for name in self.prose:
            said = getattr(self.row, name)
            text = said if isinstance(said, str) else str(said)
            found.append((self._label(name), _around(text, self.person)))
        return [(label, words) for label, words in found if words]

    def _label(self, name: str) -> str:
        return capfirst(str(self.holding.model._meta.get_field(name).verbose_name))


def places(name: str, reader: User) -> list[Place]:
    """Where this reader sees it, as the list of holdings has it; what is the house's own is left out.

    What is of restricted access and does not name the reader is left out too, and stays as it is.
    """
    found = []
    for holding in HOLDINGS:
        if not holding.working and (here := list(places_in(holding, name))):
            rows = holding.model._default_manager.visible_to(reader).filter(pk__in=[one.row.pk for one in here])
            seen = set(rows.values_list("pk", flat=True))
            found += [one for one in here if one.row.pk in seen]
    return found


def places_in(holding: Holding, name: str) -> Iterator[Place]:
    for row in _candidates(holding, name):
        names = tuple(one for one in holding.names if is_name(getattr(row, one) or "", name))
        loose = (*holding.prose, *(one for one in holding.names if one not in names))
        prose = tuple(one for one in loose if _stands(getattr(row, one), name))
        if names or prose:
            yield Place(holding, row, names, prose, name)


def accounts(name: str) -> list[User]:
    """The accounts of people of this name, its two parts in any order."""
    asked = _any_of(("first_name", "last_name"), pattern(name))
    return [
        one
        for one in User.objects.filter(asked).order_by("pk")
        if is_name(f"{one.last_name} {one.first_name}", name) or is_name(one.get_full_name(), name)
    ]


def _candidates(holding: Holding, name: str) -> Iterable[Model]:
    """Rows that hold the longest word of the name; the exact comparison follows."""
    in_json = [one for one in holding.prose if holding.is_json(one)]
    plain = [one for one in (*holding.names, *holding.prose) if one not in in_json]
    as_text = {f"{one}_as_text": Cast(one, TextField()) for one in in_json}
    asked = _any_of(plain, pattern(name)) | _any_of(as_text, pattern(name, in_json=True))
    owners = [one.name for one in holding.model._meta.fields if one.is_relation and one.name in OWNERS]
    rows = holding.rows().select_related(*owners) if owners else holding.rows()
    return rows.alias(**as_text).filter(asked).order_by("pk").iterator(chunk_size=500)


def _any_of(fields: Iterable[str], words: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__regex": words}) for field in fields), Q(pk__in=()))


def _stands(value: object, name: str) -> bool:
    return any(spots(value, name)) if isinstance(value, str) else bool(value) and stands_within(value, name)


def _around(text: str, name: str) -> str:
    for start, end in spots(text, name):
        before = "…" if start > AROUND else ""
        after = "…" if end + AROUND < len(text) else ""
        return f"{before}{text[max(start - AROUND, 0) : end + AROUND].strip()}{after}"
    return ""
