"""How a union is chosen beside each figure, and once for all of them. Never knows a figure."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from unionrelations.accounts.models import Union
from unionrelations.kit.choosing import RecordField, Shelf


class NamedField(RecordField):
    """A record chosen by typing its name: of a hundred figures on a page, none carries the list of all unions."""

    most_rendered = 0


class ForAll(forms.Form):
    """The one union that every figure of a page is of."""

    everyone = NamedField(Union.objects.none(), required=False, label=gettext_lazy("One union for every figure"))

    def __init__(self, chosen: int | None, shelf: Shelf):
        super().__init__(initial={"everyone": chosen})
        self.fields["everyone"].queryset = shelf.queryset
        self.fields["everyone"].share(shelf, [chosen])
