"""Languages an activity needs, and who interprets them, as pages show them."""

from __future__ import annotations

from activities.models import Attendance, Interpreting
from unionrelations.accounts.models import OfficerLanguage
from unionrelations.kit.folding import fold
from unionrelations.kit.forms import PartForm
from unionrelations.kit.tables import EntityTable, TitledColumn

ALSO = ("tieng ", "ngon ngu ")  # how a language may begin in one list and not in another: tiếng Lào, Lào


def language_key(words: str) -> str:
    """The same for a language however it is written."""
    told = " ".join(fold(words).split())
    return next((told.removeprefix(one) for one in ALSO if told.startswith(one)), told)


class InterpretingForm(PartForm):
    class Meta:
        model = Interpreting
        fields = ("language", "officer", "name", "note")


class InterpretingTable(EntityTable):
    language = TitledColumn(lambda one: [one.note])

    class Meta(EntityTable.Meta):
        model = Interpreting
        fields = ("language", "officer", "name")
        orderable = False


class Interpreters:
    """The languages an activity needs beside those of ours who speak them, as far as the reader sees either."""

    def __init__(self, rows, user):
        self.missing = [one for one in rows if one.officer_id is None and not one.name]
        self._user = user

    def speakers(self) -> list[tuple]:
        """(language nobody interprets yet, those of ours who speak it, each with the level); one question for all."""
        if not self.missing:
            return []
        spoken = OfficerLanguage.objects.visible_to(self._user).select_related("officer__union")
        by_language: dict[str, list[OfficerLanguage]] = {}
        for one in spoken.order_by("officer__folded", "pk"):
            by_language.setdefault(language_key(one.language), []).append(one)
        return [(one, by_language.get(language_key(one.language), [])) for one in self.missing]


class AttendanceForm(PartForm):
    owner = "course"

    class Meta:
        model = Attendance
        fields = ("officer", "note")


class AttendanceTable(EntityTable):
    officer = TitledColumn(lambda one: [one.officer.title, one.officer.union.label])

    class Meta(EntityTable.Meta):
        model = Attendance
        fields = ("officer", "note")
        orderable = False
