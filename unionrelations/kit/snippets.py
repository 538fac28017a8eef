"""The piece of a long text in which words were found, with the words marked. Never searches: the database did."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .folding import fold

AROUND = 70  # characters shown on either side of the first word
LONGEST = 220  # characters of the whole piece


def snippet(text: str, folded: str, wanted: list[str]) -> SafeString | str:
    """`folded` is the text as `fold` leaves it, line by line, `wanted` the folded words; "" where it holds none."""
    counts = [sum(word in line for word in wanted) for line in folded.split("\n")]
    most = max(counts, default=0)
    if not most:
        return ""
    line = text.split("\n")[counts.index(most)]
    spans = _spans(line, wanted)
    if not spans:
        return ""
    start = max(0, spans[0][0] - AROUND)
    end = min(len(line), max(spans[0][1] + AROUND, start + LONGEST))
    while start and not line[start - 1].isspace() and start < spans[0][0]:
        start += 1
    while end < len(line) and not line[end].isspace() and end > spans[0][1]:
        end -= 1
    return _marked(line, start, end, [one for one in spans if one[1] <= end])


def _marked(line: str, start: int, end: int, spans: list[tuple[int, int]]) -> SafeString:
    pieces, at = [], start
    for first, last in spans:
        pieces.append(format_html("{}<mark>{}</mark>", line[at:first], line[first:last]))
        at = last
    pieces.append(format_html("{}", line[at:end]))
    whole = format_html_join("", "{}", ((one,) for one in pieces))
    return format_html("{}{}{}", "…" if start else "", whole, "…" if end < len(line) else "")


def _spans(line: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in the line as it is written: first and one past the last character, in order, apart."""
    letters, places = _letters(line)
    found = []
    for word in wanted:
        at = letters.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word)]))
            at = letters.find(word, at + len(word))
    found.sort(key=lambda span: (span[0], -span[1]))
    apart: list[tuple[int, int]] = []
    for span in found:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def _letters(line: str) -> tuple[str, list[int]]:
    """The line folded letter by letter, and for each letter the place it has in the line; one place more for the end.

    A mark belongs to the letter before it, a hyphen inside a word to neither side.
    """
    letters, places = [], []
    for place, (one, after) in enumerate(pairwise(f"{line} ")):
        if unicodedata.combining(one):
            continue
        bare = fold(one)
        if not bare and one in "-‐‑‒–" and letters and letters[-1] != " " and after.isalnum():
            continue
        for letter in bare or " ":
            letters.append(letter)
            places.append(place)
    return "".join(letters), [*places, len(line)]
