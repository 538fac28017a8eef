"""The back office of rules. A union reads the rules of those above it; administrators change their own."""

from django.contrib import admin

from activities.models import RuleSet
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import ScopedAdmin


@admin.register(RuleSet)
class RuleSetAdmin(ScopedAdmin):
    list_display = ("union", "by_steps", "most_days", "most_people", "most_countries", "most_trips", "changed_at")
    list_select_related = ("union",)
    list_filter = (BranchFilter, "by_steps")
    search_through = ("union",)
    search_fields = ("note",)
    autocomplete_fields = ("union",)
    fields = (
        *("union", "by_steps", ("most_days", "most_people", "most_countries"), ("most_trips", "years_between")),
        *("days_ahead", "leaders_apart", "leading_titles", "note"),
    )
