"""The backup of each night: once, tried out, told of where it fails, and made in the end whatever is killed."""

import datetime as dt
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import factories
from tests.machines import free_port, kill_worker, wait_until
from tests.mailing import mail_server
from unionrelations.accounts.models import Union, User
from unionrelations.backups.making import only_one
from unionrelations.backups.models import Backup
from unionrelations.backups.refusals import Refused
from unionrelations.settings import CELERY_BEAT_SCHEDULE
from unionrelations.tasks import back_up
from unionrelations.tasks import backups as nightly

MAKE = "unionrelations.backups.making"


@pytest.fixture
def untried(monkeypatch):
    """Trying out takes a process of its own and is tested where it belongs."""
    monkeypatch.setattr(f"{MAKE}.try_out", lambda *given: None)


@pytest.fixture
def office(place, transactional_db, settings, untried):
    """A confederation with a union below it, and those who keep them."""
    settings.MAIL_IS_SENT, settings.SITE_URL = True, "https://doingoai.example.vn"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    above = factories.UnionFactory(code="tren")
    below = factories.UnionFactory(code="duoi", parent=above)
    for name, union, role, language in (
        ("keeper", above, User.Role.ADMINISTRATOR, "vi"),
        ("reader", above, User.Role.LEADER, "vi"),
        ("lower", below, User.Role.ADMINISTRATOR, "vi"),
    ):
        factories.UserFactory(username=name, union=union, role=role, language=language, email=f"{name}@example.vn")
    factories.UserFactory(username="root", union=None, is_superuser=True, language="en", email="root@example.vn")
    return place


def kept(settings) -> list[str]:
    return sorted(one.name for one in settings.BACKUP_DIR.iterdir())


def test_it_is_made_once_a_night_and_shown(office, settings):
    back_up()
    back_up()
    row = Backup.objects.get()
    assert (row.state, row.night, row.is_sound) == ("done", timezone.localdate(), True)
    assert [row.file] == [str(settings.BACKUP_DIR / name) for name in kept(settings)]
    assert row.size == (settings.BACKUP_DIR / row.file).stat().st_size > 1000
    assert row.rows > 20
    assert mail.outbox == []


def test_without_a_key_none_is_made_and_none_promised(office, settings):
    settings.BACKUP_KEYS = []
    back_up()
    assert not Backup.objects.exists()


