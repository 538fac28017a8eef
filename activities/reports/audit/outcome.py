"""What a comparison found. Never compares of its own accord, never says which of two numbers is right."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """How many numbers were compared, and those that did not agree, each said in a way one can look up."""

    compared: int = 0
    mismatches: list[dict] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.mismatches

    def compare(self, what: str, *, union: str = "", **numbers) -> None:
        """Notes a mismatch unless the numbers, by the way they were found, are all equal.

        `union` is the code of the union whose numbers they are: who reads them reads the mismatch.
        """
        self.compared += 1
        first, *others = numbers.values()
        if any(one != first for one in others):
            self.mismatches.append({"what": what, "union": union, **numbers})
