"""Whose figure a number is: who acts before it, who owns its words, who reports, or who is named for it behind.

A body that is nobody of ours is an answer too; its figures are not told.
"""

from __future__ import annotations

import re

from .candidates import Candidate
from .held import Found, Held, ReadSentence
from .speakers import HEADLESS, OTHER, OURS, Mention

OWNS = (" của ", " of ", " of the ", " by ", " by the ", " do ")
BY_WHOM = re.compile(r"\b(?:by|được|for|(?:đều|tất cả|cùng) do)(?: the)? $")
ACCORDING = re.compile(
    r"(?:according to|(?:said|reported|announced)(?: by)?|theo(?: báo cáo của| số liệu của| thống kê của)?|nguồn:?|"
    r"source:?)(?: the)? $"
)
SAYS_SO = re.compile(r" (?:reported|said|cho biết|báo cáo|cho hay|thông tin|announced)\b")
OF_WHOM = re.compile(r"(?:của|of)(?: the)? $")
LONGEST_WAY = 110  # characters between a number and who is named for it behind


def body_of(text: str, read: ReadSentence, one: Candidate, host: Found | None, held: Held) -> Mention | None:
    """`host` are the events it came along with, whose figure it then is too."""
    if host and host.body:
        return host.body
    inside = [body for body in read.mentions if one.start <= body.start and body.end <= one.end and body.kind == OURS]
    if inside:
        return inside[-1]
    before = [body for body in read.mentions if body.end <= one.start]
    acting = [body for body in before if body.acts]
    if owner := _owner(text, read, one):
        return owner
    if acting and acting[-1].kind != HEADLESS:
        return acting[-1]
    ours = [body for body in before if body.kind == OURS and (body.acts or body.reports)]
    if ours:
        return ours[-1]
    if behind := _behind(text, read, one):
        return behind
    if held.paragraph.body and not (acting and held.paragraph.body.kind == OTHER):
        return held.paragraph.body
    return (
        _owning(text, before)
        or _acting_behind(text, read, one)
        or held.heading_body()
        or held.default_body
        or held.last.body
    )


def _owner(text: str, read: ReadSentence, one: Candidate) -> Mention | None:
    """The body right behind outbound words: "6 đoàn ra của …"; behind inbound ones it is the guest."""
    if one.indicator.startswith(("delegations_in", "guests", "partners", "agreements")):
        return None
    for body in read.mentions:
        if one.end <= body.start <= one.end + 9 and body.kind == OURS and text[one.end : body.start] in OWNS:
            return body
    return None


def _behind(text: str, read: ReadSentence, one: Candidate) -> Mention | None:
    """The body named behind for what stands before: by whom, according to whom, or in brackets at the end."""
    for body in (body for body in read.mentions if body.start >= one.end):
        between = text[one.end : body.start]
        if len(between) < LONGEST_WAY and ";" not in between and BY_WHOM.search(between):
            return body
        if SAYS_SO.match(text[body.end : read.sentence.end]) or (body.kind == OURS and ACCORDING.search(between)):
            return body
        if between.rstrip().endswith("(") and ")" in text[body.end : read.sentence.end] and _is_only(read, body):
            return body
    return None


def _acting_behind(text: str, read: ReadSentence, one: Candidate) -> Mention | None:
    """A union of ours that acts only behind the number: "Bên cạnh 7 đoàn ra, …"."""
    for body in read.mentions:
        if body.start >= one.end and body.kind == OURS and body.acts:
            return None if ";" in text[one.end : body.start] else body
    return None


def _is_only(read: ReadSentence, body: Mention) -> bool:
    return body.kind == OURS and sum(other.kind == OURS for other in read.mentions) == 1


def _owning(text: str, before: list[Mention]) -> Mention | None:
    """A union of ours named only as whose something is: "cán bộ của …"."""
    some = [body for body in before if body.kind == OURS and OF_WHOM.search(text, max(body.start - 9, 0), body.start)]
    return some[-1] if some else None
