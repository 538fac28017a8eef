"""What is refused is refused in a sentence, and everything is as it was before."""

import io
import json
import os
import sqlite3
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.backups.places import MADE_BY_MIGRATE, NAME, NOW, files, rows
from unionrelations.accounts.models import Officer
from unionrelations.backups import archive, states, writing
from unionrelations.backups.archive import Writer, members
from unionrelations.backups.making import make, only_one
from unionrelations.backups.refusals import Refused
from unionrelations.backups.restoring import restore
from unionrelations.backups.sealing import new_key, opened, sealed

of_the_file = pytest.mark.one_database  # which database it was made of decides nothing


@pytest.fixture
def backup(house):
    make(house / "one.age", NOW, verify=False)
    return house / "one.age"


def forged(backup, change) -> Path:
    """The backup sealed anew with each member as `change(name, content)` gives it; None leaves it out."""
    other = backup.with_name("forged.age")
    with backup.open("rb") as source, other.open("wb") as target, opened(source) as old, sealed(target) as new:
        writer = Writer(new)
        for name, content in members(old):
            told = change(name, content.read())
            if told is not None:
                writer.put(*told) if isinstance(told, tuple) else writer.put(name, io.BytesIO(told), len(told))
        writer.close()
    return other


def refused(file, says, **how):
    """Restoring it is refused with these words, and changes nothing."""
    before = rows(), files()
    with pytest.raises(Refused, match=says):
        restore(file, **{"replace": True} | how)
    assert (rows(), files()) == before


def test_a_house_with_records_is_left_alone_unless_asked(backup):
    Officer.objects.all().delete()
    refused(backup, "--replace", replace=False)


