"""Who looked at personal data, and who was erased: to look at, for whoever looks after the whole house."""

from __future__ import annotations

from django.contrib import admin

from unionrelations.kit.admin import ReadOnlyAdmin

from .models import Erasure, Reading


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "places", "reason")
    date_hierarchy = "at"


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ("day", "reader", "label", "record", "way", "people")
    list_filter = ("way", "label")
    list_select_related = ("reader",)
    search_fields = ("reader__username", "reader__last_name")
    date_hierarchy = "day"
