"""The back office of delegations, conferences and courses, and the list of all of them together."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Conference,
    Course,
    Delegation,
    PartnerRole,
    UnionRole,
)
from unionrelations.accounts.branches import BranchFilter
from unionrelations.accounts.models import User
from unionrelations.kit.admin import RecordForm, ScopedAdmin
from unionrelations.kit.windows import MONTHS_IN, window_around

from .inlines import ROWS, AttendanceRows
from .prefill import FromDocument, dates_of, status_of

WHEN = (_("When"), {"fields": [("starts_on", "ends_on", "precision"), "date_words"]})
WHERE = (_("Where and how"), {"fields": [("place", "mode")]})
PLAN = (_("Plan"), {"fields": [("on_plan", "off_plan_reason"), "part_of"]})
MORE = (_("Content"), {"fields": ["content", "note", "code"]})


class ActivityForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        start, precision = cleaned.get("starts_on"), cleaned.get("precision")
        if start and precision in MONTHS_IN and not cleaned.get("ends_on"):
            # Any day of the month, quarter, half-year or year names it; the window is the whole of it.
            window = window_around(start, precision)
            cleaned["starts_on"], cleaned["ends_on"] = window.start, window.end
        return cleaned


class ActivityPages(FromDocument, ScopedAdmin):
    """What the pages of every kind share."""

    form = ActivityForm
    date_hierarchy = "starts_on"
    list_filter = (
        "status",
        BranchFilter,
        "counts_as",
        "mode",
        "on_plan",
        "precision",
        ("countries", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = ("folded",)
    search_through = ("partners", "countries", "members")
    autocomplete_fields = ("part_of",)
    readonly_fields = known_once_saved = ("counts_as",)
    inlines = ROWS
    actions = ("mark_held", "mark_postponed", "mark_cancelled", "derive_again")
    offers = {"place": ("activities.Activity.place",), "off_plan_reason": ()}
    save_on_top = True

    def get_queryset(self, request):
        """With the shares the reader may see: another union's own people are not theirs to read."""
        shares = UnionRole.objects.visible_to(request.user).select_related("union")
        return self.model._default_manager.visible_to(request.user).prefetch_related(
            Prefetch("union_roles", shares),
            Prefetch("partner_roles", PartnerRole.objects.select_related("partner")),
            Prefetch("activity_countries", ActivityCountry.objects.select_related("country")),
        )

    def get_ordering(self, request):
        """By the scope rows' own day where they cut the list: their index keeps that order."""
        if request.user.sees_everything or request.user.union_id is None:
            return ("-starts_on", "-pk")
        return ("-scopes__window_first", "-scopes__activity_id")

    def filled_in(self, document, user):
        return {"status": status_of(document), **dates_of(document)}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Without a union nobody would see it again.
        if not change and request.user.union_id and not form.instance.union_roles.exists():
            UnionRole.objects.create(activity_id=form.instance.pk, union_id=request.user.union_id)

    # --- columns

    @admin.display(description=_("when"), ordering="starts_on")
    def when(self, one):
        return one.when

    @admin.display(description=_("unions"))
    def unions_shown(self, one):
        return ", ".join(role.union.label for role in one.union_roles.all())

    @admin.display(description=_("partners"))
    def partners_shown(self, one):
        return ", ".join(dict.fromkeys(role.partner.label for role in one.partner_roles.all()))

    @admin.display(description=_("countries"))
    def countries_shown(self, one):
        return ", ".join(str(role.country) for role in one.activity_countries.all())

    @admin.display(description=_("own people"))
    def people(self, one):
        """Of the unions in reach; a plus where some of them are not known."""
        shares = [role.people for role in one.union_roles.all()]
        stated = [number for number in shares if number is not None]
        return f"{sum(stated)}{'+' if len(stated) < len(shares) else ''}" if stated else None

    # --- actions

    def has_derive_permission(self, request):
        return request.user.is_superuser or request.user.role == User.Role.ADMINISTRATOR

    @admin.action(description=_("Mark as held"), permissions=["change"])
    def mark_held(self, request, queryset):
        self._mark(request, queryset, Activity.Status.HELD)

    @admin.action(description=_("Mark as postponed"), permissions=["change"])
    def mark_postponed(self, request, queryset):
        self._mark(request, queryset, Activity.Status.POSTPONED)

    @admin.action(description=_("Mark as cancelled"), permissions=["change"])
    def mark_cancelled(self, request, queryset):
        self._mark(request, queryset, Activity.Status.CANCELLED)

    @transaction.atomic
    def _mark(self, request, queryset, status):
        changed = 0
        for one in queryset:
            if one.status != status and self.has_change_permission(request, one):
                one.status, one.changed_by = status, request.user
                try:
                    one.refuse_leap()
                    one.validate_constraints()
                except ValidationError as refused:
                    self.message_user(request, f"{one}: {' '.join(refused.messages)}", messages.WARNING)
                    continue
                one.save(update_fields=["status", "changed_by"])
                self.log_change(request, one, [{"changed": {"fields": ["status"]}}])
                changed += 1
        words = ngettext(
            "%(count)d activity is now marked as %(status)s.",
            "%(count)d activities are now marked as %(status)s.",
            changed,
        )
        self.message_user(request, words % {"count": changed, "status": status.label}, messages.SUCCESS)

    @admin.action(description=_("Derive category and totals again"), permissions=["derive"])
    def derive_again(self, request, queryset):
        ids = [one.pk for one in queryset]
        ActivityScope.objects.derive(ids)
        words = ngettext("%d activity derived again.", "%d activities derived again.", len(ids))
        self.message_user(request, words % len(ids), messages.SUCCESS)


