"""What changed since a report was signed adds up exactly, and the signed report stays as it is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import ActivityCountry, PartnerRole, UnionRole
from activities.reports.changes import changes
from activities.reports.findings import measure
from activities.reports.identities import LOGGED, UNDETERMINED, disagreeing, identities
from activities.reports.indicators import INDICATORS
from activities.reports.kept import canonical
from activities.reports.models import TermReport
from activities.reports.questions import Only, Question, Rule
from activities.reports.reports import Report
from partners.models import Agreement, Country, Partner
from tests.factories import DelegationFactory, UnionFactory, UserFactory
from tests.reports.worlds import TREE, built, days, on_fewer_worlds, people, periods, plans
from tests.signing import NOW, signed_report
from unionrelations.kit.periods import Period

pytestmark = pytest.mark.django_db
onlys = st.sampled_from([Only(), Only(), Only(kind="delegation"), Only(mode="online")])
EDITS = (
    "title",
    "day",
    "status",
    "people",
    "role",
    "partner",
    "country",
    "part",
    "delete",
    "add",
    "agreement",
    "union",
)
edits = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 30), days, people), min_size=10, max_size=20)


@on_fewer_worlds
@given(plans, periods(), st.booleans(), onlys, st.sampled_from(Rule))
def test_the_rows_of_every_figure_are_those_its_list_shows_and_make_its_number(plan, period, under, only, rule):
    with built(plan) as world:
        question = Question(world.unions["a"], period, under, only, rule)
        found = identities(question)
        assert disagreeing(found, [_said(one) for one in measure(question).values()]) == []
        for one in INDICATORS:
            if one.is_asked(question):
                for place in (LOGGED, UNDETERMINED):
                    rows = found["figures"][one.code.value][place]
                    behind = one.rows(question, undetermined=place == UNDETERMINED)
                    assert {found["records"][key]["pk"] for key, *_ in rows} == set(behind.values_list("pk", flat=True))
                    assert len(rows) == behind.count()


def _said(finding):
    """As the report's JSON says it."""
    return {"indicator": finding.indicator.code.value} | {
        name: getattr(finding, name) for name in ("logged", "undetermined", "unknown_people")
    }


@on_fewer_worlds
@given(plans, periods(), st.booleans(), st.sampled_from(["root", "a"]), edits)
def test_moves_add_up_to_now_less_then_and_the_signed_report_stays_byte_for_byte(plan, period, under, code, edits):
    with built(plan) as world:
        question = Question(world.unions[code], period, under)
        signed = signed_report(Report(question))
        frozen = canonical(signed)
        assert not changes(signed)
        for number, one in enumerate(edits):
            edit(world, number, *one)
        signed = TermReport.objects.get(pk=signed.pk)
        assert canonical(signed) == frozen
        _adds_up(signed, changes(signed), measure(signed.question))


def _adds_up(signed, found, now):
    then = {one["indicator"]: one for one in signed.figures["figures"]}
    assert {one.code for one in found.figures} == set(then) == set(now)
    for one in found.figures:
        moves = [move for record in found.records for move in record.moves if move.code == one.code]
        assert (one.then, one.undetermined_then) == (then[one.code]["logged"], then[one.code]["undetermined"])
        assert (one.now, one.undetermined_now) == (now[one.code].logged, now[one.code].undetermined)
        assert sum(move.logged for move in moves) == (one.now or 0) - (one.then or 0)
        assert sum(move.undetermined for move in moves) == (one.undetermined_now or 0) - (one.undetermined_then or 0)
        missing = now[one.code].unknown_people - then[one.code]["unknown_people"]
        assert sum(move.unknown_people for move in moves) == missing
        if one.is_moved:
            assert moves or (one.then is None) != (one.now is None) or one.undetermined_then != one.undetermined_now


def edit(world, number, what, which, day, count):
    """One operation people do: enter, change, share, move or delete a record."""
    if what == "add":
        union = world.unions[list(TREE)[which % 5]]
        world.activities.append(
            DelegationFactory(title=f"New {number}", starts_on=day, unions=[(union, count)], direction="out")
        )
    elif what == "agreement":
        for one in Agreement.objects.all()[:1]:
            one.signed_from = one.signed_to = day
            one.save()
    elif what == "union":
        moved = world.unions["a2" if which % 2 else "b"]
        moved.refresh_from_db()
        moved.parent = world.unions["root" if which % 3 else "a"]
        moved.save()
    elif world.activities:
        activity = world.activities[which % len(world.activities)]
        activity.refresh_from_db()
        _edit_activity(world, activity, number, what, which, day, count)


