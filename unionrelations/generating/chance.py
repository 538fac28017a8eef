"""Chance that gives the same for the same seed, on every machine. Never knows what it decides."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

One = TypeVar("One")


class Chance:
    """Draws from one stream, so what is drawn earlier decides what comes later."""

    def __init__(self, seed: int):
        self.draw = random.Random(seed).random  # noqa: S311  nothing here is a secret

    def below(self, number: int) -> int:
        """0 … number - 1, each as likely."""
        return int(self.draw() * number)

    def between(self, least: int, most: int) -> int:
        return least + int(self.draw() * (most - least + 1))

    def happens(self, share: float) -> bool:
        return self.draw() < share

    def one_of(self, several: Sequence[One]) -> One:
        return several[int(self.draw() * len(several))]


class Weighted(Generic[One]):
    """Several, some likelier than others."""

    def __init__(self, several: Sequence[One], weights: Sequence[float]):
        self.several, self._up_to = several, [*accumulate(weights)]

    def one(self, chance: Chance) -> One:
        return self.several[min(bisect(self._up_to, chance.draw() * self._up_to[-1]), len(self.several) - 1)]
