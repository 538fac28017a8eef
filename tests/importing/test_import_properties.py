"""Whatever a sheet says: a row has one verdict, a second time changes nothing, and taken back all is as before."""

import datetime as dt
import gc
from itertools import chain

import pytest
from django.utils import timezone, translation
from hypothesis import given

from activities.models import Activity
from activities.reports.audit import audit
from tests import factories as make
from tests.doors import lasting
from tests.importing.sheets import TODAY, house, planned, same, sheets_of_delegations, workbook
from tests.reports.worlds import on_fewer_worlds, on_random_worlds
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.importing.plan import VERDICTS, read_plan
from unionrelations.importing.undo import undo
from unionrelations.importing.writing import write
from unionrelations.kit.importing import Context, Draft


@pytest.fixture(scope="module")
def small_house(django_db_setup, django_db_blocker):
    """Few records, so that a thousand examples are soon told."""
    with lasting(django_db_blocker):
        union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
        for code, name, name_en in (("LA", "Lào", "Laos"), ("DE", "Đức", "Germany"), ("VN", "Việt Nam", "Viet Nam")):
            make.CountryFactory(code=code, name=name, name_en=name_en)
        make.PartnerFactory(name="Công đoàn Kim khí Đức", acronym="IG Metall")
        make.PartnerFactory(name="Tổ chức Lao động Quốc tế", acronym="ILO", country=None)
        make.DelegationFactory(title="Đoàn đã ghi", unions=[(union, 4)], starts_on=dt.date(2023, 3, 5))
        yield union


@pytest.fixture
def union(small_house, db):
    return small_house


def batch_of(union, outcome, reader) -> Import:
    """What was written, as an import keeps it."""
    batch = Import.objects.create(union=union, asked_by=reader, name="doan-ra.xlsx", sha256="0" * 64)
    for one in chain.from_iterable(outcome.sealed()):
        ImportedRecord.objects.create(
            batch=batch,
            model=one.model._meta.label_lower,
            key=one.key,
            way=one.way,
            before=one.before,
            after=one.after,
        )
    return batch


@given(content=sheets_of_delegations())
@on_random_worlds
def test_every_row_is_read_once_and_has_one_verdict(union, content):
    plan = planned(content, union)
    assert plan.counts["read"] == sum(plan.counts[one] for one in VERDICTS)
    numbers = [line.row.number for line in plan.lines]
    assert len(numbers) == len(set(numbers)) == plan.counts["read"]
    assert all((line.verdict == "refused") == bool(line.problems) for line in plan.lines)


@given(content=sheets_of_delegations())
@on_random_worlds
def test_reading_alone_changes_nothing(union, content):
    before = house()
    planned(content, union)
    assert same(before, house()) == []


@given(content=sheets_of_delegations())
@on_random_worlds
def test_the_same_sheet_a_second_time_changes_nothing(union, content):
    first = planned(content, union)
    before = Activity.objects.count()
    write(first, only_good=True)
    assert Activity.objects.count() == before + first.counts["new"]
    held = house()
    again = planned(content, union)
    good = first.counts["read"] - first.counts["refused"]
    assert [one for line in again.lines for draft in line.drafts for one in draft.differences] == []
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, good)
    write(again, only_good=True)
    assert same(held, house()) == []


@given(content=sheets_of_delegations())
@on_random_worlds
def test_an_import_taken_back_leaves_the_house_as_before(union, content, django_user_model):
    before = house()
    plan = planned(content, union)
    batch = batch_of(union, write(plan, only_good=True), _reader(union, django_user_model))
    assert undo(batch, timezone.now()) == 0
    assert same({name: rows for name, rows in before.items() if name != "accounts.User"}, house()) == []


def _reader(union, users):
    found = users.objects.filter(username="nguoi-nhap").first()
    return found or users.objects.create(username="nguoi-nhap", union=union, role="officer")


@on_fewer_worlds
@given(content=sheets_of_delegations())
def test_what_an_import_derived_the_audit_recounts_to_the_same(union, content):
    write(planned(content, union), only_good=True)
    assert audit().mismatches == []
    assert Activity.objects.filter(starts_on__gt=dt.date(2024, 6, 1), status="held").count() == 0


def test_the_same_sheet_handed_in_by_a_reader_of_another_language_changes_nothing(union):
    told = (1, None, "Lê Cúc", "5/3/2023", "9/3/2023", "Lào", "ILO", "Thăm", 6, "45 triệu", "NSNN", None, None, None)
    without_head = (2, None, None, "7/4/2023", None, "Lào", "IG Metall", "Hội đàm", 3, None, None, None, None, None)
    content = workbook(told, without_head)
    with translation.override("en"):
        write(planned(content, union), only_good=False)
    held = house()
    with translation.override("vi"):
        again = planned(content, union)
        assert (again.counts["unchanged"], again.counts["read"]) == (2, 2)
        write(again, only_good=False)
    assert same(held, house()) == []


@pytest.mark.one_database
def test_no_more_rows_than_a_piece_are_in_memory_at_once(union, monkeypatch):
    monkeypatch.setattr("unionrelations.importing.plan.AT_ONCE", 10)
    day, alive = dt.date(2023, 1, 1), []
    rows = [(f"Đoàn số {one}", "Lào", f"{day + dt.timedelta(one):%d/%m/%Y}", one % 9 + 1) for one in range(35)]
    content = workbook(*rows, headings=("Tên đoàn", "Nước đi", "Ngày đi", "Số người"))

    def look(*_told):
        gc.collect()
        alive.append(sum(type(one) is Draft for one in gc.get_objects()))

    def read():
        context = Context(union=union, today=TODAY, file_name="doan-ra.xlsx", file_code="sheet-test")
        return read_plan(content, "doan-ra.xlsx", context, progress=look)

    plan = read()
    assert (plan.counts["new"], len(plan.pieces)) == (35, 4)
    write(plan, only_good=False, stop=look)
    look()
    assert alive[-1] == 0
    assert 10 <= max(alive) <= 20  # one that is being made, and the one before that has not been let go yet
    again = read()
    assert (again.counts["unchanged"], max(alive) <= 20) == (35, True)
