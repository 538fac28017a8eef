"""The page of what is due: by when, whose, which kind; where a row leads and where it is settled; its files."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from activities.models import FollowUp, Paper
from activities.reports.due import everything
from activities.reports.due.everything import RULES
from activities.reports.due.things import Due
from partners.models import RelationEvent
from tests import factories as make
from tests.doors import csv_rows, enter, text, xlsx_rows
from unionrelations.accounts.models import StandIn, User
from unionrelations.kit.periods import Period
from unionrelations.web.due import IN_SESSION, Late, Row, cut_kinds, groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture(autouse=True)
def no_plan_is_due(settings, today):
    """Whatever day the tests run on."""
    far = today + days(150)
    settings.PLAN_DUE = (far.month, min(far.day, 28))


@pytest.fixture
def union():
    return make.UnionFactory(code="tren")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, language="en")


def days(number):
    return dt.timedelta(days=number)


def late_trip(union, today, **more):
    back = {"starts_on": today - days(30), "ends_on": today - days(25)}
    return make.DelegationFactory(unions=[(union, 3)], **back | more)


def rows(response):
    return [row for group in response.context["groups"] for row in group.rows]


def named(response):
    return [row.due.title for row in rows(response)]


@pytest.mark.parametrize(("language", "words"), [("vi", "Quá hạn, 1"), ("en", "Late, 1")])
def test_what_is_late_stands_first_in_both_languages(union, today, language, words):
    reader = make.UserFactory(union=union, language=language)
    late_trip(union, today, title="Sang Bỉ")
    page = enter(reader).get("/due/")
    assert words in text(page)
    assert page.context["groups"][0].code == "late"


def test_a_row_leads_to_the_record_and_to_the_form_that_settles_it(union, officer, today):
    one = late_trip(union, today)
    browser = enter(officer)
    (row,) = rows(browser.get("/due/"))
    assert row.due.url == f"/delegations/{one.pk}/"
    form = browser.get(row.due.settle_url)
    assert form.context["form"].initial["kind"] == "trip_report"
    browser.post(row.due.settle_url, {"kind": "trip_report", "number": "12/BC"})
    assert Paper.objects.get().kind == "trip_report"
    assert rows(browser.get("/due/")) == []


def test_who_only_reads_is_led_to_the_record_alone(union, today):
    one = late_trip(union, today)
    page = enter(make.UserFactory(union=union, role=User.Role.LEADER)).get("/due/")
    assert [row.may_settle for row in rows(page)] == [False]
    assert f"/delegations/{one.pk}/papers/new/" not in text(page)


def test_every_form_a_row_leads_to_opens(union, officer, today):
    partner = make.PartnerFactory(licence_expires_on=today)
    at = late_trip(union, today, partners=[partner])
    make.DelegationFactory(unions=[(union, 1)], status="planned", starts_on=today - days(2))
    FollowUp.objects.create(activity_id=at.pk, what="Gửi tài liệu", due_on=today)
    make.AgreementFactory(unions=[union], partners=[partner], in_force_to=today)
    silent = make.PartnerFactory()
    make.DelegationFactory(unions=[(union, 1)], starts_on=today - days(500), partners=[silent])
    of = {"union": union, "partner": make.PartnerFactory()}
    RelationEvent.objects.create(kind="interrupted", starts_on=today - days(100), **of)
    browser = enter(officer)
    found = rows(browser.get("/due/"))
    assert len({row.due.rule.code for row in found}) >= 7
    for row in found:
        assert browser.get(row.due.url.partition("#")[0]).status_code == 200, row.due.url
        assert browser.get(row.due.settle_url).status_code == 200, row.due.settle_url


def test_whose_kind_and_words_narrow_it(union, officer, today):
    late_trip(union, today, title="Sang Viêng Chăn")
    at = late_trip(make.UnionFactory(parent=union, short_name="CĐ cơ sở"), today, title="Sang Bỉ")
    FollowUp.objects.create(activity_id=at.pk, what="Gửi tài liệu", due_on=today)
    browser = enter(officer)
    assert len(rows(browser.get("/due/"))) == 1
    below = browser.get("/due/?whose=below")
    assert len(rows(below)) == 3
    assert "CĐ cơ sở" in text(below)
    assert named(browser.get("/due/?whose=below&q=vieng+chan")) == ["Trip report: Sang Viêng Chăn"]
    assert named(browser.get("/due/?whose=below&kind=our-promise")) == ["Gửi tài liệu"]
    assert rows(browser.get("/due/?whose=mine")) == []
    assert "Nothing due is like that" in text(browser.get("/due/?q=khong-co"))


def test_nothing_due_says_so(officer):
    assert "Nothing is due" in text(enter(officer).get("/due/"))


def test_its_files_hold_the_rows_of_the_page(union, officer, today):
    late_trip(union, today, title="Sang Bỉ")
    of = {"union": union, "kind": "twinned", "precision": "year"}
    first = dt.date(today.year - 9, 1, 1)
    RelationEvent.objects.create(starts_on=first, ends_on=first.replace(month=12, day=31), **of)
    browser = enter(officer)
    shown = len(rows(browser.get("/due/")))
    assert len(xlsx_rows(browser.get("/due/?format=xlsx"))) == shown
    assert len(csv_rows(browser.get("/due/?format=csv"))) == shown
    calendar = Calendar.from_ical(browser.get("/due/?format=ics").content)
    events = list(calendar.walk("VEVENT"))
    assert [str(one["summary"]) for one in events] == ["Trip report: Sang Bỉ"]  # a year has no place in a calendar
    assert events[0].start == today - days(10)
    assert str(events[0]["url"]).startswith("http://testserver/delegations/")
    assert browser.get("/due/?format=csv&kind=our-promise").status_code == 200


def test_what_came_since_the_last_look_is_marked_while_one_looks(union, officer, today):
    browser = enter(officer)
    old = late_trip(union, today)
    type(old).objects.filter(pk=old.pk).update(created_at=timezone.now() - days(20))
    assert [row.is_new for row in rows(browser.get("/due/"))] == [False]  # the first look: nothing to compare with
    User.objects.filter(pk=officer.pk).update(due_looked_at=timezone.now() - days(2))
    late_trip(union, today, title="Mới ghi")
    for _look in range(2):
        page = browser.get("/due/")
        assert [row.due.title for row in rows(page) if row.is_new] == ["Trip report: Mới ghi"]
    assert "1 is new since your last look" in text(page)
    browser.get("/due/?format=csv")
    assert User.objects.get(pk=officer.pk).due_looked_at > timezone.now() - days(1)


def test_the_menu_says_how_many_are_late_and_no_page_waits_for_it(union, officer, today):
    late_trip(union, today)
    browser = enter(officer)
    asked = 'hx-get="/due/late/"'
    with CaptureQueriesContext(connection) as questions:
        page = text(browser.get("/help/"))
    assert asked in page
    assert "side-count" not in page
    assert not any("activities_paper" in one["sql"] for one in questions)
    assert text(browser.get("/due/late/")).strip() == '<span class="side-count is-late">1 late</span>'
    with CaptureQueriesContext(connection) as questions:
        page = text(browser.get("/help/"))
    assert '<span class="side-count is-late">1 late</span>' in page
    assert asked not in page
    assert not any("activities_paper" in one["sql"] for one in questions)
    late_trip(union, today)
    assert "1 late" in text(browser.get("/help/"))
    assert "2 late" in text(browser.get("/due/"))  # whoever looks at all of it sees the number anew
    assert "2 late" in text(browser.get("/help/"))
    session = browser.session
    session[IN_SESSION] = [2, False, 0, None]
    session.save()
    Paper.objects.create(activity_id=late_trip(union, today).pk, kind="trip_report", number="1")
    assert asked in text(browser.get("/help/"))
    assert "2 late" in text(browser.get("/due/late/"))


def test_where_nothing_is_late_the_menu_says_nothing_and_does_not_ask_again(union, officer):
    browser = enter(officer)
    assert text(browser.get("/due/late/")).strip() == ""
    page = text(browser.get("/help/"))
    assert "side-count" not in page
    assert "/due/late/" not in page


def test_the_number_takes_nothing_from_what_another_page_kept_meanwhile(union, officer, today, monkeypatch):
    late_trip(union, today)
    browser = enter(officer)
    session = browser.session

    def meanwhile(asked, codes=()):
        session["kept"] = "by another page"
        session.save()
        return everything.due(asked, codes)

    monkeypatch.setattr("unionrelations.web.due.due", meanwhile)
    assert "1 late" in text(browser.get("/due/late/"))
    assert browser.session["kept"] == "by another page"
    assert browser.session[IN_SESSION][0] == 1


def test_groups_go_by_the_day_of_the_reminder(union):
    def row(day, is_late=False):
        due = type("Thing", (), {"reminded_on": day, "rule": type("Rule", (), {"may_be_late": True}), "since": None})
        return Row(due, "", is_late, False, False)

    thursday = dt.date(2023, 11, 30)
    found = groups(
        [
            row(dt.date(2023, 11, 20), is_late=True),
            row(dt.date(2023, 12, 3)),
            row(dt.date(2023, 12, 4)),
            row(dt.date(2023, 12, 31)),
            row(dt.date(2024, 1, 1)),
        ],
        thursday,
    )
    assert [(one.code, len(one.rows)) for one in found] == [("late", 1), ("week", 1), ("month", 2), ("later", 1)]


def test_of_very_many_the_first_are_shown_and_it_is_said(union, officer, today, monkeypatch):
    monkeypatch.setattr("unionrelations.web.due.MOST", 3)
    for _number in range(5):
        late_trip(union, today)
    page = enter(officer).get("/due/")
    assert page.context["is_cut"]
    assert len(csv_rows(enter(officer).get("/due/?format=csv"))) == 5


def test_words_are_looked_for_beyond_what_is_shown_without_them(union, officer, today, monkeypatch):
    monkeypatch.setattr("unionrelations.web.due.MOST", 3)
    for number in range(6):
        late_trip(union, today - days(number), title=f"Chuyến {number} xong")
    browser = enter(officer)
    shown = text(browser.get("/due/"))
    hidden = next(number for number in range(6) if f"Chuyến {number} xong" not in shown)
    found = browser.get("/due/", {"q": f"chuyen {hidden} xong"})
    assert f"Chuyến {hidden} xong" in text(found).partition("<main")[2]
    assert not found.context["is_cut"]
    assert "6 late" in text(browser.get("/help/"))


def test_who_stands_in_for_somebody_sees_what_is_late_there_and_then_their_own_again(union, officer, today):
    lender = make.UserFactory(union=make.UnionFactory(code="khac"))
    row = StandIn.objects.create(lender=lender, person=officer, reason="Nghỉ phép", first_day=today, last_day=today)
    late_trip(union, today)
    browser = enter(officer)
    assert "1 late" in text(browser.get("/due/"))
    browser.post(f"/stand-ins/{row.pk}/act/")
    assert "side-count is-late" not in text(browser.get("/help/"))
    assert text(browser.get("/due/late/")).strip() == ""
    browser.post("/stand-ins/stop/")
    assert text(browser.get("/due/late/")).strip() == '<span class="side-count is-late">1 late</span>'


def test_where_more_are_late_than_were_looked_at_no_number_is_said_for_all(union, officer, today, monkeypatch):
    monkeypatch.setattr("unionrelations.web.due.MOST", 3)
    monkeypatch.setattr("unionrelations.web.due.MOST_OF_ONE_KIND", 5)
    browser = enter(officer)
    for _trip in range(3):
        late_trip(union, today)
    page = text(browser.get("/due/"))
    assert "3 things are late" in page
    assert "(3)" in page
    for _trip in range(2):
        late_trip(union, today)
    page = text(browser.get("/due/"))
    assert "More than 3 things are late." in page
    assert "(3+)" in page
    assert "Late, 3" in page
    assert '<span class="side-count is-late">more than 3 late</span>' in page
    assert '<span class="side-count is-late">more than 3 late</span>' in text(browser.get("/help/"))
    assert text(browser.get("/due/late/")).strip() == '<span class="side-count is-late">more than 3 late</span>'
    assert "5 things are late" in text(browser.get("/due/?kind=trip-report"))
    late_trip(union, today)
    page = text(browser.get("/due/?kind=trip-report"))
    assert "More than 5 things are late." in page
    assert "Of some kinds there are more than 5." in page


def test_what_is_not_late_yet_makes_no_number_of_late_ones_uncertain(union, today, monkeypatch):
    rule = RULES["trip-report"]
    found = [
        Due(rule, str(days), "", "", Period(day := today + dt.timedelta(days=days), day), "") for days in (-2, -1, 5, 9)
    ]
    assert Late.among(found, today, most=3) == Late(2)
    assert Late.among(found[:2], today, most=1) == Late(2, is_more=True)
    assert Late.among(found[:2], today, most=2) == Late(2)
    assert cut_kinds(found, 3) == {"trip-report"}
    assert cut_kinds(found, 4) == set()


def test_promises_of_both_sides_are_cut_together(today):
    ours, theirs = RULES["our-promise"], RULES["their-promise"]
    found = [Due(rule, "", "", "", Period(today, today), "") for rule in (ours, theirs)]
    assert cut_kinds(found, 1) == {"our-promise", "their-promise"}
    assert cut_kinds(found, 2) == set()
