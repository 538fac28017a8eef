"""People pasted as a list, one a line: name, then title. Read into members and matched with those already stored.

Never counts anybody: whether a list is complete, its reader does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.models import Member
from unionrelations.kit.folding import fold
from unionrelations.kit.written.people import NUMBERING, evened, name_and_title

MOST_LINES = 500

PART_FIRST = re.compile(r"^(?P<part>trưởng đoàn|phiên dịch|head of delegation|interpreter)\s*[:–-]\s*", re.IGNORECASE)
COLUMN_HEADS = re.compile(r"(?:stt|tt) |(?:ho va ten|ho ten|full name|name)(?: chuc vu| chuc danh| title| position)?$")

INTERPRETING = re.compile(r"\s*[,;]\s*(?:phiên dịch|thông dịch|interpreter)$", re.IGNORECASE)  # after another title

HEADS = ("truong doan", "head of delegation", "head of the delegation")
INTERPRETERS = ("phien dich", "thong dich", "interpreter")


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    name: str
    title: str = ""
    is_head: bool = False
    is_interpreter: bool = False

    @classmethod
    def of(cls, member: Member) -> Person:
        return cls(member.name, member.title, member.is_head, member.is_interpreter)

    @property
    def line(self) -> str:
        told = fold(self.title)
        said = any(one in told for one in INTERPRETERS)
        return ", ".join(filter(None, (self.name, self.title, _("interpreter") * (self.is_interpreter and not said))))


def in_lines(members: Iterable[Member]) -> str:
    """The people as lines; read again, they are the same people."""
    return "\n".join(Person.of(one).line for one in sorted(members, key=lambda one: (not one.is_head, one.pk)))


def read_people(text: str, known: Iterable[Member] = ()) -> list[Person]:
    """The people of a list; a line that stands for one of `known` is that person, however odd the name.

    Raises ValidationError naming the line that is too long, or where two lines say who heads the delegation.
    """
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(most)d lines.") % {"most": MOST_LINES})
    as_shown: dict[str, list[Person]] = {}
    for one in known:
        as_shown.setdefault(evened(Person.of(one).line), []).append(replace(Person.of(one), is_head=False))
    read = (same.pop() if (same := as_shown.get(evened(line))) else _read_line(line) for line in lines)
    people = list({(one.name, one.title): one for one in read if one is not None}.values())
    if sum(one.is_head for one in people) > 1:
        raise ValidationError(_("Two lines say who heads the delegation. Leave it at one."))
    return people


def _read_line(line: str) -> Person | None:
    """None for the heads of columns and for what only introduces the list."""
    if COLUMN_HEADS.match(" ".join(fold(line).split())) or line.rstrip().endswith(":"):
        return None
    told = NUMBERING.sub("", unicodedata.normalize("NFC", line), count=1).strip()
    first = PART_FIRST.match(told)
    name, title = name_and_title(told[first.end() :] if first else told)
    if not name:
        return None
    parts = (fold(first["part"]) if first else "", fold(title))
    title = "" if parts[1] in (*HEADS, *INTERPRETERS) else INTERPRETING.sub("", title)
    _refuse_too_long(name, title)
    return Person(
        name,
        title,
        is_head=any(_names_head(one) for one in parts),
        is_interpreter=any(word in one for one in parts for word in INTERPRETERS),
    )


def _names_head(words: str) -> bool:
    """ "Phó trưởng đoàn" is the deputy."""
    return any(re.search(rf"(?<!pho )(?<!deputy )\b{one}\b", words) for one in HEADS)


def _refuse_too_long(name: str, title: str) -> None:
    for field, words in (("name", name), ("title", title)):
        most = Member._meta.get_field(field).max_length or 0
        if len(words) > most:
            raise ValidationError(
                _("“%(begin)s…” is longer than %(most)d characters. Put name and title on one line, one person a line.")
                % {"begin": words[:40], "most": most}
            )


def keep_people(activity_id: int, people: Sequence[Person], *, first_heads: bool) -> None:
    """Makes the stored members those of the list. A row that stays keeps what lines do not show, such as its union.

    With `first_heads` the first line heads the delegation, unless another line says so, or nobody headed it before.
    """
    rows = list(Member.objects.filter(activity=activity_id).order_by("-is_head", "pk"))
    pairs = _paired(people, rows)
    stay = {row.pk for _person, row in pairs if row}
    Member.objects.filter(pk__in=[one.pk for one in rows if one.pk not in stay]).delete()
    head = _place_of_head(pairs, first_heads and (not rows or any(one.is_head for one in rows)))
    for place in sorted(range(len(pairs)), key=lambda place: place == head):  # the old head steps down before
        person, row = replace(pairs[place][0], is_head=place == head), pairs[place][1]
        if row is None or Person.of(row) != person:
            row = row or Member(activity_id=activity_id)
            row.name, row.title = person.name, person.title
            row.is_head, row.is_interpreter = person.is_head, person.is_interpreter
            row.save()


def _place_of_head(pairs: list[tuple[Person, Member | None]], first_heads: bool) -> int | None:
    """The line that says so, else the first where the place says it, else whoever headed it."""
    said = [place for place, (person, _row) in enumerate(pairs) if person.is_head]
    before = [place for place, (_person, row) in enumerate(pairs) if row and row.is_head]
    return next(iter(said or ([0] if first_heads and pairs else before)), None)


def _paired(people: Sequence[Person], rows: list[Member]) -> list[tuple[Person, Member | None]]:
    """Each line with its row: the same words, else the same name, else nearly the name at the same place."""
    found: dict[int, Member] = {}
    free = dict(enumerate(rows))
    for same in (
        lambda place, person, at, row: (person.name, person.title) == (row.name, row.title),
        lambda place, person, at, row: fold(person.name) == fold(row.name),
        lambda place, person, at, row: place == at and len(_words(person) & _words(row)) > 1,
    ):
        for place, person in enumerate(people):
            if place not in found:
                at = next((at for at, row in free.items() if same(place, person, at, row)), None)
                if at is not None:
                    found[place] = free.pop(at)
    return [(person, found.get(place)) for place, person in enumerate(people)]


def _words(one: Person | Member) -> set[str]:
    return set(fold(one.name).split())
