"""What an officer is told before an activity is saved: likely duplicates, customary limits, figures that do not fit.

Warnings, never walls: shown once, saved when sent again. Never changes what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, ActivityCountry, Delegation, Overstep, PartnerRole
from partners.models.countries import HOME
from unionrelations.kit.folding import fold
from unionrelations.kit.periods import Period
from unionrelations.kit.when_field import WhenForm
from unionrelations.kit.windows import Precision

from .likeness import NEAR_DAYS, Traits, likely_same, traits_of
from .limits import TOUCHES, Limits

LONGEST_REASON = 500  # characters
MOST_ALIKE = 3  # records named as likely the same
LOOKED_THROUGH = 500  # records of the same days whose titles are compared
ALIKE = 0.7  # of the words of two titles, how many they share
OWN_PEOPLE = re.compile(r"rows-\d+-(?P<row>\d+)-people")  # as the rows of unions arrive with the form

SLUGS: dict[str, str] = {
    Activity.Kind.DELEGATION: "delegations",
    Activity.Kind.CONFERENCE: "conferences",
    Activity.Kind.COURSE: "courses",
}


@dataclass(frozen=True)
class Caution:
    """One thing to look at. The code holds the figure, so that another figure is shown anew."""

    code: str
    sentence: str
    record: Activity | None = None
    overstep: Overstep | None = None  # the rule it goes beyond, which needs a reason

    @property
    def url(self) -> str:
        return reverse(f"{SLUGS[self.record.kind]}-detail", args=[self.record.pk]) if self.record else ""


class Advice:
    """What is to be said of a bound form, so far as it could be read. Of a stored record only what an edit changes."""

    def __init__(self, form: AdvisedForm):
        self.form = form
        self.typed = getattr(form, "cleaned_data", {})
        self.is_new = not form.instance.pk
        self.is_outbound = self.typed.get("direction") == Delegation.Direction.OUT

    @cached_property
    def cautions(self) -> list[Caution]:
        return [*self._duplicates(), *self._not_yet_held(), *self._limits(), *self._certificates()]

    @property
    def codes(self) -> set[str]:
        return {one.code for one in self.cautions}

    @property
    def seen(self) -> str:
        """Codes of what was shown, now or before, for the field that carries them."""
        return " ".join(sorted(self.codes | set((self.typed.get("seen_warnings") or "").split())))

    @property
    def listed(self) -> str:
        """The pasted list, said back."""
        people = getattr(self.form, "people", [])
        if not people:
            return ""
        said = ngettext("%(count)d person in the list.", "%(count)d people in the list.", len(people))
        if self.is_new and self.form.first_heads and not self._numbers():
            said += " " + _("The number of people is taken from it.")
        return said % {"count": len(people)}

    def _touches(self, *fields: str) -> bool:
        """Whether one of them is told anew."""
        changed = set(self.form.changed_data) - ({"when"} if self.form.reading is None else set())
        return self.is_new or not changed.isdisjoint(fields)

    @cached_property
    def period(self) -> Period | None:
        """From the first day it can have begun to the last on which it can have ended."""
        one = self.form.reading or (None if self.is_new else self.form.instance)
        return Period(one.starts_on, one.ends_on or one.starts_on) if one else None

    @property
    def is_exact(self) -> bool:
        return (self.form.reading or self.form.instance).precision == Precision.DAY

    # --- The same thing twice

    def _duplicates(self) -> Iterator[Caution]:
        if self.period is None or not self._touches("when", "title", "partners", "countries", "direction"):
            return
        for one in self._alike():
            said = _("This may be recorded already: %(title)s, %(when)s.") % {"title": one.title, "when": one.when}
            yield Caution(f"duplicate-{one.pk}", said, one)

    def _alike(self) -> list[Activity]:
        others = self._others()
        found = {one.pk: one for one in self._likely(others)}
        rows = others.touching(self.period)
        if self.typed.get("direction"):
            rows = rows.filter(direction=self.typed["direction"])
        found |= {one.pk: one for one in rows.filter(pk__in=self._with_the_same_title(rows))[:MOST_ALIKE]}
        if (self.period.days or 0) <= 366:  # a stretch of years touches everything
            same = rows.exclude(precision=Precision.SPAN).filter(self._same_partner_or_country())
            found |= {one.pk: one for one in same[:MOST_ALIKE]}
        return list(found.values())[:MOST_ALIKE]

    def _others(self):
        """Those the person sees, but this one and what somebody said is not the same."""
        model, pk = type(self.form.instance), self.form.instance.pk
        others = model.objects.visible_to(self.form.user).exclude(pk=pk)
        if pk is None:
            return others
        told_apart = apps.get_model("reports", "Distinct").objects  # of a floor above, hence by its name
        return others.exclude(pk__in=told_apart.apart_from(model._meta.label_lower, pk))

    def _likely(self, others) -> list[Activity]:
        """What the search at night would find: the same rule, asked of those near in time."""
        off = timedelta(days=NEAR_DAYS)
        near = Period(self.period.start - off, self.period.last + off)
        rows = traits_of(others.touching(near)[:LOOKED_THROUGH])
        found = [other.pk for other, _likeness in likely_same(self.traits, rows)[:MOST_ALIKE]]
        known = others.in_bulk(found)
        return [known[pk] for pk in found if pk in known]

    @property
    def traits(self) -> Traits:
        """Of what was typed so far."""
        dated, typed = self.form.reading or self.form.instance, self.typed
        people = getattr(self.form, "people", [])
        return Traits(
            pk=self.form.instance.pk,
            kind=type(self.form.instance).KIND,
            direction=typed.get("direction") or "",
            format=typed.get("format") or "",
            window=Period(dated.starts_on, dated.starts_on if self.is_exact else dated.ends_on),
            is_exact=self.is_exact,
            last=self.period.last,
            partners=frozenset(one.pk for one in typed.get("partners") or ()),
            countries=frozenset(one.pk for one in typed.get("countries") or () if one.code != HOME),
            title=fold(typed.get("title") or ""),
            head=fold(people[0].name) if people and self.form.first_heads else "",
            unions=frozenset(),
            cohort=typed.get("cohort") or "",
            step=typed.get("step") or "",
            whole=typed["part_of"].pk if typed.get("part_of") else None,
        )

    def _same_partner_or_country(self) -> Q:
        partners = PartnerRole.objects.filter(partner__in=self.typed.get("partners") or ())
        abroad = [one for one in self.typed.get("countries") or () if one.code != HOME]
        countries = ActivityCountry.objects.filter(country__in=abroad)
        return Q(pk__in=partners.values("activity_id")) | Q(pk__in=countries.values("activity_id"))

    def _with_the_same_title(self, rows) -> list[int]:
        words = set(fold(self.typed.get("title") or "").split())
        if not words:
            return []
        titles = (
            (pk, set(folded.split("\n")[0].split())) for pk, folded in rows.values_list("pk", "folded")[:LOOKED_THROUGH]
        )
        return [pk for pk, others in titles if len(words & others) >= ALIKE * len(words | others)]

    # --- Figures that do not fit

    def _not_yet_held(self) -> Iterator[Caution]:
        held = self.typed.get("status") == Activity.Status.HELD
        if held and self.period and self._touches("when", "status") and self.period.start > self._today:
            yield Caution(
                f"future-{self.period.start}",
                _("It is marked as held, and its date has not come yet. Choose planned, or check the date."),
            )

    @property
    def _today(self) -> date:
        return self.form.today or date.max

    def _certificates(self) -> Iterator[Caution]:
        given = self.typed.get("certificates")
        trainees = [self.typed.get(one) for one in ("trainees_ours", "trainees_theirs")]
        known = sum(one for one in trainees if one is not None)
        if given is None or trainees == [None, None] or given <= known:
            return
        if self._touches("certificates", "trainees_ours", "trainees_theirs"):
            yield Caution(
                f"certificates-{given}-{known}",
                _("%(certificates)s certificates for %(trainees)s trainees. Check both.")
                % {"certificates": given, "trainees": known},
            )

    # --- The rules of the union

    @cached_property
    def limits(self) -> Limits:
        people = sum(self._numbers()) or len(getattr(self.form, "people", []))
        days = (self.period.days or 0) if self.period and self.is_exact else 0
        start = self.period.start if self.period else None
        return Limits(self.form, days=days, start=start, today=self._today, people=people)

    def _limits(self) -> Iterator[Caution]:
        for one in self.limits.exceeded:
            is_told = self._touches(*TOUCHES[one.rule])
            if is_told or (one.rule == Overstep.Rule.PEOPLE and one.number != self._stored_people()):
                yield Caution(one.code, one.said, overstep=one)

    @property
    def departures(self) -> list[Overstep]:
        """The rules this edit goes beyond."""
        return [one.overstep for one in self.cautions if one.overstep is not None]

    def _numbers(self) -> list[int]:
        """Own people as typed in the rows of unions; those rows are judged apart, and may be wrong."""
        typed = [value for name, value in self.form.data.items() if OWN_PEOPLE.fullmatch(name)]
        figures = [re.sub(r"[.,\s]", "", str(one)) for one in typed]
        return [int(one) for one in figures if one.isascii() and one.isdigit() and len(one) < 7]

    def _stored_people(self) -> int:
        seen = self.form.instance.union_roles.visible_to(self.form.user)
        return sum(seen.exclude(people=None).values_list("people", flat=True))


class AdvisedForm(WhenForm):
    """A form that is not saved before its warnings were shown once."""

    seen_warnings = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    first_heads = False  # whether the first person of its list heads it
    advised = False  # whether it stands before the reader again because of its warnings alone

    @property
    def advice_url(self) -> str:
        """Where the form is looked at while it is being filled in."""
        slug = SLUGS[self._meta.model.KIND]
        return reverse("advice", args=[slug, self.instance.pk] if self.instance.pk else [slug])

    @cached_property
    def advice(self) -> Advice:
        return Advice(self)

    @property
    def overstep_reason(self) -> str:
        """Why the rules are departed from, as typed beside the warnings."""
        return " ".join(str(self.data.get(self.add_prefix("overstep_reason"), "")).split())[:LONGEST_REASON]

    def _save_m2m(self):
        super()._save_m2m()
        self._keep_departures()

    def _keep_departures(self) -> None:
        """The reason with each rule this edit goes beyond; what keeps within a rule by now needs none."""
        kept, told = Overstep.objects.filter(activity=self.instance.pk), self.advice.departures
        still = {one.rule for one in self.advice.limits.exceeded} - {one.rule for one in told}
        kept.exclude(rule__in=still).delete()
        for one in told:
            one.activity_id, one.reason, one.by = self.instance.pk, self.overstep_reason, self.user
            one.save()

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        seen = set(self.cleaned_data["seen_warnings"].split())
        if self.advice.codes - seen or (self.advice.departures and not self.overstep_reason):
            typed = self.data.copy()  # type: ignore[attr-defined]
            typed[self.add_prefix("seen_warnings")] = self.advice.seen
            self.data, self.advised = typed, True
            said = _("One more look before it is saved. If all is right, save again.")
            self.add_error(None, ValidationError(said, code="advice"))
