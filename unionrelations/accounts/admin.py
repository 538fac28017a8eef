"""The back office of unions and officers."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Officer, OfficerLanguage, Union, UnionSuccession
from unionrelations.kit.admin import PartAdmin, RecordForm, ScopedAdmin, ScopedTabular

from . import office_admin, people_admin  # noqa: F401 their pages are registered with these
from .branches import BranchFilter


class UnionForm(RecordForm):
    def clean_parent(self):
        parent = self.cleaned_data.get("parent")
        if parent is None and self.instance.pk is None and not self.reader.sees_everything:
            raise forms.ValidationError(_("Choose the union above: a new union stands under yours."))
        return parent


class SuccessionRows(ScopedTabular):
    model = UnionSuccession
    fk_name = "predecessor"
    autocomplete_fields = ("successor",)
    fields = ("kind", "successor", "day", "legal_basis")


@admin.register(Union)
class UnionAdmin(ScopedAdmin):
    form = UnionForm
    list_display = ("name", "short_name", "kind", "parent_label", "code", "valid_from", "valid_to")
    list_filter = ("kind", BranchFilter)
    search_fields = ("folded",)
    autocomplete_fields = ("parent",)
    inlines = (SuccessionRows,)
    fieldsets = (
        (None, {"fields": ["name", "name_en", ("short_name", "code"), ("kind", "parent")]}),
        (_("Time"), {"fields": [("valid_from", "valid_to")]}),
        (_("More"), {"fields": ["aliases", "note"]}),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.reader = request.user
        return form

    @admin.display(description=_("union above"), ordering="parent__path")
    def parent_label(self, one):
        return one.parent.label if one.parent else None


@admin.register(UnionSuccession)
class UnionSuccessionAdmin(ScopedAdmin):
    list_display = ("predecessor", "successor", "kind", "day", "legal_basis")
    list_filter = ("kind",)
    date_hierarchy = "day"
    search_fields = ("legal_basis",)
    search_through = ("predecessor", "successor")
    autocomplete_fields = ("predecessor", "successor")


class LanguageRows(ScopedTabular):
    model = OfficerLanguage
    offers = {"language": ()}
    extra = 1


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        spoken = OfficerLanguage.objects.visible_to(request.user).order_by("language")
        return [(one, one) for one in spoken.values_list("language", flat=True).distinct()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(pk__in=OfficerLanguage.objects.filter(language=self.value()).values("officer_id"))


@admin.register(Officer)
class OfficerAdmin(ScopedAdmin):
    list_display = ("name", "title", "union_label", "full_time", "languages_known")
    list_filter = (BranchFilter, "full_time", LanguageFilter)
    search_fields = ("folded",)
    search_through = ("union",)
    autocomplete_fields = ("union",)
    inlines = (LanguageRows,)
    offers = {"title": ()}
    fieldsets = (
        (None, {"fields": [("name", "name_plain"), "title", "union", "full_time"]}),
        (_("More"), {"fields": ["trainings", "note"]}),
    )

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label

    @admin.display(description=_("languages"))
    def languages_known(self, one):
        return ", ".join(
            f"{known.language} ({known.get_level_display()})" if known.level else known.language
            for known in one.languages.all()
        )


@admin.register(OfficerLanguage)
class OfficerLanguageAdmin(PartAdmin):
    part_of = "officer"
    list_display = ("officer", "language", "level")
    list_select_related = ("officer",)
    list_filter = ("language", "level")
    search_fields = ("language",)
    search_through = ("officer",)
    autocomplete_fields = ("officer",)
    offers = {"language": ()}
