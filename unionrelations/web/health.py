"""How sound the records are: what is missing in them, what may be there twice, and what the last audit found.

A likely duplicate is a question for a person: nothing is merged and nothing hidden.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.models import Activity, PartnerRole
from activities.reports.models import AuditRun
from partners.models import Partner
from unionrelations.kit.windows import Precision

from .audits import Disagreement, disagreements, last_audit
from .counted import Counted
from .desk import page_of

SHOWN = 50  # groups of each sort
SHORTEST = 4  # letters of a name that says who is meant


class Health:
    def __init__(self, request):
        self.request = request

    def lacks(self) -> list[tuple]:
        """(what is missing, how many records and which)."""
        people = {"status": "held", "headcount": "unknown"}
        asked = (
            (_("Delegations held without a number of people"), DELEGATIONS, people),
            (_("Conferences held without a number of people"), CONFERENCES, people),
            (_("Courses held without a number of trainees"), COURSES, people),
            (_("Activities without a source"), ACTIVITIES, {"source": "without"}),
            (_("Activities whose date is not exact"), ACTIVITIES, {"precision": "vague"}),
        )
        return [(label, Counted.of(self.request, entity, **query)) for label, entity, query in asked]

    @cached_property
    def last_audit(self) -> AuditRun | None:
        return last_audit(self.request.user)

    def disagreements(self) -> list[Disagreement]:
        """What the last audit could not make agree."""
        return disagreements(self.last_audit, self.request.user) if self.last_audit else []


@permission_required("partners.view_partner", raise_exception=True)
@require_GET
def duplicates(request):
    """Partners that share a name, and activities that share what makes one of a kind."""
    user = request.user
    return render(
        request, "duplicates.html", {"partners": same_partners(user), "activities": same_activities(user)[:SHOWN]}
    )


def same_partners(user) -> list[tuple]:
    """(the shared name, the partners that go by it) for every name two partners share, marks and case aside."""
    by_name = defaultdict(list)
    for pk, folded in Partner.objects.visible_to(user).order_by("pk").values_list("pk", "folded"):
        for name in dict.fromkeys(folded.split("\n")):
            if len(name) >= SHORTEST:
                by_name[name].append(pk)
    shared = [(name, pks) for name, pks in by_name.items() if len(pks) > 1][:SHOWN]
    known = Partner.objects.visible_to(user).in_bulk({pk for _name, pks in shared for pk in pks})
    return [
        (name, [(str(known[pk]), reverse("partners-detail", args=[pk])) for pk in pks if pk in known])
        for name, pks in shared
    ]


def same_activities(user) -> list[list[tuple]]:
    """Groups of one kind and one day that share their title and place, or a partner."""
    rows = Activity.objects.visible_to(user).filter(precision=Precision.DAY)
    titles = rows.order_by().values("kind", "starts_on", "folded").annotate(n=Count("pk")).filter(n__gt=1)[:SHOWN]
    roles = PartnerRole.objects.visible_to(user).filter(activity__precision=Precision.DAY).order_by()
    met = roles.values("activity__kind", "activity__starts_on", "partner").annotate(n=Count("activity", distinct=True))
    days = {one["starts_on"] for one in titles}
    wanted = {(one["kind"], one["starts_on"], one["folded"]) for one in titles}
    groups = defaultdict(dict)
    for one in rows.filter(starts_on__in=days).order_by("pk"):
        if (one.kind, one.starts_on, one.folded) in wanted:
            groups[one.kind, one.starts_on, one.folded][one.pk] = one
    shared = {
        (one["activity__kind"], one["activity__starts_on"], one["partner"]) for one in met.filter(n__gt=1)[:SHOWN]
    }
    same_day = roles.filter(activity__starts_on__in={day for _kind, day, _partner in shared})
    for role in same_day.select_related("activity").order_by("activity"):
        key = (role.activity.kind, role.activity.starts_on, role.partner_id)
        if key in shared:
            groups[key][role.activity_id] = role.activity
    found = dict.fromkeys(tuple(sorted(group)) for group in groups.values())
    everyone = {pk: one for group in groups.values() for pk, one in group.items()}
    return [[(everyone[pk].title, page_of(everyone[pk]), everyone[pk].when) for pk in group] for group in found]
