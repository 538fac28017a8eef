"""Counting never decides how long a list takes: it says "more than" where it did not count, and counts on request."""

import re

import pytest

from activities.entities import wording
from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import User
from unionrelations.web import entities, paging

TITLES = [f"Đoàn {number}" for number in range(5)]
SEARCH = "/delegations/?q=doan&sort=title"


@pytest.fixture
def desk(db):
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương")
    for title in TITLES:
        make.DelegationFactory(title=title, unions=[(union, 1)])
    return enter(make.UserFactory(union=union, role=User.Role.OFFICER, language="vi"))


@pytest.fixture
def two_on_a_page(monkeypatch):
    for module in (entities, paging):
        monkeypatch.setattr(module, "ROWS_ON_A_PAGE", 2)


@pytest.fixture
def long_to_count(monkeypatch, two_on_a_page):
    """Every search is one that many rows answer."""
    monkeypatch.setattr(wording, "COMMON", 0)
    monkeypatch.setattr(wording, "SOON_COUNTED", 0)


def found(page) -> list[str]:
    return [str(row.record) for row in page.context["table"].page.object_list]


def foot(page) -> str:
    return re.search(r'<div class="table-foot"><span>([^<]*?) ?[<]', text(page)).group(1)


def test_a_long_list_is_counted_so_far_and_whole_on_request(desk, monkeypatch, two_on_a_page):
    monkeypatch.setattr(paging, "COUNTED_UP_TO", 2)
    pages = [desk.get(f"/delegations/?sort=title&page={number}") for number in (1, 2, 3)]
    assert [found(one) for one in pages] == [TITLES[:2], TITLES[2:4], TITLES[4:]]
    assert [foot(one) for one in pages] == ["1–2 trên hơn 2", "3–4 trên hơn 4", "5–5 trên 5"]
    address = re.search(r'id="count-all" href="([^"]*)"', text(pages[1])).group(1).replace("&amp;", "&")
    whole = desk.get(f"/delegations/{address}")
    assert foot(whole) == "3–4 trên 5"
    assert "count-all" not in text(whole)
    assert "count=all" not in re.search(r'id="page-next"[^>]*', text(whole)).group()  # counted once, not on every page


def test_what_is_long_to_count_is_not_counted_and_its_pages_hold_every_row(desk, long_to_count):
    pages = [desk.get(f"{SEARCH}&page={number}") for number in (1, 2, 3)]
    assert [found(one) for one in pages] == [TITLES[:2], TITLES[2:4], TITLES[4:]]
    assert [foot(one) for one in pages] == ["1–2 trên hơn 2", "3–4 trên hơn 4", "5–5 trên 5"]
    assert ["page-next" in text(one) for one in pages] == [True, True, False]
    assert foot(desk.get(f"{SEARCH}&count=all")) == "1–2 trên 5"


def test_it_asks_for_no_number_of_rows(desk, long_to_count, django_assert_max_num_queries):
    with django_assert_max_num_queries(99) as asked:
        desk.get(SEARCH)
    counts = [one["sql"] for one in asked if "COUNT(*)" in one["sql"] and "folded" in one["sql"]]
    assert counts == []


@pytest.mark.parametrize("number", ["4", "0", "-1", "999999999999999999999", "x"])
def test_a_page_that_is_not_there_is_another_one_that_is(desk, long_to_count, number):
    page = desk.get(f"{SEARCH}&page={number}")
    assert page.status_code == 200
    assert found(page) in (TITLES[:2], TITLES[4:])


def test_a_search_that_finds_nothing_says_what_would_be_found_without_it(desk, long_to_count):
    page = desk.get("/delegations/?q=xyzzy&direction=out")
    assert page.context["total"] == 0
    ((chip, number, is_capped),) = page.context["loosened"]
    assert (chip.value, number, is_capped) == ("xyzzy", 5, False)
    page = desk.get("/delegations/?q=doan&direction=in")
    ((chip, number, is_capped),) = page.context["loosened"]
    assert (number, is_capped) == (2, True)
    assert "Hơn 2" in text(page)


@pytest.fixture
def two_or_more_on_a_page(monkeypatch, two_on_a_page):
    for module in (entities, paging):
        monkeypatch.setattr(module, "LONGER", (3, 4))


def links(page) -> dict[str, str]:
    return {
        name: address.replace("&amp;", "&")
        for name, address in re.findall(r'id="(length-\d+|page-\w+)"[^>]* href="([^"]*)"', text(page))
    }


def test_who_reads_a_list_chooses_how_many_rows_a_page_holds(desk, two_or_more_on_a_page):
    usual = desk.get("/delegations/?sort=title&page=2")
    assert found(usual) == TITLES[2:4]
    longer = desk.get(f"/delegations/{links(usual)['length-3']}")
    assert (found(longer), foot(longer)) == (TITLES[:3], "1–3 trên 5")  # from the first row, whichever page was left
    assert set(links(longer)) == {"length-2", "length-3", "length-4", "page-next"}
    assert re.findall(r'id="length-(\d+)"[^>]* aria-current="true"', text(longer)) == ["3"]
    assert found(desk.get(f"/delegations/{links(longer)['page-next']}")) == TITLES[3:]
    assert found(desk.get(f"/delegations/{links(longer)['length-2']}")) == TITLES[:2]


def test_a_page_stays_as_long_while_the_list_is_narrowed(desk, two_or_more_on_a_page):
    page = desk.get("/delegations/?sort=title&per_page=4")
    assert '<input type="hidden" name="per_page" value="4">' in text(page).partition('id="filters"')[2]
    part = desk.get("/delegations/?sort=title&per_page=4&q=doan", headers={"HX-Request": "true"})
    assert found(part) == TITLES[:4]
    assert part.headers["HX-Push-Url"] == "/delegations/?sort=title&per_page=4&q=doan"


@pytest.mark.parametrize("length", ["0", "-3", "5", "1000000", "x", ""])
def test_a_page_is_of_no_length_that_is_not_offered(desk, two_or_more_on_a_page, length):
    assert found(desk.get(f"/delegations/?sort=title&per_page={length}")) == TITLES[:2]


def test_a_list_that_fits_on_a_page_offers_no_other_length(desk):
    assert links(desk.get("/delegations/")) == {}


def test_what_stands_for_a_page_beyond_the_end_leads_on_where_rows_follow(desk, two_on_a_page, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED_UP_TO", 2)
    page = desk.get("/delegations/?sort=title&page=99")
    assert found(page) in (TITLES[:2], TITLES[2:4], TITLES[4:])
    assert ("page-next" in links(page)) == (found(page) != TITLES[4:])
    assert foot(page).startswith(f"{TITLES.index(found(page)[0]) + 1}–")
