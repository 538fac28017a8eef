#!/usr/bin/env python
"""What pages, reports, saving and exporting cost on one synthetic data set, as JSON in seconds; `bench_scale.py` asks.

DATABASE_URL names the data set. The accounts it reads as are made where they are not there; beside them the remark of
a partner is changed and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")

import django  # noqa: E402

django.setup()

from django.core.cache import caches  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from activities.entities import ACTIVITIES  # noqa: E402
from activities.models import Activity, Delegation  # noqa: E402
from activities.reports.findings import count  # noqa: E402
from activities.reports.questions import Question  # noqa: E402
from partners.models import Country, Partner  # noqa: E402
from unionrelations.accounts.models import Union, UnionSuccession, User  # noqa: E402
from unionrelations.kit.writers import FORMATS  # noqa: E402
from unionrelations.prepared import prepare  # noqa: E402

RUNS = 4
AT_LEAST, AT_MOST = 3, 10  # seconds of runs: of short ones many are needed, long ones are not tried often
READERS = ("confederation", "industry union", "small union")

# The best statements known for the figures of a term, with what the house keeps for them: its rows are read once.
TAKEN = """
WITH taken AS (
    SELECT * FROM (
        SELECT activity_id, counts_as, online, people, people_unknown, guests, trainees, certificates,
            window_first >= %(first)s AND window_last <= %(last)s AS inside,
            whole_counts AND whole_first >= %(first)s AND whole_last <= %(last)s AS logged
        FROM activities_activityscope WHERE union_id = %(union)s AND held AND counts_as <> '' AND NOT long_window
            AND window_first BETWEEN %(first)s::date - 366 AND %(last)s AND window_last >= %(first)s
        UNION ALL
        SELECT activity_id, counts_as, online, people, people_unknown, guests, trainees, certificates,
            window_first >= %(first)s AND window_last <= %(last)s,
            whole_counts AND whole_first >= %(first)s AND whole_last <= %(last)s
        FROM activities_activityscope WHERE union_id = %(union)s AND held AND counts_as <> '' AND long_window
            AND window_first <= %(last)s AND window_last >= %(first)s
    ) AS every
), figures AS (
    SELECT counts_as, online, inside, count(*), count(*) FILTER (WHERE logged IS NOT TRUE), sum(people),
        count(*) FILTER (WHERE people_unknown), sum(guests), count(*) FILTER (WHERE guests IS NULL),
        sum(trainees), count(*) FILTER (WHERE trainees IS NULL), sum(certificates),
        count(*) FILTER (WHERE certificates IS NULL)
    FROM taken GROUP BY 1, 2, 3
)"""
SAID = (
    "SELECT (SELECT json_agg(figures) FROM figures), (SELECT {number} FROM partners), (SELECT {number} FROM countries)"
)
# Of one union among many: whom its activities name.
NAMED = """, {name} AS (
    SELECT {column}, bool_or(inside) AS sure FROM taken JOIN {roles} USING (activity_id){where} GROUP BY 1
)"""
# Of the union above all others: a role of each partner and country that says it counted.
DATED = """, {name} AS MATERIALIZED (
    SELECT id, (SELECT 1 FROM {roles} WHERE {column} = one.id
        AND counted_first BETWEEN %(first)s AND %(last)s AND counted_last <= %(last)s LIMIT 1) IS NOT NULL AS sure,
        (SELECT 1 FROM {roles} WHERE {column} = one.id
        AND counted_first <= %(last)s AND counted_last >= %(first)s LIMIT 1) IS NOT NULL AS either
    FROM {table} AS one{where}
)"""


def best_statement(*, of_all: bool) -> str:
    named = {"name": "partners", "column": "partner_id", "roles": "activities_partnerrole", "where": ""}
    touched = {"name": "countries", "column": "country_id", "roles": "activities_activitycountry"}
    if of_all:
        whom = DATED.format(table="partners_partner", **named)
        whom += DATED.format(table="partners_country", where=" WHERE id <> %(home)s", **touched)
        number = "json_build_array(count(*) FILTER (WHERE sure), count(*) FILTER (WHERE either))"
    else:
        whom = NAMED.format(**named) + NAMED.format(where=" WHERE country_id <> %(home)s", **touched)
        number = "json_build_array(count(*) FILTER (WHERE sure), count(*))"
    return TAKEN + whom + SAID.format(number=number)


def measure() -> dict[str, float]:
    found: dict[str, float] = {}
    readers = _readers()
    prepare()  # as a server is
    pages = [
        *((f"first page, {who}", who, "/") for who in READERS),
        *((f"list, {who}", who, "/activities/") for who in ("confederation", "industry union", "small union", "ended")),
        ("list, filtered by country", "confederation", "/activities/?country=LA"),
        ("list, filtered by country, industry union", "industry union", "/activities/?country=LA"),
        ("search, rare word", "confederation", "/delegations/?q=xyzzy"),
        ("search, common words", "confederation", "/delegations/?q=an+toan"),
        ("search, industry union", "industry union", "/delegations/?q=tien+luong"),
        *((f"search, four common words, {who}", who, "/activities/?q=hoi+nghi+ha+noi") for who in READERS),
        ("search, common words that never meet", "confederation", "/activities/?q=kim+loai+luong+xanh"),
        *((f"record, {who}", who, _newest(readers[who])) for who in READERS),
        ("search of everything, rare word", "confederation", "/search/?q=xyzzy"),
        *((f"search of everything, common word, {who}", who, "/search/?q=lao") for who in READERS),
        ("list, without a report", "confederation", "/activities/?report=without"),
        ("type-ahead, partners", "confederation", "/pick/partners/?q=lao"),
        ("type-ahead, unions", "confederation", "/pick/unions/?q=co+so+19"),
        *((f"history, {who}", who, "/history/") for who in READERS),
        ("history, what was deleted", "confederation", "/history/?what=deleted"),
        ("history of a union", "confederation", "/history/?union=vuit"),
        ("history of a record", "confederation", f"/activities/{Activity.objects.latest('pk').pk}/history/"),
        ("history, bin", "confederation", "/history/bin/"),
        *((f"what is due, {who}", who, "/due/") for who in READERS),
        *((f"what is late, {who}", who, "/due/late/") for who in READERS),
        ("report, confederation", "confederation", "/reports/vgcl/2018-2023/?under=1"),
        ("report, industry union", "industry union", "/reports/vuit/2018-2023/?under=1"),
        ("admin: list", "admin", "/admin/activities/activity/"),
        ("admin: search", "admin", "/admin/activities/delegation/?q=xyzzy"),
    ]
    _in_one_process(True)
    hello = partial(_got, readers["confederation"], "/keys/")
    found["hello"] = _best(hello)

    def note(name: str, work, runs: int = RUNS, before=lambda: None) -> None:
        found[name], found[f"beside {name}"] = _best_beside(hello, work, runs, before)
        found["hello"] = min(found["hello"], found[f"beside {name}"])

    for name, who, url in pages:
        client = readers[who]
        if name.startswith("report"):
            note(f"{name}, first", partial(_got_anew, client, url, "figures", "pages"))
            note(f"{name}, after a change elsewhere", partial(_got_anew, client, url, "pages"))
            note(f"{name}, again", partial(_got, client, url))
            continue
        note(name, partial(_got_anew, client, url, "pages"), 2 * RUNS)
        if name.startswith("list"):
            get = partial(_got, client, url)
            note(name.replace("list", "list after a change elsewhere", 1), get, 5 * RUNS, _changed_elsewhere)
            note(name.replace("list", "list again", 1), get)
    found["save"] = _best(_saved)
    _in_one_process(False)
    found |= _exported()
    if connection.vendor == "postgresql":
        for name, code in (("confederation", "vgcl"), ("industry union", "vuit")):
            found |= _report_sql(name, code)
    return found


def _newest(client) -> str:
    """The page of the newest activity this reader sees."""
    user = User.objects.get(pk=client.session["_auth_user_id"])
    return f"/activities/{Activity.objects.visible_to(user).latest('pk').pk}/"


def _in_one_process(alone: bool) -> None:
    """Whether PostgreSQL answers without helpers, whose processor time nobody would see."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET max_parallel_workers_per_gather = {0 if alone else 'DEFAULT'}")


