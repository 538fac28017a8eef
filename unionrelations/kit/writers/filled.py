"""A DOCX made of a template alone: its words and lists filled in, nothing put beside them. Never knows what it says."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from .cells import printable
from .docx import say_what_it_is
from .placeholders import Vocabulary
from .templates import fill_in

DOTTED = "……"


class Blank(str):
    """What nobody recorded: a dotted line on the paper, and nothing where a template asks whether there is any."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


BLANK = Blank(DOTTED)


def fill_paper(template: bytes, title: str, words: Mapping[str, Any], vocabulary: Vocabulary) -> bytes:
    """Raises TemplateFault where the template cannot be used."""
    docx = fill_in(template, {name: _told(said) for name, said in words.items()}, vocabulary)
    say_what_it_is(docx, title)
    buffer = BytesIO()
    docx.save(buffer)
    return buffer.getvalue()


def check_paper_template(template: bytes, vocabulary: Vocabulary) -> None:
    """Makes a paper of which nothing is known, and one whose lists have rows. Raises TemplateFault."""
    for rows in (0, 2):
        lists = {name: [dict.fromkeys(said, BLANK)] * rows for name, said in vocabulary.lists.items()}
        fill_paper(template, DOTTED, dict.fromkeys(vocabulary.words, BLANK) | lists, vocabulary)


def _told(said: Any) -> Any:
    """Only what paper holds; a new line begins a new paragraph, as the template's own would."""
    if isinstance(said, Blank):
        return said
    if isinstance(said, str):
        return printable(said).replace("\r\n", "\n").replace("\n", "\a")
    return [{name: _told(one) for name, one in row.items()} for row in said]