def _edit_activity(world, activity, number, what, which, day, count):
    if what == "title":
        activity.title = f"Renamed {number}"
        activity.save()
    elif what == "day":
        activity.starts_on, activity.ends_on, activity.precision = day, None, "day"
        activity.save()
    elif what == "status":
        activity.status = "cancelled" if activity.status == "held" else "held"
        activity.save()
    elif what == "people":
        for role in UnionRole.objects.filter(activity_id=activity.pk)[:1]:
            role.people = count
            role.save()
    elif what == "role":
        union = world.unions[list(TREE)[which % 5]]
        taken = UnionRole.objects.filter(activity_id=activity.pk, union=union)
        if not taken.delete()[0]:
            UnionRole.objects.create(activity_id=activity.pk, union=union, part="cooperating", people=count)
    elif what == "partner":
        _toggle(PartnerRole, activity, partner=Partner.objects.order_by("pk")[which % 4])
    elif what == "country":
        _toggle(ActivityCountry, activity, country=Country.objects.order_by("pk")[which % 3])
    elif what == "part":
        activity.part_of = None
        activity.save()
    elif what == "delete" and not activity.parts.exists():
        world.activities.remove(activity)
        activity.delete()


def _toggle(model, activity, **other):
    if not model.objects.filter(activity_id=activity.pk, **other).delete()[0]:
        model.objects.create(activity_id=activity.pk, **other)


# --- Each way of changing, by example

YEAR = Period.years(2022)


@pytest.fixture
def union():
    return UnionFactory(code="vuit")


def only(found):
    assert len(found) == 1
    return found.records[0]


def test_an_added_record_says_what_it_brought(union):
    signed = signed_report(Report.of_days(union, YEAR))
    added = DelegationFactory(unions=[(union, 7)], title="Đoàn mới")
    one = only(changes(signed))
    assert (one.way, one.title, one.record["pk"]) == ("added", "Đoàn mới", added.pk)
    moves = {move.code: move.logged for move in one.moves}
    assert moves == {"delegations_out": 1, "officials_out": 7, "activities": 1}


def test_a_deleted_record_is_still_named(union):
    gone = DelegationFactory(unions=[(union, 7)], title="Đoàn đã xóa")
    signed = signed_report(Report.of_days(union, YEAR))
    gone.delete()
    one = only(changes(signed))
    assert (one.way, one.title, one.is_deleted, one.merged_into) == ("removed", "Đoàn đã xóa", True, None)
    assert {move.code: move.logged for move in one.moves}["officials_out"] == -7


def test_a_record_that_was_cancelled_is_removed_but_not_deleted(union):
    trip = DelegationFactory(unions=[(union, 7)])
    signed = signed_report(Report.of_days(union, YEAR))
    trip.status = "cancelled"
    trip.save()
    one = only(changes(signed))
    assert (one.way, one.is_deleted) == ("removed", False)


def test_a_new_title_or_day_moves_no_number_and_is_told_with_the_old(union):
    trip = DelegationFactory(unions=[(union, 7)], title="Đi Lào")
    signed = signed_report(Report.of_days(union, YEAR))
    trip.title, trip.starts_on = "Đi Viêng Chăn", dt.date(2022, 5, 1)
    trip.save()
    found = changes(signed)
    one = only(found)
    assert (one.way, one.was_title, one.title, one.moves) == ("changed", "Đi Lào", "Đi Viêng Chăn", ())
    assert one.was_when
    assert found.moved == ()


def test_a_headcount_written_down_later_moves_from_nothing_known(union):
    trip = DelegationFactory(unions=[(union, None)])
    signed = signed_report(Report.of_days(union, YEAR))
    role = UnionRole.objects.get(activity_id=trip.pk)
    role.people = 5
    role.save()
    found = changes(signed)
    (move,) = only(found).moves
    assert (move.code, move.logged, move.unknown_people) == ("officials_out", 5, -1)
    (figure,) = found.moved
    assert (figure.then, figure.now, figure.by) == (None, 5, None)


def test_a_date_made_exact_moves_from_undetermined_to_logged(union):
    trip = DelegationFactory(
        unions=[(union, 3)], starts_on=dt.date(2021, 1, 1), ends_on=dt.date(2022, 12, 31), precision="span"
    )
    signed = signed_report(Report.of_days(union, YEAR))
    trip.starts_on, trip.ends_on, trip.precision = dt.date(2022, 3, 1), None, "day"
    trip.save()
    moves = {move.code: (move.logged, move.undetermined) for move in only(changes(signed)).moves}
    assert moves == {"delegations_out": (1, -1), "officials_out": (3, -3), "activities": (1, -1)}


def test_a_signed_report_stays_citable_when_a_newer_one_is_signed(union):
    first = signed_report(Report.of_days(union, YEAR))
    DelegationFactory(unions=[(union, 7)])
    second = signed_report(Report.of_days(union, YEAR), by=UserFactory(union=union))
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert TermReport.objects.get(pk=first.pk).figures == first.figures
    assert len(changes(first)) == 1
    assert not changes(second)
    assert second.signed_at == NOW