@of_the_file
def test_a_damaged_backup_changes_nothing(backup, settings):
    content = backup.read_bytes()
    for place in (0, 30, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 4
        backup.write_bytes(changed)
        refused(backup, ".")
    for length in (0, 10, 200, len(content) // 2, len(content) - 1):
        backup.write_bytes(content[:length])
        refused(backup, ".")
    backup.write_bytes(content)
    settings.BACKUP_KEYS = [new_key()]
    refused(backup, "BACKUP_KEY")
    settings.BACKUP_KEYS = []
    refused(backup, "BACKUP_KEY")


@of_the_file
def test_what_is_no_backup_is_refused(house):
    (house / "one.age").write_bytes(os.urandom(5000))
    refused(house / "one.age", ".")
    with (house / "two.age").open("wb") as file, sealed(file) as stream:
        stream.write(b"sealed, and no archive" * 100)
    refused(house / "two.age", ".")
    refused(house / "nowhere.age", "nowhere.age")


def changed_row(name, content):
    if name != "tables/activities.unionrole/000001.jsonl":
        return content
    columns, first, *more = content.splitlines(keepends=True)
    row = json.loads(first)
    row[json.loads(columns).index("people")] = 41
    return b"".join([columns, archive.line_of(row), *more])


def without(part):
    return lambda name, content: None if name.startswith(part) else content


def changed_file(name, content):
    return b"other" if name == f"files/{NAME}" else content


def file_elsewhere(name, content):
    if name != f"files/{NAME}":
        return content
    return "files/../../escaped.txt", io.BytesIO(content), len(content)


def changed_figure(name, content):
    return content.replace(b'"own"', b'"one"', 1) if name.startswith("figures/") else content


def other_format(name, content):
    return json.dumps(json.loads(content) | {"format": 2}).encode() if name == "head.json" else content


def from_the_future(name, content):
    if name != "head.json":
        return content
    head = json.loads(content)
    head["migrations"]["activities"].append("9999_what_nobody_knows")
    return json.dumps(head).encode()


def other_columns(name, content):
    return content.replace(b'"people"', b'"persons"', 1) if name.startswith("tables/activities.unionrole/") else content


def table_unknown(name, content):
    if name != "tables/activities.unionrole/000001.jsonl":
        return content
    return "tables/activities.visa/000001.jsonl", io.BytesIO(content), len(content)


def rows_that_point_nowhere(name, content):
    if name != "tables/activities.unionrole/000001.jsonl":
        return content
    columns, first, *more = content.splitlines(keepends=True)
    row = json.loads(first)
    row[json.loads(columns).index("activity_id")] = 10**9
    return b"".join([columns, archive.line_of(row), *more])


@of_the_file
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (changed_row, "activities.unionrole"),
        (without("tables/activities.unionrole/"), "."),
        (without("files/"), "."),
        (without("hashes/"), "."),
        (without("figures/"), "."),
        (without("manifest.json"), "."),
        (changed_file, NAME[:10]),
        (file_elsewhere, "escaped"),
        (changed_figure, "one"),
        (other_format, "2"),
        (from_the_future, "0.1.0"),
        (other_columns, "activities.unionrole"),
        (table_unknown, "activities.visa"),
        (rows_that_point_nowhere, "."),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_a_backup_that_is_not_true_to_itself_is_refused(backup, change, says):
    refused(forged(backup, change), says)
    assert not (backup.parent / "escaped.txt").exists()


@of_the_file
def test_it_is_told_apart_by_its_changes_alone(backup):
    """What is forged without a change is brought back: the refusals above come from the changes."""
    before = rows(), files()
    restore(forged(backup, lambda name, content: content), replace=True)
    assert (rows(), files()) == before


@of_the_file
def test_a_folder_that_holds_another_file_of_the_name_is_refused(backup, manage, empty_database):
    media = backup.parent / "other/media" / NAME
    media.parent.mkdir(parents=True)
    media.write_bytes(b"another one")
    done = manage("manage.py", "restore", backup, database=empty_database)
    assert done.returncode == 1
    assert NAME in done.stderr
    assert media.read_bytes() == b"another one"
    media.unlink()
    assert manage("manage.py", "restore", backup, database=empty_database).returncode == 0


def test_a_disk_that_is_full_while_restoring_changes_nothing(backup, monkeypatch):
    before = rows(), files()

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("unionrelations.backups.staging.os.fsync", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("restore", str(backup), "--replace")
    assert (rows(), files()) == before


@of_the_file
def test_nothing_is_written_over(backup):
    content = backup.read_bytes()
    with pytest.raises(Refused, match=r"one\.age"):
        make(backup, NOW, verify=False)
    assert backup.read_bytes() == content


@of_the_file
def test_two_at_once_are_one(house):
    with only_one(), pytest.raises(Refused):
        make(house / "one.age", NOW, verify=False)
    assert not (house / "one.age").exists()
    make(house / "one.age", NOW, verify=False)


@of_the_file
def test_a_full_disk_leaves_nothing(house):
    (house / ".one.age.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        make(house / "one.age", NOW, verify=False)
    assert [one.name for one in house.glob("*age*")] == []
    assert [one.name for one in house.glob(".*age*")] == []


@of_the_file
def test_a_trial_that_finds_a_difference_leaves_nothing(house, monkeypatch):
    def differs(*given):
        raise Refused("41")

    monkeypatch.setattr("unionrelations.backups.making.try_out", differs)
    with pytest.raises(Refused, match="41"):
        make(house / "one.age", NOW)
    assert [one.name for one in house.rglob("*age*")] == []


KILLED = """
import os, sys, django
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "unionrelations.settings"
django.setup()
from django.utils import timezone
from unionrelations.backups.making import make
make(Path(sys.argv[1]), timezone.now(), verify=False, say=lambda percent: percent < 45 or os.kill(os.getpid(), 9))
"""


def test_a_killed_process_leaves_no_backup_and_hinders_none(house, manage, reachable, settings):
    settings.DATA_DIR = house / "other"  # the same house as that process
    name = settings.BACKUP_DIR / "unionrelations-2026-11-26-010000.age"
    killed = manage("-c", KILLED, name, database=reachable)
    assert killed.returncode == -9
    (left,) = settings.BACKUP_DIR.iterdir()
    assert left.name == f".{name.name}.part"
    with pytest.raises(Refused):
        restore(left, replace=True)
    other = settings.BACKUP_DIR / "unionrelations-2026-11-26-020000.age"
    make(other, NOW, verify=False)
    assert list(settings.BACKUP_DIR.iterdir()) == [other]


@of_the_file
def test_a_restore_that_is_killed_leaves_the_house_as_it_was(house, manage, backup, empty_database):
    script = KILLED.replace("making import make", "restoring import Stage, restore").partition("make(Path")[0]
    script += "Stage.put = lambda *given, **more: os.kill(os.getpid(), 9)\nrestore(Path(sys.argv[1]))"
    assert manage("-c", script, backup, database=empty_database).returncode == -9
    assert manage("manage.py", "restore", backup, database=empty_database).returncode == 0


def test_a_database_that_waits_for_migrations_is_not_backed_up(house, monkeypatch):
    monkeypatch.setattr(states, "of_code", lambda: states.of_database(connection) | {"visas": ["0001_initial"]})
    with pytest.raises(Refused, match="migrate"):
        make(house / "one.age", NOW, verify=False)


@of_the_file
def test_an_older_backup_is_brought_forward(house, empty_database, monkeypatch, manage):
    """Its tables are made as they were then, in place of newer empty ones; migrations bring them to today's."""
    everything = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([BEFORE_NOTICES])
    try:
        then = states.of_database(connection)
        monkeypatch.setattr(writing, "apps", states.apps_of(then))
        monkeypatch.setattr(states, "of_code", lambda: then)
        made = make(house / "one.age", NOW, verify=False)
    finally:
        monkeypatch.undo()
        MigrationExecutor(connection).migrate(everything)
    assert "reports.notice" not in made.tables

    refused(house / "one.age", ".")  # into the house as it is today, which holds records
    done = manage("manage.py", "restore", house / "one.age", database=empty_database)

    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(empty_database.removeprefix("sqlite:///")) as there:
        for label, tally in made.tables.items():
            if label not in MADE_BY_MIGRATE:
                table = apps.get_model(label)._meta.db_table
                assert there.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (tally.rows,), label
        assert there.execute("SELECT COUNT(*) FROM reports_notice").fetchone() == (0,)
    assert manage("manage.py", "migrate", "--check", database=empty_database).returncode == 0


BEFORE_NOTICES = ("reports", "0006_paper_templates")
