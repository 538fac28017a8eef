"""A programme pasted as lines: read into rows, told as lines again, and unchanged when nobody changes it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from activities.entities.programme import Said, read_hour, read_programme
from activities.models import ProgrammeItem
from partners.models import Contact
from tests import factories as make
from tests.doors import alerts, enter, typed_in
from unionrelations.accounts.models import User
from unionrelations.kit.periods import Period

PERIOD = Period(dt.date(2023, 6, 12), dt.date(2023, 6, 15))
PASTED = """Ngày 12/6:
9h00 - 11h00: Hội đàm với lãnh đạo FKTU
2 giờ chiều | Seoul | Ông Kim Dong Man, Chủ tịch FKTU | Đào tạo cán bộ
13/6/2023\t8:30\tIncheon\tThăm nhà máy
Thứ tư, 14/6 Tham quan
? | | | Chưa rõ ngày"""


def test_lines_are_read_as_people_write_them():
    day = dt.date(2023, 6, 12)
    assert read_programme(PASTED, PERIOD) == [
        Said(day, dt.time(9), dt.time(11), topic="Hội đàm với lãnh đạo FKTU"),
        Said(day, dt.time(14), None, "Seoul", "Ông Kim Dong Man, Chủ tịch FKTU", "Đào tạo cán bộ"),
        Said(dt.date(2023, 6, 13), dt.time(8, 30), None, "Incheon", "", "Thăm nhà máy"),
        Said(dt.date(2023, 6, 14), None, None, topic="Tham quan"),
        Said(None, None, None, topic="Chưa rõ ngày"),
    ]


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("9:00", dt.time(9)),
        ("9h30", dt.time(9, 30)),
        ("14 giờ", dt.time(14)),
        ("2g15 chiều", dt.time(14, 15)),
        ("x", None),
    ],
)
def test_an_hour_is_read_as_people_write_it(words, hour):
    assert read_hour(words) == hour


@pytest.mark.parametrize("wrong", ["31/6/2023 | Seoul | | Thăm", "12/6 25:00 | Thăm", "12/6 9:00", "12/6 " + "x" * 501])
def test_what_cannot_be_kept_is_refused_with_a_sentence(wrong):
    with pytest.raises(ValidationError):
        read_programme(wrong, PERIOD)


words = st.text(st.sampled_from("abc đ"), min_size=0, max_size=8).map(str.split).map(" ".join)
said = st.builds(
    Said,
    st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.none(),
    words,
    words,
    st.text("abc", min_size=1, max_size=8),
)


@given(st.lists(said, max_size=6))
def test_told_as_lines_and_read_again_it_is_the_same(rows):
    assert read_programme("\n".join(one.line for one in rows), PERIOD) == rows


@pytest.fixture
def union(db):
    return make.UnionFactory()


@pytest.fixture
def desk(union):
    return enter(make.UserFactory(union=union, role=User.Role.OFFICER))


@pytest.fixture
def partner(union):
    return make.PartnerFactory(acronym="FKTU")


@pytest.fixture
def trip(union, partner):
    days = {"starts_on": PERIOD.start, "ends_on": PERIOD.end}
    return make.DelegationFactory(unions=[(union, 5)], partners=[partner], **days)


def test_lines_become_rows_and_a_line_left_alone_keeps_its_row(desk, trip, partner):
    known = Contact.objects.create(partner=partner, name="Kim Dong Man")
    lines = f"/delegations/{trip.pk}/programme/lines/"
    sent = desk.post(lines, typed_in(desk.get(lines)) | {"lines": PASTED})
    assert sent.url == f"/delegations/{trip.pk}/#programme", alerts(sent)
    rows = list(ProgrammeItem.objects.in_order())
    assert len(rows) == 5
    assert rows[1].contact == known  # named on the line, and a contact of the partner
    typed = typed_in(desk.get(lines))
    assert desk.post(lines, typed).status_code == 302
    assert list(ProgrammeItem.objects.in_order().values_list("pk", "version")) == [
        (one.pk, one.version) for one in rows
    ]
    shorter = typed["lines"][0].replace("Thăm nhà máy", "Thăm cảng").splitlines()[:3]
    desk.post(lines, typed | {"lines": "\n".join(shorter), "stood": typed["stood"]})
    assert [one.pk for one in ProgrammeItem.objects.in_order()] == [one.pk for one in rows[:3]]
    assert ProgrammeItem.objects.get(pk=rows[2].pk).topic == "Thăm cảng"


def test_who_types_all_lines_overwrites_nobody(desk, trip):
    lines = f"/delegations/{trip.pk}/programme/lines/"
    opened = typed_in(desk.get(lines))
    ProgrammeItem.objects.create(activity_id=trip.pk, topic="Ghi bởi người khác")
    refused = desk.post(lines, opened | {"lines": "12/6 Hội đàm"})
    assert refused.status_code == 200
    assert ProgrammeItem.objects.get().topic == "Ghi bởi người khác"
    assert desk.post(lines, typed_in(refused)).status_code == 302
    assert ProgrammeItem.objects.get().topic == "Hội đàm"


def test_whom_one_met_is_remembered_for_the_next_time(desk, trip, partner):
    new = f"/delegations/{trip.pk}/programme/new/"
    met = "Ông Kim Dong Man, Chủ tịch; bà Lee Min, Phó Chủ tịch"
    desk.post(new, typed_in(desk.get(new)) | {"met": met, "remember": partner.pk})
    assert {(one.name, one.title) for one in partner.contacts.all()} == {
        ("Kim Dong Man", "Chủ tịch"),
        ("Lee Min", "Phó Chủ tịch"),
    }
    item = ProgrammeItem.objects.get()
    assert item.contact.name == "Kim Dong Man"
    assert item.met == met
    assert "Kim Dong Man" in desk.get(new).content.decode()
    item.contact.delete()
    assert ProgrammeItem.objects.get().met == met
