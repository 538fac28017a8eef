"""The first page by role: what is late and missing, the term in numbers, the state of the records."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import FollowUp, Paper, Plan
from activities.reports.findings import measure
from activities.reports.models import AuditRun
from activities.reports.questions import Question
from activities.reports.trends import trend
from tests import factories as make
from tests.doors import DAY, enter, text
from unionrelations.accounts.models import User
from unionrelations.kit.windows import day_in_words
from unionrelations.web import counted
from unionrelations.web.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def union():
    return make.UnionFactory()


def home_of(union, role):
    return enter(make.UserFactory(union=union, role=role, language="en")).get("/")


def days(number):
    return dt.timedelta(days=number)


def titles(page):
    return [(one.title, one.sub, one.tone) for one in page.context["chores"]]


def test_an_officer_is_told_what_is_late_first(union, today):
    trip = {"unions": [(union, 3)]}
    make.DelegationFactory(title="Sang Lào", status="approved", starts_on=today - days(2), **trip)
    back = make.DelegationFactory(title="Sang Bỉ", starts_on=today - days(40), ends_on=today - days(20), **trip)
    promised = make.CourseFactory(title="Lớp ở Viêng Chăn", starts_on=today - days(3), trainees_ours=2, **trip)
    FollowUp.objects.create(activity_id=promised.pk, what="Gửi tài liệu", due_on=today + days(3))
    make.DelegationFactory(title="Sắp đi Nhật", status="planned", starts_on=today + days(9), **trip)
    page = home_of(union, User.Role.OFFICER)
    late = [(title, sub.split(",")[0], tone) for title, sub, tone in titles(page)][:3]
    assert late == [
        ("Trip report: Sang Bỉ", "15 days after the last day", "late"),
        ("Sang Lào: was it held?", "Approved for " + day_in_words(today - days(2)), "late"),
        ("Gửi tài liệu", "We promised it: Lớp ở Viêng Chăn", ""),
    ]
    assert "5 days late" in text(page)
    assert "Sắp đi Nhật" in [one[0] for one in page.context["desk"].coming()]
    Paper.objects.create(activity_id=back.pk, kind="trip_report", number="3/BC")
    assert "Trip report" not in text(home_of(union, User.Role.OFFICER))


def test_what_is_missing_below_is_no_chore_of_the_desk_above(union):
    below = make.UnionFactory(parent=union)
    make.DelegationFactory(unions=[(below, None)], status="held")
    assert titles(home_of(union, User.Role.OFFICER)) == []
    make.DelegationFactory(unions=[(union, None)], status="held")
    page = home_of(union, User.Role.OFFICER)
    assert [one[0] for one in titles(page)] == ["Add the number of people of 1 delegation"]
    listed = enter(make.UserFactory(union=union)).get(page.context["chores"][0].url)
    assert (listed.context["total"], listed.context["notes"]) == (1, [])


def test_a_long_row_of_chores_is_cut_and_says_where_the_rest_is(union, today):
    for number in range(7):
        make.DelegationFactory(status="planned", starts_on=today - days(2 + number), unions=[(union, 3)])
    page = home_of(union, User.Role.OFFICER)
    assert len(titles(page)) == 6
    assert titles(page)[-1][0] == "There are more like these"
    rest = enter(make.UserFactory(union=union)).get(page.context["chores"][-1].url)
    assert rest.context["late"].number == 7


def test_a_trip_back_for_fifteen_days_is_not_late_yet(union, today):
    make.DelegationFactory(starts_on=today - days(30), ends_on=today - days(15), unions=[(union, 3)])
    assert [tone for _title, _sub, tone in titles(home_of(union, User.Role.OFFICER))] == [""]


def test_what_another_union_below_left_undone_is_not_this_officers_chore(union, today):
    below = make.UnionFactory(parent=union)
    make.DelegationFactory(status="planned", starts_on=today - days(2), unions=[(below, 3)])
    assert titles(home_of(union, User.Role.OFFICER)) == []
    assert len(titles(home_of(below, User.Role.OFFICER))) == 1


def test_every_number_of_the_first_page_is_the_length_of_the_list_it_opens(union):
    for number in range(3):
        make.DelegationFactory(unions=[(union, None)], title=f"Đoàn {number}")
        first, last = dt.date(2022, 6, 1), dt.date(2022, 6, 30)
        make.CourseFactory(unions=[(union, 2)], starts_on=first, ends_on=last, precision="month")
    administrator = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="en")
    browser = enter(administrator)
    found = [one for _label, one in browser.get("/").context["health"].lacks() if one.number]
    assert len(found) >= 3
    for one in found:
        assert browser.get(one.url).context["total"] == one.number, one.url


def test_a_share_of_many_records_is_told_of_all_of_them(union, monkeypatch):
    monkeypatch.setattr(counted, "COUNTED_UP_TO", 1)
    make.TermFactory(union=union, first_day=dt.date(2018, 1, 1), last_day=None)
    for people in (3, 4, None):
        make.DelegationFactory(unions=[(union, people)])
    overview = home_of(union, User.Role.LEADER).context["overview"]
    shares = {what: (have, every) for what, have, every, _url in overview.completeness()}
    assert shares["people"] == (2, 3)


def test_a_leader_reads_the_term_beside_the_one_before(union, today):
    make.TermFactory(union=union, name="2013-2018", first_day=dt.date(2013, 1, 1), last_day=dt.date(2017, 12, 31))
    now = make.TermFactory(union=union, name="2018-2023", first_day=dt.date(2018, 1, 1), last_day=None)
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2019, 5, 1))
    empty_before = home_of(union, User.Role.LEADER)
    assert "nothing to compare with" in text(empty_before)
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2014, 5, 1))
    overview = home_of(union, User.Role.LEADER).context["overview"]
    out = overview.headlines()[0]
    assert (out.figure.logged, out.before.logged) == (1, 1)
    assert overview.term == now


def test_the_years_of_a_term_add_up_to_what_was_logged_in_it(union, today):
    term = make.TermFactory(union=union)
    for year in (2018, 2019, 2019, 2022):
        make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(year, 11, 5))
    make.CourseFactory(
        unions=[(union, 3)], starts_on=dt.date(2020, 7, 1), ends_on=dt.date(2021, 6, 30), precision="span"
    )
    found = trend(union, term.period, under=False, until=today)
    assert [(one.number, one.total) for one in found.years] == [
        (2018, 1), (2019, 2), (2020, 0), (2021, 0), (2022, 1), (2023, 0),
    ]  # fmt: skip
    assert found.across == 1
    logged = measure(Question(union, term.period))
    assert sum(one.total for one in found.years) + found.across == logged["activities"].logged


def test_a_union_without_terms_is_told_so(union):
    make.DelegationFactory(unions=[(union, 3)])
    assert "No term has been entered" in text(home_of(union, User.Role.LEADER))
    assert home_of(union, User.Role.OFFICER).status_code == 200


def test_an_auditor_reads_how_the_last_audit_went(union):
    make.TermFactory(union=union)
    make.DelegationFactory(unions=[(union, 3)])
    AuditRun.objects.create(state="done", finished_at=timezone.now(), compared=42)
    assert "42 figures counted twice, all of them agree" in text(home_of(union, User.Role.AUDITOR))


@pytest.mark.parametrize("role", User.Role)
def test_the_first_run_says_what_to_do_first(union, role):
    page = home_of(union, role)
    assert page.context["is_empty"]
    assert ("/delegations/new/" in text(page)) == (role in (User.Role.OFFICER, User.Role.ADMINISTRATOR))
    assert text(page).count("btn-primary") <= 1


def test_a_superuser_without_a_union_has_a_first_page():
    make.DelegationFactory(unions=[(make.UnionFactory(), 3)])
    superuser = make.UserFactory(union=None, is_superuser=True)
    assert enter(superuser).get("/").status_code == 200


def test_drafts_lead_back_to_their_forms(union):
    make.DelegationFactory(unions=[(union, 3)])
    officer = make.UserFactory(union=union)
    Draft.objects.create(owner=officer, slug="delegations", title="Đoàn ra: Lào")
    Draft.objects.create(owner=make.UserFactory(union=union), slug="delegations", title="Của người khác")
    page = text(enter(officer).get("/"))
    assert "Đoàn ra: Lào" in page
    assert "Của người khác" not in page


@pytest.mark.parametrize("role", [User.Role.OFFICER, User.Role.ADMINISTRATOR])
@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "filled"])
def test_whoever_logs_finds_a_draft_again_even_in_an_empty_house(union, role, is_empty):
    if not is_empty:
        make.DelegationFactory(unions=[(union, 3)])
    officer = make.UserFactory(union=union, role=role, language="en")
    Draft.objects.create(owner=officer, slug="delegations", typed={"direction": ["in"]})
    page = text(enter(officer).get("/"))
    assert '<a class="title" href="/delegations/new/?direction=in">Delegation, not yet named</a>' in page


@pytest.mark.parametrize("is_empty", [True, False], ids=["empty", "filled"])
@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.ADMINISTRATOR])
def test_whoever_approves_finds_the_plans_that_wait_even_in_an_empty_house(union, role, is_empty):
    above = make.UnionFactory()
    union.parent = above
    union.save()
    for owner, title in ((union, "Kế hoạch của ta"), (above, "Kế hoạch cấp trên")):
        plan = Plan.objects.create(union=owner, title=title, state="submitted", number=1, first_day=DAY, last_day=DAY)
    if not is_empty:
        make.DelegationFactory(unions=[(union, 3)])
    page = home_of(union, role)
    assert f'<a class="title" href="/plans/{Plan.objects.get(union=union).pk}/">Kế hoạch của ta</a>' in text(page)
    assert f"/plans/{plan.pk}/" not in text(page)
    waiting = page.context["waiting"]
    listed = enter(make.UserFactory(union=union, role=role)).get(waiting.plans.url)
    assert listed.context["total"] == waiting.plans.number == 1


@pytest.mark.one_database
@pytest.mark.parametrize("role", User.Role)
def test_more_rows_cost_no_more_questions(union, today, role):
    make.TermFactory(union=union)
    reader = make.UserFactory(union=union, role=role)
    browser = enter(reader)

    def fill(number):
        for _one in range(number):
            trip = make.DelegationFactory(
                status="approved", starts_on=today - days(3), unions=[(union, None)], partners=[make.PartnerFactory()]
            )
            FollowUp.objects.create(activity_id=trip.pk, what="Gửi tài liệu", due_on=today)
            make.DelegationFactory(starts_on=today - days(60), unions=[(union, None)])
            make.FigureFactory(union=union)

    def asked():
        with CaptureQueriesContext(connection) as questions:
            browser.get("/")
        return len(questions)

    fill(2)
    browser.get("/")
    few = asked()
    fill(10)
    browser.get("/")  # figures are counted anew after each of them, and kept from then on
    assert asked() <= few <= 36
