"""What the first page says of backups, to those who see the whole house."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import User
from unionrelations.backups.models import LATE, Backup

pytestmark = pytest.mark.django_db
NOT_MADE = "No backup has been made yet"


@pytest.fixture
def union(settings):
    settings.BACKUP_KEYS = ["AGE-SECRET-KEY-1"]
    union = make.UnionFactory()
    make.DelegationFactory(unions=[(union, 3)])
    return union


def home_of(union, role=User.Role.ADMINISTRATOR):
    return text(enter(make.UserFactory(union=union, role=role, language="en")).get("/"))


def backup(hours=0, **more) -> Backup:
    when = timezone.now() - timedelta(hours=hours)
    told = {"state": "done", "finished_at": when, "verified_at": when, "rows": 1234, "files": 56, "size": 7 * 1024**2}
    return Backup.objects.create(**told | more)


def test_without_a_key_it_says_that_none_is_made(union, settings):
    settings.BACKUP_KEYS = []
    assert "No backup is made" in home_of(union)


def test_before_the_first_one_it_promises_one(union):
    assert NOT_MADE in home_of(union)


def test_it_says_what_the_last_one_holds(union):
    backup()
    said = home_of(union)
    assert "1,234 rows and 56 files in 7.0" in said
    assert "None has been made since" not in said


def test_a_failure_is_told_until_one_is_made(union):
    backup(hours=20)
    backup(state="failed", error="No space left on device", verified_at=None)
    assert "No space left on device" in home_of(union)
    backup()
    assert "No space left on device" not in home_of(union)


def test_a_night_that_was_missed_is_seen(union):
    backup(hours=LATE.total_seconds() / 3600 + 1)
    assert "None has been made since" in home_of(union)


@pytest.mark.parametrize("gone", [{"verified_at": None}, {"removed_at": timezone.now()}, {"state": "running"}])
def test_one_that_is_not_there_or_was_not_tried_out_is_none(union, gone):
    backup(**gone)
    assert NOT_MADE in home_of(union)


def test_files_that_were_missing_are_told(union):
    backup(missing=2)
    assert "2 files that records name were not on the disk" in home_of(union)


def test_who_sees_a_part_of_the_house_reads_nothing_of_it(union):
    backup()
    below = make.UnionFactory(parent=union)
    make.DelegationFactory(unions=[(below, 3)])
    assert "1,234 rows" not in home_of(below)
    assert "1,234 rows" not in home_of(union, User.Role.OFFICER)
    assert "1,234 rows" not in home_of(union, User.Role.LEADER)
