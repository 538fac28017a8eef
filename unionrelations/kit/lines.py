"""All rows under a record typed at once, one a line. Never knows what a line says.

Two people who do so at once overwrite nothing: whoever saves second is shown that, and saves again.
"""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

MOST_TYPED = 100_000  # characters


class LinesForm(forms.Form):
    """Shows the rows as lines and makes the stored rows those of the lines; a line nobody touched keeps its row."""

    model: ClassVar[type[models.Model]]
    owner: ClassVar[str] = "activity"  # the row's relation to its record
    how: ClassVar = ""  # how a line is written

    lines = forms.CharField(required=False, max_length=MOST_TYPED, widget=forms.Textarea(attrs={"rows": 14}))
    stood = forms.CharField(required=False, max_length=MOST_TYPED, widget=forms.HiddenInput)

    def __init__(self, *args, record, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.user = record, user
        self.fields["lines"].label = self.model._meta.verbose_name_plural
        self.fields["lines"].help_text = self.how
        self.initial = {"lines": self.told, "stood": self.told}

    @property
    def told(self) -> str:
        """The stored rows as lines; read again, they are the same rows."""
        return "\n".join(self.line(one) for one in self.stored())

    def stored(self):
        return self.model._default_manager.writable_by(self.user).filter(**{self.owner: self.record.pk}).in_order()

    def line(self, row) -> str:
        raise NotImplementedError

    def read(self, text: str) -> list:
        """What the lines say, in their order. Raises ValidationError naming the line that cannot be read."""
        raise NotImplementedError

    def same(self, said, row) -> bool:
        """Whether a line that was changed still speaks of this row."""
        raise NotImplementedError

    def put(self, said, row) -> None:
        """Makes a row say what a line says."""
        raise NotImplementedError

    def clean_lines(self) -> str:
        self.said = self.read(self.cleaned_data["lines"])
        return self.cleaned_data["lines"]

    def clean(self):
        cleaned = super().clean()
        stood, now = (" ".join(one.split()) for one in (cleaned.get("stood") or "", self.told))
        if stood != now:
            typed = self.data.copy()
            typed["stood"] = self.told
            self.data = typed
            raise ValidationError(
                _(
                    "Somebody changed these rows while you had them open. What you typed is kept: compare it with the "
                    "page, and save again."
                ),
                code="conflict",
            )
        return cleaned

    def left_out(self) -> list[models.Model]:
        """The stored rows of which no line speaks any more."""
        kept = {row.pk for _said, row in self._pairs() if row is not None}
        return [one for one in self.stored() if one.pk not in kept]

    def keep(self) -> None:
        """Stores what the lines say and takes away what they leave out."""
        pairs, gone = self._pairs(), self.left_out()
        for one in gone:
            one.delete()
        for said, row in pairs:
            if row is None:
                row = self.model(**{f"{self.owner}_id": self.record.pk})
            elif said.line == self.line(row):
                continue
            self.put(said, row)
            row.changed_by = self.user
            row.full_clean(exclude=[self.owner])
            row.save()

    def _pairs(self) -> list[tuple]:
        """Each line with its row: the same line first, then one that still speaks of it."""
        free = list(self.stored())
        found: dict[int, models.Model] = {}
        for alike in (lambda said, row: said.line == self.line(row), self.same):
            for place, said in enumerate(self.said):
                row = None if place in found else next((one for one in free if alike(said, one)), None)
                if row is not None:
                    found[place] = row
                    free.remove(row)
        return [(said, found.get(place)) for place, said in enumerate(self.said)]
