"""What a person says about a spreadsheet that was read: whom names mean, what headings are, what bad cells should say.

Asked in one form, answered in any number of goes. Never reads the file and never stores a row.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.apps import apps
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from unionrelations.importing.models import Import
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.importing.context import NEW
from unionrelations.kit.importing.drafts import alike_key
from unionrelations.kit.importing.headings import IGNORED
from unionrelations.kit.importing.importer import MINE

OTHER = "other"
MOST_ASKED = 60  # questions of a page; the others come once these are answered
CELL, WHOSE, ALIKE = "cell-", "mine", "alike-"


class TypedRecord(RecordField):
    """A record by typing its name: many stand in one form, so none lists its choices."""

    most_rendered = 0


class DecisionForm(forms.Form):
    """A choice for each name nobody is certain of and for each heading nobody knows."""

    def __init__(self, *args, batch: Import, reader, **kwargs):
        super().__init__(*args, auto_id="decide-%s", **kwargs)
        self.batch, self.reader = batch, reader
        self.questions = batch.seen.get("questions", [])[:MOST_ASKED]
        self.unasked = len(batch.seen.get("questions", ())) - len(self.questions)
        shelves: dict = {}
        for number, question in enumerate(self.questions):
            self._ask_who(number, question, shelves)
        for at, table in enumerate(batch.seen.get("tables", ())):
            for number, heading in enumerate(table["unknown"]):
                self._ask_what(f"heading-{at}-{number}", heading, table["choices"])

    def _ask_who(self, number: int, question: dict, shelves: dict) -> None:
        model = apps.get_model(question["model"])
        choices = [(str(key), label) for key, label in question["near"]]
        if question["may_be_new"]:
            choices.append((NEW, _("somebody new, to be entered with the rows")))
        choices.append((OTHER, _("another one, typed beside")))
        self.fields[f"who-{number}"] = forms.ChoiceField(
            label=question["words"], choices=choices, required=False, widget=forms.RadioSelect
        )
        other = TypedRecord(
            label=_("The name of another one"), queryset=model._default_manager.visible_to(self.reader), required=False
        )
        self.fields[f"other-{number}"] = other
        other.share(shelves.setdefault(model, other.shelf), ())

    def _ask_what(self, name: str, heading: dict, columns: list) -> None:
        labels = dict(columns)
        near = [(one, labels[one]) for one in heading["offered"] if one in labels]
        self.fields[name] = forms.ChoiceField(
            label=heading["text"],
            required=False,
            choices=[
                ("", _("none of them: keep it in the remark")),
                (IGNORED, _("leave it out")),
                *([(_("Did you mean"), near)] if near else []),
                (_("All columns"), sorted(labels.items(), key=lambda pair: pair[1])),
            ],
        )

    def clean(self):
        for number, question in enumerate(self.questions):
            said, other = self.cleaned_data.get(f"who-{number}"), self.cleaned_data.get(f"other-{number}")
            if said == OTHER and other is None and f"other-{number}" not in self.errors:
                self.add_error(f"other-{number}", _("Type whom “%(words)s” means.") % {"words": question["words"]})

    @cached_property
    def asked(self) -> list[tuple]:
        """(what is asked, its choice, its line to type in) of each name."""
        return [(one, self[f"who-{number}"], self[f"other-{number}"]) for number, one in enumerate(self.questions)]

    @cached_property
    def headings(self) -> list[tuple]:
        """(the sheet, its choice) of each heading."""
        return [
            (table["sheet"], self[f"heading-{at}-{number}"])
            for at, table in enumerate(self.batch.seen.get("tables", ()))
            for number in range(len(table["unknown"]))
        ]

    def decide(self) -> None:
        """Notes on the import what was said; saves nothing."""
        said = self.cleaned_data
        for number, question in enumerate(self.questions):
            other, who = said.get(f"other-{number}"), said.get(f"who-{number}")
            if other is not None and who in ("", OTHER):
                self.batch.answers[question["key"]] = other.pk
            elif who and who != OTHER:
                self.batch.answers[question["key"]] = who if who == NEW else int(who)
        for at, table in enumerate(self.batch.seen.get("tables", ())):
            for number, heading in enumerate(table["unknown"]):
                if column := said.get(f"heading-{at}-{number}"):
                    self.batch.columns.setdefault(table["shape"], {})[heading["key"]] = column


def put_right(batch: Import, sent: QueryDict, *, even_suggestions: bool) -> bool:
    """Notes on the import what was said of its rows: cells that were mended in the page, rows whose words are to stand,
    rows that tell of a record that is there already or of another one.

    Whether rows now tell of a stored record, so that they may change what nobody was shown yet. A suggestion nobody
    touched is taken only where the person asked for more than the rows that are good already.
    """
    typed = dict(_cells(sent))
    rows = {one.place: one for one in batch.rows.filter(place__in={place for place, _position in typed})}
    kept = {(sheet, row, position): words for sheet, row, position, words in batch.put_right}
    for (place, position), words in typed.items():
        row = rows.get(place)
        problem = next((one for one in row.problems if one[4] == position), None) if row else None
        if problem is None:
            continue
        _column, value, _reason, suggestion, _position = problem
        left_alone = {value.strip()} if even_suggestions else {value.strip(), (suggestion or value).strip()}
        if words not in left_alone:
            kept[row.sheet, row.number, position] = words
    batch.put_right = [[*where, words] for where, words in kept.items()]
    for key in (
        batch.rows.filter(conflict__in=sent.getlist(WHOSE)).exclude(conflict="").values_list("conflict", flat=True)
    ):
        batch.answers[key] = MINE
    return _decide_alike(batch, sent)


def _decide_alike(batch: Import, sent: QueryDict) -> bool:
    is_any_the_same = False
    said = {name.removeprefix(ALIKE): sent[name] for name in sent if name.startswith(ALIKE)}
    places = {int(place[:9]) for place in said if place.isascii() and place.isdigit()}
    for row in batch.rows.filter(place__in=places).exclude(alike=[]):
        answer = said[str(row.place)]
        if answer == NEW or answer in {str(key) for _label, _address, key in row.alike}:
            batch.answers[alike_key(row.sheet, row.number)] = answer if answer == NEW else int(answer)
            is_any_the_same |= answer != NEW
    return is_any_the_same


def _cells(sent: QueryDict) -> Iterator[tuple[tuple[int, int], str]]:
    """((the row's place in the file, the column), what was typed)."""
    for name in sent:
        place, _sign, position = name.removeprefix(CELL).partition("-")
        if name.startswith(CELL) and place.isascii() and place.isdigit() and position.isascii() and position.isdigit():
            yield (int(place[:9]), int(position[:9])), sent[name].strip()
