"""Where a name stands in a text, however its accents, case and blanks are written. Never knows whose text it is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from unionrelations.kit.folding import fold

MARKS = "[\u0300-\u036f]"
NUMBERED_MARKS = r"\\u03[0-6][0-9a-f]"
LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))  # where Vietnamese and its neighbours have their letters


def folded(name: str) -> str:
    """A name as it is compared: "Nguyễn  THỊ Lan" and "nguyen thi lan" are one."""
    return " ".join(fold(name).split())


def is_name(text: str, name: str) -> bool:
    """Whether the whole text is this name."""
    return bool(text) and folded(text) == folded(name)


def spots(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name stands in the text, as whole words, from and until."""
    wanted = folded(name)
    if not wanted:
        return
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        bare = fold(letter) if letter.isalnum() else "" if unicodedata.combining(letter) else " "
        if bare != " " or (letters and letters[-1] != " "):
            letters += bare
            places += [place] * len(bare)
    for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", "".join(letters)):
        end = places[found.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield places[found.start()], end


def replaced(text: str, name: str, by: str) -> str:
    """The text with other words wherever the name stood."""
    for start, end in reversed(list(spots(text, name))):
        text = text[:start] + by + text[end:]
    return text


def replaced_within(value, name: str, by: str):
    """The same in every text of a value as JSON has it, keys of objects too."""
    return _walked(value, lambda text: replaced(text, name, by))


def stands_within(value, name: str) -> bool:
    """Whether any text of a value as JSON has it names the person."""
    return any(any(spots(text, name)) for text in _texts(value))


def _walked(value, change: Callable[[str], str]):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_walked(one, change) for one in value]
    if isinstance(value, dict):
        return {change(key): _walked(one, change) for key, one in value.items()}
    return value


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from _texts([*value, *value.values()])


def pattern(name: str, *, in_json: bool = False) -> str:
    """A regular expression for the longest word of a name in any case and with any accents.

    Every text that names the person holds it, and databases can look for it; the exact comparison is then made here.
    In JSON, one database keeps letters and the other their numbers.
    """
    word = max(folded(name).split(), key=len, default="")
    marks = f"(?:{MARKS}|{NUMBERED_MARKS})*" if in_json else f"{MARKS}*"
    return "".join(_letter(one, in_json=in_json) + marks for one in word)


@cache
def _letter(bare: str, *, in_json: bool) -> str:
    alike = [chr(code) for code in LATIN if fold(chr(code)) == bare] or [bare, bare.upper()]
    letters = f"[{''.join(alike)}]"
    if not in_json:
        return letters
    numbered = "|".join(json.dumps(one)[3:-1] for one in alike if ord(one) > 127)
    return f"(?:{letters}|\\\\u(?:{numbered}))" if numbered else letters
