"""Columns people hand in: the headings each goes by, how its cells are read, what a record holds and comes to hold.

A value is compared as it is, so it says the same whatever way it was written. None is an empty cell. Never knows an
entity.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from unionrelations.kit.folding import Findable, fold
from unionrelations.kit.windows import day_in_words
from unionrelations.kit.written import Misread, read_amount, read_count, read_day, read_mark

from .context import Context, New, Question, answer_key
from .drafts import Draft, shown

LANGUAGES = ("vi", "en")
ANY_WORDS = 32_767  # characters of a text without a limit of its own: what a cell holds


class Column:
    """One fact of a record as a column of a spreadsheet. `headings` are those offices write, parted by bars."""

    is_comparable = True  # whether a row that differs here changes its record

    def __init__(self, name: str, *headings: str, label: Any = "", is_needed: bool = False):
        self.name, self.label = name, label
        self.headings = parted(*headings)
        self.is_needed = is_needed  # a row without it says nothing that can be kept

    def read(self, cell: Any, draft: Draft, context: Context) -> Any:
        """The value a cell says; None where it says nothing. Raises Misread where it cannot be kept."""
        raise NotImplementedError

    def held(self, record: Any, context: Context) -> Any:
        """What a stored record says of it."""
        raise NotImplementedError

    def says_already(self, record: Any, value: Any) -> bool:
        """Whether a record says so in another way."""
        return False

    def together(self, held: Any, said: Any, is_exact: bool) -> Any:
        """What it says once the row was taken in: what the row says, and what it does not gainsay."""
        return said

    def put(self, record: Any, value: Any) -> None:
        """Makes a record say so, where that is a column of its own table."""

    def rows(self, record: Any, value: Any, context: Context) -> Iterable[models.Model]:
        """The further rows a new record needs to say so, unsaved."""
        return ()

    def amend(self, record: Any, value: Any, context: Context) -> None:
        """Makes a stored record say so where that is told by further rows."""

    def in_words(self, value: Any) -> str:
        return shown(value)


class TextColumn(Column):
    """Words, as they stand; line ends stay too."""

    def __init__(self, name: str, *headings: str, longest: int | None = None, **more):
        super().__init__(name, *headings, **more)
        self.longest = longest or ANY_WORDS

    def read(self, cell, draft, context):
        if cell is None:
            return None
        text = unicodedata.normalize("NFC", shown(cell) if not isinstance(cell, str) else cell).strip()
        if len(text) > self.longest:
            raise Misread(
                _("%(length)d characters; at most %(most)d are kept. Shorten it.")
                % {"length": len(text), "most": self.longest}
            )
        return text or None

    def held(self, record, context):
        return getattr(record, self.name) or None

    def put(self, record, value):
        setattr(record, self.name, value or "")


class NameColumn(TextColumn):
    """A name in one language. A list shows the reader's own, so either name is no news to the record."""

    def says_already(self, record, value):
        return value in (record.name, record.name_en)


class GatheredText(TextColumn):
    """A longer text put together from several cells; a list adds what the record does not say yet."""

    def together(self, held, said, is_exact):
        if is_exact or not held:
            return said
        missing = [one for one in (said or "").split("\n") if one and one not in held.split("\n")]
        return "\n".join([held, *missing])


class FieldColumn(Column):
    """A column of the record's own table, read by what kind of field it is."""

    def __init__(self, field: Any, *headings: str, **more):
        label = more.pop("label", None) or capfirst(field.verbose_name)
        super().__init__(field.name, *names_of(field), *headings, label=label, **more)
        self.field = field

    def read(self, cell, draft, context):
        field = self.field
        if cell is None:
            return None
        if isinstance(field, models.BooleanField):
            return read_mark(cell)
        if isinstance(field, models.DateField):
            return read_day(cell, context.period)
        if isinstance(field, models.DecimalField):
            amount = read_amount(cell, draft.headings[self.name][0])
            return None if amount is None else amount.value
        count = read_count(cell)
        if count is None:
            return None
        if count.number is None:
            draft.remarks.append(f"{draft.headings[self.name][0]}: {count.words}")
        return count.number

    def held(self, record, context):
        return getattr(record, self.field.attname)

    def put(self, record, value):
        setattr(record, self.field.attname, value)

    def in_words(self, value):
        if isinstance(value, Decimal):
            return f"{value:f}"
        return day_in_words(value) if isinstance(self.field, models.DateField) and value else shown(value)


