"""One field for a date as people write it, in place of first day, last day, precision and words.

Never knows what is dated, only that its model is `Dated`.
"""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .forms import EntityForm
from .periods import Period
from .typed_dates import LONGEST, Reading, read_when, to_type
from .windows import Precision


class WhenField(forms.CharField):
    """A line of words; the form it stands in reads them, since only the form knows the day and the record."""

    def __init__(self, **options):
        options = {
            "label": _("When"),
            "help_text": _("As you would write it: 12-18/6/2023, tháng 6/2022, quý II/2022, 6 tháng đầu năm 2023."),
            "max_length": LONGEST,
            "widget": forms.TextInput(attrs={"autocomplete": "off"}),
        } | options
        super().__init__(**options)


class WhenForm(EntityForm):
    """Fills the four fields of a dated record from one. Words left as they were leave the record as it was."""

    FILLED: ClassVar = frozenset({"starts_on", "ends_on", "precision", "date_words"})

    when = WhenField()
    within: Period | None = None  # where a day without its year lies; else the nearest to today is meant

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading: Reading | None = None  # what was typed, where it was understood and is new to the record
        one = self.instance
        if one.pk and one.starts_on is not None:
            self.initial.setdefault("when", to_type(one.starts_on, one.ends_on, one.precision))

    def clean_when(self) -> str:
        words = self.cleaned_data["when"]
        if not self.instance.pk or "when" in self.changed_data:
            read = read_when(words, self.today, self.within)
            self.reading = None if self._tells_already(read) else read
        return words

    def _tells_already(self, read: Reading) -> bool:
        """Whether the record says so, and the words are another spelling only: then the source's own words stay."""
        one = self.instance
        told = (one.starts_on, one.ends_on, one.precision)
        return bool(one.pk) and told == (read.starts_on, read.ends_on, read.precision)

    def _post_clean(self):
        if self.reading is not None:
            one, read = self.instance, self.reading
            one.starts_on, one.ends_on, one.precision = read.starts_on, read.ends_on, read.precision
            one.date_words = "" if read.precision == Precision.DAY else read.words
        super()._post_clean()

    def _get_validation_exclusions(self):
        excluded = set(super()._get_validation_exclusions())
        return excluded if "when" in self.errors else excluded - self.FILLED

    def _update_errors(self, errors):
        """What the model says of any of the four is said at the one field."""
        if isinstance(errors, ValidationError) and hasattr(errors, "error_dict"):
            said: dict[str, list] = {}
            for name, problems in errors.error_dict.items():
                said.setdefault("when" if name in self.FILLED else name, []).extend(problems)
            errors = ValidationError(said)
        super()._update_errors(errors)
