"""One figure as a text tells it, to be corrected, accepted or dropped: a form of the published figure it may become.

The model's own rules judge it, with their sentences. Never knows the text around it.
"""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import ReportedFigure
from activities.prose import ToldFigure
from unionrelations.kit.choosing import is_key
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import read_when, to_type
from unionrelations.kit.windows import Precision

from .counts import bounds, read_count
from .unions import NamedField

WAITING, ACCEPTED, DROPPED = "", "yes", "no"
LONGEST_WORDS = LONGEST_PERIOD = 60  # characters; the columns hold no more
Qualifier = ReportedFigure.Qualifier


class Candidate(EntityForm):
    class Meta:
        model = ReportedFigure
        fields = ("indicator", "qualifier", "union", "place", "printed", "note")
        field_classes = {"union": NamedField}

    ON_TOP = ("indicator", "value", "qualifier", "when")
    FOLDED = ("union", "whole", "place", "printed", "note")
    FILLED = frozenset({"low", "high", "first_day", "last_day", "period_printed"})
    AT_FIELD = {"low": "value", "high": "value", "first_day": "when", "last_day": "when", "period_printed": "when"}

    answer = forms.CharField(required=False, widget=forms.HiddenInput)
    value = forms.CharField(required=False, max_length=60, label=gettext_lazy("Value"))
    when = forms.CharField(max_length=120, label=gettext_lazy("Period"))
    whole = forms.IntegerField(
        required=False,
        label=gettext_lazy("Part of number"),
        help_text=gettext_lazy("The number on this page of the figure it is counted within."),
    )

    def __init__(self, sent: QueryDict, told: ToldFigure, number: int, *, start: dict, **kwargs):
        self.told, self.number, self.sent = told, number, sent
        self.is_current = False
        self.beside: list[tuple[ReportedFigure, bool]] = []
        super().__init__(sent, prefix=key_of(told), **kwargs)
        self.has_begun = self.add_prefix("answer") in sent
        if not self.has_begun:
            for name, value in (self._told_values() | start).items():
                self.sent[self.add_prefix(name)] = value
        self.fields["whole"].widget = forms.TextInput(attrs={"inputmode": "numeric"})
        for name in ("value", "when", "whole", "place", "printed"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name in self.ON_TOP:
            self.fields[name].widget.attrs["class"] = "form-control-s"
            self.fields[name].help_text = ""
        self.fields["indicator"].widget.attrs["data-picked"] = "no"  # a plain list: nineteen are chosen from quickly
        self.fields["note"].widget.attrs["rows"] = 2
        del self.fields["version"]
        self.leave_unjudged()

    def _told_values(self) -> dict:
        told = self.told
        number = told.low if told.low is not None else told.high
        printed, note = told.words, ""
        if len(told.words) > LONGEST_WORDS:
            printed, note = cut(told.words), _("In full: “%(words)s”") % {"words": told.words}
        return {
            "answer": WAITING,
            "indicator": told.indicator,
            "qualifier": told.qualifier,
            "value": "" if number is None else str(number),
            "when": self._period_to_type(),
            "printed": printed,
            "note": note,
            "whole": "" if told.subset_of is None else str(told.subset_of + 1),
        }

    def _period_to_type(self) -> str:
        """The days in the shortest words that are read as these; nothing where no last day is told."""
        period = self.told.period
        if period is None or period.last is None:
            return ""
        days = to_type(period.first, period.last, Precision.SPAN)
        try:
            read = read_when(period.printed, None)
        except ValidationError:
            return days
        is_same = (read.starts_on, read.ends_on or read.starts_on) == (period.first, period.last)
        return period.printed if is_same and len(period.printed) <= len(days) else days

    # --- What the page shows

    @property
    def key(self) -> str:
        return str(self.prefix)

    def raw(self, name: str) -> str:
        return self.sent.get(self.add_prefix(name)) or ""

    @property
    def state(self) -> str:
        return self.raw("answer")

    is_accepted = property(lambda self: self.state == ACCEPTED)
    is_dropped = property(lambda self: self.state == DROPPED)
    is_waiting = property(lambda self: self.state not in (ACCEPTED, DROPPED))

    @property
    def union_key(self) -> int | None:
        chosen = self.raw("union")
        return int(chosen) if is_key(chosen) else None

    @property
    def doubts(self) -> list[str]:
        """Why a person should look twice, in sentences."""
        told, said = self.told, []
        if told.doubt:
            said.append(told.doubt)
        if told.planned:
            said.append(_("It tells of what is planned, not of what was done."))
        if self.raw("qualifier") == Qualifier.VAGUE:
            said.append(_("The words are kept as they are. They never become a number."))
        if not self.raw("when").strip():
            said.append(_("The text does not say of which period. Write it."))
        if not self.raw("union") and not self.raw("union-words"):
            said.append(self._no_union())
        return said

    def _no_union(self) -> str:
        if self.told.organisation:
            return _("The text says “%(words)s”. Choose the union that is meant.") % {"words": self.told.organisation}
        return _("The text does not say whose figure it is. Choose the union.")

    @property
    def is_asked(self) -> bool:
        return bool(self.doubts)

    @property
    def hints(self) -> list[str]:
        """What helps to judge it, where nothing has to be asked."""
        said = []
        if self.raw("whole"):
            said.append(_("Part of number %(number)s.") % {"number": self.raw("whole")})
        if len(self.told.words) > LONGEST_WORDS:
            said.append(
                ngettext(
                    "More than %(most)d character: the number's own words are kept, the rest in the remark.",
                    "More than %(most)d characters: the number's own words are kept, the rest in the remark.",
                    LONGEST_WORDS,
                )
                % {"most": LONGEST_WORDS}
            )
        return said

    @property
    def in_words(self) -> str:
        """What it says now, on one line."""
        labels = {name: dict(self.fields[name].choices) for name in ("indicator", "qualifier")}
        said = [labels[name].get(self.raw(name), "") for name in ("indicator", "qualifier")]
        return ", ".join(str(one) for one in (said[0], self.raw("value"), said[1], self.raw("when")) if one)

    @property
    def needs_more(self) -> bool:
        """Whether what stands in the fold has to be seen to."""
        return any(bound.errors for bound in self.folded)

    @property
    def lacks_union(self) -> bool:
        return not self.raw("union") or "union" in self.errors

    def names_sent(self) -> list[str]:
        """Under which names its controls send what stands in them."""
        return [self.add_prefix(name) for name in (*self.fields, "union-words", "union-meant")]

    @property
    def on_top(self) -> list:
        return [self[name] for name in self.ON_TOP]

    @property
    def folded(self) -> list:
        """The union stands among them once it is known."""
        return [self[name] for name in self.FOLDED if name != "union" or not self.lacks_union]

    # --- Judging it

    def leave_unjudged(self) -> None:
        """Nobody asked yet whether it is right, so nothing is wrong yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def judge(self) -> bool:
        self._errors = None
        return self.is_valid()

    def settle(self, state: str) -> None:
        """Answers it; accepted, what was typed is written as it was read, and refused it stays waiting."""
        if state == ACCEPTED and not self.judge():
            state = WAITING
        elif state == ACCEPTED:
            read = {"union": self.cleaned_data["union"].pk, "qualifier": self.cleaned_data["qualifier"]}
            number = self.cleaned_data["value"]
            read |= {"value": "" if number is None else number, "union-words": ""}
            for name, value in read.items():
                self.sent[self.add_prefix(name)] = str(value)
        self.sent[self.add_prefix("answer")] = state

    def wait(self) -> None:
        self.sent[self.add_prefix("answer")] = WAITING

    def tell_of(self, key: str, words: str) -> None:
        """Takes the union chosen for all, by its key or by the words typed."""
        if not self.is_dropped:
            self.sent[self.add_prefix("union")] = key
            self.sent[self.add_prefix("union-words")] = words

    def clean_value(self) -> int | None:
        typed = self.cleaned_data["value"].strip()
        if not typed:
            return None
        number, said = read_count(typed)
        if said:
            self.cleaned_data["qualifier"] = said
        return number

    def clean_when(self) -> Period:
        read = read_when(self.cleaned_data["when"], None)
        return Period(read.starts_on, read.ends_on or read.starts_on)

    def clean(self):
        cleaned = super().clean()
        is_vague = cleaned.get("qualifier") == Qualifier.VAGUE
        if "value" not in self.errors and cleaned.get("value") is None and not is_vague:
            self.add_error("value", _("Write the number; where none is printed, choose “no number”."))
        return cleaned

    def _post_clean(self):
        cleaned, figure = self.cleaned_data, self.instance
        if "value" not in self.errors and cleaned.get("qualifier"):
            figure.low, figure.high = bounds(cleaned.get("value"), cleaned["qualifier"])
        if period := cleaned.get("when"):
            figure.first_day, figure.last_day = period.start, period.end
            figure.period_printed = self._period_as_printed(period)
        super()._post_clean()

    def _period_as_printed(self, period: Period) -> str:
        """The document's own words as long as the days are those they tell."""
        told = self.told.period
        if told is not None and told.first == period.start and told.last in (None, period.end):
            return told.printed[:LONGEST_PERIOD]
        return self.raw("when").strip()[:LONGEST_PERIOD]

    def _get_validation_exclusions(self):
        """The columns filled here are judged with the rest, and so is the document once there is one."""
        known = {name for name in self.FILLED if self.AT_FIELD[name] not in self.errors}
        known |= {"document"} if self.instance.document_id else set()
        return set(super()._get_validation_exclusions()) - known

    def _update_errors(self, errors):
        """What the model says of a column is said at the field that fills it."""
        if isinstance(errors, ValidationError) and hasattr(errors, "error_dict"):
            said: dict[str, list] = {}
            for name, problems in errors.error_dict.items():
                said.setdefault(self.AT_FIELD.get(name, name), []).extend(problems)
            errors = ValidationError(said)
        super()._update_errors(errors)


def key_of(told: ToldFigure) -> str:
    """The same for the same words each time the text is read."""
    return f"f{told.start}-{told.end}-{told.indicator}"


def cut(words: str) -> str:
    """The words around the number, no more of them than a figure keeps."""
    number = re.search(r"\d", words)
    before = words.rfind(" ", 0, number.start() - 1) + 1 if number else 0  # with the word that qualifies it
    rest = words[max(before, 0) :]
    return rest if len(rest) <= LONGEST_WORDS else rest[: LONGEST_WORDS + 1].rpartition(" ")[0] or rest[:LONGEST_WORDS]
