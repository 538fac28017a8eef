"""Which indicator each number of a sentence is of, from the words around it. Without a sure sign it is none."""

from __future__ import annotations

import re

from . import words
from .events import Events
from .people import People

PASSIVE = re.compile(
    r"^(?:[\w ]{0,40}?\b(?:were|was|have been|had been|được|đã được)(?: [\w]+){0,4}? ?| (?:that|"
    r"which)(?: \w+){1,3} | (?=\w+(?: abroad| overseas| by| in\b|[.,;)]|$)))(?P<verb>sent|dispatched|received|welcomed|"
    r"hosted|held|organi[sz]ed|signed|attended|trained|cử|đón|tiếp|đăng cai|tổ chức|ký|issued|awarded)\b"
)
PASSIVES = {
    "sent": "send",
    "dispatched": "send",
    "cử": "send",
    "received": "receive",
    "welcomed": "receive",
    "đón": "receive",
    "tiếp": "receive",
    "hosted": "host",
    "đăng cai": "host",
    "held": "hold",
    "organized": "hold",
    "organised": "hold",
    "tổ chức": "hold",
    "signed": "sign",
    "ký": "sign",
    "attended": "attend",
    "trained": "train",
    "issued": "give",
    "awarded": "give",
}


class Meaning(Events, People):
    """Settles the candidates one after another, events first, since each may lean on those before."""

    def settle(self) -> None:
        for kinds in ((words.DELEGATION, words.ONLINE), (words.CONFERENCE, words.COURSE), (words.PARTNERS,)):
            self._each(kinds)
        rest = {one.noun for one in self.found} - {
            words.DELEGATION,
            words.ONLINE,
            words.CONFERENCE,
            words.COURSE,
            words.PARTNERS,
        }
        self._each(tuple(rest))

    def _each(self, kinds: tuple[str, ...]) -> None:
        for place, one in enumerate(self.found):
            if one.noun in kinds and not one.refused:
                verb = PASSIVE.match(self._told_behind(place))
                if verb and not one.label:
                    one.verb = PASSIVES.get(verb["verb"], one.verb)
                one.is_part = one.is_part or self._is_part(place)
                one.indicators = [name for name in getattr(self, f"_{one.noun}")(one, place) if name]
                if one.is_part and one.whole is None:
                    one.is_part, one.seeks_whole = False, True
