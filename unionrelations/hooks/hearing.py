"""From what the history wrote down to what each hook is to be told, whichever way it came to be written: nothing is
left out, and nothing is heard twice.

Changes are numbered as they are written, and become visible as their transactions end, which is another order. So the
place up to which everything was heard moves on only as far as no number before it can still turn up: SQLite's writers
queue, PostgreSQL is asked which transactions still write some. Where there are any, the newest number is remembered
(`ahead`), and is reached once all that were writing then (those before `ahead_of`) have ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from activities.models import Activity
from activities.reports.models import TermReport
from unionrelations.catalogue import ENTITIES
from unionrelations.history.kept import ACTIVITY, TOLD_ONLY
from unionrelations.history.models import Entry
from unionrelations.kit.entities import Entity

from .models import Call, Heard, Hook, Kind

AT_ONCE = 1000  # changes
STEP_TAKEN, REPORT = "activities.steptaken", "reports.termreport"
SIGNED_REPORTS = "signed-reports"  # told by their signature alone; their address in the API
BY_SLUG: dict[str, Entity] = {entity.slug: entity for entity in ENTITIES}
BY_LABEL = {entity.model._meta.label_lower: entity.slug for entity in ENTITIES if entity.model is not Entry}
BY_KIND = {
    entity.model._meta.model_name: entity.slug
    for entity in ENTITIES
    if issubclass(entity.model, Activity) and entity.model is not Activity
}
# Whoever writes a change holds this lock on their table to the end, whatever else runs on the same server.
WRITING = """
    SELECT coalesce(
        (SELECT min(one::text::bigint) FROM pg_snapshot_xip(now) AS one WHERE one::text::bigint & 4294967295 IN (
            SELECT own.transactionid::text::bigint
            FROM pg_locks AS held JOIN pg_locks AS own USING (virtualtransaction)
            WHERE held.relation = 'history_entry'::regclass AND held.mode = 'RowExclusiveLock'
                AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND held.pid IS DISTINCT FROM pg_backend_pid() AND own.locktype = 'transactionid'
        )),
        pg_snapshot_xmax(now)::text::bigint
    ), pg_snapshot_xmax(now)::text::bigint FROM pg_current_snapshot() AS now
