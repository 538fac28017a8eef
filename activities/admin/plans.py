"""The back office of plans and their lines. Plans are handed down: read below, changed by the union that made them.

What was approved is changed by a revision alone, and money is shown to the plan's union and those above it.
"""

from django.contrib import admin

from activities.models import LineStep, Plan, PlanEvent, PlanLine, Realisation
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import PartAdmin, ReadOnlyAdmin, ScopedAdmin, ScopedTabular

from .prefill import FromDocument, days_of, union_of

LINE_WORDS = {"lead_unit": (), "completion_words": ()}
MONEY = (("estimate", "currency"), "paid_from")


class LineRows(ScopedTabular):
    model = PlanLine
    fields = ("title", "lead_unit", "completion")
    offers = {"lead_unit": ()}
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or obj.is_open)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)


@admin.register(Plan)
class PlanAdmin(FromDocument, ScopedAdmin):
    list_display = ("title", "union", "first_day", "last_day", "state", "standing_unit", "line_count")
    list_filter = ("state", BranchFilter)
    date_hierarchy = "first_day"
    search_fields = ("folded",)
    search_through = ("union",)
    autocomplete_fields = ("union", "document")
    inlines = (LineRows,)
    offers = {"standing_unit": ()}
    readonly_fields = ("state", "number")
    known_once_saved = ("state", "number")
    fields = (
        *("title", "union", ("first_day", "last_day"), ("state", "number"), "standing_unit"),
        *(("document", "place"), "note"),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("lines")

    def filled_in(self, document, user):
        return {"document": document.pk, "union": union_of(document, user), **days_of(document)}

    @admin.display(description=PlanLine._meta.verbose_name_plural)
    def line_count(self, one):
        return len(one.lines.all())


class StepRows(ScopedTabular):
    model = LineStep
    fields = ("what", "due_on", "percent", "note")


class RealisationRows(ScopedTabular):
    model = Realisation
    autocomplete_fields = ("activity",)
    fields = ("activity",)
    owner = "activity"


@admin.register(PlanLine)
class PlanLineAdmin(PartAdmin):
    part_of = "plan"
    list_display = ("title", "plan", "kind", "lead_unit", "completion")
    list_filter = (BranchFilter, "kind", ("realisations", admin.EmptyFieldListFilter))
    date_hierarchy = "completion"
    search_fields = ("folded",)
    search_through = ("plan",)
    autocomplete_fields = ("plan", "partner", "country")
    inlines = (RealisationRows, StepRows)
    offers = LINE_WORDS | {"place": ()}
    readonly_fields = ("refusal",)
    known_once_saved = ("refusal",)
    fields = (
        *("plan", "title", ("kind", "direction"), ("partner", "country")),
        *(("starts_on", "ends_on"), ("precision", "date_words"), "people", *MONEY),
        *("lead_unit", "cooperating_units", ("completion", "completion_words"), "place", "note", "refusal"),
    )

    def get_fields(self, request, obj=None):
        shown = super().get_fields(request, obj)
        is_reached = obj is None or PlanLine.objects.reached_by(request.user).filter(pk=obj.pk).exists()
        return shown if is_reached else [one for one in shown if one not in MONEY]

    def has_change_permission(self, request, obj=None):
        """The steps of an approved line move on on its own page; here it is read."""
        return super().has_change_permission(request, obj) and (obj is None or obj.plan.is_open)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.plan.is_open)


@admin.register(PlanEvent)
class PlanEventAdmin(ReadOnlyAdmin):
    list_display = ("plan", "kind", "by", "at", "number")
    list_filter = ("kind",)
    date_hierarchy = "at"
    fields = readonly_fields = ("plan", "kind", "by", "at", "note", "number", "lines", "sha256")


@admin.register(LineStep)
class LineStepAdmin(ScopedAdmin):
    list_display = ("what", "line", "due_on", "percent")
    date_hierarchy = "due_on"
    autocomplete_fields = ("line",)
    fields = ("line", "what", "due_on", "percent", "note")


@admin.register(Realisation)
class RealisationAdmin(ScopedAdmin):
    list_display = ("line", "activity")
    autocomplete_fields = ("line", "activity")
    fields = ("line", "activity")
