#!/usr/bin/env python
"""Gives the data set that DATABASE_URL names a history, as long as it has activities; `bench_scale.py` asks.

As if the newest activities had been entered here and then held, by two hundred people, while partners and unions were
changed and some members came and went. Written in SQL, since `generate` is not told. Needs PostgreSQL.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, transaction  # noqa: E402

from activities.models import Activity  # noqa: E402
from unionrelations.accounts.models import User  # noqa: E402
from unionrelations.history.kept import ACTIVITY, KEPT  # noqa: E402
from unionrelations.kit.acts import untold  # noqa: E402

PEOPLE = 200
SHARE = 0.1  # of the activities that have a history: each has about ten rows
ENTERED = (
    *("activity", "delegation", "conference", "course", "unionrole", "partnerrole", "activitycountry"),
    *("member", "paper"),
)
MADE = """
SELECT '{label}' AS label, {key} AS key, {root} + {place} AS moment, '{root_label}' AS root, {root} AS root_key,
    {union}::bigint AS union_key, 'made' AS what, NULL::jsonb AS before,
    to_jsonb(it) - ARRAY['folded', 'spelled'] AS after, 'made ' || {root} AS act
FROM {table} AS it WHERE {root} > %(first)s
"""
AFTER = """
SELECT '{root_label}', id, id + 0.5 + 2000 * random(), '{root_label}', id, NULL, 'changed', '{{"status": "planned"}}',
    jsonb_build_object('status', status), 'held ' || id FROM activities_activity WHERE id > %(first)s
UNION ALL SELECT 'partners.partner', id, {some}, 'partners.partner', id, NULL, 'changed', '{{"note": ""}}',
    '{{"note": "xem lại"}}', 'partner ' || id FROM partners_partner
UNION ALL SELECT 'accounts.union', id, {some}, 'accounts.union', id, id, 'changed', '{{"note": ""}}',
    '{{"note": "xem lại"}}', 'union ' || id FROM accounts_union
UNION ALL SELECT 'activities.member', 1000000000 + number, {some}, '{root_label}',
    %(first)s + 1 + number * 7919 %% (%(last)s - %(first)s), NULL, 'deleted', '{{"name": "Ai đó"}}', NULL,
    'went ' || number FROM generate_series(1, %(last)s / 100) AS number
"""
ACTS = """
INSERT INTO history_act (id, at, way, person_id, name, why, undoes)
SELECT md5(act)::uuid, '2026-11-26'::timestamptz - (%(last)s + 3000 - min(moment)) * interval '10 minutes', 'page',
    (%(people)s::bigint[])[1 + floor(random() * cardinality(%(people)s::bigint[]))::int], '', '', NULL
FROM told GROUP BY act
"""
ENTRIES = """
INSERT INTO history_entry (act_id, label, key, what, root, root_key, left_key, union_key, before, after)
SELECT md5(act)::uuid, label, key, what, root, root_key, NULL, union_key, before, after FROM told ORDER BY moment, label
"""


def statement() -> str:
    parts = []
    for place, name in enumerate(ENTERED):
        kept = KEPT[f"activities.{name}"]
        columns = {
            "key": kept.key,
            "root": kept.root_column,
            "union": kept.union or "NULL",
            "table": kept.model._meta.db_table,
        }
        parts.append(MADE.format(label=kept.label, root_label=ACTIVITY, place=place / 100, **columns))
    some = "%(first)s + random() * (%(last)s - %(first)s)"
    return "CREATE TEMPORARY TABLE told AS " + " UNION ALL ".join(
        [*parts, AFTER.format(root_label=ACTIVITY, some=some)]
    )


def main() -> None:
    if connection.vendor != "postgresql" or User.objects.filter(username="bench person 0").exists():
        return
    last = Activity.objects.order_by("-pk").values_list("pk", flat=True).first()
    with untold(), transaction.atomic(), connection.cursor() as cursor:
        people = User.objects.bulk_create(
            User(username=f"bench person {number}", role=User.Role.OFFICER) for number in range(PEOPLE)
        )
        values = {"first": int(last * (1 - SHARE)), "last": last, "people": [one.pk for one in people]}
        for sql in (statement(), ACTS, ENTRIES, "ANALYZE history_act, history_entry"):
            cursor.execute(sql, values if "%(" in sql else None)


main()
