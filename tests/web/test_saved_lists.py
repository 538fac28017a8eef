"""Lists kept under names: one's own, shared ones, and those of the house. Questions, never rows."""

import pytest

from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES
from unionrelations.web.models import SavedView


@pytest.fixture
def top(db):
    return make.UnionFactory(code="tren")


@pytest.fixture
def below(top):
    return make.UnionFactory(code="duoi", parent=top)


def person(union, role=User.Role.OFFICER):
    return make.UserFactory(union=union, role=role)


def keep(browser, name="Lào", query="country=LA&columns=when,status", **more):
    return browser.post("/delegations/views/", {"name": name, "query": query} | more)


def test_a_list_is_kept_as_its_address_and_found_as_a_tab(top):
    make.CountryFactory()
    owner = person(top)
    browser = enter(owner)
    answer = keep(browser, query="?country=LA&q=&page=3&format=csv&columns=when&columns=status")
    assert answer.url == "/delegations/?country=LA&columns=when,status"
    page = browser.get(answer.url)
    assert [tab.name for tab in page.context["tabs"] if tab.is_current] == ["Lào"]
    assert [column.name for column in page.context["table"].columns] == ["title", "when", "status"]
    assert "Lào" not in [tab.name for tab in browser.get("/partners/").context["tabs"]]
    assert "Lào" not in [tab.name for tab in enter(person(top)).get("/delegations/").context["tabs"]]


def test_a_shared_list_shows_each_reader_only_their_own_rows(top, below):
    make.DelegationFactory(title="Của cấp trên", unions=[(top, 1)])
    make.DelegationFactory(title="Của cấp dưới", unions=[(below, 1)])
    browser = enter(person(top))
    keep(browser, name="Đã diễn ra", query="status=held", shared_with=top.pk)
    assert browser.get("/delegations/?status=held").context["total"] == 2
    other = enter(person(below))
    tab = next(one for one in other.get("/delegations/").context["tabs"] if one.name == "Đã diễn ra")
    page = other.get(tab.url)
    assert (tab.is_shared, page.context["total"]) == (True, 1)
    assert "Của cấp trên" not in text(page)


def test_what_is_shared_with_those_below_is_not_seen_above(top, below):
    keep(enter(person(below)), shared_with=below.pk)
    assert "Lào" not in [tab.name for tab in enter(person(top)).get("/delegations/").context["tabs"]]


def test_nobody_shares_with_a_union_out_of_reach_and_auditors_with_none(top, below):
    refused = keep(enter(person(below)), shared_with=top.pk)
    assert refused.status_code == 422
    assert not SavedView.objects.exists()
    assert keep(enter(person(top, User.Role.AUDITOR)), shared_with=top.pk).status_code == 302
    assert SavedView.objects.get().shared_with is None


def test_a_view_is_renamed_shared_and_forgotten_by_its_owner_alone(top):
    owner = enter(person(top))
    keep(owner)
    view = SavedView.objects.get()
    address = f"/delegations/views/{view.pk}/"
    other = enter(person(top))
    assert other.post(address, {"name": "Khác"}).status_code == 404
    assert other.post(f"{address}forget/").status_code == 404
    owner.post(address, {"name": "Đi Lào", "shared_with": top.pk})
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.query) == ("Đi Lào", top, "country=LA&columns=when,status")
    assert other.post(address, {"name": "Khác"}).status_code == 404  # seen, and still not theirs
    assert "Đi Lào" in text(other.get("/delegations/views/"))
    assert owner.post(f"{address}forget/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_name_is_given_once_and_the_refusal_keeps_what_was_typed(top):
    owner = enter(person(top))
    keep(owner)
    again = keep(owner, query="status=held")
    assert again.status_code == 422
    assert 'value="status=held"' in text(again)
    assert SavedView.objects.get().query == "country=LA&columns=when,status"
    assert keep(enter(person(top))).status_code == 302  # another person's names are their own


def test_an_outdated_view_opens_and_says_what_it_no_longer_knows(top):
    owner = person(top)
    make.DelegationFactory(unions=[(top, 1)])
    query = "colour=red&status=flying&columns=weight"
    SavedView.objects.create(owner=owner, slug="delegations", name="Cũ", query=query)
    page = enter(owner).get(f"/delegations/?{query}")
    assert (page.status_code, page.context["total"], len(page.context["notes"])) == (200, 1, 3)


@pytest.mark.parametrize("entity", [one for one in ENTITIES if one.views], ids=lambda one: one.slug)
def test_the_house_s_own_lists_can_be_read(entity, top):
    make.TermFactory(union=top, name="2023-2028", first_day="2023-12-03", last_day=None)
    browser = enter(person(top))
    for name, query in entity.views:
        page = browser.get(f"/{entity.slug}/?{query}")
        assert (str(name), page.context["notes"]) == (str(name), [])
        assert [str(tab.name) for tab in page.context["tabs"] if tab.is_current]
