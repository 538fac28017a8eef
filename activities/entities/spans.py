"""The terms by which lists are asked for: of the union asked for, else of the reader's own. Never asks for today."""

from __future__ import annotations

from datetime import date

from activities.models import Term
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.spans import Spans


def spans_for(user, today: date) -> Spans:
    """What "this term" and its like mean to this person on this day; the highest union's terms where they have none."""

    def terms(code: str) -> list[tuple[str, Period]]:
        unions = Union.objects.visible_to(user)
        union = unions.filter(code=code).first() if code else user.union
        union = union or unions.order_by("path").first()
        return [(one.name, one.period) for one in Term.objects.visible_to(user).of(union)] if union else []

    return Spans(today, terms)
