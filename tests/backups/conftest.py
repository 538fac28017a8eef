"""A house with a key, a folder for backups, a row of every kind and files; and empty places to restore into."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.backups.places import furnish
from tests.machines import database_url
from unionrelations.backups.sealing import new_key


@pytest.fixture
def place(settings, tmp_path):
    """Where this test's house keeps its data: a key, and folders of its own."""
    settings.BACKUP_KEYS = [new_key()]
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "data/media"
    return tmp_path


@pytest.fixture
def house(place, transactional_db):
    """The seeded house with a row of every table, and files."""
    furnish()
    return place


@pytest.fixture
def empty_database(empty_house, tmp_path):
    """The address of an empty SQLite database, and its file."""
    file = tmp_path / "empty.sqlite3"
    file.write_bytes(empty_house.read_bytes())
    with sqlite3.connect(file) as database:
        held = database.execute("SELECT COUNT(*) FROM accounts_union").fetchone()[0]
    assert held == 0, "another test left records behind"
    return f"sqlite:///{file}"


@pytest.fixture
def reachable(house):
    """The address under which a process of its own finds the house: SQLite's database in memory is written down."""
    if connection.vendor == "postgresql" or Path(connection.settings_dict["NAME"]).exists():
        return database_url()
    with sqlite3.connect(house / "house.sqlite3") as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{house / 'house.sqlite3'}"


@pytest.fixture
def manage(place, settings):
    """Runs a command of the house in a process of its own, on this test's database or another one."""

    def run(*words, database=None, **environment) -> subprocess.CompletedProcess:
        known = {
            "ENV_FILE": os.devnull,
            "SECRET_KEY": settings.SECRET_KEY,
            "BACKUP_KEY": ",".join(settings.BACKUP_KEYS),
            "DATA_DIR": str(place / "other"),
            "BACKUP_DIR": str(settings.BACKUP_DIR),
            "DATABASE_URL": database or database_url(),
        }
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=Path(django_settings.BASE_DIR),
            env=os.environ | known | environment,
            capture_output=True,
            text=True,
        )

    return run
