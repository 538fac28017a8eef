"""Who pays an item of money, as one word in an address: a union, a partner, or nobody named. Never guesses it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from activities.models import Cost
from partners.models import Partner
from unionrelations.accounts.models import Union

UNION, PARTNER, NOBODY = "union", "partner", "none"


def payer_key(union: int | None, partner: int | None) -> str:
    if union is not None:
        return f"{UNION}-{union}"
    return NOBODY if partner is None else f"{PARTNER}-{partner}"


def payers(keys: Iterable[str]) -> list[tuple[str, str]]:
    """(key, words) of these payers: unions from above, then partners by name, and last nobody named."""
    wanted = set(keys)
    unions = Union.objects.filter(pk__in=_numbers(wanted, UNION)).order_by("path")
    partners = Partner.objects.filter(pk__in=_numbers(wanted, PARTNER)).in_order()
    found = [(payer_key(one.pk, None), str(one)) for one in unions]
    found += [(payer_key(None, one.pk), str(one)) for one in partners]
    return [*found, (NOBODY, _("payer not named"))] if NOBODY in wanted else found


def payers_of(costs: QuerySet[Cost]) -> list[tuple[str, str]]:
    """Those named in some costs, to choose from."""
    named = costs.order_by().values_list("payer_union_id", "payer_partner_id").distinct()
    return payers([*(payer_key(*one) for one in named), NOBODY])


def paid_by(key: str) -> Q:
    kind, _dash, number = key.partition("-")
    if kind == NOBODY:
        return Q(payer_union__isnull=True, payer_partner__isnull=True)
    return Q(**{f"payer_{kind}": number})


def _numbers(keys: Iterable[str], kind: str) -> list[str]:
    return [number for one, _dash, number in (key.partition("-") for key in keys) if one == kind]
