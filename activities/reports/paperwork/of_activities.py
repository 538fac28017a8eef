"""What an activity says of each placeholder of a paper, to one reader, in the language in force. Never fills any in.

What nobody recorded is BLANK. Money, and people of unions the reader does not see, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from django.db.models import F
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.entities.common import kind_in_words
from activities.models import Activity, Cost, FollowUp, Member, Paper, PartnerRole, ProgrammeItem, UnionRole
from unionrelations.accounts.models import Union
from unionrelations.kit.money import Total, money, rate_in_figures
from unionrelations.kit.windows import Precision, day_in_words
from unionrelations.kit.writers.filled import BLANK

from .saying import joined, numbered, told

MOST_DAYS = 31  # a programme of more days is not written day by day


class OfActivity:
    """One activity as a reader sees it; each placeholder is an attribute or a method of the same name."""

    def __init__(self, activity: Activity, reader):
        self.activity, self.reader = activity, reader
        self.title = told(activity.title)
        self.place, self.content = told(activity.place), told(activity.content.strip())

    # --- What was read once, whatever the language

    @cached_property
    def _unions(self) -> list[UnionRole]:
        return list(self.activity.union_roles.select_related("union__parent"))

    @cached_property
    def _seen(self) -> dict[int, Union]:
        return Union.objects.visible_to(self.reader).filter(roles__activity=self.activity.pk).in_bulk()

    @cached_property
    def _partners(self) -> list[PartnerRole]:
        return list(self.activity.partner_roles.select_related("partner"))

    @cached_property
    def _countries(self) -> list:
        return [one.country for one in self.activity.activity_countries.select_related("country")]

    @cached_property
    def _members(self) -> list[Member]:
        return list(Member.objects.visible_to(self.reader).filter(activity=self.activity.pk).select_related("union"))

    @cached_property
    def _costs(self) -> list[Cost]:
        return list(Cost.objects.visible_to(self.reader).filter(activity=self.activity.pk))

    @cached_property
    def _papers(self) -> list[Paper]:
        return list(Paper.objects.visible_to(self.reader).filter(activity=self.activity.pk))

    @cached_property
    def _promises(self) -> list[FollowUp]:
        promises = FollowUp.objects.visible_to(self.reader).filter(activity=self.activity.pk)
        return list(promises.order_by(F("due_on").asc(nulls_last=True), "pk"))

    @cached_property
    def _programme(self) -> list[ProgrammeItem]:
        return list(self.activity.programme.visible_to(self.reader))

    @cached_property
    def union(self) -> Union | None:
        """Who issues the paper: of the unions that took part and the reader sees, the one that leads."""
        seen = [one for one in self._unions if one.union_id in self._seen]
        leading = [one for one in seen if one.part == UnionRole.Part.LEAD]
        return next((one.union for one in (*leading, *seen)), self.reader.union)

    # --- When and where

    @property
    def kind(self):
        counts_as = self.activity.counts_as
        return str(Activity.Category(counts_as).label) if counts_as else kind_in_words(self.activity)

    @property
    def when(self):
        return told(self.activity.when)

    @property
    def _is_exact(self) -> bool:
        return self.activity.precision == Precision.DAY

    @property
    def first_day(self):
        return told(day_in_words(self.activity.starts_on) if self._is_exact else "")

    @property
    def last_day(self):
        ends = self.activity.ends_on if self._is_exact else None
        return told(day_in_words(ends) if ends else "")

    @property
    def days(self):
        return told(self.activity.days)

    @property
    def countries(self):
        return joined(self._countries)

    @property
    def mode(self):
        return told(self.activity.get_mode_display())

    # --- Who

    def _playing(self, *parts: PartnerRole.Part) -> list:
        return [one.partner for one in self._partners if one.part in parts]

    @property
    def partners(self):
        return joined(dict.fromkeys(str(one.partner) for one in self._partners))

    @property
    def inviting(self):
        return joined(self._playing(PartnerRole.Part.INVITING))

    @property
    def hosts(self):
        return joined(self._playing(PartnerRole.Part.HOST))

    @property
    def guests(self):
        called = self._playing(PartnerRole.Part.GUEST)
        return joined(called or self._playing(PartnerRole.Part.COUNTERPART))

    @property
    def lead_union(self):
        return joined(one.union for one in self._unions if one.part == UnionRole.Part.LEAD)

    @property
    def cooperating_unions(self):
        return joined(one.union for one in self._unions if one.part != UnionRole.Part.LEAD)

    @property
    def head(self):
        leads = next((one for one in self._members if one.is_head), None)
        return joined(filter(None, (leads.name, leads.title))) if leads else BLANK

    @property
    def people(self):
        """Unknown as soon as the people of one union are, or are kept from the reader."""
        if getattr(self.activity.own, "direction", "") == "in":
            return told(self.activity.own.guests)
        known = [one.people if one.union_id in self._seen else None for one in self._unions]
        return told(sum(known) if known and None not in known else None)

    @property
    def listed(self):
        return told(len(self._members) or None)

    # --- Papers, plan and money

    @property
    def on_plan(self):
        if self.activity.on_plan is None:
            return BLANK
        if self.activity.on_plan:
            return _("on plan")
        return _("off plan: %(reason)s") % {"reason": self.activity.off_plan_reason}

    @property
    def request(self):
        return self._paper(Paper.Kind.REQUEST)

    @property
    def permission(self):
        return self._paper(Paper.Kind.PERMISSION)

    def _paper(self, kind: Paper.Kind):
        return told("; ".join(filter(None, (_named(one) for one in self._papers if one.kind == kind))))

    @property
    def estimate(self):
        return self._sum("estimate")

    @property
    def settlement(self):
        return self._sum("settlement")

    def _sum(self, column: str):
        return told(Total.of(filter(None, (one.amount_of(column) for one in self._costs))).in_words())

    @property
    def paid_from(self):
        return joined(dict.fromkeys(one.get_source_display() for one in self._costs if one.source))

    # --- Lists

    def members(self) -> list[dict]:
        return numbered(
            {
                "name": told(one.name),
                "title": told(one.title),
                "union": told(str(one.union or "")),
                "task": _task(one),
            }
            for one in self._members
        )

    def costs(self) -> list[dict]:
        return numbered(
            {
                "item": told(one.item),
                "estimate": _with_currency(one.estimate, one.currency),
                "settlement": _with_currency(one.settlement, one.currency),
                "rate": told(rate_in_figures(one.rate) if one.rate else ""),
                "source": told(one.get_source_display()),
                "note": told(one.note),
            }
            for one in self._costs
        )

    def follow_ups(self) -> list[dict]:
        return numbered(
            {
                "what": told(one.what),
                "side": one.get_side_display(),
                "due": told(day_in_words(one.due_on) if one.due_on else ""),
            }
            for one in self._promises
        )

    def programme(self) -> list[dict]:
        """Its lines; where none is written down, its days with room for what is done."""
        written = (
            {
                "day": told(day_in_words(one.day) if one.day else ""),
                "time": _hours(one),
                "place": told(one.place),
                "what": told("\n".join(filter(None, (one.topic, one.met)))),
            }
            for one in self._programme
        )
        return numbered(written) or numbered(self._days())

    def _days(self) -> Iterator[dict]:
        one = self.activity
        if not self._is_exact:
            return
        last: date = one.ends_on or one.starts_on
        for after in range(min((last - one.starts_on).days + 1, MOST_DAYS)):
            day = day_in_words(one.starts_on + timedelta(after))
            yield {"day": day, "time": BLANK, "place": self.place, "what": BLANK}


def _named(paper: Paper) -> str:
    """A paper by number and day; a file alone names none."""
    if paper.number and paper.day:
        return _("No. %(number)s of %(day)s") % {"number": paper.number, "day": day_in_words(paper.day)}
    if paper.number:
        return _("No. %(number)s") % {"number": paper.number}
    return _("of %(day)s") % {"day": day_in_words(paper.day)} if paper.day else ""


def _task(member: Member) -> str:
    held = [name for name in ("is_head", "is_interpreter") if getattr(member, name)]
    words = [str(Member._meta.get_field(name).verbose_name) for name in held] or [_("member of the delegation")]
    return capfirst(", ".join(words))


def _hours(line):
    """From which hour until which, as far as they are written down."""
    said = (getattr(line, name, None) for name in ("begins_at", "ends_at"))
    return told(" – ".join(time_format(one, "H:i") for one in said if one))


def _with_currency(amount, currency: str):
    return BLANK if amount is None else f"{money(amount)} {currency}"
