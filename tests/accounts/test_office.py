"""Days off and working days the administrators enter, and what a union wants to be reminded of."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories as make
from unionrelations.accounts.models import OfficeDay, ReminderSettings

pytestmark = pytest.mark.django_db


@pytest.mark.one_database
def test_the_offices_calendar_is_the_countrys_with_what_was_entered_in_its_place():
    OfficeDay.objects.create(day=dt.date(2026, 11, 27), kind="off", name="Hoán đổi")
    OfficeDay.objects.create(day=dt.date(2026, 11, 28), kind="working")
    calendar = OfficeDay.objects.calendar()
    assert [calendar.is_working(dt.date(2026, 11, day)) for day in (26, 27, 28, 29)] == [True, False, True, False]
    assert calendar.why_off(dt.date(2026, 11, 27)) == "Hoán đổi"


@pytest.mark.parametrize(
    ("month", "day"), [(2, 29), (4, 31), (13, 1), (12, None), (None, 15), (0, 1), (12, 0)], ids=str
)
def test_plans_are_due_on_a_day_of_every_year_or_on_none(month, day):
    row = ReminderSettings(union=make.UnionFactory(), plan_month=month, plan_day=day)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("months", [0, 121])
def test_a_union_waits_for_a_month_at_least_and_ten_years_at_most(months):
    with pytest.raises(ValidationError):
        ReminderSettings(union=make.UnionFactory(), quiet_months=months).full_clean()


def test_a_setting_is_the_unions_own_or_that_of_the_nearest_above():
    top = make.UnionFactory()
    middle = make.UnionFactory(parent=top)
    below, other = make.UnionFactory(parent=middle), make.UnionFactory()
    ReminderSettings.objects.create(union=top, quiet_months=24, plan_month=11, plan_day=30)
    ReminderSettings.objects.create(union=middle, quiet_months=6)
    unions = [top, middle, below, other]
    quiet = ReminderSettings.objects.of_each(unions, "quiet_months")
    assert [quiet[one.pk] for one in unions] == [(24,), (6,), (6,), None]
    plans = ReminderSettings.objects.of_each(unions, "plan_month", "plan_day")
    assert [plans[one.pk] for one in unions] == [(11, 30), (11, 30), (11, 30), None]
