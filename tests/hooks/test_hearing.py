"""What hooks are told: all that the history wrote down, once, as far as their reader could read it at that moment."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from activities.models import Cost, Delegation, Restriction, StepTaken
from activities.reports.duplicates.merging import merge
from partners.models import Partner
from tests import factories as make
from tests.hooks.listening import hook_of
from unionrelations.accounts.models import Officer
from unionrelations.history.doing import undo
from unionrelations.history.models import Act, Entry
from unionrelations.history.undoing import undoing
from unionrelations.hooks.models import Call, Heard, Hook, Kind
from unionrelations.kit.acts import Way, doing
from unionrelations.tasks.hooks import tell_hooks


def trip_of(union, **said):
    return make.DelegationFactory(title="Đoàn thăm Lào", unions=[(union, 5)], **said)


def test_a_record_made_changed_and_deleted_is_told_three_times_and_no_more(listener, officer, union):
    hook_of(officer, listener.address)
    with doing(Way.PAGE):
        one = Officer.objects.create(union=union, name="Lan")
    key = one.pk
    tell_hooks()
    with doing(Way.PAGE):
        one.title = "Trưởng ban"
        one.save()
        one.note = "."
        one.save()
    tell_hooks()
    tell_hooks()
    with doing(Way.PAGE):
        one.delete()
    tell_hooks()
    assert listener.records == [(f"record.{what}", "officers", key) for what in ("created", "changed", "deleted")]
    assert [one["data"]["way"] for one in listener.told] == ["page"] * 3


def test_what_is_told_names_the_record_and_says_nothing_of_it(listener, officer, union, settings):
    settings.SITE_URL = "https://doingoai.example.vn"
    hook_of(officer, listener.address)
    with doing(Way.PAGE, by=officer):
        trip = trip_of(union)
    tell_hooks()
    said = next(one for one in listener.told if one["data"]["entity"] == "delegations")
    assert said["data"] == {
        "entity": "delegations",
        "id": trip.pk,
        "url": f"https://doingoai.example.vn/api/delegations/{trip.pk}/",
        "act": str(Entry.objects.filter(label="activities.delegation").get().act_id),
        "way": "page",
    }
    heard = b"".join(body for _headers, body in listener.heard)
    assert "Lào".encode() not in heard
    assert officer.username.encode() not in heard


def test_rows_under_a_record_are_a_change_of_it_and_money_is_told_by_itself(listener, officer, union):
    trip = trip_of(union)
    hook_of(officer, listener.address)
    with doing(Way.PAGE):
        make.MemberFactory(activity=trip.activity_ptr, name="Nguyễn Thị Lan")
        cost = Cost.objects.create(activity=trip.activity_ptr, union=union, item="Vé", estimate=1)
    tell_hooks()
    assert sorted(listener.records) == [
        ("record.changed", "delegations", trip.pk),
        ("record.created", "costs", cost.pk),
    ]


def test_a_step_is_told_as_a_step_or_as_a_change_to_who_hears_no_steps(listener, officer, union):
    trip = trip_of(union)
    hook_of(officer, listener.address)
    hook_of(officer, listener.address, kinds=[Kind.CHANGED])
    with doing(Way.PAGE):
        StepTaken.objects.create(activity=trip.activity_ptr, step="submit", before="planned", after="submitted")
        Delegation.objects.filter(pk=trip.pk).update(status="submitted")
    tell_hooks()
    told = sorted((one["type"], one["data"].get("step")) for one in listener.told)
    assert told == [("activity.step", "submit"), ("record.changed", None)]


def test_a_hook_hears_only_the_kinds_it_asked_for(listener, officer, union):
    hook_of(officer, listener.address, kinds=[Kind.DELETED])
    with doing(Way.PAGE):
        one = Officer.objects.create(union=union, name="Lan")
    with doing(Way.PAGE):
        one.delete()
    tell_hooks()
    assert [kind for kind, _entity, _key in listener.records] == ["record.deleted"]


def test_imports_merges_and_what_is_brought_back_are_told_like_anything_else(listener, officer, union):
    kept, gone = make.PartnerFactory(name="LO"), make.PartnerFactory(name="LO Norge")
    hook_of(officer, listener.address)
    with doing(Way.IMPORT):
        trip = trip_of(union, partners=[gone])
    tell_hooks()
    assert ("record.created", "delegations", trip.pk) in listener.records
    listener.heard.clear()
    key = gone.pk
    with doing(Way.MERGE):
        merge(Partner, kept.pk, gone.pk, officer, timezone.now(), {})
    tell_hooks()
    assert ("record.deleted", "partners", key) in listener.records
    assert ("record.changed", "delegations", trip.pk) in listener.records
    assert {one["data"]["way"] for one in listener.told} == {"merge"}
    listener.heard.clear()
    with doing(Way.PAGE):
        one = Officer.objects.create(union=union, name="Lan")
    with doing(Way.PAGE) as going:
        lost, _rows = one.pk, one.delete()
    act, entries = Act.objects.get(pk=going.pk), list(Entry.objects.filter(act=going.pk))
    undo(act, entries, officer, None, undoing(act, entries, officer, None).digest)
    tell_hooks()
    assert listener.records[-1] == ("record.created", "officers", lost)
    assert listener.told[-1]["data"]["way"] == "undo"


def test_what_was_written_past_the_house_is_told_as_well(listener, officer, union):
    one = Officer.objects.create(union=union, name="Lan")
    hook_of(officer, listener.address)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_officer SET note = 'x' WHERE id = %s", [one.pk])
    tell_hooks()
    assert listener.records == [("record.changed", "officers", one.pk)]


def test_a_hook_of_a_union_below_is_told_of_that_union_alone(listener, officer, union, below):
    hook_of(officer, listener.address, union=below)
    with doing(Way.PAGE):
        Officer.objects.create(union=union, name="Trên")
        mine = Officer.objects.create(union=below, name="Dưới")
    tell_hooks()
    assert listener.records == [("record.created", "officers", mine.pk)]


def test_who_begins_to_listen_is_told_what_comes_and_not_what_was(listener, officer, union):
    Officer.objects.create(union=union, name="Trước")
    hook_of(officer, listener.address)
    tell_hooks()
    assert listener.heard == []
    assert not Call.objects.exists()


def test_a_restricted_activity_is_never_told_not_even_to_a_hook_of_whoever_is_named(listener, officer, union):
    hook_of(officer, listener.address)
    with doing(Way.PAGE):
        trip = trip_of(union)
        Restriction(activity=trip.activity_ptr, set_by=officer).begin()
    with doing(Way.PAGE):
        Cost.objects.create(activity=trip.activity_ptr, union=union, item="Vé", estimate=1)
        trip.place = "Viêng Chăn"
        trip.save()
    tell_hooks()
    with doing(Way.PAGE, by=officer):
        trip.delete()
    tell_hooks()
    assert [one for one in listener.records if one[1] in ("delegations", "costs")] == []
    assert not Call.objects.filter(slug__in=("delegations", "costs")).exists()


def test_what_was_heard_and_restricted_before_it_was_told_is_not_told(listener, officer, union):
    hook, _secret = hook_of(officer, listener.address)
    with doing(Way.PAGE):
        trip = trip_of(union)
    listener.status = 500
    tell_hooks()
    assert ("record.created", "delegations", trip.pk) in listener.records
    listener.heard.clear()
    listener.status = 204
    Restriction(activity=trip.activity_ptr, set_by=officer).begin()
    Call.objects.filter(hook=hook).update(due_at=hook.made_at)
    tell_hooks()
    assert [one for one in listener.records if one[1] == "delegations"] == []
    assert not Call.objects.filter(slug="delegations").exists()


@pytest.mark.parametrize("end", ["closed", "signed out", "moved", "off"])
def test_a_hook_ends_with_whatever_it_rests_on(listener, officer, union, below, end):
    hook, _secret = hook_of(officer, listener.address)
    if end == "closed":
        officer.is_active = False
        officer.save()
        officer.is_active = True
        officer.save()
    elif end == "signed out":
        officer.sign_out_everywhere()
    elif end == "moved":
        officer.union = below
        officer.save()
    else:
        Hook.objects.filter(pk=hook.pk).switch_off(hook.made_at)
    Officer.objects.create(union=union, name="Lan")
    tell_hooks()
    assert listener.heard == []


def test_many_changes_are_told_in_several_goes_each_once(listener, officer, union, monkeypatch):
    monkeypatch.setattr("unionrelations.hooks.hearing.AT_ONCE", 3)
    hook_of(officer, listener.address)
    for number in range(7):
        with doing(Way.IMPORT):
            Partner.objects.create(name=f"Đối tác {number}")
    tell_hooks()
    keys = list(Partner.objects.order_by("pk").values_list("pk", flat=True))
    assert listener.records == [("record.created", "partners", key) for key in keys]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_change_that_ends_after_a_later_one_is_not_left_out(listener):
    """Numbers are given as rows are written, and seen as transactions end: the first writer ends last."""
    union = make.UnionFactory(code="tren")
    hook_of(make.UserFactory(union=union), listener.address)
    wrote, may_end = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                Officer.objects.create(union=union, name="Chậm")
                wrote.set()
                assert may_end.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(20)
    Officer.objects.create(union=union, name="Nhanh")
    tell_hooks()
    early = list(listener.records)
    may_end.set()
    thread.join()
    tell_hooks()
    tell_hooks()
    keys = {one.pk for one in Officer.objects.all()}
    assert len(listener.records) == 2
    assert {key for _kind, _entity, key in listener.records} == keys
    assert early == []  # what comes later may still turn up before it
    assert Heard.objects.get().upto == Entry.objects.order_by("-pk").first().pk


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_writes_something_else_on_the_same_server_delays_nothing(listener):
    union = make.UnionFactory(code="tren")
    hook_of(make.UserFactory(union=union), listener.address)
    settings = connection.get_connection_params()
    here, elsewhere = (
        connection.Database.connect(**settings | {"dbname": one}) for one in (settings["dbname"], "postgres")
    )
    try:
        for other in (here, elsewhere):
            other.execute("SELECT pg_current_xact_id()")  # it writes from now on
        Officer.objects.create(union=union, name="Lan")
        tell_hooks()
        assert len(listener.records) == 1
    finally:
        here.close()
        elsewhere.close()
