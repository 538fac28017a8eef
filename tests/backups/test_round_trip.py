"""A backup brought back is the house as it was: every row, file, figure and the next key, on either database."""

import json
import sqlite3
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from activities.models import ActivityScope, Term, UnionRole
from activities.reports.reports import Report
from tests import factories
from tests.backups.places import NAME, NOW, files, rows
from unionrelations.accounts.models import Officer, Union
from unionrelations.backups import writing
from unionrelations.backups.archive import Tally, members
from unionrelations.backups.figures import figures
from unionrelations.backups.making import make
from unionrelations.backups.models import Backup
from unionrelations.backups.refusals import Refused
from unionrelations.backups.restoring import restore
from unionrelations.backups.sealing import opened
from unionrelations.backups.trying import try_out


def spoil() -> None:
    """Changes, adds and takes away, in the tables and among the files."""
    UnionRole.objects.all().update(people=99)
    factories.DelegationFactory(unions=[(Union.objects.get(code="vuit"), 3)])
    Officer.objects.all().delete()
    default_storage.delete(NAME)


def test_it_is_as_it_was_even_after_everything_was_spoiled(house):
    file = house / "one.age"
    rows_before, files_before = rows(), files()
    made = make(file, NOW, verify=False)
    spoil()
    assert rows() != rows_before

    done = restore(file, replace=True)

    assert rows() == rows_before
    assert files() == files_before
    assert done.contents.as_json() == made.as_json()
    assert made.rows == sum(map(len, rows_before.values()))
    assert made.figures.weight > 500


def test_reports_say_the_same_afterwards(house):
    asked = [(union, term) for union, terms in Term.objects.of_each(Union.objects.all()) for term in terms]
    before = [Report.of_term(union, term, under=True).as_json() for union, term in asked[:6]]
    make(house / "one.age", NOW, verify=False)
    spoil()
    restore(house / "one.age", replace=True)
    assert [Report.of_term(union, term, under=True).as_json() for union, term in asked[:6]] == before


def test_figures_are_counted_and_not_remembered(house):
    """What was counted before restoring says nothing of what is there after it."""
    first, second = Tally(), Tally()
    list(figures(first))
    UnionRole.objects.all().update(people=99)
    ActivityScope.objects.all().update(own_people=99, people=99)  # and no note of it
    list(figures(second))
    assert first.rows == second.rows
    assert not first.says_the_same(second)


def test_a_key_that_was_given_out_is_not_given_out_again(house):
    union = Union.objects.get(code="vuit")
    last = factories.DelegationFactory(unions=[(union, 3)])
    gone = last.pk
    last.delete()
    make(house / "one.age", NOW, verify=False)
    restore(house / "one.age", replace=True)
    assert factories.DelegationFactory(unions=[(union, 3)]).pk == gone + 1


def test_it_restores_into_a_house_without_records(house, manage, empty_database):
    make(house / "one.age", NOW, verify=False)
    done = manage("manage.py", "restore", house / "one.age", database=empty_database)
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(empty_database.removeprefix("sqlite:///")) as there:
        names = there.execute("SELECT name FROM accounts_union ORDER BY id").fetchall()
    assert [one for (one,) in names] == list(Union.objects.order_by("pk").values_list("name", flat=True))
    brought = {
        one.relative_to(house / "other/media").as_posix(): one.read_bytes()
        for one in (house / "other/media").rglob("*")
        if one.is_file()
    }
    assert brought == files()
    again = manage("manage.py", "restore", house / "one.age", database=empty_database)
    assert again.returncode == 1
    assert len(again.stderr.strip().splitlines()) == 1


def test_a_trial_says_what_the_backup_holds_and_leaves_nothing(house, empty_database):
    made = make(house / "one.age", NOW, verify=False)
    assert try_out(house / "one.age", made, database=empty_database).as_json() == made.as_json()
    assert list((house / "data").glob(".trying-*")) == []


def test_a_trial_finds_a_backup_that_holds_something_else(house, empty_database):
    make(house / "one.age", NOW, verify=False)
    spoil()
    other = make(house / "two.age", NOW, verify=False)
    with pytest.raises(Refused):
        try_out(house / "one.age", other, database=empty_database)


def test_sessions_and_the_list_of_backups_stay_behind(house, client):
    client.force_login(
        factories.UserFactory(union=Union.objects.get(code="vgcl")),
        backend="unionrelations.accounts.roles.RoleBackend",
    )
    make(house / "one.age", NOW, verify=False)
    Backup().save()
    known = list(Backup.objects.values_list("pk", flat=True))
    restore(house / "one.age", replace=True)
    assert list(Backup.objects.values_list("pk", flat=True)) == known
    assert client.get("/").status_code == 302  # has to sign in again


