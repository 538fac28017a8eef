"""Report files, signed reports and audits, to look at: nobody writes them by hand here."""

from django.contrib import admin

from activities.reports.models import AuditRun, ReportFile, SignedFile, TermReport
from unionrelations.accounts.admin import BranchFilter
from unionrelations.kit.admin import ReadOnlyAdmin


@admin.register(ReportFile)
class ReportFileAdmin(ReadOnlyAdmin):
    list_display = ("union", "term", "first_day", "last_day", "under", "format", "language", "state", "asked_at")
    list_filter = ("state", "format", BranchFilter)
    date_hierarchy = "asked_at"
    search_fields = ("format",)
    search_through = ("union",)
    autocomplete_fields = ("union", "term", "asked_by")


@admin.register(TermReport)
class TermReportAdmin(ReadOnlyAdmin):
    """Drafted, submitted and signed on the report's own pages. What was frozen is long, and is read there too."""

    list_display = ("title", "union", "first_day", "last_day", "under", "state", "number", "signed_at", "signed_by")
    list_filter = ("state", BranchFilter)
    date_hierarchy = "signed_at"
    search_fields = ("title",)
    search_through = ("union",)
    autocomplete_fields = ("union", "term", "partner", "country")
    exclude = ("figures", "rows", "frame")


@admin.register(SignedFile)
class SignedFileAdmin(ReadOnlyAdmin):
    list_display = ("report", "format", "state", "size", "sha256", "finished_at", "error")
    list_filter = ("state", "format")
    search_fields = ("format",)
    autocomplete_fields = ("report",)


@admin.register(AuditRun)
class AuditRunAdmin(ReadOnlyAdmin):
    """An audit compares every union's figures, so it is read by those who read every union's."""

    list_display = ("asked_at", "state", "compared", "mismatch_count", "finished_at", "error")
    list_filter = ("state",)
    date_hierarchy = "asked_at"

    def has_view_permission(self, request, obj=None):
        user = request.user
        reads_all = user.sees_everything or (user.union is not None and user.union.parent_id is None)
        return reads_all and super().has_view_permission(request, obj)

    @admin.display(description=AuditRun._meta.get_field("mismatches").verbose_name)
    def mismatch_count(self, one):
        return len(one.mismatches)
