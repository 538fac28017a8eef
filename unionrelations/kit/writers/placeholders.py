"""What a template asks for, read paragraph by paragraph. Never fills anything in.

A template holds placeholders, may ask whether one is empty and go through a list row by row; each fault is named by
the very words it stands in, and where those stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from .official import PLACEHOLDERS

TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}")
STRAY = re.compile(r"(?:{[{%#]|[}%#]}).*")
WHERE = r"(?:(?:p|tr)\s+)?"  # a question about the whole paragraph or row it stands in
NAME = r"[^\W\d]\w*(?:\.\w+)?"  # a placeholder, or what the row a list has come to says
SHOW = re.compile(rf"{{{{(p\s)?\s*({NAME})\s*}}}}")  # with the p the whole paragraph is replaced: by the body
ASK = re.compile(rf"{{%{WHERE}\s*(el)?if\s+(\w[\w\s.]*?)\s*%}}")
EACH = re.compile(rf"{{%{WHERE}\s*for\s+(\w+)\s+in\s+(\w+)\s*%}}")
ELSE, END = re.compile(rf"{{%{WHERE}\s*else\s*%}}"), re.compile(rf"{{%{WHERE}\s*end(if|for)\s*%}}")
ALONE = re.compile(r"{%(p|tr)\s")  # takes its whole paragraph or row away
JOINING = {"and", "or", "not"}
SHOWN = 80  # characters of a faulty placeholder
READ_BESIDE = (KIND.HEADER, KIND.FOOTER, KIND.FOOTNOTES, KIND.ENDNOTES)


class TemplateFault(ValueError):
    """The template cannot be used; the text says why, in the reader's language."""


@dataclass(frozen=True)
class Vocabulary:
    """What a template may ask for: words, lists with what each of their rows says, and whether it has a body."""

    words: Collection[str]
    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    has_body: bool = False

    def knows(self, name: str) -> bool:
        return name in self.words or name in self.lists

    def names(self) -> str:
        return ", ".join((*self.words, *self.lists))


OF_REPORTS = Vocabulary(PLACEHOLDERS, has_body=True)


@dataclass(frozen=True)
class Words:
    """The words of one paragraph, where it stands, and the words of the row of a table it stands in, if any."""

    text: str
    place: str
    row: str | None = None


def check_placeholders(docx: Docx, vocabulary: Vocabulary = OF_REPORTS) -> None:
    """Raises TemplateFault at the first placeholder that is broken, unknown, or more than a placeholder."""
    properties = docx.core_properties
    said = (properties.author, properties.comments, properties.identifier, properties.subject, properties.title)
    beside = _("It stands in the properties of the file.")
    told = iter(Words(one, beside) for one in (*said, properties.language))
    for paragraphs in (_paragraphs(docx.element), *_beside(docx), told):
        _Reading(vocabulary).check(paragraphs)


def _beside(docx: Docx) -> Iterator[Iterator[Words]]:
    for relation in docx.part.rels.values():
        if relation.reltype in READ_BESIDE and not relation.is_external:
            place = _("It stands at the head or foot of the pages, or in a note.")
            yield _paragraphs(parse_xml(relation.target_part.blob), place)


def _paragraphs(root, place: str = "") -> Iterator[Words]:
    """The words of each paragraph, put together from the pieces Word splits them into."""
    words: dict = {}
    for piece in root.iter(qn("w:t")):
        words.setdefault(next(piece.iterancestors(qn("w:p")), None), []).append(piece.text or "")
    rows = list(root.iter(qn("w:tr")))
    tables = list(root.iter(qn("w:tbl")))
    for number, (paragraph, pieces) in enumerate(words.items(), start=1):
        row = next(paragraph.iterancestors(qn("w:tr")), None) if paragraph is not None else None
        if row is None:
            yield Words("".join(pieces), place or _("It stands in paragraph %(n)d.") % {"n": number})
            continue
        table = next(row.iterancestors(qn("w:tbl")))
        within = [one for one in rows if next(one.iterancestors(qn("w:tbl"))) is table]
        stands = _("It stands in table %(table)d, row %(row)d.") % {
            "table": tables.index(table) + 1,
            "row": within.index(row) + 1,
        }
        whole = "".join(one.text or "" for one in row.iter(qn("w:t")))
        yield Words("".join(pieces), place or stands, whole)


