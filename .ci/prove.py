#!/usr/bin/env python
"""Runs property tests with many examples, chosen anew, and keeps the outcome in docs/proof.md: all, or those named.

`make prove`, or `make prove ARGS=tests/importing`: a run of some renews their lines and leaves the others.
"""

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
LINE = re.compile(r"\| `(?P<name>\S+)` \| (?P<examples>\d+) \| (?P<day>[\d-]+) \|")


def kept() -> dict[str, tuple[int, str]]:
    """Property → (examples, day) of earlier runs, as far as its test is still there."""
    lines = PROOF.read_text(encoding="utf-8").splitlines() if PROOF.exists() else []
    told = {found["name"]: (int(found["examples"]), found["day"]) for found in map(LINE.fullmatch, lines) if found}
    return {name: one for name, one in told.items() if _is_there(name)}


def _is_there(name: str) -> bool:
    path, _colons, test = name.partition("::")
    file = HOUSE / path
    return file.exists() and f"def {test.partition('[')[0]}(" in file.read_text(encoding="utf-8")


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
    today = dt.date.today().isoformat()
    proved = dict(sorted((kept() | {name: (n, today) for name, n in counts.items()}).items()))
    if run.returncode:
        sys.exit("Not all hold: see the run. docs/proof.md stays as it was.")
    PROOF.parent.mkdir(exist_ok=True)
    PROOF.write_text(
        "# Proof by examples\n\n"
        "Written by `make prove`: every property test with many examples, chosen anew each time. One of them is that\n"
        "the audit stays silent on random worlds without fault; `tests/reports/test_audit_faults.py` shows what it\n"
        "finds.\n\n"
        f"- Last run: {today}, Python {platform.python_version()}\n"
        f"- Properties: {len(proved)}, examples: {sum(n for n, _day in proved.values())}\n"
        f"- Random worlds the audit was silent on: {sum(n for name, (n, _day) in proved.items() if AUDIT in name)}\n"
        "- Outcome: all hold\n\n"
        "| property | examples | day |\n|---|---:|---|\n"
        + "".join(f"| `{name}` | {n} | {day} |\n" for name, (n, day) in proved.items())
    )


main()
