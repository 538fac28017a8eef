"""The back office of plans and their lines. Plans are handed down: read below, changed by the union that made them."""

from django.contrib import admin

from activities.models import Plan, PlanLine
from unionrelations.accounts.admin import BranchFilter
from unionrelations.kit.admin import PartAdmin, ScopedAdmin, ScopedTabular

from .prefill import FromDocument, days_of, union_of

LINE_WORDS = {"lead_unit": (), "completion_words": ()}


class LineRows(ScopedTabular):
    model = PlanLine
    autocomplete_fields = ("activity",)
    fields = ("title", "lead_unit", "completion", "activity")
    offers = {"lead_unit": ()}
    show_change_link = True


@admin.register(Plan)
class PlanAdmin(FromDocument, ScopedAdmin):
    list_display = ("title", "union", "first_day", "last_day", "standing_unit", "line_count")
    list_filter = (BranchFilter,)
    date_hierarchy = "first_day"
    search_fields = ("folded",)
    search_through = ("union",)
    autocomplete_fields = ("union", "document")
    inlines = (LineRows,)
    offers = {"standing_unit": ()}
    fields = ("title", "union", ("first_day", "last_day"), "standing_unit", ("document", "place"), "note")

    def filled_in(self, document, user):
        return {"document": document.pk, "union": union_of(document, user), **days_of(document)}

    @admin.display(description=PlanLine._meta.verbose_name_plural)
    def line_count(self, one):
        return len(one.lines.all())


@admin.register(PlanLine)
class PlanLineAdmin(PartAdmin):
    part_of = "plan"
    list_display = ("title", "plan", "lead_unit", "completion", "activity")
    list_filter = (BranchFilter, ("activity", admin.EmptyFieldListFilter))
    date_hierarchy = "completion"
    search_fields = ("folded",)
    search_through = ("plan",)
    autocomplete_fields = ("plan", "activity")
    offers = LINE_WORDS | {"place": ()}
    fields = (
        "plan",
        "title",
        "lead_unit",
        "cooperating_units",
        ("completion", "completion_words"),
        "activity",
        "place",
        "note",
    )
