"""A paper made of a record for one reader: words of every language, the template in force, the file. Never keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.models import Activity, Plan
from activities.reports.models import PaperTemplate
from activities.reports.official import issued_by
from unionrelations.kit.documents import Document
from unionrelations.kit.writers.filled import BLANK, fill_paper
from unionrelations.kit.writers.official import wording

from .kinds import ABBREVIATED, LANGUAGES, Kind, Language, vocabulary_of
from .of_activities import OfActivity
from .of_plans import OfPlan
from .vocabulary import ACTIVITY, HEAD, PLAN, ROWS_OF_ACTIVITY, ROWS_OF_PLAN, SPOKEN

HOUSE = Path(__file__).with_name("house")
LONGEST_NAME = 110  # characters


def house_template(kind: str, language: str) -> bytes:
    """The house's own, made by `.ci/papers.py`."""
    return (HOUSE / f"{kind}-{language}.docx").read_bytes()


def kinds_of(record: Activity | Plan) -> list[tuple[Kind, Language]]:
    """The papers that can be made of it, in the order of its life."""
    return [
        (kind, language)
        for kind in Kind
        for language in LANGUAGES[kind]
        if (kind == Kind.PLAN) == isinstance(record, Plan)
    ]


@dataclass(frozen=True)
class MadePaper:
    """A paper of one kind in one language, of one record, as one reader may read it."""

    record: Activity | Plan
    kind: Kind
    language: Language
    reader: Any

    @cached_property
    def told(self) -> OfActivity | OfPlan:
        kind = OfPlan if isinstance(self.record, Plan) else OfActivity
        return kind(self.record, self.reader)  # type: ignore[arg-type]

    @cached_property
    def template(self) -> PaperTemplate | None:
        """The one of the union that issues it or of the nearest above; None where the house's own is used."""
        if self.told.union is None:
            return None
        return PaperTemplate.objects.of_each(self.told.union).get((self.kind, self.language))

    @property
    def title(self) -> str:
        with translation.override(self._spoken):
            return f"{capfirst(str(self.kind.label))} – {self.record}"

    @property
    def file_name(self) -> str:
        """Short enough for the folders of any office."""
        return f"{self.title[:LONGEST_NAME].strip(' .,')}.docx"

    def write(self) -> bytes:
        """Raises TemplateFault where the union's own template cannot be used."""
        used = self.template.contents() if self.template else house_template(self.kind, self.language)
        with translation.override(self._spoken):
            return fill_paper(used, self.title, self.words(), vocabulary_of(self.kind))

    @property
    def _spoken(self) -> str:
        """The language of what stands in no language of its own."""
        return self.language if self.language in SPOKEN else SPOKEN[0]

    def words(self) -> dict[str, Any]:
        """Every placeholder of its kind in both languages, and bare in the paper's own."""
        said: dict[str, Any] = {}
        for language in SPOKEN:
            with translation.override(language):
                said[language] = self._words()
        words = {name: one for name, one in said[self._spoken].items() if not isinstance(one, list)}
        lists = {name: one for name, one in said[self._spoken].items() if isinstance(one, list)}
        words |= {f"{name}_{language}": said[language][name] for name in words for language in SPOKEN}
        return words | {name: self._rows(name, rows, said) for name, rows in lists.items()}

    @staticmethod
    def _rows(name: str, rows: list[dict], said: dict) -> list[dict]:
        return [
            row | {f"{field}_{language}": said[language][name][place][field] for field in row for language in SPOKEN}
            for place, row in enumerate(rows)
        ]

    def _words(self) -> dict[str, Any]:
        """In the language in force."""
        names, lists = (PLAN, ROWS_OF_PLAN) if self.kind == Kind.PLAN else (ACTIVITY, ROWS_OF_ACTIVITY)
        said = {name: getattr(self.told, name) for name in names}
        return self._head() | said | {name: getattr(self.told, name)() for name in lists}

    def _head(self) -> dict[str, Any]:
        union = self.told.union
        if union is None:
            return dict.fromkeys(HEAD, BLANK)
        official = issued_by(union, ABBREVIATED[self.kind])
        words = wording(Document("", (), official))
        above = str(union.parent) if union.parent else BLANK
        words |= {"issuer_name": str(union), "superior_name": above}
        if not official.number:
            words["number"] = ""
        return {name: words[name] for name in HEAD}


def remark_on(paper: MadePaper) -> str:
    """What a paper that is kept says of itself."""
    return _("%(kind)s, made from the record; not signed") % {"kind": capfirst(str(paper.kind.label))}
