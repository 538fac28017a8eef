"""How the numbers of one sentence stand to each other: which people come along with which events, and what is a part.

Never knows which indicator anything is of; it asks the candidates, which know it once it is settled.
"""

from __future__ import annotations

import re

from . import words
from .candidates import Candidate
from .places import FOREIGN

LEADS_TO = re.compile(
    r"^(?: [\w-]+){0,8}? (?:tham dự|dự|tham gia|trong|thuộc|của|trên|theo|to|at|in|on|attending|attended|"
    r"who attended|across|tại|took part in|participated in|through)"
    r"(?: (?:các|tổng số|cả|the|a total of|tổng cộng))? ?$"
)


class Beside:
    """The candidates of one sentence, with its text from `start` to `end` and the words of the headings above it."""

    def __init__(self, text: str, start: int, end: int, found: list[Candidate], surroundings: str) -> None:
        self.text, self.start, self.end = text, start, end
        self.found = found
        self.is_foreign = FOREIGN.search(surroundings) is not None

    def _told_behind(self, place: int) -> str:
        """What follows, past people that stand in the same breath: "7 delegations/29 people sent abroad"."""
        one = self.found[place]
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if after and after.noun == words.PEOPLE and self.text[one.end : after.start].strip() in ("/", "("):
            return after.tail
        return one.tail

    def _people_of(self, host: Candidate) -> str:
        return {
            "delegations_out": "officials_out",
            "delegations_out_online": "officials_out",
            "delegations_in": "guests_in",
            "conferences_abroad": "officials_conferences_abroad",
            "conferences_home": "officials_conferences_home",
            "courses": "trainees",
        }.get(host.indicator, "")

    def _host(self, one: Candidate, place: int) -> Candidate | None:
        """The events right before it that bring such people along; people told in between do not part them."""
        for number in range(place - 1, max(place - 4, -1), -1):
            before = self.found[number]
            if before.noun in (words.DELEGATION, words.CONFERENCE, words.COURSE, words.ONLINE):
                return before if self._people_of(before) and self._is_near(before, one) else None
        return None

    def _is_near(self, before: Candidate, one: Candidate) -> bool:
        gap = self.text[before.end : one.start]
        if len(gap) > 120 or re.search(r"[;\n]|\.(?=\s)", gap):
            return False
        if "(" in gap and ")" not in gap:
            return True
        verbs = [
            verb
            for verb in words.VERB.finditer(gap)
            if verb.lastgroup in ("send", "receive", "host", "sign", "give", "hold")
        ]
        return not verbs

    def _leads(self, one: Candidate, after: Candidate) -> bool:
        return LEADS_TO.match(self.text[one.end : after.start]) is not None

    def _before_stop(self, one: Candidate, place: int) -> bool:
        return re.search(r"[,;()]", self.text[one.end : place]) is None

    def _is_part(self, place: int) -> bool:
        one = self.found[place]
        first = self.found[place - 1].end if place else self.start
        if words.SUBSET.search(self.text, first, one.start):
            return True
        before = self.found[place - 1] if place else None
        gap = self.text[first : one.start]
        return bool(
            before
            and before.is_part
            and before.noun == one.noun
            and len(gap) < 60
            and not words.VERB.search(gap.replace(" có ", " "))
        )

    def _earlier(self, place: int, noun: str, indicator: str = "") -> Candidate | None:
        """The nearest whole before it of that noun, and of that indicator where one is asked for."""
        for before in reversed(self.found[:place]):
            if (
                before.noun == noun
                and not before.is_part
                and before.indicator
                and (not indicator or before.indicator == indicator)
            ):
                return before
        return None

    def _is_bare(self, one: Candidate) -> bool:
        """An entry of a list that says nothing but the number: "- 5 lớp tập huấn"."""
        return not self.text[self.start : one.start].strip(" -–+*") and len(one.tail) < 60
