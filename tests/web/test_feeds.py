"""The door that opens without signing in: only the right secret, only what its owner sees today, and never in a log."""

import datetime as dt
import logging

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests import factories as make
from tests.doors import enter, text
from unionrelations.logs import WithoutSecrets
from unionrelations.web.feeds import FeedThrottle
from unionrelations.web.models import CalendarFeed


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def owner(union):
    return make.UserFactory(union=union)


@pytest.fixture
def feed(owner):
    return CalendarFeed.objects.create(owner=owner, name="Lịch của tôi")


def today():
    return timezone.localdate()


def trip(union, title, start=None, **more):
    return make.DelegationFactory(title=title, starts_on=start or today(), unions=[(union, 3)], **more)


def read(feed, **headers):
    return Client().get(feed.get_absolute_url(), headers=headers)


def titles(feed) -> set[str]:
    return {str(one["summary"]) for one in Calendar.from_ical(read(feed).content).events}


def test_the_address_alone_opens_the_calendar(feed, union):
    trip(union, "Đi Lào")
    answer = read(feed)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(answer.content)["x-wr-calname"] == "Lịch của tôi"
    assert titles(feed) == {"Đi Lào"}


def test_it_shows_what_the_owner_sees_and_nothing_else(feed, union):
    trip(union, "Của ta")
    trip(make.UnionFactory(parent=union), "Cấp dưới")
    trip(make.UnionFactory(), "Của người khác")
    assert titles(feed) == {"Của ta", "Cấp dưới"}


def test_it_follows_the_owner_to_another_union(feed, owner, union):
    trip(union, "Nơi cũ")
    owner.union = make.UnionFactory()
    owner.save()
    assert titles(feed) == set()


def test_revoked_closed_and_wrong_all_lead_nowhere(feed, owner):
    wrong = Client().get(reverse("calendar-feed", args=["x" * 43]))
    owner.is_active = False
    owner.save()
    closed = read(feed)
    owner.is_active = True
    owner.save()
    assert read(feed).status_code == 200
    enter(owner).post(reverse("calendar-feed-revoke", args=[feed.pk]))
    revoked = read(feed)
    for answer in (wrong, closed, revoked):
        assert (answer.status_code, answer.content) == (404, b"")


def test_its_filters_hold_and_dead_ones_open_nothing_more(feed, union):
    trip(union, "Đi Lào")
    make.CourseFactory(title="Lớp", starts_on=today(), unions=[(union, 1)])
    feed.query = "kind=course"
    feed.save()
    assert titles(feed) == {"Lớp"}
    feed.query = "union=khong-con"
    feed.save()
    assert titles(feed) == set()


def test_it_reaches_a_year_back(feed, union):
    trip(union, "Lâu rồi", today() - dt.timedelta(days=400))
    trip(union, "Vừa rồi", today() - dt.timedelta(days=300))
    trip(union, "Sắp tới", today() + dt.timedelta(days=300))
    assert titles(feed) == {"Vừa rồi", "Sắp tới"}


def test_an_unchanged_calendar_is_not_sent_again_and_a_changed_one_is(feed, union):
    one = trip(union, "Đi Lào")
    mark = read(feed)["ETag"]
    again = read(feed, **{"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    one.delete()
    assert read(feed, **{"If-None-Match": mark}).status_code == 200


def test_no_proxy_keeps_it_and_no_page_learns_the_address(feed):
    answer = read(feed)
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "sessionid" not in answer.cookies


def test_reading_is_noted_but_not_every_time(feed):
    read(feed)
    feed.refresh_from_db()
    assert timezone.now() - feed.read_at < dt.timedelta(minutes=1)
    before = feed.read_at
    read(feed)
    feed.refresh_from_db()
    assert feed.read_at == before


def test_asking_without_end_is_refused_with_the_time_to_wait(feed, monkeypatch):
    monkeypatch.setattr(FeedThrottle, "rate", "3/min")
    assert [read(feed).status_code for _ in range(3)] == [200] * 3
    refused = read(feed)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 61
    assert Client().get(reverse("calendar-feed", args=["x"])).status_code == 429


def test_nothing_can_be_written_there(feed):
    assert Client().post(feed.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Not Found: %s", ("/calendar/abc-DEF_123.ics",)),
        ("%(r)s %(s)s", ({"r": "GET /calendar/abc-DEF_123.ics HTTP/1.1", "s": 200},)),
    ],
)
def test_a_log_never_holds_a_secret(message, args):
    line = logging.LogRecord("any", logging.WARNING, "", 0, message, args, None)
    assert WithoutSecrets().filter(line)
    assert "abc-DEF_123" not in line.getMessage()
    assert "/calendar/….ics" in line.getMessage()


def test_whatever_is_written_down_passes_that_filter():
    handlers = settings.LOGGING["handlers"].values()
    assert all("secrets" in handler["filters"] for handler in handlers)


# --- The page that keeps them


def test_an_address_is_made_with_the_filters_one_came_with(owner):
    browser = enter(owner)
    browser.post(f"{reverse('calendar-feeds')}?kind=course&month=2023-11&secret=x", {"name": "Lớp học"})
    made = CalendarFeed.objects.get(owner=owner)
    assert (made.name, made.query) == ("Lớp học", "kind=course")
    assert len(made.secret) >= 43
    answer = browser.get(reverse("calendar-feeds"))
    assert f"http://testserver{made.get_absolute_url()}" in text(answer)
    assert answer["Referrer-Policy"] == "same-origin"  # with none, browsers send its forms as a stranger would


def test_a_name_can_change_and_the_address_stays(owner, feed):
    enter(owner).post(reverse("calendar-feed-rename", args=[feed.pk]), {"name": "Lịch mới"})
    secret = feed.secret
    feed.refresh_from_db()
    assert (feed.name, feed.secret) == ("Lịch mới", secret)


def test_nobody_sees_renames_or_revokes_another_s(feed):
    other = enter(make.UserFactory(union=feed.owner.union, role="administrator"))
    assert feed.secret not in text(other.get(reverse("calendar-feeds")))
    for name in ("calendar-feed-rename", "calendar-feed-revoke"):
        assert other.post(reverse(name, args=[feed.pk]), {"name": "x"}).status_code == 404
    assert CalendarFeed.objects.filter(pk=feed.pk, name="Lịch của tôi").exists()


def test_more_addresses_ask_the_database_no_more(owner, django_assert_max_num_queries):
    browser = enter(owner)
    for number in range(5):
        CalendarFeed.objects.create(owner=owner, name=f"Lịch {number}", query="kind=course")
    browser.get(reverse("calendar-feeds"))  # the menu counts what is late once, and keeps the number
    with django_assert_max_num_queries(4):
        browser.get(reverse("calendar-feeds"))
