"""Rows that are new and yet resemble what is logged already, by the rules that warn on entry. Never refuses a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from activities.entities.advice import SLUGS
from activities.entities.likeness import NEAR_DAYS, Traits, likely_same, traits_of
from partners.models import Country
from partners.models.countries import HOME
from unionrelations.kit.folding import fold
from unionrelations.kit.importing import Draft
from unionrelations.kit.importing.context import Context
from unionrelations.kit.importing.drafts import Alike
from unionrelations.kit.windows import Precision

MOST_ALIKE = 3  # records named beside a row


def tell_alike(model, drafts: Iterable[Draft], context: Context) -> None:
    """Names beside each new row the records it may be, as far as the reader sees them; asked for all rows at once."""
    new = [one for one in drafts if "when" in one.values]
    days = {day for one in new for day in _near(one.values["when"].starts_on)}
    rows = context.rows(model).filter(starts_on__in=days)
    stored: dict[date, list[Traits]] = defaultdict(list)
    for one in traits_of(rows) if new else ():
        stored[one.window.start].append(one)
    home = context.rows(Country).filter(code=HOME).values_list("pk", flat=True).first()
    found = {}
    for draft in new:
        near = [other for day in _near(draft.values["when"].starts_on) for other in stored.get(day, ())]
        if near:
            likely = likely_same(_traits(model, draft, context, home), near)
            found[id(draft)] = [one.pk for one, _likeness in likely if one.pk is not None]
    named = {one.pk: one for one in rows.filter(pk__in={pk for keys in found.values() for pk in keys[:MOST_ALIKE]})}
    for draft in new:
        for pk in found.get(id(draft), ())[:MOST_ALIKE]:
            one = named[pk]
            draft.alike.append(Alike(pk, f"{one}, {one.when}", reverse(f"{SLUGS[one.kind]}-detail", args=[pk])))


def _near(day: date) -> list[date]:
    return [day + timedelta(apart) for apart in range(-NEAR_DAYS, NEAR_DAYS + 1)]


def _traits(model, draft: Draft, context: Context, home: int | None) -> Traits:
    values, when = draft.values, draft.values["when"]
    partners = (values.get("partners") or frozenset()) | (values.get("inviting") or frozenset())
    head = values.get("head")
    return Traits(
        pk=None,
        kind=model.KIND,
        direction=values.get("direction") or "",
        format=values.get("format") or "",
        window=when.window,
        is_exact=when.precision == Precision.DAY,
        last=when.ends_on or when.starts_on,
        partners=frozenset(one for one in partners if isinstance(one, int)),
        countries=frozenset(values.get("countries") or ()) - {home},
        title=" ".join(fold(values.get("title") or "").split()),
        head=" ".join(fold(head[0]).split()) if head else "",
        unions=frozenset({context.union.pk}),
        cohort=values.get("cohort") or "",
        step=values.get("step") or "",
    )
