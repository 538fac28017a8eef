"""How far the tables of a database have been migrated, and models that fit them. Never knows a row's meaning."""

from __future__ import annotations

from django.apps import apps as todays
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from .refusals import Refused

State = dict[str, list[str]]  # the names of the migrations that were run, by application


def of_database(connection) -> State:
    """Empty where nothing was ever migrated. Raises Refused where a newer release did."""
    loader = MigrationLoader(connection)
    found: State = {}
    for label, name in sorted(loader.applied_migrations):
        if label in loader.migrated_apps:
            found.setdefault(label, []).append(name)
    _refuse_unknown(found, _("The database was migrated by a newer release: restore with that release."))
    return found


def of_code() -> State:
    found: State = {}
    for label, name in sorted(MigrationLoader(None).graph.nodes):
        found.setdefault(label, []).append(name)
    return found


def check(state: State, release: str) -> None:
    """Raises Refused for a state this release has never heard of."""
    _refuse_unknown(
        state,
        _("This backup was made by a newer release (%(release)s): restore it with that one.") % {"release": release},
    )


def _refuse_unknown(state: State, why: str) -> None:
    known = MigrationLoader(None).graph.nodes
    if any((label, name) not in known for label, names in state.items() for name in names):
        raise Refused(why)


def _nodes(state: State) -> list[tuple[str, str]]:
    return [(label, name) for label, names in state.items() for name in names]


def apps_of(state: State):
    """Models as they were in that state; today's own where it is today's."""
    if state == of_code():
        return todays
    loader = MigrationLoader(None)
    return loader.graph.make_state(nodes=_nodes(state), real_apps=loader.unmigrated_apps).apps


def migrate_to(state: State, connection) -> None:
    """From an empty database to that state."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    wanted = set(_nodes(state))
    # The last ones of each application bring those before them.
    executor.migrate([one for one in wanted if not any(child.key in wanted for child in graph.node_map[one].children)])


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
