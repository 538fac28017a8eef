"""A PostgreSQL of a test's own, so that it can be stopped, filled and left behind."""

import getpass
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from glob import glob
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.machines import free_port

numbers = count(1)


class Postgres:
    def __init__(self):
        found = sorted(glob("/usr/lib/postgresql/*/bin/initdb")) or [shutil.which("initdb") or ""]
        if not found[-1]:
            pytest.fail("This test needs PostgreSQL, which is not installed here; `.ci/run` installs it.")
        self.bin, self.port = Path(found[-1]).parent, free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        if getpass.getuser() == "root":  # it refuses to run as root
            shutil.chown(self.folder, "postgres")
        self._make()

    def _make(self) -> None:
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def _run(self, program, *options) -> None:
        as_whom = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        command = [*as_whom, str(self.bin / program), "-D", str(self.folder / "data"), *options]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def start(self) -> None:
        how = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-l", str(self.folder / "log"), "-w", "start", "-o", how)

    @property
    def is_running(self) -> bool:
        return (self.folder / "data/postmaster.pid").exists()

    def stop(self) -> None:
        """As a power cut does: whoever is connected is cut off in the middle of a word."""
        if self.is_running:
            self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def connect(self, name="postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(name).replace("postgres://", "postgresql://"), autocommit=True)

    def create(self, name: str, template="template0") -> str:
        with self.connect() as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def create_migrated(self) -> str:
        """With the tables of the house, taken from the database that `.ci/run` migrated, where there is one."""
        if "migrated" not in self._names():
            url = self.create("migrated")
            given, migrated = os.environ.get("DATABASE_URL", ""), os.environ.get("MIGRATED_DATABASE")
            if given.startswith("postgres") and migrated:
                source = f"{given.rpartition('/')[0]}/{migrated}".replace("postgres://", "postgresql://")
                tables = subprocess.run([self.bin / "pg_dump", source], check=True, capture_output=True).stdout
                target = [self.bin / "psql", "-q", "-v", "ON_ERROR_STOP=1", url.replace("postgres://", "postgresql://")]
                subprocess.run(target, input=tables, check=True, stdout=subprocess.DEVNULL)
            else:
                manage(url, "migrate", "--verbosity", "0").check_returncode()
        return self.create(f"house_{next(numbers)}", "migrated")

    def _names(self) -> set[str]:
        with self.connect() as server:
            return {row[0] for row in server.execute("SELECT datname FROM pg_database")}


class Replica(Postgres):
    """Follows a primary that runs, from a copy of all of it."""

    def __init__(self, primary: Postgres):
        self.primary = primary
        super().__init__()
        self.start()

    def _make(self) -> None:
        where = ["-h", "127.0.0.1", "-p", str(self.primary.port), "-U", "postgres"]
        self._run("pg_basebackup", *where, "--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf")

    def kill(self) -> None:
        """Every process of it in the same instant."""
        file = self.folder / "data/postmaster.pid"
        keeper = file.read_text().splitlines()[0]
        for one in (keeper, *Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()):
            os.kill(int(one), signal.SIGKILL)
        for lock in (file, *self.folder.glob(".s.PGSQL.*")):  # where nobody reaps, the dead still look alive
            lock.unlink()

    def pause(self) -> None:
        """Receives everything and shows none of it."""
        with self.connect() as server:
            server.execute("SELECT pg_wal_replay_pause()")
            while server.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() != ("paused",):
                pass

    def go_on(self) -> None:
        with self.connect() as server:
            server.execute("SELECT pg_wal_replay_resume()")

    def has_read_all(self) -> bool:
        with self.primary.connect() as primary, self.connect() as replica:
            (position,) = primary.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
            return replica.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [position]).fetchone()[0]


def environment(url: str, **more) -> dict:
    """Of another process of the same house."""
    bare = {name: value for name, value in os.environ.items() if name != "MIGRATED_DATABASE"}
    ours = {"ENV_FILE": os.devnull, "SECRET_KEY": settings.SECRET_KEY, "DATABASE_URL": url}
    return bare | ours | more


def manage(url: str, *command, start_only=False, **more):
    """Runs `manage.py`, or starts it."""
    run = subprocess.Popen if start_only else subprocess.run
    return run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment(url, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
