"""Steps that one migration takes together, for a house that begins, come to what they come to one by one."""

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from unionrelations.backups import states

TOGETHER = MigrationLoader(None).replacements
RULES = ("constraints", "indexes")  # in whatever order they came
BEGUN = "0003_names_in_order"  # the last of those an older house went through


def rules(found) -> list[str]:
    return sorted(repr(one.deconstruct()) for one in found)


def described(loader):
    """Every model as the migrations leave it: its fields in any order, and its options."""
    nodes = [one for one in loader.graph.leaf_nodes() if one not in loader.replacements or loader.replace_migrations]
    models = loader.graph.make_state(nodes=nodes, real_apps=loader.unmigrated_apps).models
    return {
        label: (
            {name: field.deconstruct()[1:] for name, field in model.fields.items()},
            {name: rules(one) if name in RULES else one for name, one in model.options.items()},
            model.bases,
        )
        for label, model in models.items()
    }


def test_taken_together_they_come_to_the_same_models():
    together = described(MigrationLoader(None))
    assert together == described(MigrationLoader(None, replace_migrations=False))
    assert len(together) > 90


@pytest.mark.parametrize("one", TOGETHER.values(), ids=str)
def test_they_are_the_first_of_their_application_without_a_gap(one):
    names = sorted(name for label, name in MigrationLoader(None).disk_migrations if label == one.app_label)
    steps = [name for name in names if (one.app_label, name) not in TOGETHER]
    assert one.replaces == [(one.app_label, name) for name in steps[: len(one.replaces)]]


@pytest.fixture
def other_house(tmp_path):
    """The connection of an empty database beside the test's own."""
    settings = connection.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3"}
    connections["other"] = other = DatabaseWrapper(settings | {"OPTIONS": {}}, alias="other")
    yield other
    other.close()
    del connections["other"]


def known(other) -> set[tuple[str, str]]:
    return {key for key in MigrationLoader(other).applied_migrations if key in TOGETHER}


@pytest.mark.one_database
@pytest.mark.django_db
def test_a_house_that_went_through_some_of_them_goes_through_the_others(other_house):
    everything = states.of_code()
    some = [name for name in everything["accounts"] if name <= BEGUN]
    wanted = {label: everything[label] for label in ("contenttypes", "auth")} | {"accounts": some}
    states.migrate_to(wanted, other_house)
    assert states.of_database(other_house) == wanted
    assert known(other_house) == set()

    MigrationExecutor(other_house).migrate([("accounts", everything["accounts"][-1])])
    assert states.of_database(other_house)["accounts"] == everything["accounts"]
    assert known(other_house) == {one for one in TOGETHER if one[0] == "accounts"}


@pytest.mark.one_database
@pytest.mark.django_db
def test_a_house_that_begins_takes_them_together_and_names_each(other_house):
    everything = states.of_code()
    wanted = {label: everything[label] for label in ("contenttypes", "auth", "accounts")}
    states.migrate_to(wanted, other_house)
    assert states.of_database(other_house) == wanted
    assert known(other_house) == {one for one in TOGETHER if one[0] == "accounts"}
