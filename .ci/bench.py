#!/usr/bin/env python
"""What importing costs, as ratios within one run: 20,000 rows read, compared and stored, beside plain `bulk_create`
and beside django-import-export.

Works in a database of its own, a file unless DATABASE_URL names another, and writes docs/benchmarks.md.
"""

import datetime as dt
import io
import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")
TEMP = tempfile.TemporaryDirectory()  # what the database holds is not the memory of an import
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{TEMP.name}/bench.sqlite3"
os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or "only-for-this-bench"

import django  # noqa: E402

django.setup()

import xlsxwriter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from import_export.resources import ModelResource  # noqa: E402
from tablib import Dataset  # noqa: E402

from activities.entities.importing.storing import insert_own_rows  # noqa: E402
from activities.models import Activity, Delegation, UnionRole  # noqa: E402
from unionrelations.accounts.models import Union  # noqa: E402
from unionrelations.importing.plan import read_plan  # noqa: E402
from unionrelations.importing.writing import write  # noqa: E402
from unionrelations.kit.importing import Context  # noqa: E402

SIZES = (2_000, 20_000)
HEADINGS = (
    *("STT", "Tên đoàn", "Trưởng đoàn", "Nước đi", "Đối tác làm việc", "Nội dung hoạt động", "Số người"),
    *("Ngày đi", "Ngày về", "Kinh phí", "Báo cáo (Số, ngày báo cáo)", "Đoàn trong KH (X)", "Ghi chú"),
)
COUNTRIES = ("Lào", "Campuchia", "Đức, Bỉ", "Nhật Bản", "Trung Quốc")
PARTNERS = ("ILO", "IG Metall", "IndustriALL; FES", "LFTU", "JAW")


def sheet(rows: int) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"constant_memory": True})
    page = book.add_worksheet("Đoàn ra")
    page.write_row(0, 0, HEADINGS)
    for number in range(rows):
        day = dt.date(2013, 1, 1) + dt.timedelta(number % 3650)
        page.write_row(
            number + 1,
            0,
            (
                *(number + 1, f"Đoàn công tác số {number}", f"Nguyễn Văn {number % 700}", COUNTRIES[number % 5]),
                *(PARTNERS[number % 5], "Thăm và làm việc", f"gồm {number % 12 + 1} thành viên", f"{day:%d/%m/%Y}"),
                *(f"{day + dt.timedelta(4):%d/%m/%Y}", "120 triệu đồng", f"{number}/BC ngày {day:%d/%m/%Y}", "X", ""),
            ),
        )
    book.close()
    return written.getvalue()


def context(union: Union) -> Context:
    return Context(union=union, today=dt.date(2024, 1, 1), file_name="doan-ra.xlsx", file_code="sheet-bench")


def timed(work):
    started = time.process_time()
    return work(), time.process_time() - started


def imported(rows: int, union: Union) -> dict[str, float]:
    content = sheet(rows)
    with transaction.atomic():
        plan, reading = timed(lambda: read_plan(content, "doan-ra.xlsx", context(union)))
        assert plan.counts["new"] == rows, plan.counts
        _sealed, storing = timed(lambda: sum(len(some) for some in write(plan, only_good=False).sealed()))
        again, second = timed(lambda: read_plan(content, "doan-ra.xlsx", context(union)))
        assert again.counts["unchanged"] == rows, again.counts
        transaction.set_rollback(True)
    return {"reading": reading, "storing": storing, "again": second}


def plain(rows: int, union: Union) -> float:
    """The same activities and roles by `bulk_create` alone: nothing read, compared or derived."""
    with transaction.atomic():
        made = [
            Delegation(kind="delegation", direction="out", title=f"Đoàn số {number}", starts_on=dt.date(2020, 1, 1))
            for number in range(rows)
        ]

        def store():
            names = [field.attname for field in Activity._meta.local_concrete_fields if not field.primary_key]
            wholes = Activity.objects.bulk_create(
                [Activity(**{name: getattr(one, name) for name in names}) for one in made], batch_size=1000
            )
            for whole, one in zip(wholes, made, strict=True):
                one.pk = one.activity_ptr_id = whole.pk
            insert_own_rows(Delegation, made)
            roles = [UnionRole(activity_id=one.pk, union=union, people=3) for one in made]
            UnionRole._base_manager.bulk_create(roles, batch_size=1000)

        _nothing, took = timed(store)
        transaction.set_rollback(True)
    return took


class Delegations(ModelResource):
    """As the library is used: a row is the delegation of the same title and first day, and is saved as such."""

    class Meta:
        model = Delegation
        import_id_fields = ("title", "starts_on")
        fields = ("title", "direction", "starts_on", "ends_on", "precision", "content", "status", "note")
        use_transactions = True
        skip_unchanged = True


def by_library(rows: int) -> dict[str, float]:
    """The same delegations by django-import-export, days already read: no countries, partners, people or papers."""
    held = Dataset(headers=Delegations.Meta.fields)
    for number in range(rows):
        day = dt.date(2013, 1, 1) + dt.timedelta(number % 3650)
        days = (day.isoformat(), (day + dt.timedelta(4)).isoformat())
        held.append((f"Đoàn công tác số {number}", "out", *days, "day", "Thăm và làm việc", "held", ""))
    with transaction.atomic():
        found, first = timed(lambda: Delegations().import_data(held, raise_errors=True))
        assert found.totals["new"] == rows, found.totals
        found, again = timed(lambda: Delegations().import_data(held, raise_errors=True))
        assert found.totals["skip"] == rows, found.totals
        transaction.set_rollback(True)
    return {"first": first, "again": again}


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=io.StringIO())
    union = Union.objects.get(code="vuit")
    small = imported(SIZES[0], union)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    large = imported(SIZES[1], union)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bulk, library = plain(SIZES[1], union), by_library(SIZES[1])
    database = os.environ["DATABASE_URL"].partition(":")[0]
    lines = [
        "# What importing costs",
        "",
        "Written by `make bench`: ratios within one run, processor time; the seconds are of that machine alone.",
        "",
        f"{dt.date.today():%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {database}.",
        "",
        "| 20,000 rows of 13 columns | seconds | × plain `bulk_create` of the same activities and roles |",
        "|---|---|---|",
        f"| `bulk_create` alone, nothing read or derived | {bulk:.1f} | 1 |",
        *(
            f"| {words} | {large[name]:.1f} | {large[name] / bulk:.1f} |"
            for name, words in (
                ("reading", "read, compared and judged"),
                ("storing", "stored with all their rows, those derived, and what takes the import back"),
                ("again", "the same file again, all unchanged"),
            )
        ),
        "",
        f"Of the same {SIZES[1]:,} rows, django-import-export takes {library['first']:.1f} s to store the delegations "
        f"alone, {library['first'] / (large['reading'] + large['storing']):.1f} × what reading, judging and storing "
        f"them with countries, partners, people and papers takes here ({large['reading'] + large['storing']:.1f} s); "
        f"and {library['again']:.1f} s to find all unchanged, {library['again'] / large['again']:.1f} × ours.",
        "",
        f"Ten times the rows take {large['reading'] / small['reading']:.1f} × the time to read and "
        f"{large['storing'] / small['storing']:.1f} × to store. Peak memory grew from {before // 1024} to "
        f"{after // 1024} MB between {SIZES[0]:,} and {SIZES[1]:,} rows.",
        "",
    ]
    (HOUSE / "docs" / "benchmarks.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


main()
