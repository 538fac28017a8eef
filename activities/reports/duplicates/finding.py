"""Looks through all partners and activities for those that may be the same, and keeps the pairs with their evidence.

The rules are those that a person is warned by on entry. Never merges, and never forgets what a person told apart: such
pairs are kept as well, and left out where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction

from activities.entities import likeness as activities_like
from activities.models import Conference, Course, Delegation
from activities.reports.models import Suspicion
from activities.reports.models.merges import in_order
from partners import likeness as partners_like
from partners.models import Partner

MOST_KEPT = 5000  # pairs of one sort, the likeliest; nobody looks through more


def find(reach: Callable[[int], None] = lambda percent: None) -> int:
    """Looks at everything anew; says how many pairs are alike. `reach` hears how far it has come, in per cent."""
    found = list(_partners())
    reach(30)
    for number, model in enumerate((Delegation, Conference, Course), start=1):
        found += _activities(model)
        reach(30 + 20 * number)
    with transaction.atomic():
        Suspicion.objects.all().delete()
        Suspicion.objects.bulk_create(found, batch_size=500)
    return len(found)


def _partners() -> Iterator[Suspicion]:
    yield from _likeliest(Partner, partners_like.pairs_alike(Partner.objects.names()))


def _activities(model) -> Iterator[Suspicion]:
    rows = activities_like.traits_of(model.objects.unrestricted())
    yield from _likeliest(model, activities_like.pairs_alike(rows))


def _likeliest(model, pairs) -> Iterator[Suspicion]:
    for one, other, found in sorted(pairs, key=lambda row: (-row[2].score, row[:2]))[:MOST_KEPT]:
        first, second = in_order(one, other)
        evidence = [[code, list(values)] for code, values in found.evidence]
        yield Suspicion(label=model._meta.label_lower, first=first, second=second, score=found.score, evidence=evidence)
