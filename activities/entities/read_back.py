"""A typed date said back before it is saved: in words, how long, and in which term it counts. Never saves anything."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activities.models import Term
from unionrelations.kit.typed_dates import Reading, read_when, to_type
from unionrelations.kit.windows import Precision, day_in_words


class ReadBack:
    """What `words` say to this reader, or `problem`, the sentence that says why they say nothing."""

    def __init__(self, words: str, user, today: date):
        self.user = user
        self.problem = ""
        self.reading: Reading | None = None
        try:
            self.reading = read_when(words, today) if words.strip() else None
        except ValidationError as refused:
            self.problem = " ".join(refused.messages)

    @property
    def is_vague(self) -> bool:
        return self.reading is not None and self.reading.precision != Precision.DAY

    @cached_property
    def sentences(self) -> list[str]:
        if self.reading is None:
            return []
        said = [self._day_known() if not self.is_vague else self._day_not_known(), self._year(), self._term()]
        return [one for one in said if one]

    def _day_known(self) -> str:
        start, end = self.reading.starts_on, self.reading.ends_on
        if end is None:
            return _("%(day)s. The last day is not known; if it was one day only, write %(words)s.") % {
                "day": _with_weekday(start),
                "words": to_type(start, start, Precision.DAY),
            }
        days = (end - start).days + 1
        lasted = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        if end == start:
            return f"{_with_weekday(start)}, {lasted}."
        return f"{_with_weekday(start)} – {_with_weekday(end)}, {lasted}."

    def _day_not_known(self) -> str:
        words = self.reading.in_words
        if self.reading.precision == Precision.SPAN:
            return capfirst(pgettext("span of time", "%(when)s: the day is not known.") % {"when": words})
        return capfirst(_("%(when)s: the day is not known.") % {"when": words})

    def _year(self) -> str:
        if self.reading.year_said:
            return ""
        return _("No year was written: read as %(year)s.") % {"year": self.reading.starts_on.year}

    def _term(self) -> str:
        """Where it counts for the reader's union, by the rule of `counts`: the whole window lies in the term."""
        if self.user.union is None:
            return ""
        terms = Term.objects.visible_to(self.user).of(self.user.union)
        met = [one for one in terms if one.period.overlaps(self.reading.window)]
        if not met:
            return _("It lies in no term recorded here.") if terms else ""
        if met[0].period.covers(self.reading.window):
            return _("It belongs to the term %(term)s.") % {"term": met[0]}
        return _("It may lie in or outside the term %(term)s, so it stays undetermined there.") % {"term": met[0]}


def _with_weekday(day: date) -> str:
    return f"{formats.date_format(day, 'l')} {day_in_words(day)}"
