"""Every spreadsheet of the corpus comes in as an officer expects: verdicts, bad cells, facts, and nothing twice."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from partners.models import Partner
from tests.doors import lasting
from tests.seeded import seed
from unionrelations.kit.folding import fold

from .expectations import COUNTS, Expectation, expectations
from .facts import MODELS, facts_of, unmatched
from .given import give

EXPECTATIONS = expectations()
READABLE = [one for one in EXPECTATIONS if not one.unreadable]
UNREADABLE = [one for one in EXPECTATIONS if one.unreadable]


def each(expected):
    """A file is read before anything is stored: the second database is asked for every fourth of them."""
    marked = [
        pytest.param(one, marks=[pytest.mark.one_database] if number % 4 else [], id=one.file)
        for number, one in enumerate(expected)
    ]
    return pytest.mark.parametrize("expected", marked)


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        seed()
        yield


@pytest.fixture(autouse=True)
def house(seeded, db):
    """The first records, for every file anew."""


def come_in(expected: Expectation, **options) -> dict:
    written = StringIO()
    more = {"entity": expected.entity} if expected.entity else {}
    call_command(
        "import_sheet", str(expected.path), union=expected.union, format="json", stdout=written, **more, **options
    )
    return json.loads(written.getvalue())


def counts(answer: dict) -> dict[str, int]:
    return {one: answer[one] for one in COUNTS}


def rows_of_every_table() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def flat(words) -> str:
    return " ".join(fold(str(words)).split())


def bad_cells(answer: dict) -> list[tuple[int, dict]]:
    """Row and problem of every bad cell of a refused row; a row taken may carry a remark, which refuses nothing."""
    refused = [row for row in answer["rows"] if row["verdict"] == "refused"]
    return [(row["row"], problem) for row in refused for problem in row["problems"]]


@each(READABLE)
def test_a_dry_run_says_what_an_officer_expects(expected):
    for record in expected.given:
        give(expected.union, record)
    before = rows_of_every_table()
    answer = come_in(expected)
    assert rows_of_every_table() == before
    assert [f"row {row}, {one['column']}: {one['reason']}" for row, one in bad_cells(answer) if not expected.bad] == []
    assert counts(answer) == expected.counts
    verdicts = {row["row"]: row["verdict"] for row in answer["rows"]}
    assert {number: verdicts.get(number) for number in expected.verdicts} == expected.verdicts


@each([one for one in READABLE if one.bad])
def test_all_bad_cells_are_said_at_once_each_with_its_reason(expected):
    found = bad_cells(come_in(expected))
    wanted = [(one.row, flat(one.column)) for one in expected.bad]
    # A heading over several rows may be named by all its lines: the one expected is among them.
    told = [
        next(((row, name) for number, name in wanted if number == row and name in flat(one["column"])), None)
        or (row, flat(one["column"]))
        for row, one in found
    ]
    assert sorted(told) == sorted(wanted)
    assert [one for one in found if not one[1]["reason"].strip()] == []
    for cell in expected.bad:
        problem = next(one for row, one in found if row == cell.row and flat(cell.column) in flat(one["column"]))
        if cell.value is not None:
            assert flat(problem["value"]) == flat(cell.value)
        if cell.suggestion:
            assert problem["suggestion"].strip()


@each(READABLE)
def test_applied_it_stores_exactly_the_facts_and_a_second_time_nothing(expected):
    model = MODELS[expected.kind]
    for record in expected.given:
        give(expected.union, record)
    partners = set(Partner.objects.values_list("pk", flat=True))
    given = set(model.objects.values_list("pk", flat=True))
    assert counts(come_in(expected, apply=True)) == expected.counts
    assert unmatched(expected.stored, [facts_of(one) for one in model.objects.all()]) == []
    if not expected.several:
        assert model.objects.exclude(pk__in=given).count() == expected.new
    if expected.new_partners is not None:
        found = Partner.objects.exclude(pk__in=partners).values_list("name", flat=True)
        assert sorted(map(flat, found)) == sorted(map(flat, expected.new_partners))
    held = rows_of_every_table()
    again = counts(come_in(expected, apply=True))
    good = expected.read - expected.refused
    assert again == {**expected.counts, "new": 0, "changed": 0, "unchanged": good}
    assert {name: held[name] for name in of_the_house()} == {
        name: number for name, number in rows_of_every_table().items() if name in of_the_house()
    }


def of_the_house() -> list[str]:
    """Tables of records; beside them stand notes on imports, which a second one may add to."""
    labels = ("accounts", "partners", "activities")
    return [model._meta.label for label in labels for model in apps.get_app_config(label).get_models()]


@each(UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(expected):
    with pytest.raises(CommandError) as refused:
        come_in(expected)
    assert refused.value.returncode == 1
    assert len(str(refused.value).strip().splitlines()) == 1


# Lists the house itself hands out; no office keeps such sheets, and the plan's own sheet has tests of its own.
OF_THE_HOUSE = {"rules", "programme", "talks", "days-off", "reminders", "costs", "promises", "plan-lines"}


def test_the_corpus_is_large_enough_to_be_worth_something():
    formats = Counter(one.path.suffix for one in EXPECTATIONS)
    assert len(EXPECTATIONS) >= 55
    assert {one.kind for one in READABLE} == set(MODELS) - OF_THE_HOUSE
    assert set(formats) == {".xlsx", ".xls", ".ods", ".csv"}
    assert min(formats.values()) >= 4
