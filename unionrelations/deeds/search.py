"""One question for everything: records, people, papers and reports, by any of their names, marks or none.

A group asks the database once or a fixed number of times, however much there is. Never knows a record's content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS, DOCUMENTS, OFFICERS
from activities.entities.common import kind_in_words
from activities.models import Activity, DocumentFile, Member, Paper, Term
from activities.reports.due.activities import page_of
from activities.reports.reports import Report
from partners.entities import PARTNERS
from partners.models import Contact
from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity
from unionrelations.kit.folding import fold
from unionrelations.kit.kept_files import KeptFile, by_index
from unionrelations.kit.snippets import snippet

AT_ONCE = 6  # of each group; the list shows the rest
RANKED = (
    300  # activities, the newest that fit; to rank all that hold a common word would take longer the more there are
)
LONGEST = 200  # characters that are searched for
REPORT_WORDS = ("bao cao", "report")
KINDS = (ACTIVITIES, DELEGATIONS, CONFERENCES, COURSES)  # found as one of all activities
APART = (*KINDS, OFFICERS)


@dataclass(frozen=True)
class Hit:
    """One answer: a page to open, or a form to send (`post` is its field and value).

    `slug` and `key` name the record it leads to, where it leads to one.
    """

    title: str | Promise
    url: str
    icon: str
    sub: str | Promise = ""
    last: str | Promise = ""
    post: tuple[str, str] | None = None
    slug: str = ""
    key: int | None = None


@dataclass(frozen=True)
class Group:
    label: str | Promise
    hits: tuple[Hit, ...]
    more: str = ""


class Finder:
    def __init__(self, user, words: str):
        self.user, self.words = user, words[:LONGEST]
        self.wanted = fold(words).split()

    def groups(self) -> Iterator[Group]:
        if not self.wanted:
            return
        yield self._reports()
        yield from self._records([PARTNERS])
        yield self._activities()
        yield self._people()
        yield from self._records([DOCUMENTS])
        yield self._files()
        yield from self._records([one for one in ENTITIES if one not in (*APART, PARTNERS, DOCUMENTS)])

    def _reports(self) -> Group:
        """The reader's own terms by name or number; another union's newest where “report” and its name are typed."""
        terms = Term.objects.visible_to(self.user)
        hits = []
        if self.user.union:
            under = self.user.union.children.exists()
            for term in terms.of(self.user.union):
                report = Report.of_term(self.user.union, term, under=under)
                names = fold(f"{report.title} bao cao {term.congress} {term.name} {report.union.label}")
                if all(word in names for word in self.wanted):
                    hits.append(Hit(f"{report.title} – {report.union.label}", report.url, "report", report.period_text))
        hits += self._reports_of_others()
        return Group(_("Reports"), tuple(hits[:AT_ONCE]))

    def _reports_of_others(self) -> Iterator[Hit]:
        asked = " ".join(self.wanted)
        name = next((asked.removeprefix(one).strip() for one in REPORT_WORDS if asked.startswith(one)), "")
        if not name:
            return
        unions = list(Union.objects.visible_to(self.user).find(name)[:AT_ONCE])
        for union, terms in Term.objects.visible_to(self.user).of_each(unions):
            if terms and union != self.user.union:
                report = Report.of_term(union, terms[0])
                yield Hit(f"{report.title} – {union.label}", report.url, "report", report.period_text)

    def _activities(self) -> Group:
        if not self._may_view(ACTIVITIES):
            return Group(ACTIVITIES.plural, ())
        seen = Activity.objects.visible_to(self.user)
        newest = seen.holding(self.words).newest_first(self.user).values("pk")[:RANKED]
        rows = list(seen.filter(pk__in=newest).best_first(self.words)[: AT_ONCE + 1])
        hits = (
            Hit(one.title, page_of(one), _drawing(one), kind_in_words(one), one.when, **_activity(one))
            for one in rows[:AT_ONCE]
        )
        return Group(ACTIVITIES.plural, tuple(hits), self._more(ACTIVITIES, rows))

    def _records(self, entities: list[Entity]) -> Iterator[Group]:
        for entity in entities:
            if entity.model not in self._held:
                continue
            rows = list(entity.queryset(self.user).find(self.words)[: AT_ONCE + 1])
            hits = (
                Hit(str(one), _page(entity.slug, one.pk), entity.icon, slug=entity.slug, key=one.pk)
                for one in rows[:AT_ONCE]
            )
            yield Group(entity.plural, tuple(hits), self._more(entity, rows))

    @cached_property
    def _held(self) -> frozenset[type[Model]]:
        """Which tables hold the words where the reader sees it: one question, so that nothing is asked of the others.

        Of activities, their members and files it would cost what the answer itself costs, in a house of many.
        """
        asked = [one.model for one in ENTITIES if one not in KINDS and one.can_be_found and self._may_view(one)]
        asked += [Contact] if self._may_view(PARTNERS) else []
        fitting = (Exists(one._default_manager.visible_to(self.user).holding(self.words)) for one in asked)
        # Of a table that is never empty and may be read anywhere; only its first row is taken.
        return frozenset(compress(asked, ContentType.objects.order_by().values_list(*fitting)[:1].get()))

    def _may_view(self, entity: Entity) -> bool:
        return self.user.has_perm(entity.permission("view"))

    def _people(self) -> Group:
        """Our officers, the members of delegations and the partners' people, each leading to where they stand."""
        hits: list[Hit] = []
        if OFFICERS.model in self._held:
            for one in OFFICERS.queryset(self.user).find(self.words)[:AT_ONCE]:
                sub = ", ".join(filter(None, (one.title, one.union.label)))
                of = {"slug": OFFICERS.slug, "key": one.pk}
                hits.append(Hit(one.name, _page(**of), "user", sub, _("officer"), **of))
        if Contact in self._held:
            for one in Contact.objects.visible_to(self.user).select_related("partner").find(self.words)[:AT_ONCE]:
                sub = ", ".join(filter(None, (one.title, str(one.partner))))
                of = {"slug": PARTNERS.slug, "key": one.partner_id}
                hits.append(Hit(one.name, _page(**of), "people", sub, _("contact"), **of))
        if self._may_view(ACTIVITIES):
            for one in Member.objects.visible_to(self.user).select_related("activity").find(self.words)[:AT_ONCE]:
                sub = f"{one.activity.title}, {one.activity.when}"
                of = _activity(one.activity)
                hits.append(Hit(one.name, page_of(one.activity), "people", sub, _("member"), **of))
        return Group(_("People"), tuple(hits))

    def _files(self) -> Group:
        """Papers and files of documents by what they are called and by their text, each leading to its record."""
        with by_index():
            papers = self._found(Paper) if self._may_view(ACTIVITIES) else []
            files = self._found(DocumentFile) if self._may_view(DOCUMENTS) else []
        hits = [
            self._file_hit(one, one.activity, f"{page_of(one.activity)}#papers", _activity(one.activity))
            for one in papers
        ]
        for one in files:
            of = {"slug": DOCUMENTS.slug, "key": one.document_id}
            hits.append(self._file_hit(one, one.document, f"{_page(**of)}#files", of))
        return Group(_("Papers and files"), tuple(hits))

    def _found(self, model) -> list:
        return list(model.objects.visible_to(self.user).for_listing().find(self.words).defer(None)[:AT_ONCE])

    def _file_hit(self, one: KeptFile, record, url: str, of: dict) -> Hit:
        words = snippet(one.text, one.folded_text, self.wanted)
        sub = format_html("{}: {}", record, words) if words else str(record)
        return Hit(capfirst(str(one)), url, "document", sub, one.suffix.upper(), **of)

    def _more(self, entity, rows) -> str:
        if len(rows) <= AT_ONCE:
            return ""
        return f"{reverse(f'{entity.slug}-list')}?{urlencode({'q': self.words})}"


def _drawing(activity) -> str:
    if activity.kind == Activity.Kind.DELEGATION:
        return "in" if activity.counts_as == Activity.Category.DELEGATION_IN else "out"
    return activity.kind


def _activity(activity) -> dict:
    """The activity as its kind: an entity of its own."""
    return {"slug": f"{activity.kind}s", "key": activity.pk}


def _page(slug: str, key: int) -> str:
    return reverse(f"{slug}-detail", args=[key])
