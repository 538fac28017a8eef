"""Amounts of money in several currencies, added up exactly and rounded only to be read. Never knows what was paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.formats import number_format

HOME_CURRENCY = "VND"
EXACT = 80  # digits: more than any sum of amounts times rates has
WHOLE = Decimal(1)


@dataclass(frozen=True)
class Amount:
    """What one item says: an amount in its currency, with the đồng one unit of that was worth, if anybody wrote it."""

    amount: Decimal
    currency: str
    rate: Decimal | None = None

    @property
    def in_dong(self) -> Decimal | None:
        """None where its currency has no rate."""
        if self.currency == HOME_CURRENCY:
            return self.amount
        if self.rate is None:
            return None
        with localcontext(prec=EXACT):
            return self.amount * self.rate


@dataclass(frozen=True)
class Total:
    """Amounts added up: each currency by itself, and in đồng where every part has a rate."""

    by_currency: dict[str, Decimal] = field(default_factory=dict)
    in_dong: Decimal | None = Decimal(0)  # None: some part has no rate, so nobody can say
    parts: int = 0

    @classmethod
    def of(cls, amounts: Iterable[Amount]) -> Total:
        by_currency: dict[str, Decimal] = {}
        in_dong: Decimal | None = Decimal(0)
        parts = 0
        with localcontext(prec=EXACT):
            for one in amounts:
                parts += 1
                by_currency[one.currency] = by_currency.get(one.currency, Decimal(0)) + one.amount
                worth = one.in_dong
                in_dong = None if in_dong is None or worth is None else in_dong + worth
        return cls(dict(sorted(by_currency.items())), in_dong, parts)

    def __add__(self, other: Total) -> Total:
        with localcontext(prec=EXACT):
            both = {*self.by_currency, *other.by_currency}
            added = {
                one: self.by_currency.get(one, Decimal(0)) + other.by_currency.get(one, Decimal(0)) for one in both
            }
            known = self.in_dong is not None and other.in_dong is not None
            in_dong = self.in_dong + other.in_dong if known else None  # type: ignore[operator]
        return Total(dict(sorted(added.items())), in_dong, self.parts + other.parts)

    @property
    def is_all_dong(self) -> bool:
        return set(self.by_currency) <= {HOME_CURRENCY}

    def in_words(self) -> str:
        """Currency by currency, such as “30.000.000 VND; 1.200 USD”; "" where nothing was added up."""
        return "; ".join(f"{money(amount)} {currency}" for currency, amount in self.by_currency.items())


def rounded(amount: Decimal) -> Decimal:
    """To the whole đồng, at the very end."""
    with localcontext(prec=EXACT):
        return amount.quantize(WHOLE, ROUND_HALF_UP)


def money(amount) -> str:
    """An amount without the decimals it does not have."""
    places = None if amount != amount.to_integral_value() else 0
    return number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)


def rate_in_figures(rate: Decimal) -> str:
    """A rate without the noughts a column fills it up with."""
    whole, _point, rest = f"{rate:f}".partition(".")
    rest = rest.rstrip("0")
    return number_format(Decimal(f"{whole}.{rest}" if rest else whole), use_l10n=True, force_grouping=True)
