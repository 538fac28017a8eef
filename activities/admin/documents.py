"""The back office of source documents and what was read from them: links to records, published figures, proposals."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import (
    Conference,
    Course,
    Delegation,
    DocumentFile,
    GapExplanation,
    Plan,
    Proposal,
    ReportedFigure,
    SourceDocument,
    SourceLink,
)
from activities.models.documents import RECORDS_WITH_SOURCES
from partners.models import Agreement, Partner, RelationEvent
from unionrelations.accounts.branches import BranchFilter
from unionrelations.accounts.models import Officer, Union
from unionrelations.kit.admin import PartAdmin, ScopedAdmin, ScopedStacked, ScopedTabular
from unionrelations.kit.kept_files import UploadField
from unionrelations.kit.sorting import ByName
from unionrelations.kit.upload_forms import FileInput

from .inlines import SourceRows
from .prefill import FROM_DOCUMENT, FromDocument, days_of, union_of

OPENED_FROM_A_DOCUMENT = (Delegation, Conference, Course, ReportedFigure, Proposal, Plan)
DOCUMENT_SHOWN = 40  # characters of a title beside other columns
SIGNS = {"exact": "", "gt": "> ", "lt": "< ", "approx": "≈ ", "vague": ""}
# What a record's __str__ reads besides the record itself.
READ_WITH = ("relation_event__union", "relation_event__partner")


def record_link(link):
    """The record a source belongs to, as a link to its page."""
    record = link.record
    opts = record._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(record.pk,))
    return format_html('<a href="{}">{}</a>', address, record)


class FigureRows(ScopedStacked):
    model = ReportedFigure
    autocomplete_fields = ("union", "subset_of")
    show_change_link = True
    fields = (
        ("place", "union", "indicator"),
        ("printed", "qualifier", "low", "high"),
        ("period_printed", "first_day", "last_day"),
        ("subset_of", "note"),
    )


class DocumentFileRows(ScopedTabular):
    model = DocumentFile
    fields = ("file", "note")
    formfield_overrides = {UploadField: {"widget": FileInput}}


@admin.register(SourceDocument)
class SourceDocumentAdmin(ScopedAdmin):
    list_display = ("title", "kind", "publisher", "published", "union", "first_day", "last_day", "language")
    list_filter = ("kind", BranchFilter, "language", "publisher")
    date_hierarchy = "published_on"
    search_fields = ("folded",)
    search_through = ("union",)
    autocomplete_fields = ("union",)
    prepopulated_fields = {"code": ("title",)}
    inlines = (DocumentFileRows, FigureRows)
    offers = {"publisher": (), "author": ()}
    fieldsets = (
        (None, {"fields": ["title", ("kind", "language", "code")]}),
        (_("Publication"), {"fields": [("publisher", "author"), ("published_on", "published_words")]}),
        (_("What it tells of"), {"fields": ["union", ("first_day", "last_day"), "note"]}),
    )

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"new_from_it": self._new_from(request, object_id), "found": self._found(request, object_id)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _new_from(self, request, object_id) -> list[tuple]:
        """(what, address) of each add page this document fills in, where the reader may add it."""
        filled = urlencode({FROM_DOCUMENT: object_id})
        return [
            (model._meta.verbose_name, f"{reverse(f'admin:activities_{model._meta.model_name}_add')}?{filled}")
            for model in OPENED_FROM_A_DOCUMENT
            if self.admin_site.get_model_admin(model).has_add_permission(request)
        ]

    def _found(self, request, object_id) -> list[tuple]:
        """(source, link to its record) of all that was read from it and that the reader sees."""
        if not object_id.isdecimal():
            return []
        links = SourceLink.objects.visible_to(request.user).filter(document=object_id)
        return [(one, record_link(one)) for one in links.for_listing().select_related(*READ_WITH)]

    @admin.display(description=_("published on"), ordering="published_on")
    def published(self, one):
        return one.published_on or one.published_words


@admin.register(SourceLink)
class SourceLinkAdmin(ScopedAdmin):
    list_display = ("document", "place", "record", "note")
    list_filter = (
        *((one, admin.EmptyFieldListFilter) for one in RECORDS_WITH_SOURCES),
        "document__kind",
    )
    search_fields = ("place", "note")
    search_through = ("document", "activity", "union", "officer", "partner", "agreement")
    autocomplete_fields = ("document", *RECORDS_WITH_SOURCES)
    fields = (("document", "place"), "note", *RECORDS_WITH_SOURCES)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*READ_WITH)

    @admin.display(description=_("record"))
    def record(self, link):
        return record_link(link)


class ExplanationRows(ScopedTabular):
    model = GapExplanation
    fields = ("reason", "number", "note")


@admin.register(GapExplanation)
class GapExplanationAdmin(PartAdmin):
    part_of = "figure"
    list_display = ("figure", "reason", "signed", "note", "changed_by", "changed_at")
    list_select_related = ("figure", "changed_by")
    list_filter = ("reason", BranchFilter)
    search_fields = ("note",)
    search_through = ("figure",)
    autocomplete_fields = ("figure",)
    fields = ("figure", ("reason", "number"), "note")

    @admin.display(description=_("how many"), ordering="number")
    def signed(self, one):
        return one.signed


@admin.register(ReportedFigure)
class ReportedFigureAdmin(FromDocument, ScopedAdmin):
    list_display = ("printed", "indicator", "number", "union_label", "period_printed", "document_shown")
    list_filter = ("indicator", "qualifier", BranchFilter)
    date_hierarchy = "first_day"
    search_fields = ("folded",)
    search_through = ("document", "union")
    autocomplete_fields = ("document", "union", "subset_of")
    inlines = (ExplanationRows,)
    fieldsets = (
        (_("Where it is printed"), {"fields": [("document", "place"), "union"]}),
        (_("Figure"), {"fields": [("indicator", "printed"), ("qualifier", "low", "high")]}),
        (_("Period"), {"fields": [("first_day", "last_day", "period_printed")]}),
        (_("More"), {"fields": ["subset_of", "note"]}),
    )

    def filled_in(self, document, user):
        return {
            "document": document.pk,
            "union": union_of(document, user),
            **days_of(document, printed=True),
        }

    @admin.display(description=_("Figure"), ordering="low")
    def number(self, one):
        """With its doubt; a vague word is no number."""
        value = one.low if one.low is not None else one.high
        sign = SIGNS[one.qualifier]
        return None if value is None else f"{sign}{formats.number_format(value, use_l10n=True, force_grouping=True)}"

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label

    @admin.display(description=_("source document"), ordering=ByName("document__title"))
    def document_shown(self, one):
        return Truncator(one.document).chars(DOCUMENT_SHOWN)


@admin.register(Proposal)
class ProposalAdmin(FromDocument, ScopedAdmin):
    list_display = ("text_shown", "speaker", "union_label", "outcome", "activity", "document_shown")
    list_filter = ("outcome", BranchFilter, ("activity", admin.EmptyFieldListFilter))
    search_fields = ("folded",)
    search_through = ("document", "union")
    autocomplete_fields = ("document", "activity", "union")
    offers = {"speaker": ("accounts.Officer.name",), "speaker_title": ("accounts.Officer.title",)}
    fieldsets = (
        (_("Where it is recorded"), {"fields": [("document", "place"), "activity"]}),
        (_("Who asked for what"), {"fields": ["union", ("speaker", "speaker_title"), "text", "note"]}),
        (pgettext_lazy("of a proposal", "What became of it"), {"fields": [("outcome", "outcome_on"), "outcome_note"]}),
    )

    def filled_in(self, document, user):
        return {"document": document.pk, "union": union_of(document, user)}

    @admin.display(description=_("what was asked for"), ordering=ByName("text"))
    def text_shown(self, one):
        return str(one)

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label

    @admin.display(description=_("source document"), ordering=ByName("document__title"))
    def document_shown(self, one):
        return Truncator(one.document).chars(DOCUMENT_SHOWN)


# Records of the floors below show their sources too; those floors know nothing of documents.
for _model in (Union, Officer, Partner, RelationEvent, Agreement):
    _page = admin.site.get_model_admin(_model)
    _page.inlines = (*_page.inlines, SourceRows)
