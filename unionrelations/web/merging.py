"""Two people's edits of one record, put together. Never saves anything, never knows an entity.

Three states meet: what stood in the form when it was opened, what the other person saved meanwhile, what was typed.
Where only one side changed a field, that side's words stand. Where both did, the person at the form chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django import forms
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.choosing import TYPED, Records, is_key

CHOICE = "choose-"  # before a field's name: whose words stand, "theirs" or "mine"
ROW = "row"  # in place of a field's name: the whole row
NOT_MERGED = ("id", "DELETE", "version", "seen_warnings")

State = dict[str, list[str]]


@dataclass
class Clash:
    """A field both sides changed."""

    name: str
    label: str
    theirs: str
    mine: str

    @property
    def choice(self) -> str:
        return CHOICE + self.name


@dataclass
class Meeting:
    """What came of it: the fields taken from the other person by themselves, and those to be chosen."""

    taken: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def as_sent(bound) -> list[str]:
    """What a browser would send for a field as it stands, blanks left out."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.FileInput):
        return []
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    several = shown if isinstance(shown, list | tuple) else [shown]
    texts = (str(one).replace("\r\n", "\n").strip() for one in several if one is not None)
    return sorted(one for one in texts if one)


def state_of(form) -> State:
    return {
        name: as_sent(form[name])
        for name, one in form.fields.items()
        if name not in NOT_MERGED and not isinstance(one, InlineForeignKeyField)
    }


def states_of(formset) -> dict[str, State]:
    """The stored rows of a form set, by their keys."""
    return {str(one.instance.pk): state_of(one) for one in formset.initial_forms}


def said(bound) -> str:
    """What a field holds, in words."""
    held = as_sent(bound)
    if isinstance(bound.field, Records):
        names = {str(key): str(label) for key, label in bound.field.options_for([one for one in held if is_key(one)])}
    else:
        choices = getattr(bound.field, "choices", None) or getattr(bound.field.widget, "choices", ())
        names = {str(key): str(label) for key, label in choices}
    if isinstance(bound.field.widget, forms.Textarea | forms.TextInput):
        return str(bound.value() or "")
    return ", ".join(names.get(one, one.removeprefix(TYPED)) for one in held)


def _put(data: QueryDict, form, name: str, sent: list[str]) -> None:
    """Writes the other person's words into what is about to be read."""
    key = form.add_prefix(name)
    for spare in (f"{key}-words", f"{key}-meant"):
        data.pop(spare, None)
    if isinstance(form.fields[name].widget, forms.CheckboxInput) and not sent:
        data.pop(key, None)
    else:
        data.setlist(key, sent or [""])


def merge_fields(meeting: Meeting, data: QueryDict, was: State | None, theirs, mine, *, row: str = "") -> None:
    """Merges one form's fields into `data`, under the names of `mine`."""
    stored, typed = state_of(theirs), state_of(mine)
    for name, words in typed.items():
        before = None if was is None else was.get(name)
        if words == stored.get(name) or name not in stored or (before is not None and stored[name] == before):
            continue
        label = ": ".join(filter(None, (row, str(capfirst(mine.fields[name].label or name)))))
        if before is not None and words == before:
            _put(data, mine, name, stored[name])
            meeting.taken.append(label)
        else:
            meeting.clashes.append(Clash(mine.add_prefix(name), label, said(theirs[name]), said(mine[name])))


