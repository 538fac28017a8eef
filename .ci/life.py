#!/usr/bin/env python
"""Draws the life of an activity into docs/activity-life.md, from the table the code goes by. `check` only compares."""

import os
import sys
from pathlib import Path

import django
from django.utils import translation

HOUSE = Path(__file__).resolve().parent.parent
PAGE = HOUSE / "docs" / "activity-life.md"
sys.path.insert(0, str(HOUSE))


def drawn() -> str:
    """The page: a picture of the stages, and a line of the table for each step."""
    from activities.models import STEPS, Paper, StepTaken

    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> planned", "    [*] --> held: what is over"]
    rows = ["| Step | Leads from | to | Taken by | Asks for | What it means |", "|---|---|---|---|---|---|"]
    for way in STEPS.values():
        lines += [f"    {source} --> {way.target}: {way.step.label}" for source in way.sources]
        who = "a leader, not who submitted it" if way.is_decision else "a leader"
        who = who if way.right.endswith("approve_activity") else "an officer"
        asks = ["a reason"] * way.asks_reason + ([str(Paper.Kind(way.paper).label)] if way.paper else [])
        sources = ", ".join(StepTaken.in_words(one) for one in way.sources)
        cells = (way.step.label, sources, StepTaken.in_words(way.target), who, ", ".join(asks) or "nothing", way.why)
        rows.append(f"| {' | '.join(map(str, cells))} |")
    lines += ["    closed --> [*]", "```"]
    return "\n".join([
        "# The life of an activity",
        "",
        "Drawn by `.ci/life.py` from `STEPS` in `activities/models/life.py`; a test compares both. Leaders are those",
        "of the leading union and of the unions above it; administrators may take every step, but decide about nothing",
        "they submitted themselves. Where a union's rules do not ask for leave, officers may also set the status in",
        "the form, and the history keeps that as well. A held activity counts, closed or not.",
        "",
        *lines,
        "",
        *rows,
        "",
    ])  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")
    django.setup()
    with translation.override("en"):
        page = drawn()
    if sys.argv[1:] != ["check"]:
        PAGE.write_text(page, encoding="utf-8")
    elif page != PAGE.read_text(encoding="utf-8"):
        sys.exit("docs/activity-life.md is not what the table says. Run: .venv/bin/python .ci/life.py")
