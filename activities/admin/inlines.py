"""Who took part in an activity, its people, papers and sources, as rows on its page."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.models import (
    Activity,
    ActivityCountry,
    Attendance,
    CarriedOut,
    Cost,
    FollowUp,
    Interpreting,
    Member,
    Paper,
    PartnerRole,
    ProgrammeItem,
    SourceLink,
    Talk,
    UnionRole,
)
from unionrelations.kit.admin import ScopedFormSet, ScopedTabular
from unionrelations.kit.kept_files import UploadField
from unionrelations.kit.upload_forms import FileInput

from .prefill import document_of, union_of


class SeededRows(ScopedTabular):
    """Rows of which a new record opened from a document already has the first."""

    def seed(self, document, user) -> dict:
        """What the first row of a new record holds; nothing for no such row."""
        return {}

    def seeds(self, request) -> list[dict]:
        # Sent back, a row filled in beforehand is compared with an empty one: else it would count as untouched.
        seed = self.seed(document_of(request), request.user) if request.method == "GET" else None
        return [seed] if seed else []

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else max(len(self.seeds(request)), self.extra)


class UnionRoleFormSet(ScopedFormSet):
    """At least one union takes part; only one leads, counting those the reader does not see."""

    def clean(self):
        super().clean()
        if any(self.errors) or (self.reader.union_id is not None and self.instance.pk is None):
            return  # a new activity nobody is named for is entered as the reader's own union's
        shown = [row.instance.pk for row in self.initial_forms]
        if not self._staying() and not UnionRole.objects.filter(activity=self.instance.pk).exclude(pk__in=shown):
            raise forms.ValidationError(_("Name at least one union of ours that took part."))


class UnionRoleRows(SeededRows):
    model = UnionRole
    formset = UnionRoleFormSet
    autocomplete_fields = ("union",)
    fields = ("union", "part", "people")

    def seed(self, document, user):
        union = union_of(document, user)
        return {"union": union} if union else {}

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.reader = request.user
        return formset


class PartnerRoleRows(ScopedTabular):
    model = PartnerRole
    autocomplete_fields = ("partner",)
    fields = ("partner", "part")


class CountryRows(ScopedTabular):
    model = ActivityCountry
    autocomplete_fields = ("country",)
    fields = ("country",)


class MemberRows(ScopedTabular):
    model = Member
    owner = "union"
    autocomplete_fields = ("union",)
    fields = ("name", "title", "union", "is_head", "is_interpreter")
    offers = {"name": ("accounts.Officer.name",), "title": ("accounts.Officer.title",)}


class PaperRows(ScopedTabular):
    model = Paper
    fields = ("kind", "number", "day", "file", "note")
    formfield_overrides = {UploadField: {"widget": FileInput}}


class CostRows(ScopedTabular):
    model = Cost
    owner = "union"
    autocomplete_fields = ("union", "payer_union", "payer_partner")
    fields = (
        *("union", "item", "estimate", "settlement", "over_reason", "currency", "rate", "rate_day", "rate_source"),
        *("source", "payer_union", "payer_partner", "note"),
    )


class ProgrammeRows(ScopedTabular):
    model = ProgrammeItem
    fields = ("day", "begins_at", "ends_at", "place", "met", "topic")


class TalkRows(ScopedTabular):
    model = Talk
    autocomplete_fields = ("partner",)
    fields = ("day", "partner", "with_whom", "topics", "agreed")


class FollowUpRows(ScopedTabular):
    model = FollowUp
    fk_name = "activity"
    fields = ("what", "side", "due_on", "done_on", "note")


class InterpretingRows(ScopedTabular):
    model = Interpreting
    owner = "officer"
    autocomplete_fields = ("officer",)
    fields = ("language", "officer", "name", "note")
    offers = {"language": ("accounts.OfficerLanguage.language",)}


class CarriedOutRows(ScopedTabular):
    model = CarriedOut
    autocomplete_fields = ("agreement",)
    fields = ("agreement", "note")


class AttendanceRows(ScopedTabular):
    model = Attendance
    owner = "officer"
    autocomplete_fields = ("officer",)
    fields = ("officer", "note")


class SourceRows(SeededRows):
    model = SourceLink
    owner = "document"
    autocomplete_fields = ("document",)
    fields = ("document", "place", "note")

    def seed(self, document, user):
        return {"document": document.pk} if document else {}


class PartsRows(ScopedTabular):
    """The activities that are part of this one; each is changed on its own page."""

    model = Activity
    fk_name = "part_of"
    verbose_name_plural = _("parts of it")
    fields = readonly_fields = ("kind", "when", "status")
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("when"))
    def when(self, one):
        return one.when


ROWS = (
    UnionRoleRows,
    PartnerRoleRows,
    CountryRows,
    MemberRows,
    PaperRows,
    CostRows,
    ProgrammeRows,
    TalkRows,
    FollowUpRows,
    InterpretingRows,
    CarriedOutRows,
    SourceRows,
    PartsRows,
)
