"""Pages by cursor: each row once, in the list's own order, whatever comes and goes meanwhile."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from activities.models import ProgrammeItem, SourceDocument
from partners.models import Partner
from tests import factories as make
from tests.doors import DAY, RECORDS, enter
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES


@pytest.fixture
def desk(union):
    return enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))


def walk(desk, address: str, **asked):
    """Every row, page by page; addresses are followed as they are told."""
    answer = desk.get(address, asked).json()
    while True:
        yield from answer["results"]
        if answer["next"] is None:
            return
        answer = desk.get(answer["next"]).json()


def keys(rows) -> list:
    return [one["id"] for one in rows]


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES])
def test_pages_of_every_list_are_the_list_in_its_own_order(desk, union, slug):
    for number in range(5):
        below = make.UnionFactory(code=f"duoi-{number}", parent=union, name=f"{'ĐăÂaz'[number]} công đoàn")
        more = {"code": "ABCDE"[number] * 2} if slug == "countries" else {}
        RECORDS[slug](below, **more)
    entity = next(one for one in ENTITIES if one.slug == slug)
    user = User.objects.get(role=User.Role.ADMINISTRATOR)
    listed = [one.pk for one in entity.queryset(user)]
    assert len(listed) >= 5
    assert keys(walk(desk, f"/api/{slug}/", page_size=2)) == listed
    assert keys(walk(desk, f"/api/{slug}/", page_size=1)) == listed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_stand_in_the_order_their_reader_looks_them_up_in(union, language):
    names = ("Ấn", "An", "Đa", "Da", "an", "Ân", "Zờ", "ăn", "An")
    for number, name in enumerate(names):
        make.PartnerFactory(name=name, name_en="" if number % 2 else f"{9 - number} unions")
    desk = enter(make.UserFactory(union=union, language=language))
    whole = keys(desk.get("/api/partners/", {"page_size": 200}).json()["results"])
    assert keys(walk(desk, "/api/partners/", page_size=2)) == whole
    assert len(whole) == len(names)


def test_rows_that_state_nothing_are_told_once(desk, union):
    trip = make.DelegationFactory(unions=[(union, 1)]).activity_ptr
    for number in range(7):
        day = None if number % 3 == 0 else DAY
        ProgrammeItem.objects.create(activity=trip, topic=f"Việc {number}", day=day)
        make.DocumentFactory(union=union, published_on=day)
    for slug, number in (("programme", 7), ("documents", SourceDocument.objects.count())):
        found = keys(walk(desk, f"/api/{slug}/", page_size=2))
        assert len(found) == len(set(found)) == number
        assert found == keys(desk.get(f"/api/{slug}/").json()["results"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=some.lists(some.text("aăâÂ đĐ-1", min_size=1, max_size=3), min_size=1, max_size=9), size=some.integers(1, 4)
)
def test_any_names_any_page(desk, names, size):
    Partner.objects.all().delete()
    for name in names:
        make.PartnerFactory(name=name)
    whole = keys(desk.get("/api/partners/", {"page_size": 200}).json()["results"])
    assert keys(walk(desk, "/api/partners/", page_size=size)) == whole


def test_what_comes_or_goes_between_pages_moves_nothing(desk):
    rows = [make.PartnerFactory(name=name) for name in "bdfhj"]
    first = desk.get("/api/partners/", {"page_size": 2}).json()
    make.PartnerFactory(name="a")
    rows[1].delete()  # the very row the page ended with
    second = desk.get(first["next"]).json()
    assert [one["name"] for one in second["results"]] == ["f", "h"]


def test_rows_are_counted_only_for_who_asks(desk):
    for name in "abc":
        make.PartnerFactory(name=name)
    assert "count" not in desk.get("/api/partners/").json()
    assert desk.get("/api/partners/", {"count": "true", "page_size": 1, "q": "a"}).json()["count"] == 1
    assert desk.get("/api/partners/", {"count": "true", "page_size": 1}).json()["count"] == 3


def test_filters_stay_from_page_to_page(desk, union):
    for number in range(4):
        make.DelegationFactory(unions=[(union, 1)], direction="in" if number % 2 else "out")
    found = list(walk(desk, "/api/delegations/", direction="in", page_size=1))
    assert [one["direction"] for one in found] == ["in", "in"]


def test_a_cursor_shows_nothing_of_the_row_it_stands_at(desk):
    for name in ("Nguyễn", "Trần"):
        make.PartnerFactory(name=name)
    following = desk.get("/api/partners/", {"page_size": 1}).json()["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    assert cursor.startswith("gAAAA")  # sealed


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"cursor": "abc"}, "cursor"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"page": "2"}, "page"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "201"}, "page_size"),
        ({"page_size": "x"}, "page_size"),
        ({"count": "maybe"}, "count"),
    ],
)
def test_what_cannot_be_read_is_refused_and_said(desk, asked, field):
    answer = desk.get("/api/partners/", asked)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_a_cursor_of_another_list_or_language_is_refused(desk, union):
    for name in "ab":
        make.PartnerFactory(name=name)
        make.DelegationFactory(unions=[(union, 1)])
    following = desk.get("/api/delegations/", {"page_size": 1}).json()["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    other = enter(make.UserFactory(union=union, language="en"))
    assert other.get("/api/delegations/", {"cursor": cursor}).status_code == 400
    assert desk.get("/api/partners/", {"cursor": cursor}).status_code in (200, 400)
