"""The headings of a table: where on a sheet they stand, over how many lines, and what they say of each column.

Known words decide where they can; the shape of the lines decides elsewhere. Never reads what stands under them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from .books import Line, Merge, Sheet, Value, in_letters
from .wording import COUNTERS, LONGEST_HEADING, could_head, folded, is_counter

MOST_LEVELS = 3  # lines of headings
MOST_TITLES = 100  # lines above unknown headings; known ones are found anywhere
LOOK_AHEAD = 30  # lines under a candidate that are looked at
COVERED = 0.6  # the share of a table's columns its headings must name
TITLE_WORDS = ("danh sach", "bao cao", "thong ke", "bieu ", "phu luc", "tong hop", "list of", "report")


@dataclass
class Heading:
    """One column: its place from 0, and what stands above it from the top level down; without parts, no heading."""

    position: int
    parts: tuple[str, ...]

    @property
    def letter(self) -> str:
        return in_letters(self.position)

    @property
    def text(self) -> str:
        return " / ".join(self.parts)


@dataclass
class Head:
    """The lines of headings of one table, by their place among the sheet's lines."""

    first: int
    last: int
    headings: list[Heading]
    levels: list[dict[int, str]] = field(default_factory=list)  # each line as it stands there, folded

    @cached_property
    def positions(self) -> list[int]:
        return [heading.position for heading in self.headings]

    @cached_property
    def counter(self) -> int | None:
        """The column that numbers the lines."""
        return next((one.position for one in self.headings if one.parts and folded(one.parts[-1]) in COUNTERS), None)


