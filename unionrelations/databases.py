"""Which databases the house has, from the environment, and how it speaks to each. Read while Django starts."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
# Writers queue from their first statement on, instead of failing half-way; readers never wait.
QUEUEING = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
PLANNING = "-c jit=off -c random_page_cost=1.1"
# A replica is given up soon, since the primary answers instead: seconds to connect, milliseconds without a sign of it.
GIVEN_UP = {"connect_timeout": 2, "tcp_user_timeout": 3000}


def databases(env: Environment, folder: Path) -> dict[str, dict]:
    """`default`, and `replica` where there is one. Raises ImproperlyConfigured for what cannot be."""
    given = env.database("DATABASE_URL") if "DATABASE_URL" in env else {"ENGINE": SQLITE, "NAME": folder / "db.sqlite3"}
    if given["ENGINE"] == SQLITE:
        if "REPLICA_URL" in env:
            raise ImproperlyConfigured("REPLICA_URL needs a DATABASE_URL of PostgreSQL: SQLite has no replica.")
        return {"default": given | {"OPTIONS": QUEUEING}}
    found = {"default": _postgresql(env, given)}
    if "REPLICA_URL" in env:
        found["replica"] = _postgresql(env, env.database("REPLICA_URL"), **GIVEN_UP)
        if found["replica"]["ENGINE"] != found["default"]["ENGINE"]:
            raise ImproperlyConfigured("REPLICA_URL is no PostgreSQL: it names the replica of DATABASE_URL.")
    return found


def _postgresql(env: Environment, given: dict, **options: int) -> dict:
    """Kept connections tripled the requests per second. Compiling queries (jit) made none of ours faster; that a row
    found by an index costs little more than the next one holds for every disk without a moving head."""
    kept = {"CONN_MAX_AGE": env.number("CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
    return given | kept | {"OPTIONS": {"options": PLANNING, **options} | given.get("OPTIONS", {})}
