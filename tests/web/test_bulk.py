"""Many records changed at once: seen before, refused one by one, saved like one, and undone together."""

import pytest
from django.urls import reverse

from activities.models import Delegation, Plan
from partners.models import Partner
from tests import factories as make
from tests.doors import DAY, enter, text
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES
from unionrelations.web.bulk import AT_ONCE
from unionrelations.web.models import Undo


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union)


def chosen(page) -> list[str]:
    """The rows as the page would send them on, each with the edit it showed."""
    return [f"{one.record.pk}:{one.record.version}" for one in page.context["changes"]]


def test_nothing_changes_before_it_was_seen_then_each_is_saved_as_one(officer, union):
    trips = [make.DelegationFactory(unions=[(union, 3)], status="planned") for _number in range(3)]
    browser, keys = enter(officer), [one.pk for one in trips]
    asked = browser.post("/delegations/bulk/?status=planned", {"pk": keys})
    assert len(asked.context["records"]) == 3
    preview = browser.post("/delegations/bulk/?status=planned", {"pk": keys, "step": "preview", "set-status": "held"})
    assert (preview.context["happening"], Delegation.objects.filter(status="held").count()) == (3, 0)
    sent = {"pk": chosen(preview), "step": "apply", "set-status": "held"}
    done = browser.post("/delegations/bulk/?status=planned", sent)
    assert done.url == "/delegations/?status=planned"
    for one in trips:
        fresh = Delegation.objects.get(pk=one.pk)
        assert (fresh.status, fresh.version, fresh.changed_by) == ("held", one.version + 1, officer)
        assert fresh.scopes.get(union=union).held  # what is derived followed
    undo = Undo.objects.get()
    assert undo.url in text(browser.get(done.url))
    browser.post(reverse("undo", args=[undo.pk]))
    assert Delegation.objects.filter(status="planned").count() == 3


def test_a_record_that_breaks_a_rule_is_left_with_its_reason(officer, union):
    make.DelegationFactory(title="Có lý do", unions=[(union, 3)], off_plan_reason="đột xuất")
    without = make.DelegationFactory(title="Không lý do", unions=[(union, 3)])
    keys, browser = list(Delegation.objects.values_list("pk", flat=True)), enter(officer)
    preview = browser.post("/delegations/bulk/", {"pk": keys, "step": "preview", "set-on_plan": "false"})
    assert [one.record.pk for one in preview.context["refused"]] == [without.pk]
    assert preview.context["refused"][0].refused in text(preview)
    browser.post("/delegations/bulk/", {"pk": chosen(preview), "step": "apply", "set-on_plan": "false"})
    assert list(Delegation.objects.filter(on_plan=False).values_list("title", flat=True)) == ["Có lý do"]


def test_what_somebody_changed_meanwhile_is_left(officer, union):
    one = make.DelegationFactory(unions=[(union, 3)])
    browser = enter(officer)
    preview = browser.post("/delegations/bulk/", {"pk": one.pk, "step": "preview", "set-mode": "online"})
    one.place = "Viêng Chăn"
    one.save()
    browser.post("/delegations/bulk/", {"pk": chosen(preview), "step": "apply", "set-mode": "online"})
    assert Delegation.objects.get().mode == ""


def test_what_is_handed_down_or_out_of_reach_is_never_changed(officer, union):
    above = make.UnionFactory()
    union.parent = above
    union.save()
    handed = Plan.objects.create(union=above, title="Của cấp trên", first_day=DAY, last_day=DAY, state="approved")
    strange = make.DelegationFactory(unions=[(make.UnionFactory(), 1)], status="planned")
    browser = enter(User.objects.get(pk=officer.pk))
    sent = {"pk": handed.pk, "step": "apply", "set-standing_unit": "Ban Đối ngoại"}
    preview = browser.post("/plans/bulk/", sent | {"step": "preview"})
    assert len(preview.context["refused"]) == 1
    browser.post("/plans/bulk/", sent)
    out = browser.post("/delegations/bulk/", {"pk": strange.pk, "step": "preview", "set-status": "held"})
    assert out.context["records"] == []
    browser.post("/delegations/bulk/", {"pk": strange.pk, "step": "apply", "set-status": "held"})
    handed.refresh_from_db(), strange.refresh_from_db()
    assert (handed.standing_unit, strange.status) == ("", "planned")


def test_all_that_fit_a_filter_are_meant_no_more_and_no_fewer(officer, union):
    for number in range(60):
        make.DelegationFactory(unions=[(union, 1)], status="planned" if number else "held")
    ticked = Delegation.objects.filter(status="planned").first().pk
    page = enter(officer).post("/delegations/bulk/?status=planned", {"pk": ticked, "all": "1"})
    assert len(page.context["records"]) == 59
    refused = enter(officer).post("/delegations/bulk/?status=flying", {"pk": ticked, "all": "1"})
    assert refused.status_code == 400  # a filter that cannot be read must not widen what is changed


def test_there_is_a_limit_and_it_is_said(officer, union):
    for number in range(AT_ONCE + 1):
        Partner.objects.create(name=f"Đối tác {number}", kind="ngo")
    page = enter(officer).post("/partners/bulk/", {"all": "1"})
    assert page.context["too_many"]
    assert str(AT_ONCE) in text(page)


@pytest.mark.parametrize("entity", [one for one in ENTITIES if one.bulk], ids=lambda one: one.slug)
def test_only_who_may_change_a_record_may_change_many(entity, union):
    for role in (User.Role.LEADER, User.Role.AUDITOR):
        browser = enter(make.UserFactory(union=union, role=role))
        assert browser.post(f"/{entity.slug}/bulk/", {"step": "apply"}).status_code == 403
        assert not browser.get(f"/{entity.slug}/").context["picks"]
    keeper = enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    assert keeper.post(f"/{entity.slug}/bulk/", {}).status_code == 200
    assert keeper.get(f"/{entity.slug}/bulk/").status_code == 405


@pytest.mark.parametrize("sent", [{"pk": "x"}, {"pk": "1:x"}, {"pk": "9" * 40}, {"pk": "-1"}])
def test_rows_that_are_no_rows_are_refused(officer, sent):
    assert enter(officer).post("/delegations/bulk/", sent).status_code == 400


def test_something_must_be_chosen_to_change(officer, union):
    one = make.DelegationFactory(unions=[(union, 3)])
    page = enter(officer).post("/delegations/bulk/", {"pk": one.pk, "step": "apply"})
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
