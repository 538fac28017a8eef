"""The back office of countries, partners, relations and agreements."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    Contact,
    Country,
    Coverage,
    Partner,
    PartnerAffiliation,
    RelationEvent,
)
from unionrelations.accounts.branches import BranchFilter
from unionrelations.kit.admin import PartAdmin, ScopedAdmin, ScopedFormSet, ScopedTabular
from unionrelations.kit.sorting import ByName


@admin.register(Country)
class CountryAdmin(ScopedAdmin):
    list_display = ("name", "name_en", "code", "region")
    list_filter = ("region",)
    search_fields = ("folded",)
    fields = ("code", "name", "name_en", "region", "aliases")


class ContactRows(ScopedTabular):
    model = Contact
    fields = ("name", "title", "email", "phone")
    offers = {"title": ()}


class AffiliationRows(ScopedTabular):
    model = PartnerAffiliation
    fk_name = "partner"
    autocomplete_fields = ("federation",)


class CoverageRows(ScopedTabular):
    model = Coverage
    owner = "officer"
    autocomplete_fields = ("officer",)
    fields = ("officer", "note")


@admin.register(Partner)
class PartnerAdmin(ScopedAdmin):
    list_display = ("name", "acronym", "name_en", "kind", "country", "licence_expires_on")
    list_filter = ("kind", "country__region", ("country", admin.RelatedOnlyFieldListFilter))
    search_fields = ("folded",)
    search_through = ("country",)
    autocomplete_fields = ("country",)
    inlines = (AffiliationRows, ContactRows, CoverageRows)
    fieldsets = (
        (None, {"fields": ["name", "name_en", ("original_name", "acronym"), ("kind", "country")]}),
        (_("Licence"), {"fields": [("licence_number", "licence_expires_on")]}),
        (_("More"), {"fields": ["aliases", "code", "note"]}),
    )


@admin.register(PartnerAffiliation)
class PartnerAffiliationAdmin(PartAdmin):
    part_of = "partner"
    list_display = ("partner", "federation", "note")
    list_select_related = ("partner", "federation")
    search_fields = ("note",)
    search_through = ("partner", "federation")
    autocomplete_fields = ("partner", "federation")


@admin.register(Coverage)
class CoverageAdmin(PartAdmin):
    part_of = "partner"
    list_display = ("partner", "officer", "note")
    list_select_related = ("partner", "officer")
    list_filter = (BranchFilter,)
    search_fields = ("note",)
    search_through = ("partner", "officer")
    autocomplete_fields = ("partner", "officer")


@admin.register(Contact)
class ContactAdmin(ScopedAdmin):
    list_display = ("name", "title", "partner", "email", "phone")
    search_fields = ("folded",)
    search_through = ("partner",)
    autocomplete_fields = ("partner",)
    offers = {"title": ()}
    fields = ("partner", ("name", "title"), ("email", "phone"), "note")


@admin.register(RelationEvent)
class RelationEventAdmin(ScopedAdmin):
    list_display = ("partner_label", "kind", "union_label", "when")
    list_display_links = ("partner_label", "kind")
    list_filter = ("kind", BranchFilter, "precision")
    date_hierarchy = "starts_on"
    search_fields = ("note",)
    search_through = ("partner", "union")
    autocomplete_fields = ("union", "partner")
    fields = ("union", "partner", "kind", ("starts_on", "ends_on", "precision"), "date_words", "note")

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)

    @admin.display(description=_("partner"), ordering=ByName("partner__name", "partner__name_en"))
    def partner_label(self, one):
        return str(one.partner) if one.partner else _("partner not named")

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label

    @admin.display(description=_("when"), ordering="starts_on")
    def when(self, one):
        return one.when


class PartyFormSet(ScopedFormSet):
    def clean(self):
        super().clean()
        if any(self.errors) or (self.reader.union_id is not None and self.instance.pk is None):
            return  # an agreement nobody of ours is named for is entered as the reader's own union's
        ours = any(row.instance.union_id for row in self._staying())
        unseen = self.model._base_manager.filter(agreement=self.instance.pk, union__isnull=False)
        if not ours and not unseen.exclude(pk__in=[row.instance.pk for row in self.initial_forms]).exists():
            raise forms.ValidationError(_("Name at least one union of ours that is a party."))


class PartyRows(ScopedTabular):
    model = AgreementParty
    formset = PartyFormSet
    owner = "union"
    autocomplete_fields = ("union", "partner")
    offers = {"signatory": (), "signatory_title": ("accounts.Officer.title",)}

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.reader = request.user
        return formset


class AgreementEventRows(ScopedTabular):
    model = AgreementEvent
    autocomplete_fields = ("heir", "heir_partner")


SIGNED_FOR = ("in_name_of", "approved_by", ("is_authorised", "authority"))


class PartyFilter(BranchFilter):
    def of_branch(self, rows, union):
        return rows.of(union, under=True)


@admin.register(Agreement)
class AgreementAdmin(ScopedAdmin):
    list_display = ("title", "kind", "parties_shown", "signed", "in_force_from", "in_force_to")
    list_filter = (PartyFilter, "kind")
    date_hierarchy = "signed_from"
    search_fields = ("folded",)
    search_through = ("parties__union", "parties__partner")
    inlines = (PartyRows, AgreementEventRows)
    readonly_fields = known_once_saved = ("parties_shown",)
    offers = {"kind": (), "signed_at": (), "languages": (), "approved_by": (), "authority": (), "duration": ()}
    fieldsets = (
        (None, {"fields": ["title", ("kind", "code"), "parties_shown"]}),
        (_("Signing"), {"fields": [("signed_from", "signed_to"), ("signed_words", "signed_at"), *SIGNED_FOR]}),
        (_("In force"), {"fields": [("in_force_from", "in_force_to"), "duration"]}),
        (_("Renewal"), {"fields": [("renewal_started_on", "renewal_by"), "renewal_note"]}),
        (_("More"), {"fields": ["content", "languages", "note"]}),
    )

    def offered(self, name, user):
        used = super().offered(name, user)
        return list(dict.fromkeys([*used, *Agreement.SUGGESTED_KINDS])) if name == "kind" else used

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        agreement = form.instance
        if not change and request.user.union_id and not agreement.parties.filter(union__isnull=False).exists():
            AgreementParty.objects.create(agreement=agreement, union_id=request.user.union_id)

    @admin.display(description=_("parties"))
    def parties_shown(self, one):
        """All of them, since whoever reads the agreement reads who signed it."""
        sides = one.parties.all() if one.pk else ()
        return " · ".join(side.union.label if side.union else side.partner.label for side in sides)

    @admin.display(description=_("signed on"), ordering="signed_from")
    def signed(self, one):
        if one.signed_from is None or one.signed_from == one.signed_to:
            return one.signed_from
        return one.signed_words or f"{one.signed_from:%d/%m/%Y} – {one.signed_to:%d/%m/%Y}"


class OfAgreement(PartAdmin):
    part_of = "agreement"
    search_through = ("agreement",)


@admin.register(AgreementParty)
class AgreementPartyAdmin(OfAgreement):
    list_display = ("agreement", "union", "partner", "signatory", "signatory_title")
    list_select_related = ("agreement", "union", "partner")
    search_fields = ("signatory",)
    search_through = ("agreement", "union", "partner")
    autocomplete_fields = ("agreement", "union", "partner")

    def is_writable(self, request, one):
        """A party that is a union out of reach belongs to that union."""
        if one is not None and one.pk and one.union_id and not request.user.reach().filter(pk=one.union_id).exists():
            return False
        return super().is_writable(request, one)


@admin.register(AgreementEvent)
class AgreementEventAdmin(OfAgreement):
    list_display = ("agreement", "kind", "day", "heir")
    list_select_related = ("agreement", "heir")
    list_filter = ("kind",)
    date_hierarchy = "day"
    search_fields = ("note",)
    autocomplete_fields = ("agreement", "heir", "heir_partner")
