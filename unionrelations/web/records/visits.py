"""Who owes a return visit to a partner in the term of today: their visits to us against ours to them.

Each number is the list it opens. Whose turn it is, is said only where every visit surely lies in the term.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from activities.entities.spans import spans_for
from unionrelations.kit.spans import THIS_TERM

from .meetings import Met
from .numbers import Listed


class ReturnVisits:
    """Nothing where no term is entered for today, or nobody visited anybody in it."""

    def __init__(self, met: Met, user, today: date):
        self.met, self.term = met, spans_for(user, today).period(THIS_TERM)

    def __bool__(self) -> bool:
        return self.term is not None and bool(self.came.number or self.went.number)

    @cached_property
    def came(self) -> Listed:
        return self.met.listed("in", period=THIS_TERM)

    @cached_property
    def went(self) -> Listed:
        return self.met.listed("out", period=THIS_TERM)

    @property
    def turn(self) -> str:
        """Whose turn it is, in a sentence."""
        if not self._is_sure:
            return _("Some of these visits may lie outside the term: whose turn it is cannot be said.")
        if self.came.number > self.went.number:
            return _("It is our turn to return their visit.")
        if self.went.number > self.came.number:
            return _("It is their turn to return our visit.")
        return _("Visits are even: nobody owes one.")

    @property
    def _is_sure(self) -> bool:
        windows = [one.window for lane, one in self.met.held if lane in ("in", "out")]
        return all(self.term.covers(one) for one in windows if self.term.overlaps(one))
