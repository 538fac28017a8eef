"""What an activity counts as, decided from what it is and who took part."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import ActivityScope, Conference, PartnerRole, UnionRole
from activities.reports.findings import measure
from activities.reports.questions import Question
from tests.factories import (
    ConferenceFactory,
    CountryFactory,
    CourseFactory,
    DelegationFactory,
    PartnerFactory,
    UnionFactory,
)
from unionrelations.kit.periods import Period

pytestmark = pytest.mark.django_db
YEAR = Period.years(2022)


def counts_as(activity):
    activity.refresh_from_db()
    return activity.counts_as


@pytest.mark.parametrize(
    ("facts", "category"),
    [
        ({"role": "abroad"}, "conference_abroad"),
        ({"role": "hosted"}, ""),
        ({"role": "hosted", "title": "Hội thảo quốc tế về việc làm"}, "conference_hosted"),
        ({"role": "hosted", "title": "HỘI THẢO QUỐC TẾ"}, "conference_hosted"),
        ({"role": "home", "participants_from_abroad": 3}, "conference_home"),
        ({"role": "home", "participants_from_abroad": 0}, ""),
        ({"role": "hosted", "international": True}, "conference_hosted"),
        ({"role": "abroad", "international": False}, ""),
        ({"role": "", "format": "meeting", "international": True}, "meeting"),
        ({"role": "hosted", "format": "dialogue", "international": True}, "meeting"),
        ({"role": "hosted", "format": "dialogue"}, ""),
    ],
)
def test_a_conference_counts_only_if_it_is_international_and_a_person_may_overrule(facts, category):
    assert counts_as(ConferenceFactory(**{"international": None} | facts)) == category


def test_a_foreign_partner_makes_it_international_and_one_of_vietnam_does_not():
    conference = ConferenceFactory(international=None, unions=[(UnionFactory(), None)])
    ministry = PartnerFactory(country=CountryFactory(code="VN", name="Việt Nam", name_en="Vietnam"))
    PartnerRole.objects.create(activity=conference, partner=ministry)
    assert counts_as(conference) == ""
    role = PartnerRole.objects.create(activity=conference, partner=PartnerFactory(country=None))
    assert counts_as(conference) == "conference_hosted"
    role.delete()
    assert counts_as(conference) == ""


def test_roles_deleted_in_bulk_are_derived_too():
    conference = ConferenceFactory(international=None, unions=[(UnionFactory(), 2)], partners=[PartnerFactory()])
    assert counts_as(conference) == "conference_hosted"
    PartnerRole.objects.filter(activity=conference.pk).delete()
    assert counts_as(conference) == ""
    UnionRole.objects.filter(activity=conference.pk).delete()
    assert not ActivityScope.objects.exists()


def test_only_held_activities_count():
    union = UnionFactory()
    for status in ("planned", "approved", "postponed", "cancelled"):
        DelegationFactory(unions=[(union, 3)], status=status)
    assert measure(Question(union, YEAR))["activities"].logged == 0


def test_an_activity_belongs_to_the_period_it_starts_in():
    union = UnionFactory()
    DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2021, 12, 31), ends_on=dt.date(2022, 1, 9))
    DelegationFactory(unions=[(union, 4)], starts_on=dt.date(2022, 12, 31), ends_on=dt.date(2023, 1, 9))
    found = measure(Question(union, YEAR))
    assert (found["delegations_out"].logged, found["officials_out"].logged) == (1, 4)


def test_a_window_over_the_edge_is_undetermined_on_both_sides_and_counted_on_neither():
    union = UnionFactory()
    DelegationFactory(
        unions=[(union, 5)], starts_on=dt.date(2021, 12, 1), ends_on=dt.date(2022, 2, 28), precision="span"
    )
    for period in (YEAR, Period.years(2021)):
        found = measure(Question(union, period))
        assert (found["delegations_out"].logged, found["delegations_out"].undetermined) == (0, 1)
        assert (found["officials_out"].logged, found["officials_out"].undetermined) == (0, 5)
    assert measure(Question(union, Period.years(2021, 2022)))["delegations_out"].logged == 1


def test_unknown_people_are_unknown_and_not_nobody():
    union = UnionFactory()
    DelegationFactory(unions=[(union, None)])
    found = measure(Question(union, YEAR))["officials_out"]
    assert (found.logged, found.unknown_people) == (None, 1)
    DelegationFactory(unions=[(union, 0)])
    found = measure(Question(union, YEAR))["officials_out"]
    assert (found.logged, found.unknown_people) == (0, 1)


def test_a_joint_trip_counts_once_above_and_once_for_each_with_its_own_people():
    above = UnionFactory()
    one, other = UnionFactory(parent=above), UnionFactory(parent=above)
    DelegationFactory(unions=[(one, 3), (other, 4)])
    for union, people in ((one, 3), (other, 4)):
        found = measure(Question(union, YEAR))
        assert (found["delegations_out"].logged, found["officials_out"].logged) == (1, people)
    together = measure(Question(above, YEAR, under=True))
    assert (together["delegations_out"].logged, together["officials_out"].logged) == (1, 7)
    assert measure(Question(above, YEAR))["delegations_out"].logged == 0


def test_every_host_shows_all_guests_and_those_above_show_them_once():
    above = UnionFactory()
    one, other = UnionFactory(parent=above), UnionFactory(parent=above)
    DelegationFactory(direction="in", guests=9, unions=[(one, None), (other, None)])
    assert measure(Question(one, YEAR))["guests_in"].logged == measure(Question(other, YEAR))["guests_in"].logged == 9
    assert measure(Question(above, YEAR, under=True))["guests_in"].logged == 9


def test_a_part_counts_in_its_category_and_in_the_total_only_without_its_whole():
    union, elsewhere = UnionFactory(), UnionFactory()
    trip = DelegationFactory(unions=[(union, 3)])
    course = CourseFactory(unions=[(union, None), (elsewhere, None)], part_of=trip)
    found = measure(Question(union, YEAR))
    assert (found["delegations_out"].logged, found["courses"].logged, found["activities"].logged) == (1, 1, 1)
    assert measure(Question(elsewhere, YEAR))["activities"].logged == 1
    trip.status = "cancelled"
    trip.save()
    assert measure(Question(union, YEAR))["activities"].logged == 1
    assert measure(Question(union, YEAR))["delegations_out"].logged == 0
    assert course.part_of_id == trip.pk


def test_trainees_are_both_sides_and_unknown_only_where_neither_is_written():
    union = UnionFactory()
    CourseFactory(unions=[(union, None)], trainees_theirs=34, certificates=34)
    CourseFactory(unions=[(union, None)], trainees_ours=6, trainees_theirs=4)
    CourseFactory(unions=[(union, None)])
    found = measure(Question(union, YEAR))
    assert (found["trainees"].logged, found["trainees"].unknown_people) == (44, 1)
    assert (found["certificates"].logged, found["certificates"].unknown_people) == (34, 2)


def test_partners_and_countries_are_counted_once_and_vietnam_is_not_abroad():
    union = UnionFactory()
    partner, laos = PartnerFactory(), CountryFactory()
    vietnam = CountryFactory(code="VN", name="Việt Nam", name_en="Vietnam")
    for _ in range(2):
        DelegationFactory(unions=[(union, 1)], partners=[partner], countries=[laos, vietnam])
    found = measure(Question(union, YEAR))
    assert (found["partners"].logged, found["countries"].logged) == (1, 1)


def test_an_online_trip_is_a_trip_and_also_counted_apart():
    union = UnionFactory()
    DelegationFactory(unions=[(union, 5)], mode="online")
    DelegationFactory(unions=[(union, 5)], mode="hybrid")
    found = measure(Question(union, YEAR))
    assert (found["delegations_out"].logged, found["delegations_out_online"].logged) == (2, 1)


def test_a_conference_must_say_our_part_unless_it_is_talks():
    with pytest.raises(ValidationError, match=r"hosted|đăng cai|chủ trì"):
        Conference(title="x", starts_on=dt.date(2022, 1, 1), role="", format="workshop").full_clean()


# --- Deriving again


def test_what_scope_rows_are_made_of_is_read_once():
    visit = DelegationFactory(unions=[(UnionFactory(), 3)])
    with CaptureQueriesContext(connection) as asked:
        ActivityScope.objects.derive([visit.pk])
    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and '"activities_unionrole"' in one["sql"]]
    assert len(read) == 1


def test_the_parts_of_a_whole_that_begins_to_count_are_derived_with_it():
    union = UnionFactory()
    whole = ConferenceFactory(international=False, unions=[(union, 3)])
    part = DelegationFactory(part_of=whole.activity_ptr, unions=[(union, 1)])
    assert not ActivityScope.objects.get(activity=part).whole_counts
    whole.international = True
    whole.save()
    assert ActivityScope.objects.get(activity=part).whole_counts
