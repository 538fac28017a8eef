"""The synthetic data set: the same for the same seed, exact in all that is derived, and never among real records."""

import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from activities.models import (
    Activity,
    ActivityScope,
    Conference,
    Course,
    Delegation,
    Member,
    PartnerRole,
    ReportedFigure,
    Term,
    UnionRole,
)
from activities.reports.audit import audit
from activities.reports.reports import Report
from partners.models import Agreement, Country, Partner
from tests import factories as make
from unionrelations.accounts.models import Union, UnionSuccession
from unionrelations.generating import data_set, shelves

pytestmark = pytest.mark.django_db
FLOORS = ("accounts", "partners", "activities", "reports")


def generate(activities: int, unions: int, seed: int) -> list[str]:
    said = StringIO()
    call_command("generate", activities=activities, unions=unions, seed=seed, stdout=said)
    return said.getvalue().splitlines()


def everything():
    models = [model for label in FLOORS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def generated(activities: int, unions: int, seed: int):
    """What it would store; nothing stays."""
    with transaction.atomic():
        generate(activities, unions, seed)
        found = everything()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_records_and_another_gives_others():
    first = generated(60, 12, 7)
    assert generated(60, 12, 7) == first
    assert generated(60, 12, 8)["activities.Activity"] != first["activities.Activity"]


def test_every_figure_of_it_is_told_the_same_twice_and_every_derived_row_is_right():
    generate(150, 14, 3)
    outcome = audit()
    assert outcome.mismatches == []
    assert outcome.compared > 1000
    stored = {(one.activity_id, one.union_id) for one in ActivityScope.objects.all()}
    assert len(stored) > 300


def test_it_has_what_makes_counting_hard():
    generate(1500, 60, 1)
    held = Activity.objects.filter(status="held").count()
    assert 0.75 < held / 1500 < 0.92
    assert Activity.objects.count() == 1500
    kinds = [model.objects.count() for model in (Delegation, Conference, Course)]
    assert sum(kinds) == 1500
    assert min(kinds) > 100
    assert set(Activity.objects.values_list("status", flat=True)) >= {"held", "planned", "cancelled", "postponed"}
    assert set(Activity.objects.values_list("precision", flat=True)) == {
        *("day", "month", "quarter", "half_year", "year", "span")
    }
    assert ActivityScope.objects.filter(long_window=True).exists()
    assert Activity.objects.filter(part_of__isnull=False).count() > 20
    assert Activity.objects.filter(counts_as="").exists()  # a domestic conference
    assert UnionRole.objects.filter(people__isnull=True).exists()
    assert UnionRole.objects.filter(part="cooperating").count() > 150
    assert 2700 < Member.objects.count() < 3700
    for rows in (PartnerRole.objects, Agreement.objects, ReportedFigure.objects, Partner.objects.exclude(aliases="")):
        assert rows.exists()
    assert Partner.objects.filter(country=None).exists()
    assert Term.objects.filter(union__code="vgcl", name="2018-2023").exists()


def test_a_union_that_ended_does_nothing_more_and_its_successor_carries_on():
    generate(3000, 60, 1)
    merged = UnionSuccession.objects.filter(kind="consolidation").select_related("predecessor", "successor")
    assert merged
    for one in merged:
        assert one.predecessor.valid_to is not None
        assert one.successor.valid_to is None
        assert not UnionRole.objects.filter(union=one.predecessor, activity__starts_on__gte=one.day).exists()


def test_names_are_found_as_those_that_were_typed_are():
    generate(40, 5, 2)
    for model in (Activity, Partner, Union, Member):
        for one in model.objects.all():
            before = one.folded, one.spelled
            one.keep_names()
            assert (one.folded, one.spelled) == before, one


def test_the_next_record_typed_in_gets_a_key_of_its_own():
    generate(40, 5, 2)
    union = Union.objects.get(code="vgcl")
    one = make.DelegationFactory(unions=[(union, 3)], partners=[Partner.objects.first()])
    assert one.pk > 40


def test_the_report_of_the_whole_confederation_can_be_asked_for():
    generate(200, 14, 2)
    union = Union.objects.get(code="vgcl")
    report = Report.of_term(union, union.terms.get(name="2018-2023"), under=True)
    assert report.figure("activities").logged > 10


@pytest.mark.parametrize("record", [make.UnionFactory, make.PartnerFactory])
def test_it_is_refused_where_records_are_held_and_changes_nothing(record):
    record()
    before = everything()
    with pytest.raises(CommandError) as refusal:
        generate(40, 5, 2)
    assert "\n" not in str(refusal.value)
    assert everything() == before


def test_it_is_refused_on_what_it_made_itself():
    generate(20, 3, 2)
    with pytest.raises(CommandError):
        generate(20, 3, 2)


def test_accounts_and_countries_are_no_records():
    Country.objects.create(code="LA", name="Lào", name_en="Laos", region="asean")
    make.UserFactory(union=None, is_superuser=True)
    generate(20, 3, 2)
    assert Activity.objects.count() == 20


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 90)])
def test_it_can_be_as_small_as_one_likes(size):
    generate(*size, 5)
    assert (Activity.objects.count(), Union.objects.count()) == size


def test_it_says_how_far_it_is():
    said = generate(40, 5, 2)
    assert any("40" in line for line in said[:-1])


@pytest.mark.one_database
@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--activities", "0", "--unions", "3"],
        ["--activities", "many", "--unions", "3"],
        ["--activities", "3", "--unions", "-1"],
    ],
)
def test_wrong_usage_ends_with_2(asked):
    ended = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "generate", *asked], capture_output=True, text=True
    )
    assert ended.returncode == 2, ended.stderr


@pytest.mark.postgres
def test_copied_rows_are_the_rows_inserted_many_at_a_time(monkeypatch):
    copied = generated(60, 12, 7)
    monkeypatch.setattr(data_set, "shelves", shelves.Shelves)
    assert generated(60, 12, 7) == copied


@pytest.mark.postgres
def test_copying_leaves_every_index_and_rule_as_it_was():
    def rules():
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
            indexes = cursor.fetchall()
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, convalidated"
                " FROM pg_constraint ORDER BY 1, 2"
            )
            return indexes, cursor.fetchall()

    before = rules()
    generate(20, 3, 2)
    assert rules() == before
