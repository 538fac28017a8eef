"""Calendars that other programs read: what an entry says, and that it stays the same entry while it is edited."""

import datetime as dt

import pytest
from icalendar import Calendar

from activities.models import Activity
from tests import factories as make
from unionrelations.web.ics import calendar_of

LONG = "Đoàn đại biểu Tổng Liên đoàn Lao động Việt Nam thăm, làm việc tại Liên hiệp Công đoàn Lào; trao đổi kinh nghiệm"


@pytest.fixture
def trip(db):
    laos = make.CountryFactory()
    return make.DelegationFactory(
        title=LONG,
        starts_on=dt.date(2023, 12, 29),
        ends_on=dt.date(2023, 12, 31),
        place="Viêng Chăn",
        unions=[(make.UnionFactory(short_name="CĐCT"), 6)],
        partners=[make.PartnerFactory(name="Liên hiệp Công đoàn Lào", country=laos)],
        countries=[laos],
        content="Chuyện riêng",
    )


def raw(language="vi", absolute=None) -> bytes:
    return calendar_of(Activity.objects.for_listing().order_by("pk"), "Lịch đối ngoại", language, absolute)


def read(**more) -> Calendar:
    return Calendar.from_ical(raw(**more))


def entry(**more):
    [only] = read(**more).events
    return only


def test_an_entry_says_what_when_where_and_with_whom(trip):
    said = entry(absolute=lambda path: f"https://house.example{path}")
    assert said["summary"] == LONG
    assert said["location"] == "Viêng Chăn, Lào"
    assert said["categories"].cats == ["Đoàn ra"]
    assert said["url"] == f"https://house.example/delegations/{trip.pk}/"
    assert "Liên hiệp Công đoàn Lào" in said["description"]
    assert "CĐCT" in said["description"]
    assert said["status"] == "CONFIRMED"
    assert said["transp"] == "TRANSPARENT"  # reading somebody's calendar makes nobody busy
    assert "Chuyện riêng" not in raw().decode()  # purpose stays in the house


def test_whole_days_end_on_the_day_after_the_last(trip):
    said = entry()
    assert (said.start, said.end) == (dt.date(2023, 12, 29), dt.date(2024, 1, 1))
    assert said["dtstart"].params["VALUE"] == said["dtend"].params["VALUE"] == "DATE"
    trip.ends_on = None
    trip.save()
    assert entry().end == dt.date(2023, 12, 30)


def test_no_line_is_longer_than_programs_read_and_no_letter_is_cut(trip):
    lines = raw().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # a cut letter could not be decoded


def test_an_edit_keeps_the_entry_and_raises_its_number(trip):
    before = entry()
    trip.title, trip.code = "Đoàn đi Lào", "LAO-2023"
    trip.save()
    after = entry()
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert after["summary"] == "Đoàn đi Lào"


def test_two_records_and_two_houses_never_share_an_entry(trip):
    make.CourseFactory()
    first, second = (one["uid"] for one in read().events)
    assert first != second
    Activity.objects.filter(pk=trip.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))  # made elsewhere
    assert next(one["uid"] for one in read().events) != first


def test_the_same_records_give_the_same_bytes(trip):
    assert raw() == raw()


@pytest.mark.parametrize(
    ("status", "standing", "title"),
    [
        ("planned", "TENTATIVE", "Đi Lào"),
        ("approved", "CONFIRMED", "Đi Lào"),
        ("held", "CONFIRMED", "Đi Lào"),
        ("postponed", "TENTATIVE", "Postponed: Đi Lào"),
        ("cancelled", "CANCELLED", "Cancelled: Đi Lào"),
    ],
)
def test_a_status_is_told_and_said_where_programs_show_none(db, status, standing, title):
    make.DelegationFactory(title="Đi Lào", status=status)
    said = entry(language="en")
    assert (said["status"], said["summary"]) == (standing, title)


def test_a_month_stands_with_its_doubt_and_a_wider_window_is_only_counted(db):
    make.DelegationFactory(
        title="Đi Lào", starts_on=dt.date(2022, 6, 1), ends_on=dt.date(2022, 6, 30), precision="month"
    )
    make.DelegationFactory(starts_on=dt.date(2022, 1, 1), ends_on=dt.date(2022, 12, 31), precision="year")
    calendar = read(language="en")
    [said] = calendar.events
    assert (said.start, said.end) == (dt.date(2022, 6, 1), dt.date(2022, 7, 1))
    assert said["summary"] == "Đi Lào (6/2022, day not known)"
    assert calendar["x-wr-caldesc"].startswith("1 activity is not here")


def test_the_calendar_carries_its_name_and_how_often_to_ask(trip):
    calendar = read()
    assert calendar["name"] == calendar["x-wr-calname"] == "Lịch đối ngoại"
    assert calendar["refresh-interval"].dt == dt.timedelta(hours=6)
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in raw()


def test_more_entries_ask_the_database_no_more(trip, django_assert_num_queries):
    for _ in range(5):
        make.DelegationFactory(unions=[(make.UnionFactory(), 1)], partners=[make.PartnerFactory()])
    with django_assert_num_queries(4):
        raw()
