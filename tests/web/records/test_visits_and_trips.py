"""Return visits and trips: each number is the list it opens, for every reader."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Attendance, Member, RuleSet
from activities.reports.questions import Question
from activities.reports.registers import REGISTERS
from activities.reports.trips import trips_of
from tests import factories as make
from tests.doors import csv_rows, enter, text
from unionrelations.accounts.models import Officer, User
from unionrelations.kit.periods import Period
from unionrelations.kit.scoping import ScopedQuerySet

YEAR = dt.date.today().year


@pytest.fixture
def unions(db):
    union = make.UnionFactory(code="tren")
    make.TermFactory(
        union=union, name=f"{YEAR}-{YEAR + 1}", first_day=dt.date(YEAR, 1, 1), last_day=dt.date(YEAR + 1, 12, 31)
    )
    return union, make.UnionFactory(code="duoi", parent=union), make.UnionFactory(code="ben", parent=union)


visits = st.lists(
    st.tuples(st.sampled_from(["in", "out"]), st.integers(0, 2), st.sampled_from(["held", "planned"]), st.booleans()),
    max_size=6,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=min(settings().max_examples, 12),
    deadline=None,
)
@given(visits)
def test_numbers_of_visits_are_their_rows_for_every_reader(unions, told):
    partner = make.PartnerFactory()
    for direction, whose, status, this_term in told:
        day = dt.date(YEAR, 1, 1) if this_term else dt.date(YEAR - 3, 5, 1)
        more = {"direction": direction, "status": status, "starts_on": day, "partners": [partner]}
        make.DelegationFactory(unions=[(unions[whose], 3)], **more)
    for reach, union in enumerate(unions):
        browser = enter(make.UserFactory(union=union, role=User.Role.LEADER))
        found = browser.get(f"/partners/{partner.pk}/").context["visits"]
        seen = [one for one in told if (reach == 0 or one[1] == reach) and one[2] == "held" and one[3]]
        came, went = (sum(one[0] == side for one in seen) for side in ("in", "out"))
        assert (found.came.number, found.went.number) == (came, went)
        assert bool(found) == bool(seen)
        for number in (found.came, found.went):
            assert browser.get(number.url).context["total"] == number.number


@pytest.mark.parametrize(("came", "went", "turn"), [(2, 1, "our turn"), (1, 2, "their turn"), (1, 1, "even")])
def test_whose_turn_it_is_follows_from_the_visits(unions, came, went, turn):
    partner = make.PartnerFactory()
    for direction, number in (("in", came), ("out", went)):
        for _one in range(number):
            more = {"direction": direction, "starts_on": dt.date(YEAR, 1, 1), "partners": [partner]}
            make.DelegationFactory(unions=[(unions[0], 3)], **more)
    browser = enter(make.UserFactory(union=unions[0], language="en"))
    assert turn in text(browser.get(f"/partners/{partner.pk}/"))
    loose = {"starts_on": dt.date(YEAR - 1, 7, 1), "ends_on": dt.date(YEAR, 6, 30), "precision": "span"}
    make.DelegationFactory(unions=[(unions[0], 3)], partners=[partner], direction="in", **loose)
    assert "cannot be said" in text(browser.get(f"/partners/{partner.pk}/"))


def test_trips_are_of_the_officer_by_name_and_union(unions):
    above, union, other = unions
    lan = Officer.objects.create(union=union, name="Nguyễn Thị Lan", name_plain="Nguyen Thi Lan")
    namesake = Officer.objects.create(union=other, name="Nguyễn Thị Lan")
    days = {"starts_on": "2022-03-01", "ends_on": "2022-03-05"}
    country = make.CountryFactory()
    named = make.DelegationFactory(unions=[(union, 3)], countries=[country], **days)
    unsaid = make.DelegationFactory(unions=[(union, 3)], countries=[country], starts_on="2022-06-01")
    planned = make.DelegationFactory(unions=[(union, 3)], status="planned", **days)
    inbound = make.DelegationFactory(unions=[(union, 3)], direction="in", **days)
    for trip, whose in ((named, union), (unsaid, None), (planned, union), (inbound, union)):
        make.MemberFactory(activity=trip.activity_ptr, name="Nguyễn thị Lan", union=whose)
    reader = make.UserFactory(union=above)
    [one] = trips_of([lan, namesake], Member.objects.visible_to(reader), 2022)
    assert one.officer == lan
    assert {trip.pk for trip in one.trips} == {named.pk, unsaid.pk}
    assert (one.days, one.of_unknown_length, one.countries) == (5, 1, [country])
    browser = enter(reader)
    page = browser.get("/officers/trips/?year=2022")
    for row, url in page.context["rows"]:
        assert browser.get(url).context["total"] == len(row.trips)
    assert [(year, number) for year, number, _url in browser.get(f"/officers/{lan.pk}/").context["years"]] == [
        (2022, 2)
    ]
    for name in ("xlsx", "csv"):
        assert browser.get(f"/officers/trips/?year=2022&format={name}").status_code == 200
    assert not enter(make.UserFactory(union=other)).get("/officers/trips/?year=2022").context["rows"]


def test_a_course_of_the_house_counts_as_training_in_the_report(unions):
    union = unions[0]
    lan = Officer.objects.create(union=union, name="Nguyễn Thị Lan")
    Officer.objects.create(union=union, name="Trần Văn Bình")
    for _number in range(2):
        Attendance.objects.create(officer=lan, course=make.CourseFactory(unions=[(union, 3)]))
    question = Question(union, Period.years(2022), under=True)
    trained = REGISTERS["trained"]
    assert trained.counts(question) == {"trained": (1, 0), "none": (1, 0)}
    assert list(trained.rows(question, "trained")) == [lan]
    assert isinstance(Attendance.objects.all(), ScopedQuerySet)


def test_leaders_are_told_by_their_title_and_the_rule_counts_them_alone(unions):
    above, union, other = unions
    RuleSet.objects.create(union=above, most_trips=1, leading_titles="Chủ tịch\nTrưởng ban")
    RuleSet.objects.create(union=other, leading_titles="Giám đốc")
    people = [
        Officer.objects.create(union=of, name=name, title=title)
        for of, name, title in (
            (union, "Bà Lan", "CHỦ TỊCH Công đoàn ngành"),
            (union, "Ông Bình", "Phó Chủ tịch"),  # no longer leading once a union above names others
            (union, "Ông Cường", ""),
            (other, "Bà Dung", "Trưởng ban"),
        )
    ]
    for one in people:
        for day in ("2022-03-01", "2022-06-01"):
            trip = make.DelegationFactory(unions=[(one.union, 1)], starts_on=day)
            make.MemberFactory(activity=trip.activity_ptr, name=one.name, union=one.union)
    browser = enter(make.UserFactory(union=above, language="en"))
    rows = browser.get("/officers/trips/?year=2022").context["rows"]
    found = {one.officer.name: (len(one.trips), one.is_leader, one.is_beyond) for one, _url in rows}
    assert found == {
        "Bà Lan": (2, True, True),
        "Ông Bình": (2, False, False),
        "Ông Cường": (2, False, False),
        "Bà Dung": (2, False, False),
    }
    leaders = browser.get("/officers/trips/?year=2022&who=leaders")
    assert [one.officer.name for one, _url in leaders.context["rows"]] == ["Bà Lan"]
    assert "more than the 1 a year of the rules" in text(leaders)
    told = csv_rows(browser.get("/officers/trips/?year=2022&who=leaders&format=csv"))
    assert [(row[0], row[3], row[4], row[5]) for row in told] == [("Bà Lan", "yes", "2", "1")]
