"""What is being done right now, by whom and why, for whoever writes it down. Never knows a table or a page.

An act is one deed of one person: a form saved, an import, a merge. Whatever is written meanwhile belongs to it. Where
nobody said who acts, nobody is named: an author is never invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import pgettext_lazy

Person = tuple[int, str]  # the key of an account, and the name of whoever it belongs to


class Way(models.TextChoices):
    """How something came to be written."""

    PAGE = "page", pgettext_lazy("way of an act", "on a page")
    OFFICE = "office", pgettext_lazy("way of an act", "in the back office")
    API = "api", pgettext_lazy("way of an act", "through the API")
    BULK = "bulk", pgettext_lazy("way of an act", "change of many")
    IMPORT = "import", pgettext_lazy("way of an act", "import")
    TAKEN_BACK = "taken-back", pgettext_lazy("way of an act", "import taken back")
    MERGE = "merge", pgettext_lazy("way of an act", "merge")
    APART = "apart", pgettext_lazy("way of an act", "taken apart")
    UNDO = "undo", pgettext_lazy("way of an act", "undone")
    SEED = "seed", pgettext_lazy("way of an act", "first records")
    COMMAND = "command", pgettext_lazy("way of an act", "command")
    TASK = "task", pgettext_lazy("way of an act", "background work")


@dataclass(frozen=True)
class Act:
    """`person` is asked when the first row is written, since a page may learn late whose it is."""

    way: str = ""
    why: str = ""
    person: Callable[[], Person | None] = lambda: None
    undoes: UUID | None = None
    pk: UUID = field(default_factory=uuid4)
    is_told: bool = True  # False: nothing is written down, as while a backup is brought back


_current: ContextVar[Act | None] = ContextVar("act", default=None)


def current() -> Act | None:
    return _current.get()


@contextmanager
def doing(way: str, why: str = "", by=None, undoes: UUID | None = None) -> Iterator[Act]:
    """Inside, whatever is written is one act. Without a person it is whoever acts around it."""
    around = _current.get()
    person = _named(by) if by is not None else around.person if around else lambda: None
    with _put(Act(way, str(why)[:300], person, undoes)) as act:
        yield act


@contextmanager
def asked_by(way: str, person: Callable[[], Person | None]) -> Iterator[Act]:
    """The same for a request whose person may not be known yet."""
    with _put(Act(way, person=person)) as act:
        yield act


@contextmanager
def untold() -> Iterator[None]:
    """Inside, nothing is written down: the history itself comes back, or rows that were never anybody's."""
    with _put(Act(is_told=False)):
        yield


@contextmanager
def _put(act: Act) -> Iterator[Act]:
    token = _current.set(act)
    try:
        yield act
    finally:
        _current.reset(token)


def name_of(person) -> Person | None:
    """An account as an act names it; nobody for a stranger."""
    if person is None or not person.is_authenticated:
        return None
    return person.pk, person.get_full_name() or person.get_username()


def _named(person) -> Callable[[], Person | None]:
    return lambda: name_of(person)
