"""The form a report is built with, and the address its choices lead to. Never counts."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import Activity, Term
from activities.reports.comparing import With
from activities.reports.questions import Only, Question, Rule
from activities.reports.reports import Report
from activities.reports.spans import choices, period_of, word_of
from partners.models import Country, Partner
from unionrelations.accounts.models import Union
from unionrelations.deeds.reports import OTHER
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.forms import DayField
from unionrelations.kit.periods import Period

DAYS = "days"
ANY = ("", gettext_lazy("any"))


def _day(label):
    return DayField(label=label, required=False, widget=forms.DateInput(attrs={"autocomplete": "off"}))


class ReportForm(forms.Form):
    """Which union, which period, what of it, beside what. Offered are the records its reader sees."""

    union = RecordField(label=gettext_lazy("Union"), queryset=Union.objects.none())
    span = forms.ChoiceField(label=gettext_lazy("Period"))
    since = _day(gettext_lazy("From"))
    until = _day(gettext_lazy("To"))
    under = forms.BooleanField(label=gettext_lazy("With the unions below"), required=False)
    compare = forms.ChoiceField(
        label=gettext_lazy("Compare with"),
        required=False,
        choices=[("", gettext_lazy("nothing")), *With.choices, (OTHER, gettext_lazy("another union"))],
    )
    other = RecordField(label=gettext_lazy("The other union"), queryset=Union.objects.none(), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an activity", "Kind"), required=False, choices=[ANY, *Activity.Kind.choices]
    )
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), required=False, choices=[ANY, *Activity.Mode.choices])
    partner = RecordField(label=gettext_lazy("Partner"), queryset=Partner.objects.none(), required=False)
    country = RecordField(label=gettext_lazy("Country"), queryset=Country.objects.none(), required=False)
    rule = forms.ChoiceField(label=gettext_lazy("Period rule"), required=False, choices=Rule.choices)
    organised = forms.BooleanField(
        label=gettext_lazy("As unions are organised today"),
        required=False,
        help_text=gettext_lazy("What a union that has ended did stands under the one that carries on for it."),
    )

    NARROWING = ("kind", "mode", "partner", "country", "rule", "organised", "compare", "other")

    def __init__(self, *args, user, today: date, union: Union | None = None, **kwargs):
        super().__init__(*args, auto_id="report-%s", **kwargs)
        self.today, self.terms = today, Term.objects.visible_to(user)
        unions = Union.objects.visible_to(user).for_choosing()
        for name, rows in (
            ("union", unions),
            ("other", unions),
            ("partner", Partner.objects.visible_to(user).for_choosing()),
            ("country", Country.objects.visible_to(user).for_choosing()),
        ):
            self.fields[name].queryset = rows
        self.fields["other"].share(self.fields["union"].shelf, [])
        self.fields["span"].choices = [
            *choices(list(self.terms.of(union)) if union else self._terms_of_any(), today),
            (DAYS, _("other days")),
        ]
        for name in ("compare", "kind", "mode", "rule"):
            field = self.fields[name]
            field.choices = [(value, capfirst(str(words))) for value, words in field.choices]

    def _terms_of_any(self) -> list[Term]:
        """One of each name, for a reader who has not chosen a union yet."""
        return list({one.name: one for one in self.terms.order_by("first_day")}.values())[::-1]

    @property
    def narrows(self) -> bool:
        """Whether more is chosen than a union and its period, so that the fold stands open."""
        return any(self[name].value() not in (None, "", False, Rule.START, "start") for name in self.NARROWING)

    @property
    def narrowing(self) -> list:
        return [self[name] for name in self.NARROWING]

    @classmethod
    def of(cls, report: Report, compared: str, *, user, today: date) -> ReportForm:
        """Filled in as the report is."""
        question = report.question
        only = question.only
        span = f"term-{report.term.name}" if report.term else word_of(question.period) or DAYS
        other = report.compared_with.union if compared == OTHER and report.compared_with else None
        initial = {
            "union": question.union,
            "span": span,
            "since": question.period.start,
            "until": question.period.end,
            "under": question.under,
            "compare": compared,
            "other": other,
            "kind": only.kind,
            "mode": only.mode,
            "partner": only.partner,
            "country": only.country,
            "rule": question.rule,
            "organised": question.organised_on is not None,
        }
        form = cls(initial=initial, user=user, today=today, union=question.union)
        offered = {word for _group, words in form.fields["span"].choices if _group != DAYS for word, _name in words}
        form.initial["span"] = span if span in offered else DAYS
        return form

    def clean_span(self) -> str:
        word = self.cleaned_data["span"]
        union = self.cleaned_data.get("union")
        if word.startswith("term-") and union and self._term(word, union) is None:
            raise forms.ValidationError(
                _("%(union)s has no term “%(term)s”.") % {"union": union, "term": word.removeprefix("term-")}
            )
        return word

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("span") == DAYS and not cleaned.get("since") and "since" not in self.errors:
            self.add_error("since", _("Other days need the first of them."))
        since, until = cleaned.get("since"), cleaned.get("until")
        if cleaned.get("span") == DAYS and since and until and until < since:
            self.add_error("until", _("The period ends before it begins."))
        if cleaned.get("compare") == OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Choose the union to compare with."))
        return cleaned

    def _term(self, word: str, union: Union) -> Term | None:
        return next((one for one in self.terms.of(union) if f"term-{one.name}" == word), None)

    def address(self) -> str:
        """The report's own, where the form is valid; which part was open is the caller's to add."""
        chosen = self.cleaned_data
        term = self._term(chosen["span"], chosen["union"])
        period = term.period if term else period_of(chosen["span"]) or Period(chosen["since"], chosen["until"])
        question = Question(
            chosen["union"],
            period,
            under=chosen["under"],
            only=Only(chosen["kind"], chosen["mode"], chosen["partner"], chosen["country"]),
            rule=Rule(chosen["rule"] or Rule.START),
            organised_on=self.today if chosen["organised"] else None,
        )
        compare = chosen["other"].code if chosen["compare"] == OTHER else chosen["compare"]
        return with_more(Report(question, term=term).url, {"compare": compare})


def with_more(url: str, more: dict[str, str]) -> str:
    """The address with further parameters; empty ones are left out."""
    kept = {name: value for name, value in more.items() if value}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(kept)}" if kept else url
