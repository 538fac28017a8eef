"""What the newest audit found, told to those who keep the house. Never compares, never says which number is right."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.reports.models import AuditRun
from unionrelations.accounts.models import Union

SHOWN = 8
WAYS = {
    "counted": _("counted"),
    "recounted": _("counted a second way"),
    "said as JSON": _("in the JSON"),
    "written in files": _("in the files"),
    "rows": _("in the rows behind it"),
    "stored": pgettext_lazy("of a derived row", "stored"),
    "derived": _("derived anew"),
}


@dataclass(frozen=True)
class Disagreement:
    """Two numbers, or two lines of numbers, that should be the same."""

    what: str
    said: tuple[tuple[str, str], ...]  # (the way it was found, what it said there)

    @classmethod
    def of(cls, mismatch: dict) -> Disagreement:
        ways = {way: mismatch[way] for way in mismatch if way not in ("what", "union")}
        told = ((str(WAYS.get(way, way)), _in_short(value)) for way, value in _differing(ways).items())
        return cls(mismatch["what"], tuple(told))


def last_audit(user) -> AuditRun | None:
    return AuditRun.objects.visible_to(user).filter(finished_at__isnull=False).first()


def disagreements(run: AuditRun, user) -> list[Disagreement]:
    """The first of them, each once however many doors say it, of the unions the reader sees; derived rows belong to
    the whole house."""
    found = run.mismatches
    if found and not user.sees_every_union:
        codes = set(Union.objects.visible_to(user).values_list("code", flat=True))
        found = [one for one in found if one.get("union") in codes]
    once = {one["what"]: one for one in reversed(found)}
    return [Disagreement.of(one) for one in list(reversed(once.values()))[:SHOWN]]


def _differing(ways: dict) -> dict:
    """Of lines of numbers, the columns that differ."""
    if not all(isinstance(one, dict) for one in ways.values()):
        return ways
    columns = {column for one in ways.values() for column in one}
    differ = {one for one in columns if len({json.dumps(way.get(one)) for way in ways.values()}) > 1}
    return {name: {key: one[key] for key in sorted(differ & set(one))} for name, one in ways.items()}


def _in_short(value) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_in_short(one)}" for name, one in value.items()) or "–"
    if isinstance(value, list):
        return " | ".join(_in_short(one) for one in value) or "–"
    return "–" if value is None else str(value)
