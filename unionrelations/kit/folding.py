"""Names as people type them: marks, case, hyphens and đ do not matter. Never knows whose names they are."""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from .sorting import ByName, NameShown

MOST_WORDS = 12  # of a search; further ones narrow nothing a person would notice

_HYPHENS = re.compile(r"(?<=\w)[-‐‑‒–](?=\w)")
_NOT_WORDS = re.compile(r"[^\w\n]+")


class _Bare(dict):
    """Letters as they are searched, by their code: small, without marks; worked out once for each letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = "" if unicodedata.combining(letter) else letter.lower()
        return self[code]


_BARE = _Bare({ord("đ"): "d", ord("Đ"): "d", ord("_"): " "})


def fold(words: str) -> str:
    """Lower case without marks: "Công đoàn Phlen-đơ" and "cong doan phlendo" become the same.

    A hyphen inside a word is dropped, every other sign is a blank; line ends stay, since they part names.
    """
    bare = _HYPHENS.sub("", unicodedata.normalize("NFD", words).translate(_BARE))
    return "\n".join(_NOT_WORDS.sub(" ", line).strip() for line in bare.split("\n"))


def spell(words: str) -> str:
    """Lower case, composed, blanks evened out: the spelling with its marks, for ranking exact matches first."""
    return " ".join(unicodedata.normalize("NFC", words).lower().split())


def words_of(typed: str) -> list[str]:
    """The folded words of a search. A word that stands inside another one of them says nothing of its own."""
    words = list(dict.fromkeys(fold(typed).split()))[:MOST_WORDS]
    return [one for one in words if not any(one != other and one in other for other in words)]


class FindableQuerySet(models.QuerySet):
    """Tables whose rows are found by name."""

    def find(self, words: str):
        """Rows that hold every word, best match first: the exact spelling, then a name's beginning, then the rest."""
        return self.holding(words).best_first(words)

    def holding(self, words: str):
        """Rows whose names hold every word, in any order. Words without a letter or figure find nothing."""
        wanted = words_of(words)
        return self.filter(*(Q(folded__contains=word) for word in wanted)) if wanted else self.none()

    def best_first(self, words: str):
        spelled, folded = spell(words), " ".join(fold(words).split())
        return self.alias(
            match_rank=Case(
                When(spelled__startswith=spelled, then=Value(0)),
                When(Q(spelled__contains="\n" + spelled) | Q(spelled__contains=" " + spelled), then=Value(1)),
                When(Q(folded__startswith=folded) | Q(folded__contains="\n" + folded), then=Value(2)),
                When(folded__contains=" " + folded, then=Value(3)),
                default=Value(4),
                output_field=IntegerField(),
            )
        ).order_by("match_rank", self.model.by_name(), "pk")

    def called(self, *besides: str):
        """Read for nothing but what they are called by, where that is their name in one of two languages."""
        if not issubclass(self.model, NamedInTwoLanguages):
            return self
        return self.only("pk", *besides, *self.model.named_by, "folded")

    def in_order(self):
        """As a reader looks names up."""
        return self.order_by(self.model.by_name(), "pk")


class Findable(models.Model):
    """Keeps, beside the names, the folded column searched and the spelled column that ranks."""

    found_by: ClassVar[tuple[str, ...]] = ()  # fields that hold names; each line of them is one name
    named_by: ClassVar[tuple[str, ...]] = ()  # its name, and the one in English, where it is not the first of those

    folded = models.TextField(editable=False, default="")
    spelled = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        self.keep_names()
        if update_fields is not None:
            update_fields = {*update_fields, "folded", "spelled"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def keep_names(self) -> None:
        """Fills both columns from the names; `save` does, and whoever stores many rows at once has to."""
        self.folded = "\n".join(fold(name) for name in self.names())
        self.spelled = "\n".join(spell(name) for name in self.names())

    @classmethod
    def by_name(cls) -> ByName:
        """The order of its rows by the name the reader sees."""
        return ByName(*(cls.named_by or cls.found_by[:1]))

    def names(self) -> list[str]:
        """Every name it goes by, one a line in the columns searched."""
        lines = (line.strip() for field in self.found_by for line in str(getattr(self, field) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class FoundLater(Findable):
    """Found by its words, which rows kept before were not; the database fills in what older code does not know of."""

    folded = models.TextField(editable=False, default="", db_default="")
    spelled = models.TextField(editable=False, default="", db_default="")

    class Meta:
        abstract = True


class NamedInTwoLanguages(Findable):
    """Goes by its name in Vietnamese, and by the one in English to a reader of English where it has one."""

    named_by = ("name", "name_en")
    shortened_by: ClassVar[str] = ""  # the field that holds what it goes by where space is short, if it has one

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def label(self) -> str:
        """What it goes by where space is short, else its name."""
        return (self.shortened_by and getattr(self, self.shortened_by)) or str(self)

    @classmethod
    def label_at(cls, path: str) -> Combinable:
        """`label` of the record a relation leads to, asked of the database."""
        name = NameShown(*(f"{path}__{field}" for field in cls.named_by))
        return Coalesce(NullIf(F(f"{path}__{cls.shortened_by}"), Value("")), name) if cls.shortened_by else name

    @property
    def other_name(self) -> str:
        """The name in the other language, to stand beside the one the reader sees; "" where there is none."""
        other = self.name if str(self) == self.name_en else self.name_en
        return "" if other == str(self) else other
