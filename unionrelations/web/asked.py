"""A list's address, read and rewritten: it holds the whole state. Never knows an entity, a row or a reader."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

COLUMNS, SORT, LENGTH, COUNT, SHEET = "columns", "sort", "per_page", "count", "sheet"
# Which part or which shape of the rows, how many, or with what beside them; never which rows.
NOT_STATE = ("page", "format", COUNT, SHEET)
LONGEST_TOLD = 60  # characters of what somebody typed into an address


@dataclass(frozen=True)
class Chip:
    """One choice in force, in words, and the address without it."""

    label: str
    value: str
    without: str


def tidy(asked: QueryDict, **changes: str | None) -> QueryDict:
    """The state alone: no empty choices, columns in one word, and these changes (None takes one out)."""
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        stated = [one for one in values if one != ""]
        if stated and name not in NOT_STATE:
            kept.setlist(name, [",".join(stated)] if name == COLUMNS else stated)
    for name, value in changes.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    return kept


def address(asked: QueryDict, **changes: str | None) -> str:
    """The same list with these changes, as a link on its page."""
    return f"?{tidy(asked, **changes).urlencode(safe=',')}"


def same_list(one: QueryDict, other: QueryDict) -> bool:
    """Whether two addresses show the same, whatever the order of their parts."""
    first, second = (sorted((name, sorted(values)) for name, values in tidy(query).lists()) for query in (one, other))
    return first == second


def columns_asked(asked: QueryDict) -> list[str]:
    return [name for part in asked.getlist(COLUMNS) for name in part.split(",") if name]


def parameters(bound) -> set[str]:
    """The names under which a filter's field arrives in the address; a range has two."""
    suffixes = getattr(bound.field.widget, "suffixes", None) or [None]
    return {f"{bound.html_name}_{suffix}" if suffix else bound.html_name for suffix in suffixes}


def asks_for_some(filterset, asked: QueryDict) -> bool:
    """Whether a filter of the sheet is set, be it to something nobody can read."""
    names = set().union(*(parameters(bound) for bound in filterset.form if bound.name != "q"))
    return any(asked.get(name) for name in names)


def chips_of(filterset, asked: QueryDict) -> list[Chip]:
    """The filters in force, a chip for each choice; what could not be read is in none."""
    form = filterset.form
    if not form.is_bound:
        return []
    form.errors  # noqa: B018 reads what was sent
    chips = []
    for bound in form.visible_fields():
        chosen = form.cleaned_data.get(bound.name)
        if _is_nothing(chosen):
            continue
        label = capfirst(bound.label)
        if not isinstance(chosen, list):
            without = address(asked, **dict.fromkeys(parameters(bound)))
            chips.append(Chip(label, in_words(bound, chosen), without))
            continue
        for one in chosen:
            left = tidy(asked)
            key = bound.field.prepare_value(one) if hasattr(bound.field, "prepare_value") else one
            left.setlist(bound.html_name, [given for given in left.getlist(bound.html_name) if given != str(key)])
            chips.append(Chip(label, in_words(bound, one), address(left)))
    return chips


def _is_nothing(value) -> bool:
    """Whether a filter was left alone; False is a choice, None is none."""
    if isinstance(value, slice):
        return value.start is None and value.stop is None
    return value is None or (value is not False and hasattr(value, "__len__") and len(value) == 0)


def in_words(bound, value) -> str:
    """A chosen filter value in words."""
    if isinstance(value, slice):
        return f"{in_words(bound, value.start)} – {in_words(bound, value.stop)}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if (
        isinstance(value, str)
        and hasattr(bound.field, "choices")
        and not isinstance(bound.field, forms.ModelChoiceField)
    ):
        return str(_flat(bound.field.choices).get(value, value))
    if isinstance(value, str) and value == getattr(bound.field, "null_value", None):
        return str(bound.field.null_label)
    return str(localize(value)) if value is not None else "…"


def _flat(choices) -> dict:
    """Choices with their words, those in groups among them."""
    flat = {}
    for key, label in choices:
        flat.update(_flat(label) if isinstance(label, list | tuple) else {str(key): label})
    return flat


def notes_on(filterset, asked: QueryDict, known: set[str]) -> list[str]:
    """What of an address was left out because nobody can read it, in sentences; `known` are its other parameters."""
    form, said = filterset.form, []
    for name, errors in form.errors.items():
        label = capfirst(form[name].label) if name in form.fields else ""
        said += [f"{label}: {sentence}" if label else str(sentence) for sentence in errors]
    own = set().union(*(parameters(bound) for bound in form))
    said += [
        _("This list has no filter called “%(name)s”.") % {"name": name[:LONGEST_TOLD]}
        for name in asked
        if name not in own | known | set(NOT_STATE)
    ]
    return said
