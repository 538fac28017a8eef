"""What a template asks for, read paragraph by paragraph. Never fills anything in.

A template holds placeholders and may ask whether one is empty; each fault is named by the very words it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from .official import PLACEHOLDERS

TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}")
STRAY = re.compile(r"(?:{[{%#]|[}%#]}).*")
WHERE = r"(?:(?:p|tr)\s+)?"  # a question about the whole paragraph or row it stands in
SHOW = re.compile(r"{{(p\s)?\s*(\w+)\s*}}")  # with the p the whole paragraph is replaced: by the body
ASK = re.compile(rf"{{%{WHERE}\s*(el)?if\s+(\w[\w\s]*?)\s*%}}")
ELSE, END = re.compile(rf"{{%{WHERE}\s*else\s*%}}"), re.compile(rf"{{%{WHERE}\s*endif\s*%}}")
JOINING = {"and", "or", "not"}
SHOWN = 80  # characters of a faulty placeholder
READ_BESIDE = (KIND.HEADER, KIND.FOOTER, KIND.FOOTNOTES, KIND.ENDNOTES)


class TemplateFault(ValueError):
    """The template cannot be used; the text says why, in the reader's language."""


def check_placeholders(docx: Docx) -> None:
    """Raises TemplateFault at the first placeholder that is broken, unknown, or more than a placeholder."""
    properties = docx.core_properties
    said = (properties.author, properties.comments, properties.identifier, properties.subject, properties.title)
    for paragraphs in (_paragraphs(docx.element), *_beside(docx), iter([*said, properties.language])):
        _check(paragraphs)


def _beside(docx: Docx) -> Iterator[Iterator[str]]:
    for relation in docx.part.rels.values():
        if relation.reltype in READ_BESIDE and not relation.is_external:
            yield _paragraphs(parse_xml(relation.target_part.blob))


def _paragraphs(root) -> Iterator[str]:
    """The words of each paragraph, put together from the pieces Word splits them into."""
    words: dict = {}
    for piece in root.iter(qn("w:t")):
        words.setdefault(next(piece.iterancestors(qn("w:p")), None), []).append(piece.text or "")
    return ("".join(pieces) for pieces in words.values())


def _check(paragraphs: Iterator[str]) -> None:
    asked: list[str] = []  # the questions still open
    for text in paragraphs:
        stray = STRAY.search(TAG.sub(lambda tag: " " * len(tag[0]), text))
        if stray:
            raise TemplateFault(broken(text[stray.start() :]))
        for tag in TAG.findall(text):
            _check_one(tag, asked)
    if asked:
        raise TemplateFault(_("“%(text)s” has no {%% endif %%} after it.") % {"text": asked[-1][:SHOWN]})


def _check_one(tag: str, asked: list[str]) -> None:
    if tag.startswith("{#"):
        return
    if shown := SHOW.fullmatch(tag):
        _check_names([shown[2]])
        if shown[1] and shown[2] != "body":
            raise TemplateFault(more_than_a_placeholder(tag))
    elif question := ASK.fullmatch(tag):
        _check_names([one for one in question[2].split() if one not in JOINING])
        if question[1] and not asked:
            raise TemplateFault(broken(tag))
        if not question[1]:
            asked.append(tag)
    elif ELSE.fullmatch(tag) or END.fullmatch(tag):
        if not asked:
            raise TemplateFault(broken(tag))
        if END.fullmatch(tag):
            asked.pop()
    else:
        raise TemplateFault(more_than_a_placeholder(tag))


def _check_names(names: list[str]) -> None:
    for name in names:
        if name not in PLACEHOLDERS:
            raise TemplateFault(
                _("There is no placeholder “%(name)s”. These exist: %(known)s.")
                % {"name": name, "known": ", ".join(PLACEHOLDERS)}
            )


def broken(text: str) -> str:
    return _("The placeholder “%(text)s” is not closed, or is broken.") % {"text": text[:SHOWN]}


def more_than_a_placeholder(text: str) -> str:
    return _(
        "“%(text)s” is not understood. A template holds placeholders, such as {{ issuer }}, and "
        "{%% if superior %%} … {%% endif %%}; nothing else."
    ) % {"text": text[:SHOWN]}