def test_a_file_no_row_names_and_one_that_is_missing(house):
    default_storage.delete(NAME)
    document = next(name for name in files() if name.endswith(".txt") and "empty" not in name)
    default_storage.delete(document)
    made = make(house / "one.age", NOW, verify=False)
    assert made.missing >= 1
    default_storage.delete("papers/00/empty.txt")
    restore(house / "one.age", replace=True)
    assert files()["papers/00/empty.txt"] == b""
    assert document not in files()


def test_a_file_of_the_same_name_gives_way_only_where_records_do(house):
    make(house / "one.age", NOW, verify=False)
    before = files()
    path = Path(default_storage.path(NAME))
    path.write_bytes(b"another one")
    restore(house / "one.age", replace=True)
    assert files() == before


def test_it_is_read_without_this_house(house):
    """As the handbook says for a day when the programs are gone: age opens it, tar unpacks it."""
    made = make(house / "one.age", NOW, verify=False)
    with (house / "one.age").open("rb") as file, opened(file) as stream:
        plain = stream.read()
    (house / "plain.tar").write_bytes(plain)
    with tarfile.open(house / "plain.tar") as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
        told = tar.extractfile("tables/accounts.union/000001.jsonl").read().decode().splitlines()
    assert names[0] == "head.json"
    assert names[-1] == "manifest.json"
    assert f"files/{NAME}" in names
    columns, *lines = map(json.loads, told)
    assert {dict(zip(columns, one, strict=True))["code"] for one in lines} >= {"vgcl", "vuit", "ha-noi"}
    assert manifest["tables"]["accounts.union"]["rows"] == len(lines) == Union.objects.count()
    assert manifest == made.as_json()


def test_long_tables_lie_in_several_parts(house, monkeypatch):
    monkeypatch.setattr("unionrelations.backups.archive.PART", 1000)
    monkeypatch.setattr("unionrelations.backups.archive.MANY_FILES", 2)
    before = rows(), files()
    make(house / "one.age", NOW, verify=False)
    with (house / "one.age").open("rb") as file, opened(file) as stream:
        names = [name for name, _content in members(stream)]
    assert sum(name.startswith("tables/accounts.union/") for name in names) > 2
    assert sum(name.startswith("hashes/") for name in names) > 1
    spoil()
    restore(house / "one.age", replace=True)
    assert (rows(), files()) == before


@pytest.mark.one_database
def test_the_whole_way_by_its_command(house, manage, reachable):
    """Written, restored into tables made for it, counted and compared, as each night."""
    done = manage("manage.py", "backup", house / "one.age", database=reachable, DATA_DIR=str(house / "data"))
    assert done.returncode == 0, done.stderr
    assert str(sum(map(len, rows().values()))) in done.stdout
    assert f"{len(files())} " in done.stdout
    restore(house / "one.age", replace=True)


@pytest.mark.postgres
def test_sqlite_and_postgresql_hold_the_same_either_way(house, manage, empty_database):
    before = rows(), files()
    first = make(house / "first.age", NOW, verify=False)
    assert manage("manage.py", "restore", house / "first.age", database=empty_database).returncode == 0
    moved = manage("-c", MAKE, house / "second.age", database=empty_database)
    assert moved.returncode == 0, moved.stderr
    spoil()
    second = restore(house / "second.age", replace=True)
    assert (rows(), files()) == before
    assert second.contents.as_json() == first.as_json()
    with (house / "second.age").open("rb") as file, opened(file) as stream:
        assert json.load(next(members(stream))[1])["database"] == "sqlite"


MAKE = """
import os, sys, django
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "unionrelations.settings"
django.setup()
from django.utils import timezone
from unionrelations.backups.making import make
make(Path(sys.argv[1]), timezone.now(), verify=False)
"""


@pytest.mark.postgres
def test_a_backup_shows_one_moment_while_others_go_on_writing(house, monkeypatch):
    """Whoever writes while it is made is not kept waiting, and nothing of what they write is in it."""
    before, real = rows(), writing.highest_key

    def and_somebody_writes(model):
        with ThreadPoolExecutor(1) as another:
            another.submit(write_meanwhile).result()
        return real(model)

    monkeypatch.setattr(writing, "highest_key", and_somebody_writes)
    make(house / "one.age", NOW, verify=False)
    assert UnionRole.objects.filter(people=98).exists()
    restore(house / "one.age", replace=True)
    assert rows() == before


def write_meanwhile():
    UnionRole.objects.update(people=98)
    connection.close()
