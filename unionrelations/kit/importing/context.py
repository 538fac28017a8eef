"""What is known while a spreadsheet is read: whose rows they are, the day, whom names mean, what people decided.

Never knows a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Model

from unionrelations.kit.folding import fold
from unionrelations.kit.naming import NameMatch, Names
from unionrelations.kit.periods import Period

NEW = "new"  # of a name, the answer that it is nobody we know yet


@dataclass(frozen=True)
class New:
    """A record that is not there yet, by the name it is to have."""

    words: str

    @property
    def folded(self) -> str:
        return " ".join(fold(self.words).split())


@dataclass(frozen=True)
class Question:
    """Whom a name means, asked once for all rows that write it so. `near` are (key, label), the likeliest first."""

    model: str  # its label, such as "partners.partner"
    words: str
    near: tuple[tuple[int, str], ...]
    may_be_new: bool

    @property
    def key(self) -> str:
        return answer_key(self.model, self.words)


def answer_key(model: str, words: str) -> str:
    return f"{model}:{' '.join(fold(words).split())}"


@dataclass
class Context:
    """`union` owns every row. `reader` is whoever hands the file in; None where the house does, on its command line.

    `answers` are people's decisions about names: question key → the record's key, or "new".
    """

    union: Any
    today: date
    reader: Any = None
    period: Period | None = None
    answers: Mapping[str, int | str] = field(default_factory=dict)
    file_name: str = ""
    file_code: str = ""  # the same for the same bytes
    made: list[Model] = field(default_factory=list)  # records stored beside those of the rows
    indexes: dict[str, Names] = field(default_factory=dict)
    matches: dict[str, NameMatch] = field(default_factory=dict)
    told: dict[type, dict[Any, int]] = field(default_factory=dict)  # importer → its records by what tells them

    def within(self, period: Period | None) -> Context:
        """The same for a table of another period; what was looked up is shared."""
        return replace(self, period=period)

    def anew(self) -> Context:
        """The same for storing: what is stored by now is looked up again, what was made is told to both."""
        return replace(self, told={})

    def rows(self, model: type[Model]):
        """Of a table, what whoever hands the file in may see."""
        rows = model._default_manager.unrestricted()
        return rows if self.reader is None else rows.visible_to(self.reader)

    def names(self, model: type[Model]) -> Names:
        """Everybody of a table by every name they go by; asked for once."""
        label = model._meta.label_lower
        if label not in self.indexes:
            self.indexes[label] = Names(_entries(self.rows(model)))
        return self.indexes[label]

    def meant(self, model: type[Model], words: str) -> NameMatch | int | New:
        """Whom the words mean: a key or somebody new where a person said so or it is certain, else what is near."""
        key = answer_key(model._meta.label_lower, words)
        answer = self.answers.get(key)
        if answer == NEW:
            return New(words)
        if answer is not None:
            return int(answer)
        if key not in self.matches:
            self.matches[key] = self.names(model).match(words)
        found = self.matches[key]
        return found if found.key is None else int(found.key)  # type: ignore[call-overload]


def _entries(records: Iterable) -> Iterable[tuple]:
    for one in records:
        codes = {getattr(one, "code", None)}  # a code folds into other records' names
        yield one.pk, str(one), [name for name in one.names() if name not in codes]