"""
Record = tuple[str, str, int]  # label, slug and key


def listen() -> int:
    """Hears whatever was written since; gives how many calls are to be made of it."""
    made = 0
    while True:
        with transaction.atomic():
            heard = Heard._base_manager.select_for_update().filter(pk=1).first()
            if heard is None:
                return made
            last = _reached(heard)
            new = Entry._base_manager.filter(pk__gt=heard.upto, pk__lte=last).order_by("pk")
            keys = list(new.values_list("pk", flat=True)[:AT_ONCE])
            upto = keys[-1] if len(keys) == AT_ONCE else max(last, heard.upto)
            if keys:
                made += sum(
                    _tell(hook, heard.upto, upto) for hook in Hook.objects.open().select_related("person__union")
                )
            heard.upto = upto
            heard.save()
        if len(keys) < AT_ONCE:
            return made


def _reached(heard: Heard) -> int:
    """The last number before which none can still turn up."""
    last = Entry._base_manager.aggregate(last=Max("pk"))["last"] or 0
    oldest, newest = _writing()  # asked after the number: whoever wrote one up to it had begun before `newest`
    if oldest >= newest:
        heard.ahead_of = None
        return last
    reached = heard.upto
    if heard.ahead_of is not None and oldest < heard.ahead_of:
        return reached
    if heard.ahead_of is not None:
        reached = heard.ahead
    heard.ahead, heard.ahead_of = last, newest
    return reached


def _writing() -> tuple[int, int]:
    """The oldest transaction of others that still writes, and the next to begin; equal where none does."""
    if connection.vendor != "postgresql":
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return cursor.fetchone()


def _tell(hook: Hook, since: int, upto: int) -> int:
    """Calls for what this hook hears of these changes, as far as its reader may read them."""
    reader = hook.reader()
    if reader is None:
        return 0
    rows = Entry.objects.visible_to(reader).unrestricted().filter(pk__gt=since, pk__lte=upto)
    entries = list(rows.exclude(label__in=TOLD_ONLY).select_related("act").order_by("pk"))
    together: dict[tuple[UUID, Record], list[Entry]] = defaultdict(list)
    slugs = _slugs_of_activities(entries)
    for entry in entries:
        for record in records_of(entry, slugs):
            together[entry.act_id, record].append(entry)
    calls = []
    for (_act, record), some in together.items():
        kind = next((one for one in Kind.values if one in hook.kinds and one in kinds_of(record, some)), None)
        if kind is not None:
            calls.append(_call(hook, kind, record, some))
    return Call.objects.keep_all(calls)


def _call(hook: Hook, kind: str, record: Record, entries: list[Entry]) -> Call:
    act, (label, slug, key) = entries[0].act, record
    step = step_of(entries) if kind == Kind.STEP else ""
    of = {"label": label, "slug": slug, "key": key, "step": step, "way": act.way}
    return Call(hook=hook, kind=kind, act=act.pk, happened_at=act.at, due_at=act.at, **of)


def records_of(entry: Entry, slugs: dict[int, str]) -> Iterator[Record]:
    """The record an entry tells of: itself, where the API has an address for it, else the one it is part of, and the
    one it was part of before.
    """
    if entry.root == ACTIVITY and entry.label not in BY_LABEL.keys() - _OF_ACTIVITIES:
        keys = (entry.root_key, entry.left_key)
        yield from ((ACTIVITY, slugs.get(key, BY_LABEL[ACTIVITY]), key) for key in keys if key is not None)
    elif entry.label in BY_LABEL:
        yield entry.label, BY_LABEL[entry.label], entry.key
    elif entry.label == REPORT:
        yield REPORT, SIGNED_REPORTS, entry.key
    elif entry.root in BY_LABEL:
        keys = (entry.root_key, entry.left_key)
        yield from ((entry.root, BY_LABEL[entry.root], key) for key in keys if key is not None)


_OF_ACTIVITIES = {ACTIVITY, *(f"activities.{kind}" for kind in BY_KIND)}


def _slugs_of_activities(entries: Iterable[Entry]) -> dict[int, str]:
    """Where the API keeps each activity, those that are gone among them."""
    keys = {key for one in entries if one.root == ACTIVITY for key in (one.root_key, one.left_key) if key is not None}
    kinds = dict(Activity._base_manager.filter(pk__in=keys).values_list("pk", "kind"))
    if gone := keys - kinds.keys():
        told = Entry._base_manager.filter(label=ACTIVITY, key__in=gone, what=Entry.What.DELETED)
        kinds |= {one.key: one.before["kind"] for one in told if one.before}
    return {key: BY_KIND[kind] for key, kind in kinds.items()}


def kinds_of(record: Record, entries: Iterable[Entry]) -> set[str]:
    """Whatever might be told of these changes of one record in one act."""
    entries = list(entries)
    label, _slug, key = record
    own = {one.what for one in entries if one.row == (label, key)}
    if label == REPORT:
        signed = any((one.after or {}).get("state") == "signed" for one in entries)
        return {Kind.SIGNED} if signed else set()
    if Entry.What.DELETED in own:
        return {Kind.DELETED}
    steps = {Kind.STEP} if step_of(entries) else set()
    return {Kind.CREATED if Entry.What.MADE in own else Kind.CHANGED, *steps}


def step_of(entries: Iterable[Entry]) -> str:
    """The last step that was taken; a status somebody set by a form is none."""
    made = (one.after for one in entries if one.label == STEP_TAKEN and one.what == Entry.What.MADE)
    steps = [after["step"] for after in made if after]
    return next((one for one in reversed(steps) if one != "set"), "")


def may_be_told(call: Call, reader) -> bool:
    """Whether the reader could read now what the call tells: the change in the history, and the record where it stands.

    Asked right before each attempt: what was restricted, moved or taken out of reach since it was heard is not told.
    """
    changes = Entry.objects.visible_to(reader).unrestricted().filter(act=call.act)
    if not changes.of_record(call.label, call.key).exists():
        return False
    if call.kind == Kind.DELETED:
        return True
    if call.slug == SIGNED_REPORTS:
        return TermReport.objects.visible_to(reader).filter(pk=call.key).exists()
    entity = BY_SLUG[call.slug]
    return reader.has_perm(entity.permission("view")) and entity.queryset(reader).filter(pk=call.key).exists()
