"""What a text tells, laid out for a person's say: the marked text, the candidates, and what became of each.

Everything is in what was sent: the text is read again at each step, and gives the same. Stores nothing but what is
accepted, and that only when asked to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from activities import prose
from activities.models import ReportedFigure, SourceDocument
from unionrelations.accounts.models import Union
from unionrelations.kit.choosing import Shelf
from unionrelations.kit.periods import Period

from .beside import Beside
from .candidates import ACCEPTED, DROPPED, WAITING, Candidate
from .marked import Mark, MarkedText
from .stubs import Stub, stubs_of

MOST = 250  # figures of one page; a longer report is read in parts
FOR_ALL = "for_all"  # the union chosen once for every figure
ALL_CLEAR = "accept_clear"  # accepts whatever nothing has to be asked of
# What the buttons beside one figure make of it.
ANSWERS = {"accept": ACCEPTED, "drop": DROPPED, "again": WAITING}


class Refused(Exception):
    """Something accepted cannot be kept as it stands; nothing is kept, and each problem is said beside its figure."""


@dataclass(frozen=True)
class Source:
    """Whom and which days the document tells of, where it says so, for what its sentences leave out."""

    union: Union | None = None
    period: Period | None = None
    document: SourceDocument | None = None  # where it is stored already


class Review:
    def __init__(self, text: str, sent: QueryDict, user, *, source: Source):
        self.text, self.sent, self.user, self.source = text, sent, user, source
        unions = list(Union.objects.visible_to(user))
        whose = source.union.code if source.union else None
        names = prose.UnionNames.of(unions)
        told = prose.read_report(text, unions=names, default_union=whose, default_period=source.period)
        self.left_out = max(len(told.figures) - MOST, 0)
        self.figures = told.figures[:MOST]
        self.activities, self.lookalikes = told.activities, told.lookalikes
        self.unions = {one.code: one.pk for one in unions}
        self.candidates = [self._candidate(number, one) for number, one in enumerate(self.figures, start=1)]
        self._share_unions()
        self.turned: Candidate | None = None  # the one just answered

    def _candidate(self, number: int, told) -> Candidate:
        start = {
            "union": str(self.unions.get(told.union, "")),
            "place": _("paragraph %(number)d") % {"number": self.marked.place(told.start)},
        }
        return Candidate(self.sent, told, number, start=start, user=self.user)

    def _share_unions(self) -> None:
        """All of them ask for their unions together."""
        for one in self.candidates:
            one.fields["union"].share(self.shelf, [one.raw("union")])

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(Union.objects.visible_to(self.user).for_choosing())

    @cached_property
    def marked(self) -> MarkedText:
        marks = [Mark(one.start, one.end, number) for number, one in enumerate(self.figures)]
        return MarkedText(self.text, [*marks, *(Mark(one.start, one.end) for one in self.lookalikes)])

    @property
    def paragraphs(self):
        """Pieces of words, each with the candidates it stands for."""
        for pieces in self.marked.paragraphs:
            yield [
                (one, [self.candidates[at] for at in one.things], [self.candidates[at] for at in one.ending])
                for one in pieces
            ]

    @cached_property
    def stubs(self) -> list[Stub]:
        return stubs_of(self.activities, self.marked, self.user)

    # --- Answers

    @property
    def accepted(self) -> list[Candidate]:
        return [one for one in self.candidates if one.is_accepted]

    @property
    def waiting(self) -> list[Candidate]:
        return [one for one in self.candidates if one.is_waiting]

    @property
    def clear(self) -> list[Candidate]:
        """Those waiting of which nothing has to be asked."""
        return [one for one in self.waiting if not one.is_asked]

    @property
    def refused(self) -> list[Candidate]:
        return [one for one in self.candidates if one.errors]

    def answer(self, sent: QueryDict) -> None:
        """Does what the button pressed says; a figure that its rules refuse stays waiting, with the sentence."""
        for name, state in ANSWERS.items():
            one = next((one for one in self.candidates if one.key == sent.get(name)), None)
            if one is not None:
                self.turned = one
                one.settle(state)
        if ALL_CLEAR in sent:
            for one in self.clear:
                one.settle(ACCEPTED)
        if FOR_ALL in sent:
            for one in self.candidates:
                one.tell_of(self.sent.get("everyone", ""), self.sent.get("everyone-words", ""))

    @property
    def current(self) -> Candidate | None:
        """The one to look at next: what was refused stays; else the next one waiting after the one just answered."""
        if self.turned is not None and self.turned.is_waiting:
            return self.turned
        after = self.turned.number if self.turned else 0
        return next((one for one in self.waiting if one.number > after), next(iter(self.waiting), None))

    def lay_out(self) -> None:
        """Tells each candidate whether it is to be looked at next, and what is stored beside it."""
        beside, current = Beside(self.candidates, self.user, self.source.document), self.current
        for one in self.candidates:
            one.is_current, one.beside = one is current, beside.of(one)

    # --- Keeping

    def keep(self, document: SourceDocument) -> list[Model]:
        """Stores what is accepted as figures of the document, wholes before their parts. Call it in a transaction.

        Raises Refused where one of them cannot be kept.
        """
        stored: dict[int, ReportedFigure] = {}
        is_refused = False
        for one in self._wholes_first():
            one.instance.document = document
            is_sound = one.judge()
            whole = one.cleaned_data.get("whole")
            if whole is not None and whole not in stored:
                one.add_error("whole", self._why_no_whole(one, whole))
                is_sound = False
            if is_sound:
                one.instance.subset_of = None if whole is None else stored[whole]
                stored[one.number] = one.save()
            else:
                one.wait()
                self.turned = self.turned if is_refused else one
                is_refused = True
        if is_refused:
            raise Refused
        return list(stored.values())

    def _wholes_first(self) -> list[Candidate]:
        """What is accepted, each after what it is part of; of a circle, none comes first and the model refuses it."""
        left, ordered = {one.number: one for one in self.accepted}, []
        while left:
            free = [one for one in left.values() if one.raw("whole").strip() not in map(str, left)]
            for one in free or list(left.values()):
                ordered.append(left.pop(one.number))
        return ordered

    def _why_no_whole(self, one: Candidate, whole: int) -> ValidationError:
        if whole == one.number:
            return ValidationError(_("A figure cannot be a subset of itself."))
        if not 1 <= whole <= len(self.candidates):
            return ValidationError(_("There is no number %(number)d on this page.") % {"number": whole})
        return ValidationError(
            _("Number %(number)d is not accepted. Accept it too, or leave this empty.") % {"number": whole}
        )
