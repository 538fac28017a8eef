"""Which pairs of activities are taken for one and which are not; the thresholds rest on these."""

import datetime as dt

import pytest

from activities.entities.likeness import Traits, likely_same, pairs_alike, same_visit, traits_of
from activities.models import Activity, Course, Delegation
from tests import factories as make
from unionrelations.kit.folding import fold
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import window_around

DAY = dt.date(2022, 6, 10)


def one(title="Đoàn Liên hiệp Công đoàn Lào thăm", day=DAY, pk=1, precision="day", last=None, **more):
    window = Period(day, day) if precision == "day" else window_around(day, precision)
    plain = {
        "pk": pk,
        "kind": "delegation",
        "direction": "in",
        "format": "",
        "window": window,
        "is_exact": precision == "day",
        "last": last or window.last,
        "partners": frozenset({7}),
        "countries": frozenset({3}),
        "title": fold(title),
        "head": "",
        "unions": frozenset({1}),
    }
    return Traits(**plain | {name: _frozen(value) for name, value in more.items()})


def _frozen(value):
    return frozenset(value) if isinstance(value, set | list) else value


def after(days):
    return DAY + dt.timedelta(days=days)


SAME = {
    "host and cooperating union, each in its own words": {"title": "Tiếp đoàn LFTU", "unions": {2}},
    "a day later": {"title": "Đón đoàn Tổng LĐ Lào", "unions": {2}, "day": after(1)},
    "three days later": {"unions": {2}, "day": after(3)},
    "the same union, the same words": {},
    "no partner named": {"partners": set(), "unions": {2}},
    "no country named": {"countries": set()},
    "neither partner nor country": {"partners": set(), "countries": set()},
    "known to the month": {"precision": "month"},
    "known to the half-year": {"precision": "half_year", "unions": {2}},
    "another word or two": {"title": "Đoàn Liên hiệp Công đoàn nước Lào sang thăm, làm việc"},
    "marked outbound by mistake": {"direction": "out"},
    "typed without marks": {"title": "Doan Lien hiep Cong doan Lao tham", "partners": set()},
}
TWO = {
    "a week later": {"day": after(7)},
    "a year later": {"day": after(365)},
    "another partner of the country": {"partners": {8}, "title": "Đoàn Công đoàn Xây dựng Lào thăm", "unions": {2}},
    "another country and partner, the same words": {"partners": {8}, "countries": {4}},
    "another kind": {"kind": "conference", "direction": "", "format": "meeting"},
    "another visit of the day, of the same union": {"title": "Tham quan nhà máy may Đồng Nai"},
    "only the day": {"partners": set(), "countries": set(), "title": "Đoàn JAW thăm Hà Nội"},
    "only country and day": {"partners": set(), "title": "Chuyên gia về an toàn lao động"},
    "a half-year that is over": {"precision": "half_year", "day": dt.date(2021, 6, 1)},
    "part of the other": {"whole": 1},
}


@pytest.mark.parametrize("name", SAME)
def test_taken_for_one(name):
    found = same_visit(one(), one(pk=2, **SAME[name]))
    assert found is not None
    assert found.score >= 70
    assert found == same_visit(one(pk=2, **SAME[name]), one())


@pytest.mark.parametrize("name", TWO)
def test_taken_for_two(name):
    assert same_visit(one(), one(pk=2, **TWO[name])) is None
    assert same_visit(one(pk=2, **TWO[name]), one()) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"cohort": "VI"}, {"cohort": "VII"}),
        ({"cohort": "VI", "step": "1"}, {"cohort": "VI", "step": "2"}),
        ({"title": "Lớp tập huấn khóa VI"}, {"title": "Lớp tập huấn khóa VII", "day": after(2), "partners": {9}}),
    ],
)
def test_cohorts_and_stages_of_a_course_are_courses_each(first, second):
    course = {"kind": "course", "direction": "given"}
    assert same_visit(one(**course | first), one(pk=2, **course | second)) is None
    assert same_visit(one(**course | first), one(pk=2, **course | first)) is not None


def test_the_evidence_says_by_what():
    found = same_visit(one(), one(pk=2, unions={2}, day=after(1)))
    assert dict(found.evidence) == {
        "days_near": (1,),
        "same_partner": (7,),
        "same_country": (3,),
        "same_title": (100,),
        "other_unions": (),
    }


def test_what_is_not_stored_yet_is_judged_like_any_other():
    typed = one(pk=None)
    found = likely_same(typed, [one(pk=2, unions={2}, title="Tiếp đoàn LFTU"), one(pk=3), one(pk=4, day=after(30))])
    assert [other.pk for other, _likeness in found] == [3, 2]


@pytest.mark.django_db
def test_traits_are_read_in_a_fixed_number_of_questions(django_assert_num_queries):
    union = make.UnionFactory()
    partner, home = make.PartnerFactory(), make.CountryFactory(code="VN", name="Việt Nam")
    for number in range(8):
        trip = make.DelegationFactory(unions=[(union, 3)], partners=[partner], countries=[partner.country, home])
        make.MemberFactory(activity=trip.activity_ptr, is_head=True, name=f"Ông Nguyễn {number}")
        make.CourseFactory(unions=[(union, 3)], cohort="VI")
    with django_assert_num_queries(5):
        found = traits_of(Activity.objects.order_by("pk"))
    with django_assert_num_queries(5):
        own = [*traits_of(Delegation.objects.order_by("pk"))]
    with django_assert_num_queries(5):
        own += traits_of(Course.objects.order_by("pk"))
    assert {one.pk: one for one in found} == {one.pk: one for one in own}
    first = own[0]
    assert (first.countries, first.head, first.direction) == ({partner.country_id}, "ong nguyen 0", "out")


def test_every_pair_is_found_that_comparing_all_with_all_finds():
    """The pairs of a small world: blocks leave nothing out that shares whom it met, a country, a head or a word."""
    rows = [one(pk=1), *(one(pk=10 + number, **more) for number, more in enumerate([*SAME.values(), *TWO.values()]))]
    found = {frozenset(pair[:2]) for pair in pairs_alike(rows)}
    every = {frozenset({a.pk, b.pk}) for a in rows for b in rows if a.pk < b.pk and same_visit(a, b)}
    assert found == every
