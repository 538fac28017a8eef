"""Figures once counted, kept until a record they count changes. Never says a number that is not right now.

The key of a kept answer holds the state of the union's scope rows (`ScopeChange`), which every save, deletion, merge
and import that touches a counted record changes in its own transaction. What was counted for an earlier state is never
asked for again. Agreements, published figures and names are no part of it: they are asked anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256

from django.core.cache import caches

from activities.models import ScopeChange
from partners.models import Country
from partners.models.countries import HOME

from .questions import Question

Counts = dict[str, tuple[int | None, int | None, int]]  # by indicator: logged, undetermined, headcounts not known
Count = Callable[[list[Question]], dict[Question, Counts]]

RULES = 1  # of counting; raised where the same records come to count otherwise
# Long enough for a report that is read again; what was counted while an older version of the house, which writes no
# notes, was still running is gone by then.
KEPT_FOR = 3600  # seconds


def remembered(questions: Iterable[Question], count: Count) -> dict[Question, Counts]:
    """What each question counts; `count` is asked for those of which no answer is kept.

    As unions are organised on a day, records of unions elsewhere belong as well: such a question is counted anew.
    """
    asked = list(dict.fromkeys(questions))
    states = ScopeChange.objects.states({one.union.pk for one in asked})
    home = Country.objects.filter(code=HOME).values_list("pk", flat=True).first()
    keys = {one: _key(one, states[one.union.pk], home) for one in asked if one.union.pk in states and not one.today}
    cache = caches["figures"]
    kept = cache.get_many(keys.values())
    found = {one: kept[key] for one, key in keys.items() if key in kept}
    if missing := [one for one in asked if one not in found]:
        counted = _counted(missing, keys, count)
        found |= counted
        cache.set_many({keys[one]: counts for one, counts in counted.items() if one in keys}, KEPT_FOR)
    return found


def _counted(questions: list[Question], keys: dict[Question, str], count: Count) -> dict[Question, Counts]:
    """As another process of this server has counted the same questions, else as they are counted now."""
    if not all(one in keys for one in questions):
        return count(questions)
    together = sha256("\n".join(keys[one] for one in questions).encode()).hexdigest()
    with suppress(OSError):  # what cannot be read is counted
        if kept := caches["counts"].get(together):
            return dict(zip(questions, kept, strict=True))
    counted = count(questions)
    with suppress(OSError):  # no room for it
        caches["counts"].set(together, [counted[one] for one in questions], KEPT_FOR)
    return counted


def _key(question: Question, state: tuple[int, int, int], home: int | None) -> str:
    only, period = question.only, question.period
    parts = (
        *(RULES, question.union.pk, period.start, period.end, int(question.under), question.rule.value),
        *(only.kind, only.mode, only.partner.pk if only.partner else "", only.country.pk if only.country else ""),
        *(*state, home),
    )
    return f"figures/{'/'.join(map(str, parts))}"
