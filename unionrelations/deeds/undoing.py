"""Undoing an act, or what of it concerns one record: first what that would do, then doing what was shown."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from unionrelations.history.doing import Refused, undo
from unionrelations.history.kept import KEPT
from unionrelations.history.models import Entry
from unionrelations.history.steps import Row
from unionrelations.history.undoing import Undoing, undoing
from unionrelations.tasks import read_texts

MOST_UNDONE = 1000  # rows at once; more are undone record by record
LONGEST_WHY = 200


def record_named(said: str) -> Row | None:
    """The record an address names, such as `partners.partner:7`; None for what names none."""
    label, _colon, key = said.partition(":")
    return (label, int(key)) if label in KEPT and key.isascii() and key.isdecimal() and len(key) < 19 else None


class Undo:
    """The act a change belongs to, as far as a person sees it; with `record`, what of it concerns that one."""

    def __init__(self, entry: Entry, user, record: Row | None):
        self.entry, self.user, self.record = entry, user, record
        rows = Entry.objects.few_visible_to(user, Q(act=entry.act_id)).order_by("pk")
        # What went with a record may lie anywhere in its act.
        self.entries = list(rows if record else rows[: MOST_UNDONE + 1])

    @property
    def hindrance(self) -> str:
        """Why it is not undone at once; "" where it may be."""
        if self.record is None and len(self.entries) > MOST_UNDONE:
            return _("This act is too large to be undone at once. Undo it record by record.")
        return ""

    def look(self) -> Undoing:
        return undoing(self.entry.act, self.entries, self.user, self.record)

    def do(self, seen: str, why: str) -> Undoing:
        """Raises Refused, and then nothing has changed."""
        if self.hindrance:
            raise Refused(self.hindrance)
        done = undo(self.entry.act, self.entries, self.user, self.record, seen, why[:LONGEST_WHY])
        read_texts.delay_on_commit()  # of files that came back, whose text the history does not keep
        return done
