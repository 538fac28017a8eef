"""Small random worlds: unions in a tree and how some follow others, partners, activities of every shape around a
period's edges with their money, relations, agreements and officers; and random questions to ask of them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Conference,
    Cost,
    Course,
    Delegation,
    PartnerRole,
    Proposal,
    UnionRole,
)
from activities.reports.questions import Only, Question, Rule
from partners.models import Agreement, AgreementEvent, AgreementParty, RelationEvent
from tests.factories import CountryFactory, DocumentFactory, PartnerFactory, UnionFactory
from unionrelations.accounts.models import Officer, OfficerLanguage, UnionSuccession
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import window_around

EDGES = [date(2022, 1, 1), date(2022, 3, 15), date(2022, 12, 31), date(2023, 6, 30)]
days = st.builds(lambda edge, off: edge + timedelta(days=off), st.sampled_from(EDGES), st.integers(-40, 40))
people = st.none() | st.integers(0, 40)
TREE = {"root": None, "a": "root", "b": "root", "a1": "a", "a2": "a"}
REGIONS = {"LA": "asean", "TH": "asean", "JP": "east_asia", "CU": "latin_america", "VN": "asean"}
PARTNER_KINDS = ("national_centre", "national_centre", "intergovernmental", "industry_union")
FORMATS = ("conference", "workshop", "forum", "dialogue", "meeting")

# A world is a database filled anew, so even at full size two hundred of them a property, and six on every run.
on_random_worlds = settings(
    max_examples=min(max(6, settings().max_examples // 5), 200),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# The same where each world goes through ten to twenty operations.
on_fewer_worlds = settings(on_random_worlds, max_examples=min(on_random_worlds.max_examples, 100))


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


unions = st.sampled_from(list(TREE))
amounts = st.none() | st.integers(0, 5_000_000)
costs = st.fixed_dictionaries(
    {
        "union": unions,
        "amounts": st.tuples(amounts, amounts).filter(any),
        "currency": st.sampled_from(["VND", "VND", "USD"]),
        "source": st.sampled_from(["", "state", "union", "partner"]),
    }
)
activities = st.fixed_dictionaries(
    {
        "window": windows(),
        "kind": st.sampled_from(["out", "in", "hosted", "abroad", "home", "meeting", "course"]),
        "status": st.sampled_from(["held", "held", "held", "planned", "approved", "postponed", "cancelled"]),
        "mode": st.sampled_from(["", "in_person", "online", "hybrid"]),
        "international": st.sampled_from([None, None, True, False]),
        "format": st.sampled_from(FORMATS[:3]),
        "on_plan": st.none() | st.booleans(),
        "cohort": st.tuples(st.sampled_from(["", "VI", "VII"]), st.sampled_from(["", "1", "2"])),
        "shares": st.dictionaries(unions, people, max_size=3),
        "partners": st.sets(st.integers(0, 3), max_size=3),
        "twice": st.booleans(),  # its first partner plays two parts
        "countries": st.sets(st.sampled_from(list(REGIONS)), max_size=3),
        "people": st.tuples(people, people, people),
        "whole": st.none() | st.integers(0, 5),
        "costs": st.lists(costs, max_size=2),
    }
)
agreements = st.fixed_dictionaries(
    {
        "signed": st.none() | st.tuples(days, st.integers(0, 60)),
        "unions": st.sets(unions, min_size=1, max_size=2),
        "partners": st.sets(st.integers(0, 3), max_size=2),
        "expires": st.none() | days,
        "events": st.lists(
            st.tuples(st.sampled_from(["extended", "suspended", "inherited"]), days, unions), max_size=2
        ),
    }
)
relations = st.fixed_dictionaries(
    {
        "union": unions,
        "partner": st.none() | st.integers(0, 3),
        "kind": st.sampled_from(["established", "interrupted", "restored", "twinned"]),
        "window": windows(),
    }
)
officers = st.fixed_dictionaries(
    {
        "union": unions,
        "full_time": st.none() | st.booleans(),
        "trainings": st.sampled_from(["", "ILO"]),
        "languages": st.sets(st.sampled_from(["English", "Lao"])),
    }
)
proposals = st.fixed_dictionaries(
    {
        "union": unions,
        "activity": st.none() | st.integers(0, 6),
        "published": st.none() | days,
        "outcome": st.sampled_from(["open", "accepted"]),
    }
)
# How unions followed each other: chains, two ways at once, even circles. A split or a dissolution has no heir.
successions = st.fixed_dictionaries(
    {
        "before": unions,
        "after": unions,
        "kind": st.sampled_from(["consolidation", "absorption", "renaming", "renaming", "split", "dissolution"]),
        "day": days,
    }
)
plans = st.fixed_dictionaries(
    {
        "activities": st.lists(activities, max_size=7),
        "agreements": st.lists(agreements, max_size=2),
        "relations": st.lists(relations, max_size=3),
        "officers": st.lists(officers, max_size=2),
        "proposals": st.lists(proposals, max_size=2),
        "successions": st.lists(successions, max_size=3),
    }
)
asked = st.fixed_dictionaries(
    {
        "union": unions,
        "period": periods(),
        "under": st.booleans(),
        "rule": st.sampled_from(["start", "end"]),
        "organised_on": st.none() | days,
        "kind": st.sampled_from(["", "", "delegation", "conference", "course"]),
        "mode": st.sampled_from(["", "", "", "online", "hybrid"]),
        "partner": st.none() | st.none() | st.integers(0, 3),
        "country": st.none() | st.none() | st.sampled_from(["LA", "JP", "VN"]),
    }
)


@dataclass
class World:
    unions: dict
    activities: list
    partners: list = field(default_factory=list)
    countries: dict = field(default_factory=dict)

    def question(self, asked: dict) -> Question:
        partner, country = asked["partner"], asked["country"]
        only = Only(
            asked["kind"],
            asked["mode"],
            None if partner is None else self.partners[partner],
            None if country is None else self.countries[country],
        )
        union, rule = self.unions[asked["union"]], Rule(asked["rule"])
        return Question(union, asked["period"], asked["under"], only, rule, asked["organised_on"])


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
    countries = {
        code: CountryFactory(code=code, name=code, name_en=code, region=region) for code, region in REGIONS.items()
    }
    homes = [countries["LA"], countries["JP"], None, countries["VN"]]
    partners = [
        PartnerFactory(name=f"Partner {n}", country=homes[n], kind=kind) for n, kind in enumerate(PARTNER_KINDS)
    ]
    world = World(unions, [], partners, countries)
    _do(world, plan["activities"])
    _sign(world, plan["agreements"])
    _relate(world, plan["relations"])
    for number, one in enumerate(plan["officers"]):
        officer = Officer.objects.create(
            union=unions[one["union"]], name=f"Officer {number}", full_time=one["full_time"], trainings=one["trainings"]
        )
        for language in one["languages"]:
            OfficerLanguage.objects.create(officer=officer, language=language)
    _propose(world, plan["proposals"])
    _follow(world, plan["successions"])
    return world


def _do(world: World, planned: list[dict]) -> None:
    made, rows = world.activities, []
    for number, one in enumerate(planned):
        activity = _activity(number, one, made)
        made.append(activity)
        of = {"activity_id": activity.pk}
        for place, (code, count) in enumerate(sorted(one["shares"].items())):
            part = "cooperating" if place else "lead"
            rows.append(UnionRole(union=world.unions[code], people=count, part=part, **of))
        met = sorted(one["partners"])
        rows += [PartnerRole(partner=world.partners[index], **of) for index in met]
        rows += [PartnerRole(partner=world.partners[index], part="funder", **of) for index in met[: one["twice"]]]
        rows += [ActivityCountry(country=world.countries[code], **of) for code in sorted(one["countries"])]
        for item, cost in enumerate(one["costs"]):
            estimate, settlement = cost["amounts"]
            union, currency, source = world.unions[cost["union"]], cost["currency"], cost["source"]
            rows.append(
                Cost(
                    union=union, item=f"{item}", estimate=estimate, settlement=settlement, currency=currency,
                    source=source, **of,
                )
            )  # fmt: skip
    for model in (UnionRole, PartnerRole, ActivityCountry, Cost):
        model.objects.bulk_create(one for one in rows if type(one) is model)
    ActivityScope.objects.derive([one.pk for one in made])


def _sign(world: World, planned: list[dict]) -> None:
    for number, one in enumerate(planned):
        first, length = one["signed"] or (None, 0)
        signed = Agreement.objects.create(
            title=f"Agreement {number}",
            signed_from=first,
            signed_to=first and first + timedelta(days=length),
            in_force_to=one["expires"],
        )
        for code in one["unions"]:
            AgreementParty.objects.create(agreement=signed, union=world.unions[code])
        for index in one["partners"]:
            AgreementParty.objects.create(agreement=signed, partner=world.partners[index])
        for kind, day, heir in one["events"]:
            heir = world.unions[heir] if kind == "inherited" else None
            AgreementEvent.objects.create(agreement=signed, kind=kind, day=day, heir=heir)


def _relate(world: World, planned: list[dict]) -> None:
    known = set()
    for one in planned:
        start, end, precision = one["window"]
        key = (one["union"], one["partner"], one["kind"], start)
        if key not in known:
            known.add(key)
            RelationEvent.objects.create(
                union=world.unions[one["union"]],
                partner=None if one["partner"] is None else world.partners[one["partner"]],
                kind=one["kind"],
                starts_on=start,
                ends_on=end,
                precision=precision,
            )


def _propose(world: World, planned: list[dict]) -> None:
    for number, one in enumerate(planned):
        at = one["activity"]
        Proposal.objects.create(
            document=DocumentFactory(published_on=one["published"]),
            union=world.unions[one["union"]],
            activity_id=world.activities[at].pk if at is not None and at < len(world.activities) else None,
            text=f"Proposal {number}",
            outcome=one["outcome"],
            outcome_note="answered by letter" if one["outcome"] != "open" else "",
        )


def _follow(world: World, planned: list[dict]) -> None:
    known = set()
    for one in planned:
        after = None if one["kind"] == "dissolution" else one["after"]
        key = (one["before"], after, one["day"])
        if one["before"] != after and key not in known:
            known.add(key)
            UnionSuccession.objects.create(
                predecessor=world.unions[one["before"]],
                successor=world.unions.get(after),
                kind=one["kind"],
                day=one["day"],
            )


def _activity(number: int, one: dict, before: list[Activity]) -> Activity:
    start, end, precision = one["window"]
    shared = {
        "title": f"Activity {number}",
        "status": one["status"],
        "mode": one["mode"],
        "on_plan": one["on_plan"],
        "off_plan_reason": "invited late" if one["on_plan"] is False else "",
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
            cohort, step = one["cohort"]
            headcounts = {"trainees_ours": first, "trainees_theirs": second, "certificates": third}
            return Course.objects.create(cohort=cohort, step=step, **headcounts, **shared)
        case "meeting":
            return Conference.objects.create(format="meeting", international=one["international"], **shared)
        case role:
            shared |= {"role": role, "format": one["format"]}
            return Conference.objects.create(international=one["international"], **shared)