class Heads:
    """Finds the headings on one sheet."""

    def __init__(self, sheet: Sheet, vocabulary: Collection[str]) -> None:
        self.lines = sheet.lines
        self.known = COUNTERS | {" ".join(word.split()) for word in vocabulary}
        self.merges: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            self.merges.setdefault(merge[0], []).append(merge)

    def at(self, index: int, start: int) -> Head | None:
        """The headings whose surest line is this one; lines before `start` belong to something else."""
        if self.sure(index):
            return self._head(self._upwards(index, start), index)
        return self._head(index, index) if index - start < MOST_TITLES and self.by_shape(index) else None

    def sure(self, index: int) -> bool:
        """Whether the line holds words that are known as headings, or begins with one for numbers of lines."""
        filled = _filled(self.lines[index])
        if len(filled) < 2 or not isinstance(filled[0][1], str):
            return False
        if folded(filled[0][1]) not in COUNTERS and not self._knows_half([value for _column, value in filled]):
            return False
        return all(map(self._could_head, filled))

    def _knows_half(self, values: list[Value]) -> bool:
        """Stops as soon as too many are unknown: most lines are rows, and every one is asked."""
        known, unknown = set(), 0
        for value in values:
            if isinstance(value, str) and len(value) <= LONGEST_HEADING and (word := folded(value)) in self.known:
                known.add(word)
            else:
                unknown += 1
                if unknown * 2 > len(values):
                    return False
        return len(known) >= 2 and len(known) * 2 >= len(values)

    def _could_head(self, filled: tuple[int, Value]) -> bool:
        _column, value = filled
        return could_head(value) or (isinstance(value, str) and folded(value) in self.known)

    def by_shape(self, index: int) -> bool:
        """Whether unknown short words name most of the columns that are filled below."""
        columns = self._heading_columns(index)
        if not columns:
            return False
        below = []
        for line in self.lines[index + 1 : index + 1 + LOOK_AHEAD]:
            if len(_filled(line)) > 1 and self.sure(index + 1 + len(below)):
                break
            below.append(line)
        wide = [line for line in below if len(_filled(line)) > 1]
        if not wide:
            return len(columns) > 2 and not any(
                len(_filled(one)) > 1 for one in self.lines if one.number != self.lines[index].number
            )
        if wide[0].number - self.lines[index].number > 1 + MOST_LEVELS:
            return False
        used = Counter(column for line in wide for column, _value in _filled(line))
        often = {column for column, times in used.items() if times >= len(wide) * 0.4}
        return len(columns & often) >= max(min(3, len(often)), len(often) * COVERED)

    def _heading_columns(self, index: int) -> set[int]:
        line = self.lines[index]
        filled = _filled(line)
        if len(filled) < 2 or not isinstance(filled[0][1], str) or not all(map(self._could_head, filled)):
            return set()
        if len({str(value) for _column, value in filled}) < len(filled) * 0.8:
            return set()
        columns = {column for column, _value in filled}
        for top, left, _bottom, right in self.merges.get(line.number, ()):
            if top == line.number and left in columns and right - left < 100:
                columns |= set(range(left, right + 1))
        return columns

    def _upwards(self, index: int, start: int) -> int:
        """The line above, where it names groups of the columns: merged over some of them, or two such words."""
        if index <= start or self.lines[index - 1].number != self.lines[index].number - 1:
            return index
        above = _filled(self.lines[index - 1])
        columns = [column for column, _value in _filled(self.lines[index])]
        if not all(could_head(value) and not folded(str(value)).startswith(TITLE_WORDS) for _c, value in above):
            return index
        spans = {left: right for _top, left, _bottom, right in self.merges.get(self.lines[index - 1].number, ())}
        over_some = all(
            column in spans and columns[0] <= column and (column, spans[column]) != (columns[0], columns[-1])
            and spans[column] <= columns[-1] and spans[column] > column
            for column, _value in above
        )  # fmt: skip
        return index - 1 if over_some else index

    def _head(self, first: int, sure: int) -> Head:
        last = sure
        while last + 1 < len(self.lines) and last + 1 - first < MOST_LEVELS and self._continues(first, last):
            last += 1
        levels = [self._level(index) for index in range(first, last + 1)]
        told = _spread(levels, self._covered(first, last))
        columns = sorted({column for level in told for column in level})
        headings = [Heading(column, _parts([level.get(column) for level in told])) for column in columns]
        plain = [{column: folded(words) for column, words in level.items()} for level in levels]
        return Head(first, last, headings, plain)

    def _level(self, index: int) -> dict[int, str]:
        return {column: " ".join(str(value).split()) for column, value in _filled(self.lines[index])}

    def _covered(self, first: int, last: int) -> list[dict[int, str]]:
        """For each line of headings what merged cells put in each column."""
        numbers = [self.lines[index].number for index in range(first, last + 1)]
        covered: list[dict[int, str]] = [{} for _number in numbers]
        for place, number in enumerate(numbers):
            level = self._level(first + place)
            for _top, left, bottom, right in self.merges.get(number, ()):
                if left not in level or right - left > 200:
                    continue
                for line, below in enumerate(numbers[place:], place):
                    if below <= bottom:
                        covered[line] |= dict.fromkeys(range(left, right + 1), level[left])
        return covered

    def _continues(self, first: int, last: int) -> bool:
        """Whether the next line is one more level: its words stand under others that span several columns."""
        line, above = self.lines[last + 1], self.lines[last]
        if line.number != above.number + 1:
            return False
        merges = [merge for index in range(first, last + 1) for merge in self.merges.get(self.lines[index].number, ())]
        filled = _filled(line)
        if not all(could_head(value) and not is_counter(value) for _column, value in filled):
            return False
        top = _filled(self.lines[first])
        heads = {column for column, _value in top}
        tall = any(left in heads and bottom >= line.number for _top, left, bottom, _right in merges)
        under = {
            c for _t, left, _b, right in merges if right - left < 200 for c in range(left, right + 1) if right > left
        }
        columns = [column for column, _value in filled]
        if tall or under:
            free = under | ({*range(columns[0], columns[-1] + 1)} - {column for column, _value in _filled(above)})
            return all(column in free for column in columns) and bool(under & {*columns})
        return self._continues_unmerged(columns, {column for column, _v in _filled(above)}, heads)

    @staticmethod
    def _continues_unmerged(columns: list[int], above: set[int], heads: set[int]) -> bool:
        """Where nothing is merged, as in plain text: the words fill the gap behind a heading, none before it."""
        if len(columns) < 2 or columns[0] == min(heads):
            return False
        parents = {column for column in above if column + 1 not in above}
        gaps = [column for column in columns if column not in above]
        return (
            bool(gaps)
            and all(column in parents or column not in above for column in columns)
            and (columns[0] in parents or columns[0] - 1 in above)
        )


def _filled(line: Line) -> list[tuple[int, Value]]:
    return [(column, value) for column, value in enumerate(line.cells) if value is not None]


def _spread(levels: list[dict[int, str]], covered: list[dict[int, str]]) -> list[dict[int, str]]:
    """Each level with its words over every column they stand for."""
    told = [{**over, **level} for level, over in zip(levels, covered, strict=True)]
    for place, level in enumerate(told[:-1]):
        below = {column for other in levels[place + 1 :] for column in other}
        for column in sorted(below):
            before = level.get(column - 1)
            same_parent = place == 0 or told[place - 1].get(column) == told[place - 1].get(column - 1)
            if column not in level and before is not None and same_parent and column - 1 in below:
                level[column] = before
    return told


def _parts(levels: list[str | None]) -> tuple[str, ...]:
    parts: list[str] = []
    for words in levels:
        if words is not None and (not parts or folded(parts[-1]) != folded(words)):
            parts.append(words)
    return tuple(parts)
