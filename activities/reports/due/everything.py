"""All rules together: what is due for one reader, the first day first. Holds no rule itself."""

from __future__ import annotations

from dataclasses import replace

from unionrelations.accounts.models import Union

from . import activities, papers, plans, relations, silence
from .asked import Asked
from .things import Due, Rule

# Rules that one question to the database answers stand together.
FINDERS = (
    ((activities.OUTCOME,), activities.outcomes),
    ((activities.TRIP_REPORT,), activities.trip_reports),
    ((activities.CONFERENCE_REPORT,), activities.conference_reports),
    ((activities.OUR_PROMISE, activities.THEIR_PROMISE), activities.promises),
    ((plans.PLAN,), plans.plans),
    ((papers.AGREEMENT,), papers.agreements),
    ((papers.LICENCE,), papers.licences),
    ((silence.QUIET,), silence.quiet),
    ((relations.BROKEN, relations.ANNIVERSARY), relations.standings),
)
RULES: dict[str, Rule] = {rule.code: rule for rules, _find in FINDERS for rule in rules}
MAY_BE_LATE = tuple(code for code, rule in RULES.items() if rule.may_be_late)


def due(asked: Asked, codes: tuple[str, ...] = ()) -> list[Due]:
    """Whatever has come near enough to be shown; `codes` asks some rules alone."""
    wanted = set(codes or RULES)
    found = [
        one
        for rules, find in FINDERS
        if wanted & {rule.code for rule in rules}
        for one in find(asked)
        if one.rule.code in wanted and one.stage(asked.today) is not None
    ]
    names = _names({one.union_id for one in found} - {None})
    named = (replace(one, union=names.get(one.union_id, "")) for one in found)
    return sorted(named, key=lambda one: (one.day, one.rule.code, one.title, one.key))


def _names(unions: set) -> dict:
    return {one.pk: one.label for one in Union.objects.filter(pk__in=unions)} if unions else {}