@admin.register(Delegation)
class DelegationAdmin(ActivityPages):
    list_display = (
        "title",
        "direction",
        "when",
        "unions_shown",
        "countries_shown",
        "partners_shown",
        "people",
        "status",
    )
    list_filter = ("direction", *ActivityPages.list_filter)
    fieldsets = (
        (None, {"fields": ["title", ("direction", "status", "counts_as"), "guests"]}),
        WHEN,
        WHERE,
        PLAN,
        MORE,
    )

    @admin.display(description=_("People"))
    def people(self, one):
        """Who travelled: our own abroad, guests here."""
        return one.guests if one.direction == Delegation.Direction.IN else super().people(one)


@admin.register(Conference)
class ConferenceAdmin(ActivityPages):
    list_display = (
        "title",
        "format",
        "role",
        "when",
        "unions_shown",
        "partners_shown",
        "people",
        "counts_as",
        "status",
    )
    list_filter = ("role", "format", "international", *ActivityPages.list_filter)
    fieldsets = (
        (None, {"fields": ["title", ("format", "role", "international"), ("status", "counts_as")]}),
        WHEN,
        WHERE,
        (
            pgettext_lazy("of a conference", "Participants"),
            {"fields": [("participants_vietnamese", "participants_resident", "participants_from_abroad")]},
        ),
        PLAN,
        MORE,
    )


@admin.register(Course)
class CourseAdmin(ActivityPages):
    inlines = (*ROWS, AttendanceRows)
    list_display = (
        "title",
        "direction",
        "when",
        "unions_shown",
        "partners_shown",
        "cohort",
        "step",
        "trainees_ours",
        "trainees_theirs",
        "certificates",
        "status",
    )
    list_filter = ("direction", "level", *ActivityPages.list_filter)
    offers = ActivityPages.offers | {"cohort": (), "step": ()}
    fieldsets = (
        (None, {"fields": ["title", ("direction", "status", "counts_as"), ("cohort", "step", "level")]}),
        WHEN,
        WHERE,
        (_("Trainees"), {"fields": [("trainees_ours", "trainees_theirs", "certificates")]}),
        PLAN,
        MORE,
    )


@admin.register(Activity)
class ActivityAdmin(ActivityPages):
    """All kinds in one list; each is entered and changed on the pages of its kind."""

    list_display = ("title", "kind", "when", "unions_shown", "partners_shown", "counts_as", "status")
    list_filter = ("kind", *ActivityPages.list_filter)
    inlines = ()

    def has_add_permission(self, request):
        return False

    def _to_its_kind(self, request, object_id, page):
        one = self.get_object(request, object_id)
        if one is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse(f"admin:activities_{one.kind}_{page}", args=(one.pk,)) + query)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._to_its_kind(request, object_id, "change")

    def delete_view(self, request, object_id, extra_context=None):
        return self._to_its_kind(request, object_id, "delete")

    def history_view(self, request, object_id, extra_context=None):
        return self._to_its_kind(request, object_id, "history")
