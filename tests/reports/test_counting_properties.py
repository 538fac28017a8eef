"""Counting holds on worlds nobody thought of. `make prove` runs these at full size."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from activities.models import ActivityScope, UnionRole
from activities.reports import findings
from activities.reports.audit import Outcome, Recount, compare_scopes
from activities.reports.findings import measure
from activities.reports.indicators import BY_CODE, INDICATORS
from activities.reports.many import _count_all as count_all
from activities.reports.many import measure_all
from activities.reports.questions import Question
from tests import factories as make
from tests.reports.worlds import TREE, built, on_random_worlds, periods, plans
from unionrelations.kit.periods import Period

pytestmark = pytest.mark.django_db
EDITS = ("role", "union", "status", "part", "delete")
edits = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 6)), max_size=6)
questions = st.lists(st.tuples(st.sampled_from(list(TREE)), periods(), st.booleans()), min_size=1, max_size=6)
OF_ACTIVITIES = [one for one in INDICATORS if one.counts_activities]


@on_random_worlds
@given(plans, periods())
def test_every_figure_agrees_with_counting_the_records_one_by_one(plan, period):
    with built(plan) as world:
        recount = Recount()
        for union in world.unions.values():
            for under in (False, True):
                counted = measure(Question(union, period, under=under))
                recounted = recount.findings(Question(union, period, under=under))
                for code, found in counted.items():
                    said = (found.logged, found.undetermined, found.unknown_people)
                    assert said == recounted[code], (union.code, under, code)


@on_random_worlds
@given(plans, periods())
def test_a_number_is_its_rows_and_undetermined_rows_are_others(plan, period):
    with built(plan) as world:
        for union in (world.unions["root"], world.unions["a"]):
            for under in (False, True):
                counted = measure(Question(union, period, under=under))
                for one in INDICATORS:
                    rows = one.rows(Question(union, period, under=under))
                    perhaps = one.rows(Question(union, period, under=under), undetermined=True)
                    assert not set(rows.values_list("pk")) & set(perhaps.values_list("pk"))
                    found = counted[one.code.value]
                    if one.sums is None:
                        assert (found.logged, found.undetermined) == (rows.count(), perhaps.count())
                        continue
                    scopes = one.scope_rows(Question(union, period, under=under))
                    numbers = list(scopes.values_list(one.column, flat=True))
                    assert len(numbers) == rows.count()
                    known = [number for number in numbers if number is not None]
                    assert found.logged == (sum(known) if known or not numbers else None)


@on_random_worlds
@given(plans, periods(), st.integers(0, 500))
def test_cutting_a_period_in_two_loses_and_doubles_nothing(plan, period, after):
    cut = period.start + timedelta(days=after)
    assume(cut < period.last)
    first, second = Period(period.start, cut), Period(cut + timedelta(days=1), period.end)
    with built(plan) as world:
        for union in (world.unions["root"], world.unions["a1"]):
            for one in OF_ACTIVITIES:
                if one.once:
                    continue  # whether a part stands in the total depends on where its whole falls
                whole, left, right = (
                    set(one.rows(Question(union, part, under=True)).values_list("pk"))
                    for part in (period, first, second)
                )
                straddling = set(one.rows(Question(union, first, under=True), undetermined=True).values_list("pk"))
                assert not left & right
                assert left | right <= whole
                assert whole - left - right <= straddling


@on_random_worlds
@given(plans, periods())
def test_categories_partition_what_counts_and_the_total_leaves_out_logged_parts_only(plan, period):
    with built(plan) as world:
        root = world.unions["root"]
        rows = ActivityScope.objects.of(root, under=True).counting().placed(period, under=True).filter(is_inside=True)
        counted = measure(Question(root, period, under=True))
        categories = (
            "delegations_out delegations_in conferences_hosted conferences_abroad conferences_home meetings courses"
        )
        assert sum(counted[code].logged for code in categories.split()) == rows.count()
        left_out = rows.filter(whole_is_logged=True)
        assert counted["activities"].logged == rows.count() - left_out.count()
        logged = set(rows.values_list("activity_id", flat=True))
        assert all(one.activity.part_of_id in logged for one in left_out.select_related("activity"))


@on_random_worlds
@given(plans, periods())
def test_a_joint_activity_counts_once_above_and_brings_each_unions_own_people(plan, period):
    with built(plan) as world:
        below, above = world.unions["a"], world.unions["root"]
        own = {code: measure(Question(union, period)) for code, union in world.unions.items()}
        for code in (one.code.value for one in OF_ACTIVITIES):
            if BY_CODE[code].once:
                continue
            together = measure(Question(above, period, under=True))[code].logged
            branch = measure(Question(below, period, under=True))[code].logged
            alone = [own[one][code].logged for one in TREE]
            if BY_CODE[code].sums == "people":
                assert (together or 0) == sum(number or 0 for number in alone)
            else:
                assert max(number or 0 for number in alone) <= (together or 0) <= sum(number or 0 for number in alone)
                assert (branch or 0) <= (together or 0)


@on_random_worlds
@given(plans, edits)
def test_scope_rows_stay_what_a_rebuild_would_make_them_whatever_people_edit(plan, edits):
    with built(plan) as world:
        for what, number in edits:
            edit(world, what, number)
        outcome = Outcome()
        compare_scopes(outcome, Recount().activities)
        assert outcome.mismatches == []


def edit(world, what, number):
    if what == "union":
        moved = world.unions[list(TREE)[1 + number % 4]]
        moved.refresh_from_db()
        moved.parent = world.unions["b" if moved.code not in ("b", "a") else "root"]
        moved.save()
        return
    if not world.activities:
        return
    activity = world.activities[number % len(world.activities)]
    activity.refresh_from_db()
    if what == "role":
        union = world.unions[list(TREE)[number % 5]]
        taken = UnionRole.objects.filter(activity_id=activity.pk)
        if not taken.filter(union=union).delete()[0]:
            UnionRole.objects.create(activity_id=activity.pk, union=union, part="cooperating", people=number)
    elif what == "status":
        activity.status = "cancelled" if activity.status == "held" else "held"
        activity.save()
    elif what == "part":
        activity.part_of = None
        activity.save()
    elif what == "delete" and not activity.parts.exists():
        world.activities.remove(activity)
        activity.delete()


@on_random_worlds
@given(plans, questions)
def test_measuring_many_at_once_says_what_measuring_each_says(plan, asked):
    with built(plan) as world:
        wanted = [Question(world.unions[code], period, under=under) for code, period, under in asked]
        assert measure_all(wanted, anew=True) == {one: measure(one) for one in wanted}
        say_the_same(wanted)


def say_the_same(wanted):
    """Counted together, each by hand, and each through the models; nothing is remembered in between."""
    together, by_hand = count_all(wanted), {one: findings.count(one) for one in wanted}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings.plain, "is_plain", lambda question: False)
        through_models = {one: findings.count(one) for one in wanted}
    assert together == by_hand == through_models
    return together


def test_whom_unions_met_is_the_same_however_it_is_counted(monkeypatch):
    """In a house where nearly everybody met somebody, at the edges of the periods and in more than one statement."""
    monkeypatch.setattr("activities.reports.plain.AT_ONCE", 3)
    choose = Random(4)
    root = make.UnionFactory(code="root")
    unions = [root, *(make.UnionFactory(parent=root) for _union in range(3))]
    countries = [make.CountryFactory(code=code) for code in ("VN", "LA", "TH", "JP")]
    partners = [make.PartnerFactory(country=countries[1]) for _partner in range(5)]
    for _activity in range(60):
        first = date(2022, 1, 1) + timedelta(days=choose.choice((-400, -1, 0, 1, 100, 364, 365, 500)))
        kind = choose.choice(("day", "span"))
        last = first + timedelta(days=choose.choice((0, 10, 365, 366, 367, 800)))
        make.DelegationFactory(
            unions=[(one, choose.choice((None, 0, 3))) for one in choose.sample(unions, choose.randint(1, 2))],
            partners=choose.sample(partners, choose.randint(0, 3)),
            countries=choose.sample(countries, choose.randint(0, 2)),
            starts_on=first,
            ends_on=last if kind == "span" else first,
            precision=kind,
        )
    years = [Period.years(2022), Period.years(2021, 2023), Period(date(2022, 12, 31), date(2023, 1, 1))]
    years += [Period(date(2022, 1, 1), None), Period(date.min, date(2022, 1, 1))]
    told = say_the_same(
        [Question(one, period, under=under) for one in unions for period in years for under in (False, True)]
    )
    met = [counts[code][:2] for counts in told.values() for code in ("partners", "countries")]
    assert sum(any(one) for one in met) > len(met) / 2


@pytest.mark.parametrize("period", [Period(date(2018, 9, 26), date(2023, 12, 2)), Period.years(2022)], ids=str)
def test_whom_an_activity_met_at_the_edge_of_a_period_may_have_been_met_in_it(period):
    """Each partner and country is met once, so that nobody stands for another."""
    root, before, after = make.UnionFactory(), period.start - timedelta(days=1), period.end + timedelta(days=1)
    sure = [(period.start, period.start), (period.start, period.end), (period.end, period.end)]
    perhaps = [(before, period.start), (before, after), (period.end, after), (date(2001, 1, 1), date(2049, 1, 1))]
    neither = [(before, before), (after, after), (date(2001, 1, 1), before)]
    for number, (first, last) in enumerate((*sure, *perhaps, *neither)):
        make.DelegationFactory(
            unions=[(root, 1)],
            partners=[make.PartnerFactory()],
            countries=[make.CountryFactory(code=f"X{chr(65 + number)}")],
            starts_on=first,
            ends_on=last,
            precision="day" if first == last else "span",
        )
    question = Question(root, period, under=True)
    found = say_the_same([question])[question]
    assert found["partners"] == found["countries"] == (len(sure), len(perhaps), 0)
