"""One field for everything: commands, records, people, papers and reports, by any of their names, marks or none.

A group asks the database once or a fixed number of times, however much there is. Never knows a record's content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS, DOCUMENTS, OFFICERS
from activities.entities.common import kind_in_words
from activities.models import Activity, DocumentFile, Member, Paper, Term
from activities.reports.due.activities import page_of
from activities.reports.reports import Report
from partners.entities import PARTNERS
from partners.models import Contact
from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.folding import fold
from unionrelations.kit.kept_files import KeptFile, by_index
from unionrelations.kit.snippets import snippet

from .context import Shell

AT_ONCE = 6  # of each group; the list shows the rest
LONGEST = 200  # characters that are searched for
REPORT_WORDS = ("bao cao", "report")
# Found as one of all activities, or in a group of their own.
APART = (ACTIVITIES, DELEGATIONS, CONFERENCES, COURSES, OFFICERS)


@dataclass(frozen=True)
class Hit:
    """One answer: a page to open, or a form to send (`post` is its field and value)."""

    title: str | Promise
    url: str
    icon: str
    sub: str | Promise = ""
    last: str | Promise = ""
    post: tuple[str, str] | None = None


@dataclass(frozen=True)
class Group:
    label: str | Promise
    hits: tuple[Hit, ...]
    more: str = ""


@require_GET
def search(request):
    """The page, or for the palette its answers alone."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    groups = [one for one in Finder(request, words).groups() if one.hits]
    template = "ui/found.html" if request.htmx else "search.html"
    return render(request, template, {"q": words, "groups": groups})


class Finder:
    def __init__(self, request, words: str):
        self.request, self.user, self.words = request, request.user, words
        self.wanted = fold(words).split()

    def groups(self) -> Iterator[Group]:
        yield Group(_("Commands"), tuple(self._commands()))
        if not self.wanted:
            return
        yield self._reports()
        yield from self._records([PARTNERS])
        yield self._activities()
        yield self._people()
        yield from self._records([DOCUMENTS])
        yield self._files()
        yield from self._records([one for one in ENTITIES if one not in (*APART, PARTNERS, DOCUMENTS)])

    def _commands(self) -> list[Hit]:
        """What can be done from anywhere; without a word the first few, with words those that hold them all."""
        shell = Shell(self.request)
        known = [
            Hit(_("Log: %(kind)s") % {"kind": one.label}, one.url, one.icon, one.hint, f"N {number}")
            for number, one in enumerate(shell.logs, 1)
        ]
        known.append(Hit(_("Open the reports"), reverse("report-index"), "report", last="G B"))
        known.append(Hit(_("Open all that is due"), reverse("due"), "clock", last="G D"))
        known += [
            Hit(_("Go to: %(list)s") % {"list": one.label}, one.url, one.icon)
            for _label, links in shell.groups
            for one in links
        ]
        dark = shell.theme == "dark"
        known += [
            Hit(_("Help: what the words mean"), reverse("help"), "help"),
            Hit(_("Keys"), reverse("keys"), "key", last="?"),
            Hit(_("What can be undone"), reverse("undo-list"), "undo"),
            Hit(_("Profile"), reverse("profile"), "user"),
            *(
                Hit(name, reverse("language"), "globe", _("language"), post=("lang", code))
                for code, name in shell.other_languages
            ),
            Hit(
                _("Light background") if dark else _("Dark background"),
                reverse("theme"),
                "theme",
                post=("theme", "light" if dark else "dark"),
            ),
        ]
        if not self.wanted:
            return known[:AT_ONCE]
        folded = [(one, fold(f"{one.title} {one.sub}")) for one in known]
        return [one for one, names in folded if all(word in names for word in self.wanted)][:AT_ONCE]

    @staticmethod
    def _languages(shell: Shell) -> Iterator[Hit]:
        for code, name in shell.other_languages:
            yield Hit(name, reverse("language"), "globe", _("language"), post=("lang", code))

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
        if not self.user.has_perm(ACTIVITIES.permission("view")):
            return Group(ACTIVITIES.plural, ())
        rows = list(Activity.objects.visible_to(self.user).find(self.words)[: AT_ONCE + 1])
        hits = (Hit(one.title, page_of(one), _drawing(one), kind_in_words(one), one.when) for one in rows[:AT_ONCE])
        return Group(ACTIVITIES.plural, tuple(hits), self._more(ACTIVITIES, rows))

    def _records(self, entities) -> Iterator[Group]:
        for entity in entities:
            if entity.can_be_found and self.user.has_perm(entity.permission("view")):
                rows = list(entity.queryset(self.user).find(self.words)[: AT_ONCE + 1])
                hits = (
                    Hit(str(one), reverse(f"{entity.slug}-detail", args=[one.pk]), entity.icon)
                    for one in rows[:AT_ONCE]
                )
                yield Group(entity.plural, tuple(hits), self._more(entity, rows))

    def _people(self) -> Group:
        """Our officers, the members of delegations and the partners' people, each leading to where they stand."""
        hits: list[Hit] = []
        if self.user.has_perm(OFFICERS.permission("view")):
            for one in OFFICERS.queryset(self.user).find(self.words)[:AT_ONCE]:
                sub = ", ".join(filter(None, (one.title, one.union.label)))
                hits.append(Hit(one.name, reverse("officers-detail", args=[one.pk]), "user", sub, _("officer")))
        if self.user.has_perm(PARTNERS.permission("view")):
            for one in Contact.objects.visible_to(self.user).select_related("partner").find(self.words)[:AT_ONCE]:
                sub = ", ".join(filter(None, (one.title, str(one.partner))))
                hits.append(
                    Hit(one.name, reverse("partners-detail", args=[one.partner_id]), "people", sub, _("contact"))
                )
        if self.user.has_perm(ACTIVITIES.permission("view")):
            for one in Member.objects.visible_to(self.user).select_related("activity").find(self.words)[:AT_ONCE]:
                sub = f"{one.activity.title}, {one.activity.when}"
                hits.append(Hit(one.name, page_of(one.activity), "people", sub, _("member")))
        return Group(_("People"), tuple(hits))

    def _files(self) -> Group:
        """Papers and files of documents by what they are called and by their text, each leading to its record."""
        hits: list[Hit] = []
        if self.user.has_perm(ACTIVITIES.permission("view")):
            for one in self._found(Paper):
                hits.append(self._file_hit(one, one.activity, f"{page_of(one.activity)}#papers"))
        if self.user.has_perm(DOCUMENTS.permission("view")):
            for one in self._found(DocumentFile):
                page = reverse("documents-detail", args=[one.document_id])
                hits.append(self._file_hit(one, one.document, f"{page}#files"))
        return Group(_("Papers and files"), tuple(hits))

    def _found(self, model):
        with by_index():
            return list(model.objects.visible_to(self.user).for_listing().find(self.words).defer(None)[:AT_ONCE])

    def _file_hit(self, one: KeptFile, record, url: str) -> Hit:
        words = snippet(one.text, one.folded_text, self.wanted)
        sub = format_html("{}: {}", record, words) if words else str(record)
        return Hit(capfirst(str(one)), url, "document", sub, one.suffix.upper())

    def _more(self, entity, rows) -> str:
        if len(rows) <= AT_ONCE:
            return ""
        return f"{reverse(f'{entity.slug}-list')}?{urlencode({'q': self.words})}"


def _drawing(activity) -> str:
    if activity.kind == Activity.Kind.DELEGATION:
        return "in" if activity.counts_as == Activity.Category.DELEGATION_IN else "out"
    return activity.kind
