"""Cells as people fill them in, read. The readers lie in `unionrelations/kit/written`."""

import unicodedata

import pytest
from django.utils import translation

from unionrelations.kit.written import Misread


def refused(reader, *given, **more) -> tuple[str, str]:
    """The sentence of the refusal, in English, and what it suggests."""
    with translation.override("en"), pytest.raises(Misread) as said:
        reader(*given, **more)
    (sentence,) = said.value.messages
    return sentence, said.value.suggestion


def spellings(words: str) -> tuple[str, ...]:
    """The same words as keyboards and programs leave them."""
    return (
        words,
        unicodedata.normalize("NFD", words),
        f"  {words}\N{NO-BREAK SPACE}",
        words.replace(" ", "  "),
        f"\N{ZERO WIDTH NO-BREAK SPACE}{words}",
    )