def _got(client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)


def _got_anew(client, url: str, *kept: str) -> None:
    for one in kept:
        caches[one].clear()
    _got(client, url)


def _changed_elsewhere() -> None:
    """A remark is saved that no list shows: the state of the house is another one."""
    Partner.objects.filter(pk=Partner.objects.earliest("pk").pk).update(note=f"đã xem lại lúc {time.time_ns()}")


def _best(work, runs: int = RUNS) -> float:
    """Processor time of this process and, where it can be seen, of the database's: others may share the machine."""
    return min(_took(work) for _run in range(runs))


def _best_beside(hello, work, runs: int, before) -> tuple[float, float]:
    """The best of both, taken in turn: a machine is not as fast all along. What `before` does is not counted."""
    times: list[tuple[float, float]] = []
    while (spent := sum(one for one, _hello in times)) < AT_LEAST or (len(times) < runs and spent < AT_MOST):
        before()
        beside = _took(hello)
        times.append((_took(work), beside))
    works, hellos = zip(*times, strict=True)
    return min(works), min(hellos)


def _took(work) -> float:
    started = _spent()
    work()
    return _spent() - started


def _spent() -> float:
    if connection.vendor != "postgresql":
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return time.process_time() + int(schedule.read_text().split()[0]) / 1e9


