"""A reader sees the history of what they may see, and of what is gone only what was theirs."""

from itertools import pairwise

import pytest
from django.core.cache import caches

from activities.models import Activity, Cost, Member, NamedReader, Restriction, UnionRole
from partners.models import Contact, Coverage
from tests import factories as make
from tests.admin_factories import MAKERS, rows_under
from tests.history.worlds import House, person
from unionrelations.accounts.models import Officer, User
from unionrelations.history.kept import KEPT
from unionrelations.history.models import Entry
from unionrelations.history.telling import Telling
from unionrelations.kit.acts import Way, doing

pytestmark = pytest.mark.django_db


def told_to(user, **which) -> set[tuple[str, int]]:
    rows = Entry.objects.visible_to(user).filter(**which)
    return set(rows.values_list("label", "key"))


def readable(kept, user) -> set[tuple[str, int]]:
    """The rows a reader sees; of what is handed down from above, only what is theirs to change."""
    rows = kept.model._default_manager.all()
    if rows.model is NamedReader:
        seen = Restriction.objects.visible_to(user).values("pk")
        return {(kept.label, pk) for pk in rows.filter(restriction__in=seen).values_list("pk", flat=True)}
    rows = rows.writable_by(user) if rows.handed_down else rows.visible_to(user)
    return {(kept.label, pk) for pk in rows.order_by().values_list("pk", flat=True)}


def test_of_what_stands_a_reader_sees_the_history_of_what_they_see():
    top = make.UnionFactory(code="tren")
    below, beside = (make.UnionFactory(code=code, parent=top) for code in ("duoi", "canh"))
    for union in (top, below, beside):
        for maker in MAKERS.values():
            record = maker(union)
            if isinstance(record, Activity):
                rows_under(record, union)
    readers = [person(union, role) for union in (top, below, beside) for role in User.Role]
    readers += [make.UserFactory(union=None, is_superuser=True), make.UserFactory(union=None)]
    standing = {
        kept: {(kept.label, pk) for pk in kept.model._base_manager.values_list("pk", flat=True)}
        for kept in KEPT.values()
    }
    number = 0
    for reader in readers:
        told = told_to(reader)
        for kept, stands in standing.items():
            may = reader.has_perm(f"{kept.model._meta.app_label}.view_{kept.model._meta.model_name}")
            seen = told & stands
            assert seen == (readable(kept, reader) if may else set()), (kept.label, reader.union, reader.role)
            number += len(seen)
    assert number > 1000


def test_what_was_worked_out_for_a_person_is_used_while_they_stand_as_they_did(django_assert_num_queries):
    house = House()
    reader = signed_in(make.UserFactory(union=house.one, role=User.Role.OFFICER))
    caches["conditions"].clear()
    with django_assert_num_queries(0):  # no answer of the database goes into it
        worked_out = str(Entry.objects.visible_to(reader).query)
    assert str(Entry.objects.visible_to(signed_in(reader)).query) == worked_out
    told = [told_to(signed_in(reader))]
    for change in ({"union": house.other}, {"role": User.Role.ADMINISTRATOR}, {"union": house.top}):
        User.objects.filter(pk=reader.pk).update(**change)
        told.append(told_to(signed_in(reader)))
        caches["conditions"].clear()
        assert told_to(signed_in(reader)) == told[-1], change
    restriction = Restriction.objects.create(activity=house.mine, set_by=house.keeper, reason="chưa công bố")
    User.objects.filter(pk=reader.pk).update(union=house.one)
    told.append(told_to(signed_in(reader)))
    restriction.named.create(user=reader)
    told.append(told_to(signed_in(reader)))
    assert all(before != after for before, after in pairwise(told))


def signed_in(user) -> User:
    """The person as the next request finds them."""
    return User.objects.select_related("union").with_names().get(pk=user.pk)


def test_of_a_joint_activity_each_union_reads_its_own_people_and_money():
    house = House()
    one, other = person(house.one), person(house.other)
    for label, model in (("activities.unionrole", UnionRole), ("activities.cost", Cost)):
        mine = set(model.objects.filter(union=house.one).values_list("pk", flat=True))
        assert {key for _label, key in told_to(one, label=label)} == mine
        assert not {key for _label, key in told_to(other, label=label)} & mine


def test_so_it_stays_once_the_activity_is_gone():
    house = House()
    one, other, keeper = person(house.one), person(house.other), house.keeper
    beside = person(make.UnionFactory(code="ba", parent=house.top))
    seen = {reader: told_to(reader, root="activities.activity") for reader in (one, other, keeper)}
    house.joint.delete()
    house.mine.delete()
    for reader, before in seen.items():
        assert told_to(reader, root="activities.activity", what="made") == before
        assert told_to(reader, root="activities.activity", what="deleted") == before
    assert told_to(beside, root="activities.activity") == set()