def merge_rows(meeting: Meeting, data: QueryDict, was: dict[str, State] | None, theirs, mine) -> None:
    """Merges the rows under a form into `data`, numbered anew: the stored ones first, as they stand now."""
    key = next(iter(getattr(mine.form, "entered_by", ())), None)
    sent = {data.get(one.add_prefix("id")) or f"new {number}": one for number, one in enumerate(mine.forms)}
    stored = {str(one.instance.pk): one for one in theirs.initial_forms}
    lines = []  # (row's key, its fields as sent, whether it is to go)
    for pk, row in stored.items():
        own = sent.pop(pk, None) or (was is not None and pk not in was and _same_row(sent, key, row)) or None
        if own is None:
            lines.append((pk, {name: words or [""] for name, words in state_of(row).items()}, False))
            if was is None or pk not in was:
                meeting.taken.append(str(row.instance))
            continue
        prefix = f"{mine.prefix}-{len(lines)}"
        lines.append(_line(meeting, data, (was or {}).get(pk), row, own, prefix))
    for pk, own in sent.items():
        kept = {name: words or [""] for name, words in state_of(own).items()}
        is_gone = not pk.startswith("new ")
        if is_gone and (data.get(own.add_prefix("DELETE")) or (was or {}).get(pk) == state_of(own)):
            meeting.taken.append(_("a row was removed"))
            continue
        if is_gone:
            name = f"{mine.prefix}-{len(lines)}-{ROW}"
            meeting.clashes.append(Clash(name, str(mine.heading), _("removed"), _row_in_words(own)))
        lines.append(("", kept, False))
    _write(data, mine, lines)


def _same_row(sent: dict, key: str | None, row):
    """A row typed anew for the very thing the other person has added meanwhile."""
    for name, one in list(sent.items()):
        if key and name.startswith("new ") and as_sent(one[key]) and as_sent(one[key]) == as_sent(row[key]):
            return sent.pop(name)
    return None


def _line(meeting: Meeting, data: QueryDict, was: State | None, row, own, prefix: str) -> tuple[str, State, bool]:
    """One stored row with what was typed in it."""
    part, goes = Meeting(), bool(data.get(own.add_prefix("DELETE")))
    merge_fields(part, data, was, row, own, row=str(row.instance))
    if goes and was is not None and was != state_of(row):
        meeting.clashes.append(Clash(f"{prefix}-{ROW}", str(row.instance), _row_in_words(row), _("removed")))
    else:
        meeting.taken += part.taken
        for one in part.clashes:
            one.name = f"{prefix}-{one.name.rpartition('-')[2]}"
            meeting.clashes.append(one)
    fields = {name: data.getlist(own.add_prefix(name)) for name in state_of(own)}
    return str(row.instance.pk), fields, goes


def _row_in_words(row) -> str:
    return ", ".join(filter(None, (said(row[name]) for name in state_of(row))))


def _write(data: QueryDict, formset, lines: list) -> None:
    for name in [one for one in data if one.startswith(f"{formset.prefix}-")]:
        del data[name]
    data[f"{formset.prefix}-TOTAL_FORMS"] = str(len(lines))
    data[f"{formset.prefix}-INITIAL_FORMS"] = str(sum(bool(pk) for pk, _fields, _goes in lines))
    for number, (pk, fields, goes) in enumerate(lines):
        start = f"{formset.prefix}-{number}"
        data[f"{start}-id"] = pk
        for name, words in fields.items():
            data.setlist(f"{start}-{name}", words)
        if goes:
            data[f"{start}-DELETE"] = "on"


def choose(data: QueryDict, was: State, rows: dict[str, dict[str, State]]) -> None:
    """Carries out the choices made: where theirs was chosen, what they saved takes the place of what was typed."""
    for chosen in [one for one in data if one.startswith(CHOICE) and data[one] == "theirs"]:
        name = chosen.removeprefix(CHOICE)
        line = re.fullmatch(r"(?P<prefix>rows-\d+)-(?P<number>\d+)-(?P<field>\w+)", name)
        if line is None:
            if name in was:
                data.setlist(name, was[name] or [""])
                data.pop(f"{name}-words", None)
            continue
        start = f"{line['prefix']}-{line['number']}"
        stored = rows.get(line["prefix"], {}).get(data.get(f"{start}-id", ""))
        if line["field"] != ROW:
            if stored is not None:
                data.setlist(name, stored.get(line["field"]) or [""])
        elif stored is not None:
            data.pop(f"{start}-DELETE", None)
            for one, words in stored.items():
                data.setlist(f"{start}-{one}", words or [""])
        else:  # they removed it: a new row without anything in it is none
            for one in [one for one in data if one.startswith(f"{start}-") and not one.endswith("-id")]:
                data[one] = ""
