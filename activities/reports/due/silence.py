"""Partners a union has not heard of for long. Never looks at letters and calls: nobody writes them down here.

A contact is an activity with both of them, an event of their relation, or an agreement. Its last possible day counts,
so nobody is called silent who may have been met. Asked are those met in the last years: whom nobody met since is
history, and who ended or broke the relation is not silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity, ActivityScope, UnionRole
from partners.models import AgreementParty, Partner, RelationEvent
from unionrelations.accounts.models import ReminderSettings, Union
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import day_in_words

from .asked import MINE, Asked
from .relations import BREAKS, Kind
from .things import Due, Rule, months_later

QUIET = Rule(
    "quiet",
    gettext_lazy("No contact for long"),
    "partner",
    (0,),
    settle=gettext_lazy("Log a contact"),
    may_be_late=False,
    permission="activities.add_conference",
)
REMEMBERED = timedelta(days=5 * 366)
SHORTEST = timedelta(days=28)  # no union waits for less than a month
NAMED = 500  # partners; of more all that their unions know is read sooner than each is named in a question
CONTACT = (Activity.Status.PLANNED, Activity.Status.APPROVED, Activity.Status.HELD)
Pair = tuple[int, int]  # union, partner


def quiet(asked: Asked) -> Iterator[Due]:
    met = _met(asked)
    if not met:
        return
    unions = Union.objects.in_bulk({union for union, _partner in met})
    months = ReminderSettings.objects.of_each(unions.values(), "quiet_months")
    patience = {union: (months[union] or (settings.QUIET_MONTHS,))[0] for union in unions}
    latest = {union: _latest(asked.today, number) for union, number in patience.items()}
    heard = _heard_of(met).items()
    silent = [(day, partner, union) for (union, partner), day in heard if day <= latest[union]]
    if asked.whose == MINE:
        mine = set(_partners(asked, silent).values_list("pk", flat=True))
        silent = [one for one in silent if one[1] in mine]
    told = asked.first(sorted(silent, key=_begun(patience), reverse=True))
    partners = _partners(asked, told).in_bulk()
    for day, partner, union in told:
        if partner in partners:  # else it went meanwhile
            yield _quiet(patience[union], day, unions[union], partners[partner], asked=asked)


def _partners(asked: Asked, silent: list[tuple]):
    return asked.changed(Partner.objects.filter(pk__in={partner for _day, partner, _union in silent}))


def _begun(patience: dict[int, int]):
    """What they are ordered by: since when they are silent. Where all unions wait as long, that is the day itself."""
    if len({*patience.values()}) == 1:
        return None
    return lambda one: (months_later(one[0], patience[one[2]]), *one)


def _latest(today: date, months: int) -> date:
    """The last day of a contact that lies so many months back; a month after the 31st may lie on the 28th."""
    day = months_later(today, -months)
    while months_later(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day


def _met(asked: Asked) -> dict[Pair, date]:
    """The last possible day of each pair's last activity, where it lies in the years that are remembered."""
    user, begun = asked.user, asked.today - REMEMBERED
    if asked.own_union is None:
        shares = UnionRole.objects.visible_to(user)
    elif not ActivityScope.objects.tell_all_to(user):
        shares = UnionRole.objects.visible_to(user).filter(union=asked.own_union)
    else:  # one scope row for each that took part; what is restricted has none
        shares = ActivityScope.objects.of(asked.own_union, under=False).filter(window_last__gte=begun)
    lately = shares.filter(
        activity__status__in=CONTACT,
        activity__starts_on__gte=begun,
        activity__partner_roles__partner__isnull=False,  # which the index of the roles holds, unlike the rest of them
    )
    pairs = lately.order_by().values_list("union_id", "activity__partner_roles__partner_id")
    last = pairs.annotate(last=Max(Coalesce("activity__ends_on", "activity__starts_on")))
    return {(union, partner): day for union, partner, day in last.filter(last__lte=asked.today - SHORTEST)}


def _heard_of(met: dict[Pair, date]) -> dict[Pair, date]:
    """With what their relation and their agreements tell; without those whose relation ended or is broken."""
    unions, partners = {union for union, _one in met}, {partner for _one, partner in met}
    told, parties = RelationEvent.objects.filter(union__in=unions), AgreementParty.objects.filter(union__in=unions)
    if len(partners) <= NAMED:
        told, parties = told.filter(partner__in=partners), parties.filter(agreement__parties__partner__in=partners)
    heard, kinds = dict(met), {}
    for event in told.order_by("starts_on", "pk"):
        if (pair := (event.union_id, event.partner_id)) in heard:
            heard[pair], kinds[pair] = max(heard[pair], event.window.last), event.kind
    for pair, kind in kinds.items():
        if kind in (*BREAKS, Kind.ENDED):
            del heard[pair]
    signed = parties.values_list("union_id", "agreement__parties__partner_id", "agreement__signed_to")
    for union, partner, day in signed:
        if day is not None and (union, partner) in heard:
            heard[union, partner] = max(heard[union, partner], day)
    return heard


def _quiet(patience: int, last: date, union, partner, *, asked: Asked) -> Due:
    since = months_later(last, patience)
    rule = ngettext("rule: %(n)d month", "rule: %(n)d months", patience) % {"n": patience}
    return Due(
        QUIET,
        f"{union.pk}-{partner.pk}",
        _("%(partner)s: no contact for long") % {"partner": partner.label},
        _("Nothing is recorded since %(day)s") % {"day": day_in_words(last)},
        Period(since, since),
        reverse("partners-detail", args=[partner.pk]),
        f"{reverse('conferences-new')}?format=meeting",
        union.pk,
        since=last,
        day_told=rule,
        calendar=asked.calendar,
    )
