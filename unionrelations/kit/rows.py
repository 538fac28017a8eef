"""Rows entered with a record, of which there may be many. Never knows which record."""

from __future__ import annotations

from django import forms

from .choosing import Records

MOST_RENDERED_IN_A_ROW = 30  # choices; every row carries its own


class RowFormSet(forms.BaseInlineFormSet):
    """The same field of every row chooses from one shelf, so that more rows ask the database no more questions."""

    def _construct_form(self, i, **kwargs):
        row = super()._construct_form(i, **kwargs)
        shelves = self.__dict__.setdefault("_shelves", {})
        for name, field in row.fields.items():
            if isinstance(field, Records):
                field.most_rendered = MOST_RENDERED_IN_A_ROW
                field.share(shelves.setdefault(name, field.shelf), [row[name].value()])
        return row
