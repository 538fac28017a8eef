#!/usr/bin/env python
"""Draws what each role may do into docs/administration.md, from the table the code goes by. `check` only compares."""

import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.utils import translation

HOUSE = Path(__file__).resolve().parent.parent
PAGE = HOUSE / "docs" / "administration.md"
BEGIN, END = "<!-- rights: drawn by .ci/rights.py -->\n", "<!-- end of rights -->\n"
ORDER = ("view", "add", "change", "delete")
sys.path.insert(0, str(HOUSE))


def drawn() -> str:
    """A line for each set of models of which every role may do the same; rights are within reach, which rows say."""
    from unionrelations.accounts.models import User
    from unionrelations.accounts.roles import FLOORS, actions

    alike: dict[tuple[str, ...], list[str]] = {}
    for label in sorted(FLOORS):
        for model in apps.get_app_config(label).get_models():
            rights = tuple(_in_words(actions(role, label, model._meta.model_name)) for role in User.Role)
            alike.setdefault(rights, []).append(str(model._meta.verbose_name_plural))
    roles = [str(role.label) for role in User.Role]
    rows = [f"| of | {' | '.join(roles)} |", "|---|" + "---|" * len(roles)]
    for rights, names in sorted(alike.items(), key=lambda row: (-len(row[1]), row[0])):
        rows.append(f"| {', '.join(sorted(names))} | {' | '.join(rights)} |")
    return "\n".join(rows) + "\n"


def _in_words(may: set[str]) -> str:
    """The four of Django in their order, `all` for every one of them, then the steps."""
    plain = [one for one in ORDER if one in may]
    steps = sorted(may - set(ORDER))
    return ", ".join((["all"] if len(plain) == len(ORDER) else plain) + steps) or "nothing"


def page() -> str:
    """The page with the table in its place."""
    before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{drawn()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")
    django.setup()
    with translation.override("en"):
        fresh = page()
    if sys.argv[1:] != ["check"]:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != PAGE.read_text(encoding="utf-8"):
        sys.exit("docs/administration.md does not say what the roles may do. Run: .venv/bin/python .ci/rights.py")
