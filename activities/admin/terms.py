"""The back office of terms. A union reads the terms of those above it and changes its own."""

from django.contrib import admin

from activities.models import Term
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import ScopedAdmin


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    list_display = ("name", "union", "congress", "first_day", "last_day")
    list_filter = (BranchFilter,)
    search_fields = ("name", "congress")
    search_through = ("union",)
    autocomplete_fields = ("union",)
    offers = {"congress": ()}
    fields = ("union", ("name", "congress"), ("first_day", "last_day"), "note")

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)