def test_a_full_disk_is_told_once_and_the_backup_made_when_there_is_room(office, settings, monkeypatch):
    def full(*given, **more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(f"{MAKE}._write_whole", full)
        for _hour in range(3):
            back_up.apply()
    row = Backup.objects.get()
    assert row.state == "failed"
    assert "No space left" in row.error
    assert [(one.to, "No space left" in one.body) for one in mail.outbox] == [
        (["keeper@example.vn"], True),
        (["root@example.vn"], True),
    ]
    assert mail.outbox[1].subject.startswith("The backup of ")
    assert "https://doingoai.example.vn/admin/backups/backup/" in mail.outbox[0].body
    assert kept(settings) == []

    back_up.apply()

    row.refresh_from_db()
    assert (row.state, row.error) == ("done", "")
    assert len(kept(settings)) == 1
    assert len(mail.outbox) == 2


def test_a_mail_server_that_refuses_is_asked_again_with_the_next_try(office, settings, monkeypatch):
    def differs(*given):
        raise Refused("41 figures")

    monkeypatch.setattr(f"{MAKE}.try_out", differs)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    back_up.apply()
    assert Backup.objects.get().told_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    back_up.apply()
    assert "41 figures" in mail.outbox[0].body
    assert Backup.objects.get().told_at is not None


def test_old_ones_go_and_say_so(office, settings):
    settings.BACKUP_KEEP_DAYS, settings.BACKUP_KEEP_WEEKS = 2, 0
    settings.BACKUP_DIR.mkdir()
    for day in (1, 2, 3):
        (settings.BACKUP_DIR / f"unionrelations-2026-01-0{day}-010000.age").touch()
    (settings.BACKUP_DIR / "unionrelations-my-own.age").touch()
    old = Backup(state="done", file=str(settings.BACKUP_DIR / "unionrelations-2026-01-01-010000.age"))
    old.save()
    back_up.apply()
    old.refresh_from_db()
    assert old.removed_at is not None
    assert len(kept(settings)) == 3
    assert {"unionrelations-2026-01-03-010000.age", "unionrelations-my-own.age"} < set(kept(settings))


def test_none_goes_where_the_new_one_failed(office, settings, monkeypatch):
    settings.BACKUP_KEEP_DAYS, settings.BACKUP_KEEP_WEEKS = 1, 0
    settings.BACKUP_DIR.mkdir()
    for day in (1, 2):
        (settings.BACKUP_DIR / f"unionrelations-2026-01-0{day}-010000.age").touch()
    with only_one():
        back_up.apply()
    assert Backup.objects.get().state == "failed"
    assert len(kept(settings)) == 2


def test_one_that_fell_silent_is_taken_over_and_told(office, settings):
    long_ago = timezone.now() - nightly.PATIENCE - timedelta(minutes=1)
    row = Backup(state="running", claimed_at=long_ago, night=timezone.localdate())
    row.save()
    back_up.apply()
    row.refresh_from_db()
    assert row.state == "done"
    assert len(mail.outbox) == 2


def test_one_that_still_says_it_is_alive_is_left_to_its_worker(office, settings, monkeypatch):
    monkeypatch.setattr(nightly.BackupTask, "retry", lambda *given, **more: nightly.MaxRetriesExceededError())
    Backup(state="running", claimed_at=timezone.now(), night=timezone.localdate()).save()
    assert not back_up.apply().failed()
    assert Backup.objects.get().state == "running"
    assert not settings.BACKUP_DIR.exists()


def test_it_is_on_the_schedule_each_hour_of_the_night():
    schedule = CELERY_BEAT_SCHEDULE["back_up"]["schedule"]
    assert CELERY_BEAT_SCHEDULE["back_up"]["task"] == back_up.name
    assert (schedule.hour, schedule.minute) == ({1, 2, 3, 4, 5}, {0})


def test_the_command_says_what_it_made_or_why_not(office, settings, capsys):
    call_command("backup", str(office / "mine.age"))
    assert "mine.age" in capsys.readouterr().out
    assert (office / "mine.age").exists()
    with pytest.raises(CommandError, match=r"mine\.age"):
        call_command("backup", str(office / "mine.age"))
    settings.BACKUP_KEYS = []
    with pytest.raises(CommandError, match="BACKUP_KEY"):
        call_command("backup")
    call_command("backup", "--new-key")
    assert capsys.readouterr().out.startswith("AGE-SECRET-KEY-1")


@pytest.mark.parametrize(
    ("code", "superuser", "role", "sees"),
    [
        ("tren", False, User.Role.ADMINISTRATOR, 1),
        ("duoi", False, User.Role.ADMINISTRATOR, 0),
        (None, True, User.Role.OFFICER, 1),
        (None, False, User.Role.ADMINISTRATOR, 0),
    ],
)
def test_backups_concern_those_who_see_the_whole_house(office, code, superuser, role, sees):
    Backup().save()
    union = Union.objects.get(code=code) if code else None
    reader = factories.UserFactory(union=union, role=role, is_superuser=superuser)
    assert Backup.objects.visible_to(reader).count() == sees


# --- With a real worker


@pytest.mark.broker
def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_makes_it(place, start_worker, settings):
    """Killed while the backup is being tried out; delivered again, told of, and made once."""
    settings.BACKUP_DIR.mkdir()
    union = factories.UnionFactory()
    factories.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="en", email="keeper@example.vn")
    port = free_port()
    environment = {
        "TASK_VISIBILITY_TIMEOUT": "20",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "BACKUP_KEY": settings.BACKUP_KEYS[0],
        "BACKUP_DIR": str(settings.BACKUP_DIR),
        "DATA_DIR": str(settings.DATA_DIR),
    }
    with mail_server(port) as post:
        first = start_worker(**environment)
        back_up.delay()
        wait_until(lambda: list(settings.DATA_DIR.glob(".trying-*")), what="the trial to begin")
        kill_worker(first)
        assert all(name.endswith(".part") for name in kept(settings))

        start_worker(**environment)

        def is_done():
            return Backup.objects.filter(state="done").first()

        row = wait_until(is_done, seconds=300, what="the backup")
        assert row.is_sound
        assert [str(settings.BACKUP_DIR / name) for name in kept(settings)] == [row.file]
        assert Backup.objects.count() == 1
        assert "broken off" in post.accepted[0]["Subject"]
        assert dt.datetime.now(dt.UTC) - row.verified_at < timedelta(minutes=5)
