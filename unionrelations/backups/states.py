"""How far the tables of a database have been migrated, and models that fit them. Never knows a row's meaning.

A state names every step by itself. A migration that stands for several, so that a new house begins quickly, is never
named: which of them a database went through leaves no difference.
"""

from __future__ import annotations

from django.apps import apps as todays
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from .refusals import Refused

State = dict[str, list[str]]  # the names of the migrations that were run, by application


def of_database(connection) -> State:
    """Empty where nothing was ever migrated. Raises Refused where a newer release did."""
    loader = _step_by_step(connection)
    found = _state(loader, (one for one in loader.applied_migrations if one[0] in loader.migrated_apps))
    _refuse_unknown(found, _("The database was migrated by a newer release: restore with that release."))
    return found


def of_code() -> State:
    loader = _step_by_step()
    return _state(loader, loader.graph.nodes)


def _step_by_step(connection=None) -> MigrationLoader:
    return MigrationLoader(connection, replace_migrations=False)


def _state(loader: MigrationLoader, nodes) -> State:
    found: State = {}
    for label, name in sorted(nodes):
        if (label, name) not in loader.replacements:
            found.setdefault(label, []).append(name)
    return found


def check(state: State, release: str) -> None:
    """Raises Refused for a state this release has never heard of."""
    _refuse_unknown(
        state,
        _("This backup was made by a newer release (%(release)s): restore it with that one.") % {"release": release},
    )


def _refuse_unknown(state: State, why: str) -> None:
    known = _step_by_step().graph.nodes
    if any((label, name) not in known for label, names in state.items() for name in names):
        raise Refused(why)


def _nodes(state: State) -> list[tuple[str, str]]:
    return [(label, name) for label, names in state.items() for name in names]


def apps_of(state: State):
    """Models as they were in that state; today's own where it is today's."""
    if state == of_code():
        return todays
    loader = _step_by_step()
    return loader.graph.make_state(nodes=_nodes(state), real_apps=loader.unmigrated_apps).apps


def migrate_to(state: State, connection) -> None:
    """From an empty database to that state."""
    executor = MigrationExecutor(connection)
    wanted = set(_nodes(state))
    for one, migration in executor.loader.replacements.items():
        replaced = set(migration.replaces)
        if replaced <= wanted:
            wanted = wanted - replaced | {one}
        elif replaced & wanted:
            return _migrate_step_by_step(executor, state)
    _migrate(executor, wanted)


def _migrate_step_by_step(executor: MigrationExecutor, state: State) -> None:
    executor.loader = _step_by_step(executor.connection)
    _migrate(executor, set(_nodes(state)))


def _migrate(executor: MigrationExecutor, wanted: set[tuple[str, str]]) -> None:
    """The last ones of each application bring those before them."""
    nodes = executor.loader.graph.node_map
    executor.migrate([one for one in wanted if not any(child.key in wanted for child in nodes[one].children)])


def drop_everything(state: State, connection) -> None:
    """Takes away the tables of that state, with what says how far they were migrated."""
    there = set(connection.introspection.table_names())
    models = apps_of(state).get_models(include_auto_created=True)
    names = {one._meta.db_table for one in models if one._meta.managed and not one._meta.proxy} & there
    names |= {"django_migrations"} & there
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}{cascade}")
