"""Programmes, talks, interpreters and who attended a course, each kind of row in one list."""

from __future__ import annotations

from django.contrib import admin

from activities.models import Attendance, Interpreting, ProgrammeItem, Talk
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import PartAdmin

from .parts import OfActivity


@admin.register(ProgrammeItem)
class ProgrammeItemAdmin(OfActivity):
    list_display = ("day", "begins_at", "ends_at", "topic", "met", "place", "activity")
    list_display_links = ("day", "topic")
    list_select_related = ("activity",)
    list_filter = (BranchFilter,)
    date_hierarchy = "day"
    search_fields = ("topic", "met", "place")
    autocomplete_fields = ("activity", "contact")


@admin.register(Talk)
class TalkAdmin(OfActivity):
    list_display = ("activity", "day", "partner", "with_whom")
    list_select_related = ("activity", "partner")
    list_filter = (BranchFilter,)
    date_hierarchy = "day"
    search_fields = ("with_whom", "topics", "agreed")
    search_through = ("activity", "partner")
    autocomplete_fields = ("activity", "partner")


@admin.register(Interpreting)
class InterpretingAdmin(OfActivity):
    list_display = ("language", "officer", "name", "activity")
    list_select_related = ("activity", "officer")
    list_filter = ("language", BranchFilter)
    search_fields = ("language", "name")
    search_through = ("activity", "officer")
    autocomplete_fields = ("activity", "officer")
    offers = {"language": ("accounts.OfficerLanguage.language",)}


@admin.register(Attendance)
class AttendanceAdmin(PartAdmin):
    part_of = "course"
    list_display = ("officer", "course", "note")
    list_select_related = ("officer", "course")
    list_filter = (BranchFilter,)
    search_fields = ("note",)
    search_through = ("officer", "course")
    autocomplete_fields = ("officer", "course")
