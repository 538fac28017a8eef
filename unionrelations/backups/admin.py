"""The list of backups, to look at: nobody writes it here, and no backup leaves the house through a page."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat

from unionrelations.backups.models import Backup
from unionrelations.kit.admin import ReadOnlyAdmin


@admin.register(Backup)
class BackupAdmin(ReadOnlyAdmin):
    list_display = (*("asked_at", "state", "error", "bytes", "rows", "files", "missing", "verified_at", "removed_at"),)
    list_filter = ("state",)
    date_hierarchy = "asked_at"

    @admin.display(description=Backup._meta.get_field("size").verbose_name, ordering="size")
    def bytes(self, one):
        return None if one.size is None else filesizeformat(one.size)
