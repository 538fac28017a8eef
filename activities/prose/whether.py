"""Whether a number is a figure at all, or of a rule, a comparison or a measure; and whether it is done or planned."""

from __future__ import annotations

import re

from . import words
from .candidates import Candidate
from .held import Held
from .layout import Sentence
from .numbers import MORE, VAGUE

SAID_PLAN = re.compile(
    r"^[\w ]{0,20}\(?(?:dự kiến|theo kế hoạch|planned|expected)\b|^[^,;.]{0,40}\b(?:are|is) planned\b"
)
LOOSE = re.compile(r"nhiều|many|several|numerous")
STRONG = re.compile(r"đoàn ra|đoàn vào|lượt|outbound|inbound|person-trip")


def refusal(text: str, sentence: Sentence, one: Candidate) -> str:
    """What a number is instead of a figure; empty where nothing speaks against it."""
    first = max(sentence.start, text.rfind(";", sentence.start, one.start) + 1)
    before, after = text[first : one.start], text[one.end : min(sentence.end, one.end + 60)]
    if words.LIMIT.search(before) or words.LIMIT_AFTER.match(after):
        return "limit"
    if one.number.qualifier != MORE and words.COMPARED_BEFORE.search(before):
        return "comparison"
    if words.COMPARED_AFTER.match(after):
        return "comparison"
    if words.TIMES_AFTER.match(text[one.number.end : one.number.end + 12]):
        return "measure"
    if one.number.qualifier == VAGUE:
        # "Many" says something only beside a noun that can be nothing else; "hundreds" beside any.
        shown = text[one.start : one.end]
        return "vague" if LOOSE.match(shown) and not STRONG.search(shown) else ""
    return ""


def is_planned(text: str, sentence: Sentence, one: Candidate, held: Held) -> bool:
    before = words.NOT_PLANNED.sub(lambda found: "·" * len(found[0]), text[sentence.start : one.start])
    if SAID_PLAN.match(text[one.end : min(sentence.end, one.end + 60)]):
        return True
    marks = list(words.PLANNED.finditer(before))
    if marks:
        return words.DONE.search(before, marks[-1].end()) is None
    return held.is_plan and words.DONE.search(before) is None