def test_what_is_handed_down_is_read_below_as_it_stands_and_not_as_it_came_about():
    house = House()
    make.TermFactory(union=house.top)
    assert told_to(house.keeper, label="activities.term")
    assert not told_to(person(house.one), label="activities.term")


def test_what_everybody_shares_everybody_reads_but_not_who_of_others_looks_after_it():
    house = House()
    officer = Officer.objects.create(union=house.other, name="Bà Hoa")
    Coverage.objects.create(partner=house.partners[0], officer=officer)
    Contact.objects.all().delete()
    Coverage.objects.all().delete()
    one = person(house.one)
    assert told_to(one, label="partners.contact", what="deleted")
    assert not told_to(one, label="partners.coverage")
    assert told_to(person(house.other), label="partners.coverage", what="deleted")


def test_accounts_are_told_to_administrators_alone():
    house = House()
    assert told_to(house.keeper, label="accounts.user")
    for role in (User.Role.OFFICER, User.Role.LEADER, User.Role.AUDITOR):
        assert not told_to(person(house.top, role), label="accounts.user")


def test_names_of_records_out_of_reach_are_not_told():
    house = House()
    secret = make.DelegationFactory(title="Đoàn bí mật", unions=[(house.other, 1)])
    Activity.objects.filter(pk=house.mine.pk).update(part_of=secret.pk)
    for reader, is_told in ((person(house.one), False), (house.keeper, True)):
        entries = Entry.objects.visible_to(reader).filter(key=house.mine.pk, what="changed")
        said = " ".join(str(line) for one in entries for line in Telling(entries, reader).lines(one))
        assert said
        assert ("bí mật" in said) is is_told


def test_a_union_that_is_gone_stays_in_the_history_of_the_one_above():
    house = House()
    gone = make.UnionFactory(code="giai-the", parent=house.one)
    Officer.objects.create(union=gone, name="Bà Hoa")
    Officer.objects.filter(union=gone).delete()
    key = gone.pk
    gone.delete()
    for reader in (house.keeper, person(house.one)):
        assert ("accounts.union", key) in told_to(reader, what="deleted")
        assert told_to(reader, label="accounts.officer", what="deleted")
    assert ("accounts.union", key) not in told_to(person(house.other))


def test_the_bin_holds_what_is_gone_and_neither_what_came_back_nor_what_went_along():
    house = House()
    Member.objects.filter(activity=house.joint.pk).delete()
    key = house.mine.pk
    house.mine.delete()
    rows = Entry.objects.visible_to(house.keeper).bin()
    assert {one.row for one in rows} >= {("activities.activity", key)}
    assert {one.label for one in rows} == {"activities.activity", "activities.member"}
    Activity.objects.bulk_create([Activity(pk=key, kind="delegation", title="Lại có", starts_on="2022-03-01")])
    assert ("activities.activity", key) not in {one.row for one in Entry.objects.visible_to(house.keeper).bin()}


def test_what_is_of_restricted_access_is_told_to_the_named_and_once_gone_to_who_took_it_away():
    union = make.UnionFactory(code="vuit")
    named, colleague = (person(union, User.Role.ADMINISTRATOR) for _each in range(2))
    house = make.UserFactory(union=None, is_superuser=True)
    visit = make.DelegationFactory(unions=[(union, 3)])
    member = make.MemberFactory(activity=visit.activity_ptr)
    Restriction(activity=visit.activity_ptr, set_by=named).begin()
    of_it = {("activities.activity", visit.pk), ("activities.delegation", visit.pk), ("activities.member", member.pk)}
    everybody = [User.objects.with_names().get(pk=one.pk) for one in (named, colleague, house)]
    assert [of_it <= told_to(one) for one in everybody] == [True, False, False]
    assert [bool(of_it & told_to(one)) for one in everybody] == [True, False, False]
    with doing(Way.PAGE, by=named):
        visit.delete()
    assert [bool(of_it & told_to(one)) for one in everybody] == [True, False, False]
    assert "activities.restriction" not in {label for label, _key in told_to(colleague) | told_to(house)}


def test_an_account_is_told_by_its_name_and_not_by_its_language():
    reader = person(make.UnionFactory(code="vuit"), User.Role.ADMINISTRATOR)
    account = make.UserFactory(union=reader.union, username="lan")
    entries = list(Entry.objects.visible_to(reader).of_record("accounts.user", account.pk))
    assert Telling(entries, reader).name_of("accounts.user", account.pk) == "lan"


def test_a_very_long_name_is_shortened_in_sight():
    reader = person(make.UnionFactory(code="vuit"), User.Role.ADMINISTRATOR)
    trip = make.DelegationFactory(title="Đoàn đại biểu cấp cao " * 9, unions=[(reader.union, 1)])
    entries = list(Entry.objects.visible_to(reader).of_record("activities.activity", trip.pk))
    name = Telling(entries, reader).name_of("activities.activity", trip.pk)
    assert (len(name), name[-1]) == (120, "…")
