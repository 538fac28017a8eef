"""Whose people a number counts: of delegations, conferences or courses. Tourists and members are none of these."""

from __future__ import annotations

import re

from . import words
from .beside import Beside
from .candidates import Candidate
from .places import COUNTRIES

ATTENDS = re.compile(
    r"(?: [\w-]+){0,14}? (?:(?:tham dự|dự|tham gia)|(?:to|to attend|attended|attending|took part in|participated in|"
    r"at))(?: (?:các|nhiều|hàng chục|những|the|many|various|numerous|several))? ?(?=\w)"
)
CERTIFIES = re.compile(
    r"\b(?:chứng (?:chỉ|nhận)|bằng tốt nghiệp|certificates?)(?: [\w-]+){0,8}? (?:cho|tới|đến|"
    r"to)(?: (?:toàn bộ|tất cả|all))? $"
)
CERTIFIED = re.compile(
    r"^[\w ]{0,40}\b(?:được (?:cấp|trao|phát|nhận)|nhận|received|were awarded|earned|obtained|"
    r"got|were given)(?: [\w-]+){0,3} (?:chứng (?:chỉ|nhận)|certificates?)"
)
COURSE_WORDS = re.compile(r"\b(?:lớp|khóa|tập huấn|đào tạo|bồi dưỡng|courses?|training|trained|class(?:es)?)\b")
SENT_BEHIND = re.compile(r"\b(?:được |đã )?(?:cử|cử đi|cử sang)(?= )|\bwere sent\b")
SENT_TO = re.compile(r"\b(?:sang|đi|tại|đến|tới|to|in)\b")


class People(Beside):
    """Each method says the indicators of a candidate of its noun: one, two where one number is both, or none."""

    def _people(self, one: Candidate, place: int) -> list[str]:
        if certified := self._certified(one):
            return certified
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if after and self._leads(one, after) and (host := self._people_of(after)):
            one.host = after
            return [host]
        if attended := ATTENDS.match(self.text, one.end, self.end):
            gathering = next(pattern for kind, pattern in words.NOUNS if kind == words.CONFERENCE).match(
                self.text, attended.end(), self.end
            )
            if gathering and self._before_stop(one, attended.end()):
                return [self._people_at(gathering)]
        if host := self._host(one, place):
            one.host = host
            return [self._people_of(host)]
        if (
            self._sent_to_country(one)
            or words.OUT_TAIL.search(one.tail)
            or words.OUT_TAIL.search(one.label)
            or re.search(r"đoàn ra", one.label + one.tail)
        ):
            return ["officials_out"]
        if one.verb == "train" or (
            one.verb in ("hold", "give") and COURSE_WORDS.search(self.text, max(self.start, one.start - 80), one.start)
        ):
            return (
                ["trainees"]
                if re.search(
                    r"\b(?:cho|for|trained|đào tạo|tập huấn|bồi dưỡng) $",
                    self.text[max(self.start, one.start - 30) : one.start],
                )
                else []
            )
        return []

    def _sent_to_country(self, one: Candidate) -> bool:
        """ "cử 7 cán bộ sang Lào", "64 lượt cán bộ … được cử đi học tập tại Trung Quốc"."""
        behind = re.split(r"[;.(]", self.text[one.end : min(self.end, one.end + 140)])[0]
        sent = SENT_BEHIND.search(behind)
        to = behind[sent.end() :] if sent else one.reach if one.verb == "send" else ""
        return SENT_TO.search(to) is not None and COUNTRIES.search(to) is not None

    def _people_at(self, gathering: re.Match) -> str:
        said = gathering[0] + re.split(r"[,;.(]", self.text[gathering.end() : min(self.end, gathering.end() + 60)])[0]
        if re.search(r"trong và ngoài nước", said):
            return ""
        if words.IS_ABROAD.search(said) or COUNTRIES.search(said):
            return "officials_conferences_abroad"
        return "officials_conferences_home" if words.IS_HOME.search(said) else ""

    def _guests(self, one: Candidate, place: int) -> list[str]:
        after = self.found[place + 1] if place + 1 < len(self.found) else None
        if after and after.indicator == "delegations_in" and self._leads(one, after):
            one.host = after
            return ["guests_in"]
        host = self._host(one, place) or (
            self._earlier(place, words.DELEGATION, "delegations_in") if one.label else None
        )
        if host and host.indicator == "delegations_in":
            one.host = host
            return ["guests_in"]
        if re.search(r"đoàn vào|inbound", one.label + one.tail):
            return ["guests_in"]
        one.refused = "tourists"
        return []

    def _trainees(self, one: Candidate, place: int) -> list[str]:
        if certified := self._certified(one):
            return certified
        sentence = self.text[self.start : self.end]
        if self._host(one, place) or one.label or one.verb in ("train", "give") or COURSE_WORDS.search(sentence):
            return ["trainees"]
        return []

    def _certified(self, one: Candidate) -> list[str]:
        """Who was given certificates was a trainee: one number, two figures."""
        before = self.text[max(self.start, one.start - 70) : one.start]
        return ["certificates", "trainees"] if CERTIFIES.search(before) or CERTIFIED.match(one.tail) else []

    def _certificates(self, one: Candidate, place: int) -> list[str]:
        return ["certificates"] if one.verb or one.label or self._is_bare(one) else []
