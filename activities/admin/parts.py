"""The rows of all activities, each kind of row in one list: for looking up a person, a paper or a share."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.models import (
    ActivityCountry,
    ActivityScope,
    CarriedOut,
    Cost,
    DocumentFile,
    FollowUp,
    Member,
    Overstep,
    Paper,
    PartnerRole,
    StepTaken,
    UnionRole,
)
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import PartAdmin, ReadOnlyAdmin
from unionrelations.kit.kept_files import UploadField
from unionrelations.kit.upload_forms import FileInput


class OfActivity(PartAdmin):
    list_select_related = ("activity",)
    search_through = ("activity",)


@admin.register(UnionRole)
class UnionRoleAdmin(OfActivity):
    list_display = ("activity", "union", "part", "people")
    list_select_related = ("activity", "union")
    list_filter = ("part", BranchFilter, "activity__kind", "activity__status")
    search_fields = ("activity__code",)
    search_through = ("activity", "union")
    autocomplete_fields = ("activity", "union")


@admin.register(PartnerRole)
class PartnerRoleAdmin(OfActivity):
    list_display = ("activity", "partner", "part")
    list_select_related = ("activity", "partner")
    list_filter = ("part", BranchFilter, "activity__kind", "partner__kind")
    search_fields = ("activity__code",)
    search_through = ("activity", "partner")
    autocomplete_fields = ("activity", "partner")


@admin.register(ActivityCountry)
class ActivityCountryAdmin(OfActivity):
    list_display = ("activity", "country")
    list_select_related = ("activity", "country")
    list_filter = (BranchFilter, "country__region")
    search_fields = ("activity__code",)
    search_through = ("activity", "country")
    autocomplete_fields = ("activity", "country")


@admin.register(Member)
class MemberAdmin(OfActivity):
    list_display = ("name", "title", "union_label", "activity", "is_head", "is_interpreter")
    list_select_related = ("activity", "union")
    list_filter = ("is_head", "is_interpreter", BranchFilter, "activity__kind")
    search_fields = ("folded",)
    autocomplete_fields = ("activity", "union")
    offers = {"name": ("accounts.Officer.name",), "title": ("accounts.Officer.title",)}

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label if one.union else None


@admin.register(Paper)
class PaperAdmin(OfActivity):
    list_display = ("activity", "kind", "number", "day", "file_name")
    list_filter = ("kind", BranchFilter, ("file", admin.EmptyFieldListFilter))
    date_hierarchy = "day"
    search_fields = ("number", "note")
    autocomplete_fields = ("activity",)
    formfield_overrides = {UploadField: {"widget": FileInput}}


@admin.register(DocumentFile)
class DocumentFileAdmin(PartAdmin):
    part_of = "document"
    list_display = ("document", "file_name", "media_type", "uploaded_at", "uploaded_by")
    list_select_related = ("document", "uploaded_by")
    list_filter = ("media_type", BranchFilter)
    search_fields = ("file_name", "note")
    search_through = ("document",)
    autocomplete_fields = ("document",)
    formfield_overrides = {UploadField: {"widget": FileInput}}


@admin.register(Cost)
class CostAdmin(OfActivity):
    list_display = ("activity", "union", "item", "estimate", "settlement", "currency", "source")
    list_select_related = ("activity", "union")
    list_filter = ("source", "currency", BranchFilter, ("settlement", admin.EmptyFieldListFilter))
    search_fields = ("item", "note")
    search_through = ("activity",)
    autocomplete_fields = ("activity", "union", "payer_union", "payer_partner")
    offers = {"item": (), "currency": ()}


@admin.register(FollowUp)
class FollowUpAdmin(OfActivity):
    list_display = ("what", "side", "activity", "due_on", "done_on")
    list_filter = ("side", BranchFilter, ("done_on", admin.EmptyFieldListFilter))
    date_hierarchy = "due_on"
    search_fields = ("what", "note")
    autocomplete_fields = ("activity", "partner", "officer", "union")
    readonly_fields = known_once_saved = ("kept_at",)


@admin.register(CarriedOut)
class CarriedOutAdmin(OfActivity):
    list_display = ("agreement", "activity", "note")
    list_select_related = ("activity", "agreement")
    search_fields = ("note",)
    search_through = ("activity", "agreement")
    autocomplete_fields = ("activity", "agreement")


@admin.register(ActivityScope)
class ActivityScopeAdmin(ReadOnlyAdmin):
    """For whoever checks a total: which activity stands in which union's, and as what."""

    derived = True
    list_display = ("activity", "union", "own", "window_first", "window_last", "counts_as", "held", "people", "guests")
    list_select_related = ("activity", "union")
    list_filter = (BranchFilter, "own", "held", "online", "counts_as")
    search_fields = ("counts_as",)
    search_through = ("activity", "union")
    autocomplete_fields = ("activity", "union")


@admin.register(StepTaken)
class StepTakenAdmin(ReadOnlyAdmin):
    """Steps are taken on the activity's page, one after another."""

    autocomplete_fields = ("activity", "by")
    list_display = ("activity", "step", "before", "after", "by", "at")
    list_select_related = ("activity", "by")
    list_filter = ("step", BranchFilter)
    date_hierarchy = "at"


@admin.register(Overstep)
class OverstepAdmin(ReadOnlyAdmin):
    """Written with the activity, by whoever gave the reason."""

    autocomplete_fields = ("activity", "by")
    list_display = ("activity", "rule", "number", "limit", "reason", "by", "at")
    list_select_related = ("activity", "by")
    list_filter = ("rule", BranchFilter)
    date_hierarchy = "at"
