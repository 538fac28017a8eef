"""What stands under the headings of one table, line by line, until the next table. Never knows what a column means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .books import Line, Sheet, Value
from .headings import Head, Heads
from .wording import (
    LONGEST_GROUP,
    are_column_numbers,
    folded,
    is_counter,
    is_note,
    is_signature,
    is_total,
    mark_alone,
    mark_before_words,
)

Why: TypeAlias = Literal["group", "total", "note", "signature", "numbering", "heading"]
Filled: TypeAlias = Sequence[tuple[int, Value]]


@dataclass(slots=True)
class Found:
    """A line that was understood: a row, or what is skipped and why."""

    line: Line
    cells: tuple[Value, ...]
    why: Why | None = None  # None: a row
    groups: tuple[str, ...] = ()


class Body:
    """Reads on from the headings; `end` is the first line that belongs to the next table."""

    def __init__(self, sheet: Sheet, heads: Heads, head: Head) -> None:
        self.lines, self.merges, self.heads, self.head = sheet.lines, sheet.merges, heads, head
        self.columns, self.counter = head.positions, head.counter
        self.spans = {(top, left): right for top, left, _bottom, right in sheet.merges if right > left}
        self.fills = self._vertical()
        self.numbered = any(self._counts(line.cells) for line in self.lines[head.last + 1 :])
        self.found: list[Found] = []
        self.groups: list[tuple[str, str]] = []  # kind of mark and words, outermost first
        self.signing, self.after_heading = False, True
        self.left_over: list[int] = []
        self.end = self._read()
        self._settle_groups()

    @property
    def rows(self) -> list[Found]:
        return [one for one in self.found if one.why is None]

    @property
    def skipped(self) -> list[Found]:
        return [one for one in self.found if one.why is not None]

    @property
    def unheaded(self) -> list[int]:
        """Columns without a heading in which rows have values nonetheless."""
        headed = {*self.columns}
        used = {column for one in self.rows for column in range(len(one.cells)) if one.cells[column] is not None}
        return sorted(used - headed)

    def _read(self) -> int:
        for index in range(self.head.last + 1, len(self.lines)):
            line = self.lines[index]
            cells = self._with_fills(line)
            filled = [(column, value) for column, value in enumerate(cells) if value is not None]
            if why := self._of_headings(filled):
                self.found.append(Found(line, cells, why))
                continue
            if self._opens_another(index, filled):
                return self._hand_over(index)
            self.after_heading = False
            if self._is_bare_number(filled):
                continue
            found = Found(line, cells, self._why(index, filled))
            if found.why == "group":
                self._enter_group(words_of(line), filled)
            elif found.why is None:
                found.groups = tuple(words for _kind, words in self.groups)
            self.found.append(found)
        return len(self.lines)

    # --- Headings again, and the next table

    def _of_headings(self, filled: Filled) -> Why | None:
        """A repeated line of headings, as on each new page, or the numbers of columns under one."""
        if self.after_heading and are_column_numbers([value for _column, value in filled], len(self.columns)):
            return "numbering"
        if not all(isinstance(value, str) for _column, value in filled):
            return None
        if len(filled) < 2 and not self.after_heading:
            return None
        for level in self.head.levels:
            if filled[0][0] in level and folded(str(filled[0][1])) == level[filled[0][0]]:
                same = sum(level.get(column) == folded(str(value)) for column, value in filled)
                if same >= max(0.8 * len(filled), 0.8 * len(level)) and not self._says_otherwise(level, filled):
                    self.after_heading = True
                    return "heading"
        return None

    def _says_otherwise(self, level: dict[int, str], filled: Filled) -> bool:
        """Whether a known heading stands where these have another: the next table, however alike."""
        told = ((column, folded(str(value))) for column, value in filled)
        return any(words in self.heads.known and level.get(column, words) != words for column, words in told)

    def _opens_another(self, index: int, filled: Filled) -> bool:
        if len(filled) < 2 or not all(isinstance(value, str | int) for _column, value in filled):
            return False
        if self.heads.sure(index):
            return self.counter is None or not self._counts(self.lines[index].cells)
        if self.lines[index].number - self.lines[index - 1].number < 2 and not self._behind_title():
            return False
        columns = {column for column, _value in filled}
        unlike = columns != {*self.columns} or self.counter is not None
        following = self.lines[index + 1].cells if index + 1 < len(self.lines) else ()
        firm = any(value is not None and not isinstance(value, str) for value in following)
        return unlike and firm and not self._counts(self.lines[index].cells) and self.heads.by_shape(index)

    def _behind_title(self) -> bool:
        return bool(self.found) and self.found[-1].why in ("group", "note", "signature", "total")

    def _hand_over(self, index: int) -> int:
        """Gives the lines that announce the next table to it: words alone since the last row, as long as they fit."""
        numbers = {line.number: place for place, line in enumerate(self.lines[self.head.last : index], self.head.last)}
        while self.found and self.found[-1].why in ("group", "note", "signature"):
            last = self.found[-1]
            words = words_of(last.line)
            gap = self.lines[numbers[last.line.number] + 1].number - last.line.number > 1
            if is_note(words) or is_signature(words) or (gap and self.left_over and last.why != "group"):
                break
            self.left_over.insert(0, numbers[last.line.number])
            self.found.pop()
        return index

    # --- One line

    def _counts(self, cells: tuple[Value, ...]) -> bool:
        return self.counter is not None and self.counter < len(cells) and is_counter(cells[self.counter])

    def _is_bare_number(self, filled: Filled) -> bool:
        return len(filled) == 1 and filled[0][0] == self.counter and is_counter(filled[0][1])

    def _why(self, index: int, filled: Filled) -> Why | None:
        line = self.lines[index]
        counts = self._counts(line.cells)
        words = next((str(value) for _c, value in filled if isinstance(value, str) and not is_counter(value)), "")
        if words and is_total(words) and self._stands_first(filled, words):
            return "total"
        if self.signing and not self._is_certainly_row(filled, counts):
            return "signature"
        if not counts and self._signs(filled):
            self.signing = True
            return "signature"
        self.signing = False
        if not counts and len(filled) <= 2 and words and filled[0][1] == words and is_note(words):
            return "note"
        return self._group_or_row(index, filled, words)

    def _stands_first(self, filled: Filled, words: str) -> bool:
        place = next(column for column, value in filled if value == words)
        return place <= self.columns[min(3, len(self.columns) - 1)]

    def _is_certainly_row(self, filled: Filled, counts: bool) -> bool:
        return (counts and len(filled) > 2) or len(filled) >= max(4, len(self.columns) * 0.6)

    def _signs(self, filled: Filled) -> bool:
        """Words of a signature: in every cell of a short line, or in a line that leaves most columns empty."""
        if not all(isinstance(value, str) for _column, value in filled) or len(filled) > 4:
            return False
        signs = sum(is_signature(str(value)) for _column, value in filled)
        return signs == len(filled) or (signs > 0 and len(filled) * 2 <= len(self.columns))

    def _group_or_row(self, index: int, filled: Filled, words: str) -> Why | None:
        line = self.lines[index]
        column, value = filled[0]
        texts = [one for _column, one in filled if isinstance(one, str) and not is_counter(one)]
        if len(filled) == 1:
            if not isinstance(value, str):
                return None
            merged = self.spans.get((line.number, column), column) - column >= 2
            narrow = len(self.columns) < 3 and not (merged or mark_before_words(value))
            if narrow and column == self.columns[0]:
                return None
            early = column in self.columns[:3] or column < self.columns[0]
            return "group" if len(value) <= LONGEST_GROUP and (merged or early) else "note"
        if column not in (self.counter, self.columns[0]):
            return None
        if mark_alone(value) and column + 1 <= self.columns[-1] and len(texts) == 2:
            rest_counts = all(isinstance(one, int | float) or is_counter(one) for _column, one in filled[2:])
            if len(filled) == 2 or (rest_counts and self.numbered):
                return "group" if isinstance(filled[1][1], str) else None
        if is_counter(value) and len(filled) == 2 and isinstance(filled[1][1], str):
            return "group" if self._has_numbers_under(index, value) else None
        return None

    def _has_numbers_under(self, index: int, value: Value) -> bool:
        """Whether the next line is numbered as a part of this one: 1.1 under 1."""
        if index + 1 == len(self.lines) or self.counter is None:
            return False
        cells = self.lines[index + 1].cells
        following = str(cells[self.counter]) if self.counter < len(cells) else ""
        return following.startswith(f"{str(value).rstrip('.)')}.")

    # --- Groups

    def _enter_group(self, words: str, filled: Filled) -> None:
        """Opens a group, in place of the last one with the same kind of mark and of all inside that."""
        value = filled[0][1]
        kind = mark_alone(value) if len(filled) > 1 else mark_before_words(str(value))
        if not kind and len(filled) > 1 and is_counter(value):
            kind = "arabic"
        kind = kind or ("capitals" if words.isupper() else "words")
        kinds = [one for one, _words in self.groups]
        if kind == "letter" and "letter" not in kinds and "roman" in kinds and words[:1] in "IVX":
            kind = "roman"
        if kind in kinds:
            del self.groups[kinds.index(kind) :]
        self.groups.append((kind, words))

    def _settle_groups(self) -> None:
        """Unmarked words with no row under them announce nothing: a note at the end."""
        for one in reversed(self.found):
            if one.why is None:
                return
            if one.why == "group" and len(one.line.cells) and not self._marked(one.line):
                one.why = "note"

    @staticmethod
    def _marked(line: Line) -> bool:
        first = next(value for value in line.cells if value is not None)
        return isinstance(first, str) and bool(mark_alone(first) or mark_before_words(first))

    # --- Merged cells

    def _vertical(self) -> dict[int, dict[int, Value]]:
        """By row and column the value of a cell merged with those below. Each place is filled once."""
        numbers = [line.number for line in self.lines]
        below, columns = self.lines[self.head.last].number, {*self.columns}
        fills: dict[int, dict[int, Value]] = {}
        reached: dict[int, int] = {}
        for top, left, bottom, _right in sorted(self.merges):
            if bottom <= top or top <= below or left not in columns or top <= reached.get(left, 0):
                continue
            reached[left] = bottom
            first = bisect_right(numbers, top)
            cells = self.lines[first - 1].cells if first and numbers[first - 1] == top else ()
            if left < len(cells) and cells[left] is not None:
                for line in self.lines[first : bisect_right(numbers, bottom)]:
                    fills.setdefault(line.number, {})[left] = cells[left]
        return fills

    def _with_fills(self, line: Line) -> tuple[Value, ...]:
        fills = self.fills.get(line.number)
        if not fills:
            return line.cells
        cells = [*line.cells, *[None] * (max(fills) + 1 - len(line.cells))]
        for column, value in fills.items():
            if cells[column] is None:
                cells[column] = value
        return tuple(cells)


def words_of(line: Line) -> str:
    """What a line says, as one text."""
    shown = (getattr(value, "shown", value) for value in line.cells if value is not None)
    return " ".join(" ".join(str(one).split()) for one in shown)
