"""How PostgreSQL writes a change down: one function, which each table's trigger tells what it has to know."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.apps import apps

from .kept import LEFT_OUT, NO_CHANGE, Kept

# What a trigger tells: label, key, root, column of the root, column of the union, the table and column behind that,
# the columns that are left out, those whose change is none.
FUNCTION = """
CREATE OR REPLACE FUNCTION history_write() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    acting text := current_setting('history.act', true);
    said jsonb;
    act uuid;
    was jsonb;
    became jsonb;
    stands jsonb;
    root bigint;
    root_before bigint;
    owner bigint;
BEGIN
    IF acting = 'off' THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        was := to_jsonb(OLD) - TG_ARGV[7]::text[];
        stands := was;
        root_before := (was ->> TG_ARGV[3])::bigint;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        became := to_jsonb(NEW) - TG_ARGV[7]::text[];
        stands := became;
    END IF;
    root := (stands ->> TG_ARGV[3])::bigint;
    owner := (stands ->> TG_ARGV[4])::bigint;
    IF TG_ARGV[5] <> '' THEN
        EXECUTE format('SELECT %I FROM %I WHERE id = $1', TG_ARGV[6], TG_ARGV[5]) INTO owner USING owner;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(one.key, one.value), jsonb_object_agg(one.key, became -> one.key) INTO was, became
            FROM jsonb_each(was) AS one
            WHERE one.value IS DISTINCT FROM became -> one.key AND one.key <> ALL (TG_ARGV[8]::text[]);
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    IF acting IS NULL OR acting = '' THEN  -- nobody said who acts: one unknown act in each transaction
        act := md5(txid_current()::text || transaction_timestamp()::text)::uuid;
        said := '{}';
    ELSE
        act := acting::uuid;
    END IF;
    IF NOT EXISTS (SELECT FROM history_act WHERE id = act) THEN
        said := coalesce(said, current_setting('history.told', true)::jsonb);
        INSERT INTO history_act (id, at, way, person_id, name, why, undoes) VALUES (
            act, clock_timestamp(), coalesce(said ->> 'way', ''), (said ->> 'person')::bigint,
            coalesce(said ->> 'name', ''), coalesce(said ->> 'why', ''), (said ->> 'undoes')::uuid
        ) ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO history_entry (act_id, label, key, what, root, root_key, left_key, union_key, before, after) VALUES (
        act, TG_ARGV[0], (stands ->> TG_ARGV[1])::bigint,
        CASE TG_OP WHEN 'INSERT' THEN 'made' WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END,
        TG_ARGV[2], root, CASE WHEN root_before <> root THEN root_before END, owner, was, became
    );
    RETURN NULL;
END
$body$
"""
VERSION = sha256(FUNCTION.encode()).hexdigest()


def triggers(kept: Kept) -> Iterator[tuple[str, str]]:
    """(deed, statement); the name is put in by whoever makes it."""
    told = ", ".join(f"'{one}'" for one in _told(kept))
    table = kept.model._meta.db_table
    yield (
        "all",
        f'CREATE TRIGGER «name» AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION history_write({told})",
    )


def _told(kept: Kept) -> list[str]:
    column, table, behind = kept.union, "", ""
    if isinstance(kept.union, tuple):
        column, label, behind = kept.union
        table = apps.get_model(label)._meta.db_table
    out = sorted(LEFT_OUT | kept.left_out)
    known = [kept.label, kept.key, kept.root, kept.root_column, str(column), table, behind]
    return [*known, _array(out), _array(sorted(NO_CHANGE))]


def _array(names: list[str]) -> str:
    return "{" + ",".join(names) + "}"
