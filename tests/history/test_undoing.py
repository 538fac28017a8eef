"""Any act can be undone from its history: the rows are as before, and what cannot be undone says why."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from activities.models import (
    Activity,
    Cost,
    Delegation,
    Member,
    Paper,
    PartnerRole,
    Plan,
    PlanLine,
    Realisation,
    SourceLink,
    UnionRole,
)
from activities.reports.duplicates.merging import merge
from partners.models import Contact, Partner
from tests import factories as make
from tests.doors import RECORDS
from tests.history.worlds import House, person, sql
from tests.reports.merging import everything
from tests.reports.worlds import on_random_worlds
from unionrelations.accounts.models import Officer, Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.history.doing import Refused, undo
from unionrelations.history.models import Act, Entry
from unionrelations.history.undoing import undoing
from unionrelations.kit.acts import Way, doing

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 1, tzinfo=UTC)
ACTIVITY = "activities.activity"
each_entered = pytest.mark.parametrize("entity", [one for one in ENTITIES if one.form], ids=lambda entity: entity.slug)


@pytest.fixture
def house():
    return House()


def seen_of(act: Act, user):
    return list(Entry.objects.visible_to(user).filter(act=act))


def undone(act: Act, user, record=None):
    """Looks at what would happen, then lets it happen."""
    seen = seen_of(act, user)
    found = undoing(act, seen, user, record)
    return undo(act, seen, user, record, found.digest)


def done(by, work, way=Way.PAGE) -> Act:
    """The act in which somebody does this."""
    with doing(way, by=by) as act, transaction.atomic():
        work()
    return Act.objects.get(pk=act.pk)


def why_not(act: Act, user, record=None) -> list[str]:
    found = undoing(act, seen_of(act, user), user, record)
    return [one.refused for one in found.steps if one.refused] or [found.refused]


# --- Every entity


@each_entered
def test_a_deleted_record_comes_back_as_it_was(entity):
    top = make.UnionFactory()
    keeper = person(top, User.Role.ADMINISTRATOR)
    record = RECORDS[entity.slug](top)
    before = everything()
    act = done(keeper, record.delete)
    assert everything() != before
    undone(act, keeper)
    assert everything() == before


@each_entered
def test_rows_deleted_and_changed_past_the_models_come_back_as_well(entity):
    top = make.UnionFactory()
    keeper = person(top, User.Role.ADMINISTRATOR)
    record = RECORDS[entity.slug](top)
    model = type(record)
    name = next(one for one in ("note", "content", "name", "title", "text", "quiet_months") if hasattr(record, one))
    before = everything()
    act = done(
        keeper,
        lambda: model._base_manager.filter(pk=record.pk).update(
            **{name: 7 if name == "quiet_months" else "đã sửa thẳng"}
        ),
    )
    undone(act, keeper)
    assert everything() == before
    act = done(keeper, model._base_manager.filter(pk=record.pk).delete)
    undone(act, keeper)
    assert everything() == before


@each_entered
def test_a_record_that_was_made_is_taken_away_again(entity):
    top = make.UnionFactory()
    keeper = person(top, User.Role.ADMINISTRATOR)
    before = everything()
    act = done(keeper, lambda: RECORDS[entity.slug](top))
    undone(act, keeper)
    assert everything() == before


# --- What hangs on it


def test_what_went_along_and_what_let_go_of_it_comes_back(house):
    trip = house.mine.activity_ptr
    Paper.objects.create(activity=trip, kind="request", number="12/TTr")
    plan = Plan.objects.create(union=house.one, title="2022", first_day=trip.starts_on, last_day=trip.starts_on)
    line = PlanLine.objects.create(plan=plan, title="Thăm Lào")
    Realisation.objects.create(line=line, activity=trip)
    SourceLink.objects.create(document=make.DocumentFactory(union=house.one), place="trang 2", activity=trip)
    before, key = everything(), trip.pk
    act = done(house.keeper, house.mine.delete)
    found = undoing(act, seen_of(act, house.keeper), house.keeper, (ACTIVITY, key))
    assert {one.kept.label.partition(".")[2] for one in found.happening} == {
        *("activity", "delegation", "unionrole", "member", "paper", "realisation", "sourcelink")
    }
    undone(act, house.keeper, (ACTIVITY, key))
    assert everything() == before


def test_a_part_of_an_act_is_undone_by_itself(house):
    def work():
        Delegation.objects.filter(pk__in=[house.mine.pk, house.joint.pk]).update(note="sửa cả hai")

    act = done(house.keeper, work)
    undone(act, house.keeper, (ACTIVITY, house.mine.pk))
    notes = dict(Activity.objects.values_list("pk", "note"))
    assert notes == {house.mine.pk: "", house.joint.pk: "sửa cả hai"}


def test_undoing_is_an_act_that_can_be_undone(house):
    act = done(house.keeper, house.mine.delete)
    gone = everything()
    undone(act, house.keeper)
    again = Act.objects.get(undoes=act.pk)
    assert (again.way, again.person) == ("undo", house.keeper)
    undone(again, house.keeper)
    assert everything() == gone


# --- What stands in the way


def test_fields_changed_since_are_left_and_the_others_go_back(house):
    act = done(house.keeper, lambda: Activity.objects.filter(pk=house.mine.pk).update(note="một", place="Huế"))
    Activity.objects.filter(pk=house.mine.pk).update(note="hai")
    found = undone(act, house.keeper)
    house.mine.refresh_from_db()
    assert (house.mine.note, house.mine.place) == ("hai", "")
    assert [one.changed_since for one in found.left] == [["note"]]


def test_nothing_happens_that_was_not_shown(house):
    act = done(house.keeper, lambda: Activity.objects.filter(pk=house.mine.pk).update(note="một", place="Huế"))
    shown = undoing(act, seen_of(act, house.keeper), house.keeper).digest
    Activity.objects.filter(pk=house.mine.pk).update(note="hai")
    with pytest.raises(Refused):
        undo(act, seen_of(act, house.keeper), house.keeper, None, shown)
    house.mine.refresh_from_db()
    assert house.mine.place == "Huế"


def test_what_was_made_stays_once_something_rests_on_it(house):
    made = []
    act = done(house.keeper, lambda: made.append(make.PartnerFactory(name="Mới")))
    Contact.objects.create(partner=made[0], name="Ông Bounmy")
    assert any("liên hệ" in one or "contact" in one for one in why_not(act, house.keeper))
    with pytest.raises(Refused):
        undone(act, house.keeper)
    assert Partner.objects.filter(pk=made[0].pk).exists()


def test_a_row_comes_back_only_to_a_record_that_stands(house):
    member = Member.objects.filter(activity=house.mine.pk)
    was = list(member.values())
    act = done(house.keeper, member.delete)
    later = done(house.keeper, house.mine.delete)
    with pytest.raises(Refused):
        undone(act, house.keeper)
    undone(later, house.keeper)
    undone(act, house.keeper)
    assert list(Member.objects.filter(pk=was[0]["id"]).values()) == was


def test_a_place_that_was_taken_meanwhile_refuses_the_whole(house):
    role = UnionRole.objects.get(activity=house.mine.pk)
    act = done(house.keeper, role.delete)
    UnionRole.objects.create(activity_id=house.mine.pk, union=house.other, part="lead")
    before = everything()
    with pytest.raises(Refused):
        undone(act, house.keeper)
    assert everything() == before


def test_merges_are_taken_apart_on_their_own_page(house):
    kept, gone = house.partners
    merge(Partner, kept.pk, gone.pk, house.keeper, LATER, {})
    act = Act.objects.get(way="merge")
    assert act.why == "Đối tác 1 → Đối tác 0"
    assert why_not(act, house.keeper) != [""]
    with pytest.raises(Refused):
        undone(act, house.keeper)


def test_accounts_are_changed_by_hand_alone(house):
    act = done(house.keeper, lambda: User.objects.filter(pk=house.keeper.pk).update(role="leader"))
    with pytest.raises(Refused):
        undone(act, User.objects.get(pk=house.keeper.pk))


def test_a_step_that_was_taken_is_not_undone_here(house):
    trip = make.DelegationFactory(status="planned", unions=[(house.one, 2)])
    Activity.objects.filter(pk=trip.pk).update(status="planned")

    def submitted():
        one = Activity.objects.get(pk=trip.pk)
        one.stand("submitted", LATER)
        one.save()
        one.steps.create(step="submit", before="planned", after="submitted", by=house.keeper)

    act = done(house.keeper, submitted)
    with pytest.raises(Refused):
        undone(act, house.keeper)
    assert Activity.objects.get(pk=trip.pk).status == "submitted"


# --- Whose it is


def test_nobody_undoes_what_they_may_not_do_by_hand(house):
    act = done(house.keeper, house.mine.delete)
    for somebody in (person(house.one, User.Role.LEADER), person(house.one, User.Role.AUDITOR)):
        with pytest.raises(Refused):
            undone(act, somebody)
    undone(act, person(house.one))
    assert Delegation.objects.filter(title="Đoàn riêng").exists()


def test_a_record_of_several_unions_comes_back_whole_or_not_at_all(house):
    act = done(house.keeper, house.joint.delete)
    with pytest.raises(Refused):
        undone(act, person(house.one))
    undone(act, house.keeper)
    assert UnionRole.objects.filter(activity__title="Đoàn chung").count() == 2
    assert Cost.objects.filter(activity__title="Đoàn chung").count() == 2


def test_another_union_s_money_stays_as_it_is(house):
    act = done(house.keeper, lambda: Cost.objects.update(note="sửa"))
    undone(act, person(house.one))
    assert dict(Cost.objects.values_list("union__code", "note")) == {"mot": "", "hai": "sửa"}


# --- Any edits, undone in reverse


def _first(rows, place: int):
    rows = list(rows.order_by("pk"))
    return rows[place % len(rows)] if rows else None


def _delete(model, place: int) -> None:
    if (one := _first(model.objects, place)) is not None:
        one.delete()


def _rename(model, name: str, place: int, words: str) -> None:
    if (one := _first(model.objects, place)) is not None:
        setattr(one, name, words)
        one.save()


def _add_partner(place: int) -> None:
    trip, partner = _first(Activity.objects, place), _first(Partner.objects, place // 3)
    if trip and partner and not PartnerRole.objects.filter(activity=trip, partner=partner, part="host").exists():
        PartnerRole.objects.create(activity=trip, partner=partner, part="host")


def _hand_over(place: int) -> None:
    trip = _first(Activity.objects, place)
    if trip is not None:
        Member.objects.update(activity=trip)


EDITS = {
    "đổi tên đoàn": lambda place, words: _rename(Delegation, "title", place, words or "Đoàn"),
    "đổi ghi chú": lambda place, words: Activity.objects.update(note=words),
    "đổi tên đối tác": lambda place, words: _rename(Partner, "name", place, f"Đối tác {words}"),
    "viết thẳng": lambda place, words: sql("UPDATE activities_member SET title = %s", words),
    "sửa tiền": lambda place, words: Cost.objects.update(estimate=place),
    "xóa đoàn": lambda place, words: _delete(Delegation, place),
    "xóa thành viên": lambda place, words: _delete(Member, place),
    "xóa người liên hệ": lambda place, words: Contact.objects.all().delete(),
    "thêm đoàn": lambda place, words: make.DelegationFactory(unions=[(_first(Union.objects, place), place)]),
    "thêm đối tác": lambda place, words: _add_partner(place),
    "thêm cán bộ": lambda place, words: Officer.objects.get_or_create(union=_first(Union.objects, place), name="Lan"),
    "chuyển thành viên": lambda place, words: _hand_over(place),
}
edits = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 12), st.sampled_from(["", "Huế", "O'Brien\n“ngoặc”"])),
    min_size=1,
    max_size=6,
)


@on_random_worlds
@given(walk=edits)
def test_whatever_was_done_is_undone_step_by_step(walk):
    with transaction.atomic():
        house = House()
        states, acts = [everything()], []
        for name, place, words in walk:
            act = done_or_none(house.keeper, lambda edit=(name, place, words): EDITS[edit[0]](edit[1], edit[2]))
            acts.append(act)
            states.append(everything())
        while acts:
            act = acts.pop()
            assert everything() == states.pop()
            if act is not None:
                undone(act, house.keeper)
        assert everything() == states.pop()
        transaction.set_rollback(True)


def done_or_none(by, work) -> Act | None:
    """Nothing where the edit changed nothing."""
    with doing(Way.PAGE, by=by) as act, transaction.atomic():
        work()
    return Act.objects.filter(pk=act.pk).first()