class ChoiceColumn(FieldColumn):
    """One of a few words, in either language; `synonyms` are further words for a choice."""

    def __init__(self, field: Any, *headings: str, synonyms: dict[str, tuple[str, ...]] | None = None, **more):
        super().__init__(field, *headings, **more)
        self.synonyms = synonyms or {}

    def read(self, cell, draft, context):
        if cell is None:
            return None
        folded = folded_words(cell)
        for key, label in self._known():
            if folded == label:
                return key
        offered = "; ".join(str(label) for _key, label in self.field.flatchoices)
        raise Misread(_("“%(typed)s” is none of: %(offered)s.") % {"typed": shown(cell), "offered": offered})

    def _known(self) -> Iterator[tuple[Any, str]]:
        for key, _label in self.field.flatchoices:
            yield key, folded_words(key)
            yield from ((key, folded_words(one)) for one in self.synonyms.get(key, ()))
        for language in LANGUAGES:
            with translation.override(language):
                yield from [(key, folded_words(str(label))) for key, label in self.field.flatchoices]

    def held(self, record, context):
        return super().held(record, context) or None

    def put(self, record, value):
        super().put(record, ("" if not self.field.null else None) if value is None else value)

    def in_words(self, value):
        return str(dict(self.field.flatchoices).get(value, shown(value)))


class RecordColumn(FieldColumn):
    """Another record, by any of its names; who is not known for certain is asked about, once for all rows."""

    field: models.ForeignKey
    unknown = gettext_lazy("“%(typed)s” is not listed. Check the spelling, or enter it first.")

    def read(self, cell, draft, context):
        if cell is None:
            return None
        meant = ask(self.model, shown(cell), draft, context, may_be_new=False)
        if isinstance(meant, int):
            return meant
        raise Misread(self.unknown % {"typed": shown(cell)}, suggestion=meant)

    @property
    def model(self):
        return self.field.related_model

    def put(self, record, value):
        if not isinstance(value, New):  # whoever is new gets a key before anything is stored
            super().put(record, value)

    def in_words(self, value):
        if isinstance(value, New):
            return value.words
        return "" if value is None else str(self.model._base_manager.filter(pk=value).first() or "")


def ask(model: type[models.Model], words: str, draft: Draft, context: Context, *, may_be_new: bool) -> int | New | str:
    """The key of whom a name means. Where nobody is certain: somebody new, or the label of who is likeliest, or "".

    Whatever is near is asked about, and waits for a person's say.
    """
    meant = context.meant(model, words)
    label = model._meta.label_lower
    if answer_key(label, words) in context.answers:
        draft.answered.append(Question(label, words, (), may_be_new))
    if isinstance(meant, int | New):
        return meant
    near = tuple((int(one.key), one.label) for one in meant.near)  # type: ignore[call-overload]
    if near:
        draft.questions.append(Question(label, words, near, may_be_new))
    if may_be_new and not meant.ambiguous:
        return New(words)
    return near[0][1] if near else ""


def names_of(field: models.Field) -> tuple[str, ...]:
    """What a field is called in every language, and in the code."""
    called = (field.name, field.name.replace("_", " "), *in_every_language(field.verbose_name))
    return tuple(dict.fromkeys(called))


def in_every_language(words: Any) -> list[str]:
    """A translated text in each of them."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(words))
    return said


def in_house_words(words: Any) -> str:
    """A translated text as it is stored: the same whoever hands a file in, so that it is known again."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def folded_words(words: Any) -> str:
    return " ".join(fold(str(words)).split())


def columns_of(model: type[models.Model], names: Iterable[str], **headings: str) -> tuple[Column, ...]:
    """A column for each of these fields of a model; `headings` are further ones by field."""
    return tuple(_column(model._meta.get_field(name), headings.get(name, "")) for name in names)


def _column(field: Any, headings: str) -> Column:
    is_needed = not field.blank and not field.has_default() and not isinstance(field, models.BooleanField)
    if isinstance(field, models.ForeignKey):
        if not issubclass(field.related_model, Findable):
            raise TypeError(f"{field} is not found by name: give it a column of its own.")
        return RecordColumn(field, headings, is_needed=is_needed)
    if field.choices:
        return ChoiceColumn(field, headings, is_needed=is_needed)
    if isinstance(field, models.CharField | models.TextField):
        return TextColumn(
            field.name,
            *names_of(field),
            headings,
            longest=field.max_length,
            label=field.verbose_name,
            is_needed=is_needed,
        )
    return FieldColumn(field, headings, is_needed=is_needed)


def parted(*told: str) -> tuple[str, ...]:
    """Headings and words as they are declared here: parted by bars."""
    return tuple(one for some in told for one in map(str.strip, some.split("|")) if one)
