#!/usr/bin/env python
"""What the history costs where 10,000 rows are written, as ratios within one run: with its triggers beside without.

Works in a database of its own, a file unless DATABASE_URL names another, and writes its part of
docs/benchmarks-history.md, leaving that of the other database. The clock is read, not the processor time of this
process: on PostgreSQL the triggers run in another one.
"""

import datetime as dt
import os
import platform
import re
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")
TEMP = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{TEMP.name}/bench.sqlite3"
os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or "only-for-this-bench"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from activities.models import Activity, Delegation, Member, UnionRole  # noqa: E402
from partners.models import Partner  # noqa: E402
from unionrelations.accounts.models import Union  # noqa: E402
from unionrelations.history import triggers  # noqa: E402
from unionrelations.history.models import Entry  # noqa: E402
from unionrelations.kit.acts import Way, doing  # noqa: E402

ROWS, TURNS = 10_000, 3
REPORT = HOUSE / "docs" / "benchmarks-history.md"
HEAD = """# What the history costs

Written by `make bench`: 10,000 rows written with the triggers of the history beside the same without them, the best of
three turns each, taken in turn within one run. The seconds are of that machine alone; the ratios are what counts.
"""


def bulk() -> None:
    Member._base_manager.bulk_create(
        [Member(activity_id=TRIP, name=f"Người đi {number}", title="Cán bộ") for number in range(ROWS)], batch_size=1000
    )


def change() -> None:
    Member._base_manager.update(title="Trưởng ban")


def delete() -> None:
    Member._base_manager.all()._raw_delete("default")


def saved() -> None:
    for number in range(ROWS // 10):
        Partner(code=f"bench-{number}", name=f"Đối tác {number}", kind="ngo").save()


def logged() -> None:
    for number in range(ROWS // 100):
        trip = Delegation(direction="out", title=f"Đoàn {number}", starts_on=dt.date(2020, 1, 1), status="held")
        trip.save()
        UnionRole(activity_id=trip.pk, union=UNION, people=3).save()


WORKS = (
    (bulk, f"{ROWS:,} members by `bulk_create`, a thousand to a statement"),
    (change, f"a field of {ROWS:,} members set in one statement"),
    (delete, f"{ROWS:,} members deleted in one statement"),
    (saved, f"{ROWS // 10:,} partners saved one by one through the model"),
    (logged, f"{ROWS // 100:,} delegations with their union, saved as a form does, with what is derived"),
)


def turn() -> dict:
    """Seconds of each work, all of it taken back at the end."""
    took = {}
    with doing(Way.COMMAND, "bench"), transaction.atomic():
        for work, _words in WORKS:
            started = time.perf_counter()
            work()
            took[work] = time.perf_counter() - started
        transaction.set_rollback(True)
    return took


def size() -> float:
    """Bytes that one change takes in the table of the history, its indexes included."""
    with connection.cursor() as cursor:  # what was taken back left room behind
        cursor.execute("TRUNCATE history_entry" if connection.vendor == "postgresql" else "DELETE FROM history_entry")
    with doing(Way.COMMAND, "bench"):
        bulk()
    changes = Entry.objects.count()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('history_entry')")
        else:
            cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'history_entry' OR name LIKE 'entry_%'")
        return cursor.fetchone()[0] / changes


def main() -> None:
    global UNION, TRIP
    call_command("migrate", verbosity=0)
    UNION = Union.objects.create(code="bench", name="Công đoàn", kind="industry")
    TRIP = Delegation.objects.create(direction="out", title="Đoàn", starts_on=dt.date(2020, 1, 1)).pk
    best: dict = {True: {}, False: {}}
    for number in range(2 * TURNS):
        is_told = bool(number % 2)
        (triggers.make if is_told else triggers.drop)()
        for work, seconds in turn().items():
            best[is_told][work] = min(seconds, best[is_told].get(work, seconds))
    weight = size()
    Activity.objects.all().delete()
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    part = [
        f"## {database}",
        "",
        f"{dt.date.today():%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}.",
        "",
        "| work | without, seconds | with, seconds | × |",
        "|---|---|---|---|",
        *(
            f"| {words} | {without:.2f} | {told:.2f} | {told / without:.2f} |"
            for words, without, told in ((words, best[False][work], best[True][work]) for work, words in WORKS)
        ),
        "",
        f"A change takes about {weight:.0f} bytes, indexes included.",
        "",
    ]
    known = REPORT.read_text(encoding="utf-8") if REPORT.exists() else HEAD
    kept = re.sub(rf"\n## {database}\n.*?(?=\n## |\Z)", "", known, flags=re.S).rstrip()
    REPORT.write_text(kept + "\n\n" + "\n".join(part), encoding="utf-8")
    print("\n".join(part))


main()
