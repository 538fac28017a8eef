"""The calendar pages: what stands on which day, for whom, and that the address alone brings it back."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests import factories as make
from tests.doors import enter, text
from unionrelations.web import calendar

NOVEMBER = {"month": "2023-11"}


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def browser(union):
    return enter(make.UserFactory(union=union, language="en"))


def trip(union, title, start, end=None, **more):
    return make.DelegationFactory(title=title, starts_on=start, ends_on=end, unions=[(union, 3)], **more)


def month(browser, **asked):
    return browser.get(reverse("calendar"), NOVEMBER | asked)


def titles(answer) -> list[str]:
    return [bar.activity.title for week in answer.context["weeks"] for day in week for bar in day.lanes if bar]


def test_a_month_shows_what_lies_in_it_and_on_the_weeks_around_it(browser, union):
    trip(union, "Trong tháng", dt.date(2023, 11, 7), dt.date(2023, 11, 9))
    trip(union, "Từ tháng trước", dt.date(2023, 10, 20), dt.date(2023, 11, 1))
    trip(union, "Tuần giáp", dt.date(2023, 12, 3))
    trip(union, "Ngoài", dt.date(2023, 12, 4))
    answer = month(browser)
    assert set(titles(answer)) == {"Trong tháng", "Từ tháng trước", "Tuần giáp"}
    assert "November 2023" in text(answer)
    assert [day.date.weekday() for day in answer.context["weeks"][0]] == list(range(7))


def test_the_agenda_begins_with_what_was_already_under_way(browser, union):
    trip(union, "Sau", dt.date(2023, 11, 7))
    trip(union, "Từ trước", dt.date(2023, 10, 30), dt.date(2023, 11, 2))
    days = month(browser, view="agenda").context["agenda"]
    assert [(day, [one.title for one in rows]) for day, rows in days] == [
        (dt.date(2023, 11, 1), ["Từ trước"]),
        (dt.date(2023, 11, 7), ["Sau"]),
    ]


@pytest.mark.parametrize("view", ["month", "agenda"])
def test_a_day_nobody_knows_is_never_drawn(browser, union, view):
    trip(union, "Trong năm", dt.date(2023, 1, 1), dt.date(2023, 12, 31), precision="year")
    trip(union, "Trong tháng", dt.date(2023, 11, 1), dt.date(2023, 11, 30), precision="month")
    trip(union, "Tháng khác", dt.date(2023, 12, 1), dt.date(2023, 12, 31), precision="month")
    answer = month(browser, view=view)
    assert titles(answer) == []
    assert answer.context["agenda"] == []
    assert [one.title for one in answer.context["vague"]] == ["Trong tháng", "Trong năm"]
    assert "day not known" in text(answer)


def test_filters_narrow_and_stay_in_every_way_on(browser, union):
    other = make.UnionFactory(parent=union)
    trip(union, "Của ta", dt.date(2023, 11, 7))
    trip(other, "Cấp dưới", dt.date(2023, 11, 8))
    make.CourseFactory(title="Lớp", starts_on=dt.date(2023, 11, 8), unions=[(union, 1)])
    assert set(titles(month(browser))) == {"Của ta", "Cấp dưới", "Lớp"}
    assert set(titles(month(browser, union="vuit", under="0"))) == {"Của ta", "Lớp"}
    narrowed = month(browser, kind="course")
    assert titles(narrowed) == ["Lớp"]
    page = text(narrowed)
    assert "month=2023-12&amp;kind=course" in page
    assert f"{reverse('calendar-file')}?kind=course" in page
    assert f"{reverse('calendar-feeds')}?kind=course" in page


def test_an_empty_month_leads_to_the_nearest_that_are_not(browser, union):
    trip(union, "Trước", dt.date(2022, 3, 1))
    trip(union, "Sau", dt.date(2024, 5, 1))
    found = [str(there) for _words, there, _name in month(browser).context["nearest"]]
    assert found == ["2022-03", "2024-05"]


def test_without_a_month_it_is_this_one(browser, monkeypatch):
    monkeypatch.setattr(calendar.timezone, "localdate", lambda *_moment: dt.date(2023, 12, 2))
    for asked in ({}, {"month": "không phải tháng"}):
        assert str(browser.get(reverse("calendar"), asked).context["month"]) == "2023-12"


def test_nobody_sees_another_union_s_days(browser, union):
    trip(make.UnionFactory(), "Của người khác", dt.date(2023, 11, 7))
    assert titles(month(browser)) == []
    assert Calendar.from_ical(browser.get(reverse("calendar-file")).content).events == []


def test_a_full_month_draws_no_more_than_it_says(browser, union, monkeypatch):
    monkeypatch.setattr(calendar, "MOST", 3)
    for number in range(5):
        trip(union, f"Đoàn {number}", dt.date(2023, 11, 7))
    answer = month(browser)
    assert len(titles(answer)) == 3
    assert answer.context["is_cut"]


def test_the_file_holds_what_the_filters_let_through_of_all_times(browser, union):
    trip(union, "Đi Lào", dt.date(2019, 1, 7))
    make.CourseFactory(title="Lớp", starts_on=dt.date(2023, 11, 8), unions=[(union, 1)])
    answer = browser.get(reverse("calendar-file"), {"kind": "delegation"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert [one["summary"] for one in Calendar.from_ical(answer.content).events] == ["Đi Lào"]
    assert "http://testserver/delegations/" in answer.content.decode()


def test_strangers_are_sent_to_the_door(client, db):
    for name in ("calendar", "calendar-file", "calendar-feeds"):
        assert client.get(reverse(name)).url.startswith(reverse("sign-in"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_months_and_days_are_named_in_the_reader_s_language(union, language):
    trip(union, "Đi Lào", dt.date(2023, 11, 7))
    page = text(month(enter(make.UserFactory(union=union, language=language))))
    names = {"vi": ("11/2023", "Chủ nhật"), "en": ("November 2023", "Sunday")}[language]
    assert all(name in page for name in names)
