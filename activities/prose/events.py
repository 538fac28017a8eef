"""Which events a number counts: delegations, conferences, courses, talks, agreements, partners. Never guesses."""

from __future__ import annotations

import re

from . import words
from .beside import Beside
from .candidates import Candidate
from .places import COUNTRIES, FOREIGN

TO_COUNTRY = re.compile(r"\b(?:sang|đi|đến|tới|tại|ở|thăm|to|in|at|visit(?:ed|ing)?|ra)\b")
TO_CONFERENCE = re.compile(
    r"\b(?:dự|tham dự|tham gia|to|attend(?:ed|ing)?)\b.{0,40}\b(?:hội nghị|hội thảo|diễn đàn|"
    r"đại hội|khóa họp|conference|congress|forum)\b"
)
NOT_TREATIES = re.compile(
    r"\b(?:thỏa ước|giao ước|collective (?:labou?r |bargaining )?agreements?|phúc lợi|"
    r"quy chế phối hợp|chương trình phối hợp)\b"
)
TOPIC = re.compile(r"(?<!\w)(?:(?P<out>đoàn ra|outbound delegations)|đoàn vào|inbound delegations)(?!\w)")
TOTAL = re.compile(r"\b(?:tổng cộng|in all|in total|altogether|tất cả)\b")
EVENTS = (words.DELEGATION, words.CONFERENCE, words.COURSE, words.MEETING)


