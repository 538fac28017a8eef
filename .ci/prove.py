#!/usr/bin/env python
"""Runs every property test with many examples, chosen anew, and keeps the outcome in docs/proof.md."""

import datetime as dt
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PROOF = HOUSE / "docs" / "proof.md"
AUDIT = "test_audit_on_random_worlds"
MARKERS = "hypothesis and not browser and not broker and not postgres"


def main():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--hypothesis-show-statistics", "-m", MARKERS, *sys.argv[1:]],
        cwd=HOUSE,
        env=os.environ | {"HYPOTHESIS_PROFILE": "prove"},
        stdout=subprocess.PIPE,
        text=True,
    )
    print(run.stdout)
    # "tests/x.py::test_y:" opens a test's statistics, "- 1000 passing, 0 failing, ..." counts a phase of it.
    counts = {}
    for line in run.stdout.splitlines():
        if name := re.fullmatch(r"(tests/\S+::.+):", line):
            counts.setdefault(name[1], 0)
        elif (phase := re.search(r"- (\d+) passing", line)) and counts:
            counts[list(counts)[-1]] += int(phase[1])
    outcome = "all hold" if run.returncode == 0 else "not all hold: see the run"
    PROOF.parent.mkdir(exist_ok=True)
    PROOF.write_text(
        "# Proof by examples\n\n"
        "Written by `make prove`: every property test with many examples, chosen anew each time. One of them is that\n"
        "the audit stays silent on random worlds without fault; `tests/reports/test_audit_faults.py` shows what it\n"
        "finds.\n\n"
        f"- Day: {dt.date.today().isoformat()}, Python {platform.python_version()}\n"
        f"- Properties: {len(counts)}, examples: {sum(counts.values())}\n"
        f"- Random worlds the audit was silent on: {sum(n for name, n in counts.items() if AUDIT in name)}\n"
        f"- Outcome: {outcome}\n\n"
        "| property | examples |\n|---|---:|\n" + "".join(f"| `{name}` | {n} |\n" for name, n in counts.items())
    )
    sys.exit(run.returncode)


main()
