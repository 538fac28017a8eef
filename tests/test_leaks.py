"""A restricted activity leaves no trace: every answer of the house is the same with it and without it.

The house is asked twice by each reader, once while the activities are there and once when they were never made, and the
answers are compared byte by byte.
"""

import datetime as dt

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from activities.querysets.restrictions import HeldBackQuerySet, RestrictionQuerySet
from activities.reports.duplicates.finding import find
from tests import factories as make
from tests import leaks
from tests.doors import count_afresh, enter, lasting
from tests.seeded import seed
from tests.web.pages import furnish
from unionrelations.accounts.models import StandIn, Union, User

Role = User.Role
READERS = [
    (Role.OFFICER, "vuit"),
    (None, None),  # whoever keeps the house running
]
# Others whose answers are made of the same questions.
FURTHER = [
    *((role, "vuit") for role in Role if role != Role.OFFICER),
    (Role.LEADER, "vgcl"),
    (Role.OFFICER, "ha-noi"),
    (Role.ADMINISTRATOR, "vgcl"),
    (Role.LEADER, "co-so"),
]
each_reader = pytest.mark.parametrize(
    ("role", "code"),
    [
        *(pytest.param(*one) for one in READERS),
        *(pytest.param(*one, marks=pytest.mark.one_database) for one in FURTHER),
    ],
    ids=str,
)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        seed()
        vuit, ha_noi = (Union.objects.get(code=code) for code in ("vuit", "ha-noi"))
        make.UnionFactory(code="co-so", parent=vuit)
        furnish(vuit)
        count_afresh()
        yield vuit, ha_noi


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands, so that no answer tells the moment it was given."""
    moment = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def keeper(house, db):
    """Who restricts the activities, of the union above: named, and nobody else is."""
    return make.UserFactory(union=Union.objects.get(code="vgcl"), role=Role.OFFICER, username="nguoi-duoc-neu-ten")


def reader_of(role, code):
    if role is None:
        return make.UserFactory(union=None, is_superuser=True, username="giu-nha")
    return make.UserFactory(union=Union.objects.get(code=code), role=role, username="nguoi-doc")


def both(house, keeper, browser, asked=()) -> tuple[dict, dict]:
    """The answers while the activities are there, and when they are not."""
    with leaks.undone():
        hidden = leaks.hide(*house, keeper)
        asked = [*asked, *leaks.of_hidden(hidden)]
        there = leaks.answers(browser, asked)
    return there, leaks.answers(browser, asked)


@each_reader
def test_no_answer_tells_whoever_is_not_named_that_something_is_there(house, keeper, role, code):
    there, gone = both(house, keeper, enter(reader_of(role, code)), leaks.addresses())
    assert leaks.differing(there, gone) == []


@pytest.mark.one_database
@pytest.mark.parametrize("part", ["further", "back_office", "every_page"])
def test_no_further_page_or_file_tells_it_in_the_union_itself(house, keeper, part):
    reader = reader_of(Role.ADMINISTRATOR if part == "back_office" else Role.OFFICER, "vuit")
    asked = leaks.every_page(reader) if part == "every_page" else getattr(leaks, part)()
    there, gone = both(house, keeper, enter(reader), asked)
    assert leaks.differing(there, gone) == []


def test_a_stand_in_is_told_no_more_than_the_lender(house, keeper):
    """The lender is named; what is named to a person is not lent."""
    reader = reader_of(Role.OFFICER, "vuit")
    row = StandIn.objects.create(
        lender=keeper, person=reader, first_day="2026-03-01", last_day="2026-03-05", reason="Nghỉ phép"
    )
    browser = enter(reader)
    browser.post(f"/stand-ins/{row.pk}/act/")
    there, gone = both(
        house, keeper, browser, ["/", "/delegations/", "/costs/", "/api/activities/", "/search/?q=Zanzibar"]
    )
    assert 'id="acting"' in there["/"].decode()
    assert leaks.differing(there, gone) == []


def test_neither_a_stranger_nor_a_calendar_program_is_told(house, keeper):
    feeds = [leaks.feed_of(keeper), leaks.feed_of(reader_of(Role.LEADER, "vuit"))]
    there, gone = both(house, keeper, Client(), [*feeds, "/", "/delegations/", "/api/delegations/"])
    assert leaks.differing(there, gone) == []


def test_whoever_is_named_finds_them(house, keeper):
    """So that the comparison compares something: the named person's answers are others, in lists, search and files."""
    asked = ["/delegations/", "/delegations/?format=csv", "/api/delegations/", f"/search/?q={leaks.WORD}"]
    there, gone = both(house, keeper, enter(keeper), asked)
    told = leaks.differing(there, gone)
    assert set(asked) <= set(told)
    hidden = [address for address in told if address.endswith("/restriction/")]
    assert len(hidden) == 4


def test_a_number_is_the_same_for_whoever_is_named(house, keeper):
    asked = ["/reports/vgcl/2018-2023/?under=1", f"/reports/vuit/{leaks.YEAR}&format=json"]
    with leaks.undone():
        leaks.hide(*house, keeper)
        there = leaks.answers(enter(keeper), asked)
    gone = leaks.answers(enter(keeper), asked)
    assert [there[one] == gone[one] for one in asked] == [True, True]


@pytest.mark.one_database
def test_unrestricted_they_are_told_of_everywhere(house, keeper):
    """What is compared holds them as soon as nothing holds them back."""
    browser = enter(reader_of(Role.LEADER, "vuit"))
    lists = ["/delegations/?sheet=1", "/costs/?sheet=1", "/promises/?sheet=1", "/search/?q=Zanzibar"]
    counted = ["/", "/due/", "/money/?by=activity", f"/reports/vuit/{leaks.YEAR}&format=json"]
    asked = lists + counted
    assert set(asked) <= set(leaks.addresses())
    with leaks.undone():
        leaks.hide(*house, keeper, restrict=False)
        there = leaks.answers(browser, asked)
    told = leaks.differing(there, leaks.answers(browser, asked))
    assert [one for one in asked if one not in told] == []


@pytest.mark.one_database
def test_without_the_line_that_holds_rows_back_the_comparison_fails(house, keeper, monkeypatch):
    monkeypatch.setattr(HeldBackQuerySet, "open_to", lambda rows, user: Q())
    there, gone = both(house, keeper, enter(reader_of(Role.OFFICER, "vuit")), ["/costs/"])
    assert "/costs/" in leaks.differing(there, gone)


@pytest.mark.one_database
def test_without_the_line_that_leaves_out_scope_rows_the_comparison_fails(house, keeper, monkeypatch):
    monkeypatch.setattr(RestrictionQuerySet, "of", lambda rows, activities: set())
    there, gone = both(house, keeper, enter(reader_of(Role.OFFICER, "vuit")), ["/delegations/"])
    assert "/delegations/" in leaks.differing(there, gone)


def test_the_search_for_duplicates_finds_no_more_pairs(house, keeper):
    with leaks.undone():
        leaks.hide(*house, keeper)
        there = find()
    with leaks.undone():
        assert find() == there