class _Reading:
    """One part of a template, read from its beginning to its end."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self.open: list[str] = []  # the questions and lists that have not ended yet
        self.row_of: dict[str, str] = {}  # the name a row goes by → its list

    def check(self, paragraphs: Iterator[Words]) -> None:
        place = ""
        for words in paragraphs:
            place = words.place
            try:
                self._check(words)
            except TemplateFault as fault:
                raise TemplateFault(f"{fault} {place}") from None
        if self.open:
            end = "endfor" if EACH.fullmatch(self.open[-1]) else "endif"
            raise TemplateFault(
                _("“%(text)s” has no {%% %(end)s %%} after it.") % {"text": self.open[-1][:SHOWN], "end": end}
            )

    def _check(self, words: Words) -> None:
        text = words.text
        stray = STRAY.search(TAG.sub(lambda tag: " " * len(tag[0]), text))
        if stray:
            raise TemplateFault(broken(text[stray.start() :]))
        for tag in TAG.findall(text):
            self._check_one(tag)
            takes = ALONE.match(tag)
            held = text if takes and takes[1] == "p" else words.row
            if takes and (held is None or held.strip() != tag):
                raise TemplateFault(
                    _("“%(text)s” stands alone in a paragraph, or with tr in a row of a table, of its own.")
                    % {"text": tag[:SHOWN]}
                )

    def _check_one(self, tag: str) -> None:
        if tag.startswith("{#"):
            return
        if shown := SHOW.fullmatch(tag):
            self._check_name(shown[2])
            if shown[1] and shown[2] != "body":
                raise TemplateFault(more_than_a_placeholder(tag))
        elif question := ASK.fullmatch(tag):
            for name in question[2].split():
                if name not in JOINING:
                    self._check_name(name)
            if question[1] and not self.open:
                raise TemplateFault(broken(tag))
            if not question[1]:
                self.open.append(tag)
        elif each := EACH.fullmatch(tag) if self.vocabulary.lists else None:
            self._begin(tag, each[1], each[2])
        elif ELSE.fullmatch(tag) or END.fullmatch(tag):
            self._end(tag)
        else:
            raise TemplateFault(more_than_a_placeholder(tag))

    def _begin(self, tag: str, row: str, rows: str) -> None:
        if rows not in self.vocabulary.lists:
            self._refuse(rows, ", ".join(self.vocabulary.lists))
        if self.row_of or self.vocabulary.knows(row) or row in JOINING:
            raise TemplateFault(broken(tag))  # one list at a time, and no row by the name of a placeholder
        self.row_of[row] = rows
        self.open.append(tag)

    def _end(self, tag: str) -> None:
        ends = END.fullmatch(tag)
        begun = self.open[-1] if self.open else ""
        if not begun or (ends and (ends[1] == "for") != bool(EACH.fullmatch(begun))):
            raise TemplateFault(broken(tag))
        if not ends and EACH.fullmatch(begun):
            raise TemplateFault(more_than_a_placeholder(tag))
        if ends:
            self.open.pop()
            if ends[1] == "for":
                self.row_of.clear()

    def _check_name(self, name: str) -> None:
        row, _dot, said = name.partition(".")
        if said and row in self.row_of:
            known = self.vocabulary.lists[self.row_of[row]]
            if said not in known:
                self._refuse(name, ", ".join(f"{row}.{one}" for one in known))
        elif said and self.vocabulary.lists:
            raise TemplateFault(more_than_a_placeholder(name))
        elif not self.vocabulary.knows(name):
            self._refuse(name, self.vocabulary.names())

    @staticmethod
    def _refuse(name: str, known: str) -> None:
        raise TemplateFault(
            _("There is no placeholder “%(name)s”. These exist: %(known)s.") % {"name": name[:SHOWN], "known": known}
        )


def broken(text: str) -> str:
    return _("The placeholder “%(text)s” is not closed, or is broken.") % {"text": text[:SHOWN]}


def more_than_a_placeholder(text: str) -> str:
    return _(
        "“%(text)s” is not understood. A template holds placeholders, such as {{ issuer }}, and "
        "{%% if superior %%} … {%% endif %%}; nothing else."
    ) % {"text": text[:SHOWN]}
