"""People pasted as a list: read as offices write it, matched with those stored, nobody lost or doubled."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from activities.entities.member_list import Person, in_lines, keep_people, read_people
from activities.models import Delegation, Member
from tests import factories as make
from tests.doors import alerts, enter, text, typed_in
from unionrelations.kit.folding import fold


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Nguyễn Văn An, Phó Chủ tịch", Person("Nguyễn Văn An", "Phó Chủ tịch")),
        ("1. Ông Nguyễn Văn An - Phó Chủ tịch", Person("Nguyễn Văn An", "Phó Chủ tịch")),
        ("02) Bà Lê Thị Hoa – Trưởng ban, UVBCH", Person("Lê Thị Hoa", "Trưởng ban, UVBCH")),
        ("3\tĐồng chí Trần Bình\tChuyên viên\tBan Quốc tế", Person("Trần Bình", "Chuyên viên, Ban Quốc tế")),
        ("• Đ/c Vũ Hà (Chánh Văn phòng)", Person("Vũ Hà", "Chánh Văn phòng")),
        ("Mr. Kim Jong-min, General Secretary", Person("Kim Jong-min", "General Secretary")),
        ("Ong Teng Cheong, Secretary-General", Person("Ong Teng Cheong", "Secretary-General")),
        ("Lê Hoa, phiên dịch", Person("Lê Hoa", "", is_interpreter=True)),
        ("Phiên dịch: Bà Lê Hoa", Person("Lê Hoa", "", is_interpreter=True)),
        ("Lê Hoa, chuyên viên, phiên dịch", Person("Lê Hoa", "chuyên viên", is_interpreter=True)),
        ("Trưởng đoàn: Ông Nguyễn An, Chủ tịch", Person("Nguyễn An", "Chủ tịch", is_head=True)),
        ("Nguyễn An, Chủ tịch, Trưởng đoàn", Person("Nguyễn An", "Chủ tịch, Trưởng đoàn", is_head=True)),
        ("Nguyễn An, Phó trưởng đoàn", Person("Nguyễn An", "Phó trưởng đoàn")),
        ("Nguyễn An", Person("Nguyễn An")),
    ],
)
def test_a_line_is_a_name_and_a_title(line, person):
    assert read_people(f"\n  {line}  \n") == [person]


def test_heads_of_columns_and_introductions_are_nobody():
    pasted = (
        "Thành phần đoàn gồm:\nSTT\tHọ và tên\tChức vụ\n1\tNguyễn An\tChủ tịch\n\n2\tLê Hoa\t\n1\tNguyễn An\tChủ tịch"
    )
    assert [one.name for one in read_people(pasted)] == ["Nguyễn An", "Lê Hoa"]


@pytest.mark.parametrize("pasted", ["x" * 121, "An, " + "x" * 201, "An\n" * 501, "An, trưởng đoàn\nHoa, trưởng đoàn"])
def test_what_no_row_could_hold_is_refused_in_a_sentence(pasted):
    with pytest.raises(ValidationError) as refused:
        read_people(pasted)
    assert all(refused.value.messages)


names = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=60).map(str.strip).filter(fold)
rows = st.builds(Member, name=names, title=names | st.just(""), is_interpreter=st.booleans())


@example([Member(name="An, Chủ tịch"), Member(name="An", title="Chủ tịch")], "vi")
@given(st.lists(rows, max_size=6), st.sampled_from(["vi", "en"]))
def test_lines_of_stored_people_are_those_people_whatever_their_names(stored, language):
    for key, one in enumerate(stored):
        one.pk = key
    with translation.override(language):
        shown = in_lines(stored)
        read = read_people(shown, stored)
    assert {(one.name, one.title) for one in read} <= {(one.name, one.title) for one in stored}
    assert len(read) == len({(one.name, one.title) for one in stored if one.name})


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def trip(union):
    trip = make.DelegationFactory(unions=[(union, 3)])
    for number, (name, title) in enumerate([("Nguyễn An", "Chủ tịch"), ("Lê Hoa", ""), ("Vũ Hà", "Chuyên viên")]):
        make.MemberFactory(activity=trip.activity_ptr, name=name, title=title, is_head=number == 0, union=union)
    return trip


def stored(trip) -> list[tuple]:
    return [(one.name, one.title, one.is_head) for one in trip.members.order_by("-is_head", "pk")]


def keep(trip, pasted, first_heads=True):
    keep_people(trip.pk, read_people(pasted, trip.members.all()), first_heads=first_heads)


def test_a_person_who_stays_keeps_what_lines_do_not_show(trip, union):
    before = dict(trip.members.values_list("name", "pk"))
    keep(trip, "Ông NGUYỄN AN, nguyên Chủ tịch\nVũ Hà, Chuyên viên\nĐỗ Mai, Kế toán")
    after = dict(trip.members.values_list("name", "pk"))
    assert (after["NGUYỄN AN"], after["Vũ Hà"]) == (before["Nguyễn An"], before["Vũ Hà"])
    assert set(trip.members.values_list("name", "union")) == {
        ("NGUYỄN AN", union.pk), ("Vũ Hà", union.pk), ("Đỗ Mai", None)
    }  # fmt: skip


def test_a_misspelled_name_put_right_is_the_same_person_and_another_name_is_another(trip):
    before = trip.members.get(name="Vũ Hà")
    keep(trip, "Nguyễn An, Chủ tịch\nLê Hoa\nVũ Hà Anh, Chuyên viên")
    assert trip.members.get(name="Vũ Hà Anh").pk == before.pk
    keep(trip, "Nguyễn An, Chủ tịch\nLê Hoa\nBùi Sơn, Chuyên viên")
    assert not trip.members.filter(pk=before.pk).exists()


def test_the_first_line_heads_a_delegation_and_two_may_change_places(trip):
    keep(trip, "Lê Hoa\nNguyễn An, Chủ tịch")
    assert stored(trip) == [("Lê Hoa", "", True), ("Nguyễn An", "Chủ tịch", False)]


def test_nobody_is_made_head_of_a_delegation_whose_head_was_not_known(trip):
    trip.members.update(is_head=False)
    keep(trip, "Nguyễn An, Chủ tịch\nLê Hoa\nVũ Hà, Chuyên viên\nĐỗ Mai")
    assert not trip.members.filter(is_head=True).exists()
    keep(trip, "Nguyễn An, Chủ tịch\nTrưởng đoàn: Lê Hoa")
    assert stored(trip)[0] == ("Lê Hoa", "", True)


def test_where_nobody_heads_by_place_whoever_was_named_head_stays(trip):
    keep(trip, "Lê Hoa\nNguyễn An, Chủ tịch", first_heads=False)
    assert stored(trip)[0] == ("Nguyễn An", "Chủ tịch", True)


PASTED = "1. Ông Nguyễn An - Chủ tịch\n2. Bà Lê Hoa - Chuyên viên\n3. Vũ Hà, phiên dịch"


def log(union, **typed):
    browser = enter(make.UserFactory(union=union, language="en"))
    values = typed_in(browser.get("/delegations/new/"))
    given = {"direction": "out", "title": "Đoàn đi Lào", "when": "6/2023", "members": PASTED}
    return browser, browser.post("/delegations/new/", values | given | typed)


def test_a_pasted_list_is_stored_and_counted_where_no_number_was_typed(union):
    browser, answer = log(union)
    assert answer.status_code == 302
    trip = Delegation.objects.get()
    assert (trip.head.name, trip.head.title) == ("Nguyễn An", "Chủ tịch")
    assert trip.union_roles.get().people == 3
    page = browser.get(f"/delegations/{trip.pk}/edit/")
    assert typed_in(page)["members"] == ["Nguyễn An, Chủ tịch\nLê Hoa, Chuyên viên\nVũ Hà, interpreter"]
    before = list(trip.members.values_list("pk", "name", "title", "is_head", "is_interpreter"))
    values = typed_in(page)
    assert browser.post(f"/delegations/{trip.pk}/edit/", values | {"rows-0-0-people": ""}).status_code == 302
    assert list(trip.members.values_list("pk", "name", "title", "is_head", "is_interpreter")) == before
    assert trip.union_roles.get().people is None  # emptied by hand: not known


def test_a_typed_number_stays_and_others_keep_their_share(union):
    log(union, **{"rows-0-0-people": "7"})
    assert Delegation.objects.get().union_roles.get().people == 7
    Delegation.objects.all().delete()
    below = make.UnionFactory(parent=union)
    log(
        union,
        **{
            "rows-0-TOTAL_FORMS": "2",
            "rows-0-1-union": below.pk,
            "rows-0-1-part": "cooperating",
            "rows-0-1-people": "1",
        },
    )
    assert dict(Delegation.objects.get().union_roles.values_list("union", "people")) == {union.pk: 2, below.pk: 1}


def test_the_guests_of_an_inbound_delegation_are_counted_from_the_list(union):
    log(union, direction="in")
    trip = Delegation.objects.get()
    assert (trip.guests, trip.union_roles.get().people) == (3, None)


def test_a_list_no_row_could_hold_is_refused_at_its_field(union):
    _browser, answer = log(union, members="x" * 121)
    assert "is longer than 120 characters" in alerts(answer)
    assert "x" * 121 in text(answer)