class Events(Beside):
    """Each method says the indicators of a candidate of its noun: one, or none where no sure sign is there."""

    def _delegation(self, one: Candidate, place: int) -> list[str]:
        shown = self.text[one.start : one.end]
        direction = self._direction(one, shown)
        if not direction and (one.is_part or one.verb in ("have", "")):
            earlier = self._earlier(place, words.DELEGATION)
            if earlier and earlier.indicator and one.is_part:
                direction, one.whole = earlier.indicator.removeprefix("delegations_").removesuffix("_online"), earlier
        if not direction:
            one.refused = "delegation"
            return []
        if one.is_part and one.whole is None:
            one.whole = self._earlier(place, words.DELEGATION, f"delegations_{direction}")
        if direction == "out" and words.IS_ONLINE.search(shown + one.tail + self._told_behind(place)):
            one.whole = one.whole or self._earlier(place, words.DELEGATION, "delegations_out")
            return ["delegations_out_online"]
        return [f"delegations_{direction}"]

    def _direction(self, one: Candidate, shown: str) -> str:
        """Out, in or neither: the noun says it, else the verb where other countries are meant, else where it goes."""
        if re.search(r"\bđoàn ra\b|\b(?:outbound|outgoing|abroad|overseas$)\b", shown):
            return "out"
        if re.search(r"\bđoàn vào\b|\b(?:inbound|incoming|visiting)\b", shown):
            return "in"
        if words.AT_HOME.search(one.tail) and not (COUNTRIES.search(one.tail) or words.IS_ABROAD.search(one.tail)):
            one.refused = "domestic"
            return ""
        goes = words.OUT_TAIL.search(one.tail) or re.search(r"(?:công tác|đi|ra) nước ngoài", shown)
        if one.verb == "send":
            return "out" if goes or self._abroad(one) or self.is_foreign else ""
        if topic := self._topic(one):
            return topic
        if one.verb in ("receive", "host"):
            return "in" if self.is_foreign else ""
        if goes or self._abroad(one):
            return "out"
        comes = re.search(
            r"\b(?:khách|quốc tế|nước ngoài|foreign|international|overseas)\b", shown
        ) or words.IN_TAIL.search(one.tail)
        return "in" if comes and one.verb != "attend" else ""

    def _topic(self, one: Candidate) -> str:
        """What the clause is about where its verb says no direction: "Đoàn ra năm 2024 có 5 đoàn"."""
        if one.verb not in ("have", "") or one.is_part:
            return ""
        first = max(
            self.start, self.text.rfind(";", self.start, one.start), self.text.rfind(",", self.start, one.start)
        )
        found = list(TOPIC.finditer(self.text, first, one.start))
        return ("out" if found[-1]["out"] else "in") if found else ""

    def _abroad(self, one: Candidate) -> bool:
        tail = one.tail
        to = TO_COUNTRY.search(one.reach)
        if to and COUNTRIES.search(one.reach, to.start()) and not re.search(r"đến từ|\bfrom\b", tail):
            return True
        if TO_CONFERENCE.search(tail) and (
            words.IS_INTERNATIONAL.search(tail) or words.IS_ABROAD.search(tail) or COUNTRIES.search(tail)
        ):
            return True
        return one.verb == "send" and words.IS_ABROAD.search(tail) is not None

    def _online(self, one: Candidate, place: int) -> list[str]:
        """ "4 of them online", "5 of which came from …": a part of the events told before."""
        before = next(
            (other for other in reversed(self.found[:place]) if other.indicator and other.noun in EVENTS), None
        )
        if before is None:
            return []
        one.whole, one.is_part = before, True
        is_online = words.IS_ONLINE.search(self.text[one.start : one.end] + one.tail)
        return ["delegations_out_online" if is_online and before.indicator == "delegations_out" else before.indicator]

    def _conference(self, one: Candidate, place: int) -> list[str]:
        said = self.text[one.start : one.end] + one.tail
        if one.is_part:
            one.whole = self._earlier(place, words.CONFERENCE)
            if one.whole and one.whole.indicator:
                return [one.whole.indicator]
        abroad, home = words.IS_ABROAD.search(said), words.IS_HOME.search(said)
        if re.search(r"trong và ngoài nước|at home and abroad", said) or (abroad and home):
            one.refused = "both"
            return []
        if (
            one.verb in ("attend", "send", "have", "")
            and (abroad or home)
            and (one.verb in ("attend", "send") or self._brings_people(place))
        ):
            return ["conferences_abroad" if abroad else "conferences_home"]
        to = TO_COUNTRY.search(said)
        if one.verb in ("attend", "send") and to and COUNTRIES.search(said, to.start()):
            return ["conferences_abroad"]
        if one.verb in ("host", "hold") and not abroad and self._is_international(said, home is not None):
            return ["conferences_hosted"]
        one.refused = "conference"
        return []

    def _is_international(self, said: str, at_home: bool) -> bool:
        """Whether a conference of ours counts: one in the country only where it is called international."""
        if at_home and not re.search(r"quốc tế|international", said):
            return False
        return words.IS_INTERNATIONAL.search(said) is not None or COUNTRIES.search(said) is not None

    def _brings_people(self, place: int) -> bool:
        before = self.found[place - 1] if place else None
        return before is not None and before.noun == words.PEOPLE and self._leads(before, self.found[place])

    def _course(self, one: Candidate, place: int) -> list[str]:
        if re.search(
            r"tại cơ sở|tại (?:các )?doanh nghiệp|cấp cơ sở|cho công nhân|tại nơi làm việc|at the workplace", one.reach
        ):
            one.refused = "domestic"
            return []
        return ["courses"]

    def _meeting(self, one: Candidate, place: int) -> list[str]:
        shown = self.text[one.start : one.end]
        sure = re.search(r"hội đàm|xã giao|hội kiến|talks|courtesy", shown)
        is_ours = sure or FOREIGN.search(shown + one.tail)
        return ["meetings"] if is_ours and one.verb != "attend" else []

    def _agreement(self, one: Candidate, place: int) -> list[str]:
        said = self.text[one.start : one.end] + one.tail
        if NOT_TREATIES.search(said) or not (
            one.verb == "sign" or re.search(r"được ký|signed", one.tail + one.label) or "ký" in one.label
        ):
            return []
        sure = re.search(r"quốc tế|ghi nhớ|ý định thư|international|memorand|mou|letters? of intent", said)
        return ["agreements_signed"] if sure or self.is_foreign else []

    def _partners(self, one: Candidate, place: int) -> list[str]:
        if words.STOCK.search(self.text, self.start, one.start):
            one.refused = "stock"
            return []
        works = re.search(
            r"(?:hợp tác|làm việc|phối hợp|liên kết|worked|cooperat\w+|working)[\w ]{0,30}(?:với|with) $",
            self.text[max(self.start, one.start - 60) : one.start],
        )
        return ["partners"] if one.verb == "work" or one.label or works else []

    def _countries(self, one: Candidate, place: int) -> list[str]:
        if words.STOCK.search(self.text, self.start, one.start):
            one.refused = "stock"
            return []
        before = self.found[place - 1] if place else None
        if (
            before
            and before.indicator in ("partners", "delegations_out", "delegations_in", "officials_out")
            and self._is_near(before, one)
        ):
            return ["countries"]
        return ["countries"] if one.verb == "work" and (before is None or one.verb_at > before.start) else []

    def _activities(self, one: Candidate, place: int) -> list[str]:
        shown = self.text[one.start : one.end]
        if FOREIGN.search(shown):
            return ["activities"]
        around = self.text[max(self.start, one.start - 30) : one.start] + one.tail
        return ["activities"] if TOTAL.search(around) and self.is_foreign else []
