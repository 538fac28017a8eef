"""The back office of how offices work: days off, and what a union wants to be reminded of."""

from __future__ import annotations

from django.contrib import admin

from unionrelations.accounts.models import OfficeDay, ReminderSettings
from unionrelations.kit.admin import ScopedAdmin

from .branches import BranchFilter


@admin.register(OfficeDay)
class OfficeDayAdmin(ScopedAdmin):
    list_display = ("day", "kind", "name")
    list_filter = ("kind",)
    date_hierarchy = "day"
    search_fields = ("name",)
    fields = ("day", "kind", "name")


@admin.register(ReminderSettings)
class ReminderSettingsAdmin(ScopedAdmin):
    list_display = ("union", "quiet_months", "plan_day", "plan_month")
    list_filter = (BranchFilter,)
    search_fields = ("union__folded",)
    autocomplete_fields = ("union",)
    fields = ("union", "quiet_months", ("plan_day", "plan_month"))

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)
