"""The pages of webhooks: made right after proving who one is, one's own alone, and what a person does with them."""

import pytest
from django.test import override_settings
from django.urls import reverse

from activities.models import Restriction
from tests import factories as make
from tests.doors import enter, text
from tests.hooks.listening import hook_of
from unionrelations.accounts.models import Officer, User
from unionrelations.hooks.models import MOST_HOOKS, Call, Hook, Kind
from unionrelations.kit.acts import Way, doing
from unionrelations.tasks.hooks import tell_hooks
from unionrelations.web.door import hooks


@pytest.fixture
def proved(monkeypatch):
    monkeypatch.setattr(hooks, "proved_lately", lambda request: True)


def typed(union, **said) -> dict:
    return {
        "name": "Sổ văn bản",
        "union": union.pk,
        "address": "https://vanban.example.vn/told",
        "kinds": [Kind.CREATED, Kind.DELETED],
    } | said


def test_a_secret_is_shown_once_and_what_was_asked_for_is_kept(officer, union, proved):
    desk = enter(officer)
    page = text(desk.post("/hooks/", typed(union)))
    hook = Hook.objects.get()
    assert "whsec_" in page
    assert (hook.person, hook.kinds) == (officer, [Kind.CREATED, Kind.DELETED])
    assert "whsec_" not in text(desk.get("/hooks/"))
    assert "whsec_" not in text(desk.get(f"/hooks/{hook.pk}/"))


def test_a_webhook_is_made_only_right_after_showing_who_one_is(officer, union, monkeypatch):
    monkeypatch.setattr(hooks, "proved_lately", lambda request: False)
    enter(officer).post("/hooks/", typed(union))
    assert not Hook.objects.exists()


def test_who_must_have_a_second_factor_makes_no_webhook_before(union, proved):
    keeper = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)
    desk = enter(keeper)
    with override_settings(REQUIRE_SECOND_FACTOR=True):
        desk.post("/hooks/", typed(union))
    assert not Hook.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        *("http://vanban.example.vn/", "ftp://vanban.example.vn/", "vanban.example.vn", "https://", "https://:443/"),
        *("https://lan:mat@vanban.example.vn/", "https://vanban.example.vn/#x", "https://vanban.example.vn:x/"),
        *("https://[::1", "https://văn-bản.vn/", "file:///etc/passwd", "https://a b.vn/"),
    ],
)
def test_an_address_the_house_would_never_call_is_refused_when_it_is_typed(officer, union, proved, address):
    page = text(enter(officer).post("/hooks/", typed(union, address=address)))
    assert 'aria-invalid="true"' in page
    assert not Hook.objects.exists()


def test_nobody_registers_an_address_for_a_union_above_their_own(union, below, proved):
    enter(make.UserFactory(union=below)).post("/hooks/", typed(union))
    assert not Hook.objects.exists()


def test_one_person_has_only_so_many(officer, union, proved):
    for _number in range(MOST_HOOKS):
        hook_of(officer, "https://vanban.example.vn/")
    enter(officer).post("/hooks/", typed(union))
    assert Hook.objects.count() == MOST_HOOKS


@pytest.mark.parametrize("page", ["", "test/", "secret/", "switch/", "remove/"])
def test_the_webhook_of_a_colleague_is_not_there(officer, union, page, proved):
    hook, _secret = hook_of(officer, "https://vanban.example.vn/")
    colleague = enter(make.UserFactory(union=union))
    ask = colleague.post if page else colleague.get
    assert ask(f"/hooks/{hook.pk}/{page}").status_code == 404
    assert Hook.objects.filter(pk=hook.pk, off_at=None, former="").exists()


