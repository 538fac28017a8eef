"""Small random worlds: five unions in a tree, some partners, activities of every shape around a period's edges."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Conference,
    Course,
    Delegation,
    PartnerRole,
    UnionRole,
)
from partners.models import Agreement, AgreementParty
from tests.factories import CountryFactory, PartnerFactory, UnionFactory
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import window_around

EDGES = [date(2022, 1, 1), date(2022, 3, 15), date(2022, 12, 31), date(2023, 6, 30)]
days = st.builds(lambda edge, off: edge + timedelta(days=off), st.sampled_from(EDGES), st.integers(-40, 40))
people = st.none() | st.integers(0, 40)
TREE = {"root": None, "a": "root", "b": "root", "a1": "a", "a2": "a"}


@st.composite
def periods(draw):
    start = draw(st.sampled_from(EDGES))
    end = draw(st.none() | st.sampled_from(EDGES))
    return Period(start, end) if end is None or end >= start else Period(end, start)


@st.composite
def windows(draw):
    """(start, end, precision) as a form would let it through."""
    day = draw(days)
    precision = draw(st.sampled_from(["day", "day", "day", "month", "quarter", "half_year", "year", "span"]))
    if precision == "day":
        length = draw(st.none() | st.integers(0, 20))
        return day, None if length is None else day + timedelta(days=length), precision
    if precision == "span":
        return day, day + timedelta(days=draw(st.integers(0, 800))), precision
    window = window_around(day, precision)
    return window.start, window.end, precision


activities = st.fixed_dictionaries(
    {
        "window": windows(),
        "kind": st.sampled_from(["out", "in", "hosted", "abroad", "home", "meeting", "course"]),
        "status": st.sampled_from(["held", "held", "held", "planned", "approved", "postponed", "cancelled"]),
        "mode": st.sampled_from(["", "in_person", "online", "hybrid"]),
        "international": st.sampled_from([None, None, True, False]),
        "shares": st.dictionaries(st.sampled_from(list(TREE)), people, max_size=3),
        "partners": st.sets(st.integers(0, 3), max_size=2),
        "countries": st.sets(st.sampled_from(["LA", "JP", "VN"]), max_size=2),
        "people": st.tuples(people, people, people),
        "whole": st.none() | st.integers(0, 5),
    }
)
agreements = st.fixed_dictionaries(
    {
        "signed": st.none() | st.tuples(days, st.integers(0, 60)),
        "unions": st.sets(st.sampled_from(list(TREE)), min_size=1, max_size=2),
    }
)
plans = st.fixed_dictionaries(
    {"activities": st.lists(activities, max_size=7), "agreements": st.lists(agreements, max_size=2)}
)


@dataclass
class World:
    unions: dict
    activities: list


@contextmanager
def built(plan):
    """The world of a plan, gone again at the end."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield _build(plan)
        finally:
            transaction.savepoint_rollback(point)


def _build(plan) -> World:
    unions: dict = {}
    for code, parent in TREE.items():
        unions[code] = UnionFactory(code=code, parent=unions.get(parent))
    countries = {code: CountryFactory(code=code, name=code, name_en=code) for code in ("LA", "JP", "VN")}
    partners = [PartnerFactory(name=f"Partner {n}", country=[*countries.values(), None][n]) for n in range(4)]
    made: list[Activity] = []
    roles: list = [[], [], []]
    for number, one in enumerate(plan["activities"]):
        activity = _activity(number, one, made)
        made.append(activity)
        for part, (code, count) in enumerate(sorted(one["shares"].items())):
            part = "cooperating" if part else "lead"
            roles[0].append(UnionRole(activity_id=activity.pk, union=unions[code], people=count, part=part))
        roles[1] += [PartnerRole(activity_id=activity.pk, partner=partners[index]) for index in one["partners"]]
        roles[2] += [ActivityCountry(activity_id=activity.pk, country=countries[code]) for code in one["countries"]]
    for some in roles:
        if some:
            type(some[0]).objects.bulk_create(some)
    ActivityScope.objects.derive([one.pk for one in made])
    for number, one in enumerate(plan["agreements"]):
        first, length = one["signed"] or (None, 0)
        signed = Agreement.objects.create(
            title=f"Agreement {number}", signed_from=first, signed_to=first and first + timedelta(days=length)
        )
        for code in one["unions"]:
            AgreementParty.objects.create(agreement=signed, union=unions[code])
    return World(unions, made)


def _activity(number: int, one: dict, before: list[Activity]) -> Activity:
    start, end, precision = one["window"]
    shared = {
        "title": f"Activity {number}",
        "status": one["status"],
        "mode": one["mode"],
        "starts_on": start,
        "ends_on": end,
        "precision": precision,
        "part_of_id": before[one["whole"]].pk if one["whole"] is not None and one["whole"] < len(before) else None,
    }
    first, second, third = one["people"]
    match one["kind"]:
        case "out":
            return Delegation.objects.create(direction="out", **shared)
        case "in":
            return Delegation.objects.create(direction="in", guests=first, **shared)
        case "course":
            return Course.objects.create(trainees_ours=first, trainees_theirs=second, certificates=third, **shared)
        case "meeting":
            return Conference.objects.create(format="meeting", international=one["international"], **shared)
        case role:
            return Conference.objects.create(role=role, international=one["international"], **shared)
