"""What a sensible officer expects of each file, read from the YAML beside it. Never knows how a file is read.

A YAML holds:

why             why this is expected, where it could be argued
same_as         another file that says the same in another format; what stands here too takes its place
union, entity   the options of the command; without `entity` the file has to tell by itself
given           records made before: what `Given` takes
unreadable      true: the command ends with 1 and one line
read … refused  the counts
verdicts        verdicts of single rows, by row number, where they are not told by the counts
bad             every bad cell: row, column, value as the sheet shows it; `suggestion: true` where one is expected.
                A bad cell without `value` is empty, or its value is the reader's to say
stored          facts of every record of the entity after applying (see `facts.py`), those found again included
new_partners    the names of all partners the file creates
several         true: one row becomes several records; those named are asked for, others may stand beside them
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml

from .grids import FILES

COUNTS = ("read", "new", "changed", "unchanged", "refused")


@dataclass(frozen=True)
class BadCell:
    row: int
    column: str
    value: str | None = None
    suggestion: bool = False


@dataclass(frozen=True)
class Expectation:
    file: str
    union: str = "vuit"
    entity: str | None = None
    kind: str = "delegations"  # the entity it is, told or not
    why: str = ""
    given: list[dict] = field(default_factory=list)
    unreadable: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    verdicts: dict[int, str] = field(default_factory=dict)
    bad: list[BadCell] = field(default_factory=list)
    stored: list[dict] = field(default_factory=list)
    new_partners: list[str] | None = None
    several: bool = False

    @property
    def path(self) -> Path:
        return FILES / self.file

    @property
    def counts(self) -> dict[str, int]:
        return {one: getattr(self, one) for one in COUNTS}

    @property
    def refused_rows(self) -> set[int]:
        return {one.row for one in self.bad}


def _said(file: str) -> dict:
    told = yaml.safe_load((FILES / f"{file}.yaml").read_text(encoding="utf-8"))
    return _said(told.pop("same_as")) | told if "same_as" in told else told


def expectation(file: str) -> Expectation:
    told = _said(file)
    if unknown := set(told) - {one.name for one in fields(Expectation)}:
        raise ValueError(f"{file}.yaml says {', '.join(sorted(unknown))}, which means nothing.")
    told["bad"] = [BadCell(**one) for one in told.get("bad", ())]
    return Expectation(file=file, **told)


def expectations() -> list[Expectation]:
    return [expectation(path.name.removesuffix(".yaml")) for path in sorted(FILES.glob("*.yaml"))]