def _readers() -> dict:
    ended = UnionSuccession.objects.filter(kind="consolidation").order_by("pk").first()
    small = Union.objects.filter(kind="grassroots", valid_to=None).order_by("pk").last()
    unions = {
        "confederation": Union.objects.get(code="vgcl"),
        "industry union": Union.objects.get(code="vuit"),
        "small union": small,
        "ended": ended.predecessor,
        "admin": None,
    }
    clients = {}
    for name, union in unions.items():
        user, _made = User.objects.get_or_create(
            username=f"bench {name}", defaults={"union": union, "role": User.Role.OFFICER, "is_superuser": not union}
        )
        clients[name] = Client()
        clients[name].force_login(user, backend="unionrelations.accounts.roles.RoleBackend")
    return clients


def _saved() -> None:
    with transaction.atomic():
        one = Delegation.objects.order_by("pk").last()
        one.note = "đã xem lại"
        one.save()
        transaction.set_rollback(True)


def _exported() -> dict[str, float]:
    """2,000 rows as CSV, then up to 100,000: more rows must not need more memory."""
    _few, took_few, memory_few = _exported_first(2_000)
    many, took_many, memory_many = _exported_first(100_000)
    found = {"export of 2,000 rows": took_few, "memory export": memory_few, "memory export of all": memory_many}
    return found | ({"export of 100,000 rows": took_many} if many == 100_000 else {}) | {"rows exported": many}


def _exported_first(most: int) -> tuple[int, float, int]:
    """How many rows were written into a file, the seconds it took and the kilobytes the peak of memory rose by."""
    document = ACTIVITIES.table(Activity.objects.order_by("pk").for_listing()[:most]).as_document()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = _spent()
    with TemporaryFile() as file:
        FORMATS["csv"].write_to(file, document)
    took = _spent() - started
    return document.blocks[0].rows.number, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def _report_sql(name: str, code: str) -> dict[str, float]:
    union = Union.objects.get(code=code)
    term = Union.objects.get(code="vgcl").terms.get(name="2018-2023").period
    caches["figures"].clear()
    with CaptureQueriesContext(connection) as asked:
        count(Question(union, term, under=True))
    home = Country.objects.get(code="VN").pk
    values = {"first": term.start, "last": term.last, "union": union.pk, "home": home}
    return {
        f"SQL report, {name}": sum(_explained(one["sql"]) for one in asked),
        f"SQL best statement, {name}": _explained(best_statement(of_all=union.parent_id is None), values),
    }


def _explained(statement: str, values: dict | None = None) -> float:
    times: list[float] = []
    while len(times) < RUNS or sum(times) < AT_LEAST:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement, values)
            plan = cursor.fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        times.append((plan[0]["Execution Time"] + plan[0]["Planning Time"]) / 1000)
    return min(times)


if __name__ == "__main__":
    print(json.dumps(measure()))