def test_whoever_keeps_accounts_removes_one_and_does_not_read_what_it_was_told(officer, union):
    hook, _secret = hook_of(officer, "https://vanban.example.vn/")
    keeper = enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    assert "vanban.example.vn" in text(keeper.get("/hooks/"))
    assert keeper.get(f"/hooks/{hook.pk}/").status_code == 404
    keeper.post(f"/hooks/{hook.pk}/remove/")
    assert not Hook.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_saving_a_record_on_its_page_is_told_soon_after(listener):
    union = make.UnionFactory(code="tren")
    officer = make.UserFactory(union=union)
    hook_of(officer, listener.address)
    desk = enter(officer)
    answer = desk.post(reverse("officers-new"), {"union": union.pk, "name": "Lan", "full_time": "unknown"})
    assert answer.status_code == 302
    assert ("record.created", "officers", Officer.objects.get().pk) in listener.records
    assert listener.told[-1]["data"]["way"] == "page"


@pytest.mark.django_db(transaction=True)
def test_a_test_call_is_made_listed_and_made_again(listener):
    officer = make.UserFactory(union=make.UnionFactory(code="tren"))
    hook, secret = hook_of(officer, listener.address)
    desk = enter(officer)
    listener.status = 503
    desk.post(f"/hooks/{hook.pk}/test/")
    assert listener.verified(secret)["type"] == "test"
    page = text(desk.get(f"/hooks/{hook.pk}/"))
    assert "503" in page
    listener.status = 204
    desk.post(f"/hooks/calls/{Call.objects.get().pk}/again/")
    assert Call.objects.get().state == Call.State.DONE
    assert {headers["webhook-id"] for headers, _body in listener.heard} == {f"evt_{Call.objects.get().event.hex}"}


def test_what_waits_is_not_listed_since_it_may_be_nothing_its_person_may_know(officer, union, listener):
    hook, _secret = hook_of(officer, listener.address)
    trip = make.DelegationFactory(title="Đoàn thăm Lào", unions=[(union, 5)])
    call = Call.objects.create(
        **{"hook": hook, "kind": Kind.CHANGED, "slug": "delegations", "key": trip.pk, "label": "activities.activity"},
        happened_at=hook.made_at,
        due_at=hook.made_at,
    )
    said = f"hoạt động {trip.pk}"
    assert said not in text(enter(officer).get(f"/hooks/{hook.pk}/"))
    assert enter(officer).post(f"/hooks/calls/{call.pk}/again/").status_code == 404
    call.attempts.create(at=hook.made_at, took=1, status=503)
    assert said in text(enter(officer).get(f"/hooks/{hook.pk}/"))


def test_a_webhook_is_switched_off_and_on_and_is_not_told_what_happened_meanwhile(officer, union, listener, proved):
    hook, _secret = hook_of(officer, listener.address)
    desk = enter(officer)
    desk.post(f"/hooks/{hook.pk}/switch/")
    with doing(Way.PAGE):
        Officer.objects.create(union=union, name="Lan")
    desk.post(f"/hooks/{hook.pk}/switch/")
    tell_hooks()
    assert listener.heard == []
    with doing(Way.PAGE):
        Officer.objects.create(union=union, name="Hùng")
    tell_hooks()
    assert len(listener.heard) == 1


def test_a_new_secret_is_shown_once(officer, proved):
    hook, before = hook_of(officer, "https://vanban.example.vn/")
    page = text(enter(officer).post(f"/hooks/{hook.pk}/secret/"))
    assert "whsec_" in page
    assert before not in page
    hook.refresh_from_db()
    assert len(hook.keys(hook.made_at)) == 2


def test_an_old_call_about_what_is_restricted_by_now_is_not_made_again(officer, union, listener):
    hook, _secret = hook_of(officer, listener.address)
    with doing(Way.PAGE):
        trip = make.DelegationFactory(title="Đoàn thăm Lào", unions=[(union, 5)])
    tell_hooks()
    call = Call.objects.get(slug="delegations")
    Restriction(activity=trip.activity_ptr, set_by=officer).begin()
    listener.heard.clear()
    Call.objects.filter(pk=call.pk).tell_again(hook.made_at)
    tell_hooks()
    assert listener.heard == []
