"""A migration that was broken off is begun anew: steps it took already are not in its way."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from unionrelations.kit.indexes import is_built

WHICH = ("activities", "0024_what_is_left_is_found")


@pytest.mark.django_db(transaction=True)
def test_indexes_that_were_built_or_dropped_before_are_left_as_they_are():
    module = import_module(".migrations.".join(WHICH))
    before = MigrationExecutor(connection).loader.project_state(WHICH, at_end=False)
    for operation in module.Migration.operations:
        after = before.clone()
        operation.state_forwards("activities", after)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("activities", editor, before, after)
        before = after
    assert is_built(connection, "scope_own_that_awaits")
    assert not is_built(connection, "scope_own_and_what_it_says")
