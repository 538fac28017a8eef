"""The back office of unions, officers and accounts. Nobody gives away more than they have themselves."""

from __future__ import annotations

from axes import admin as axes_admin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from unionrelations.accounts.models import Officer, OfficerLanguage, Union, UnionSuccession, User
from unionrelations.kit.admin import PartAdmin, RecordForm, ScopedAdmin, ScopedTabular
from unionrelations.kit.admin.widgets import settle_choices
from unionrelations.kit.folding import fold


class BranchFilter(admin.SimpleListFilter):
    """The reader's union and those directly under it, each with all that stand below."""

    title = _("union, with those below")
    parameter_name = "branch"

    def lookups(self, request, model_admin):
        unions = Union.objects.visible_to(request.user)
        if request.user.sees_everything:
            top = Q(parent=None) | Q(parent__parent=None)
        else:
            top = Q(pk=request.user.union_id) | Q(parent=request.user.union_id)
        self.unions = {str(one.pk): one for one in unions.filter(top)}
        return [(pk, one.label) for pk, one in self.unions.items()]

    def has_output(self):
        return len(self.lookup_choices) > 1

    def queryset(self, request, queryset):
        union = self.unions.get(self.value() or "")
        return queryset if union is None else self.of_branch(queryset, union)

    def of_branch(self, rows, union):
        if rows.scope_rows is not None:
            return rows.filter(**{f"{rows.scope_rows}__union": union})
        step = f"{rows.scope_path}__" if rows.scope_path else ""
        return rows.filter(**{f"{step}path__startswith": union.path})


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


class AccountForm(UserChangeForm):
    """An account; who may sign in for the whole house is decided by those who see all of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        settle_choices([self])
        _require_union(self)

    class Meta(UserChangeForm.Meta):
        model = User


class NewAccountForm(AdminUserCreationForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _require_union(self)

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username",)


def _require_union(form) -> None:
    """A person without a union would see nothing, and as superuser everything: only who sees everything may say so."""
    if "union" in form.fields and not form.reader.sees_everything:
        form.fields["union"].required = True


@admin.register(User)
class UserAdmin(ScopedAdmin, DjangoUserAdmin):
    """Roles say what an account may do, so groups and single permissions, which would change nothing, are not asked."""

    form, add_form = AccountForm, NewAccountForm
    list_display = ("username", "full_name", "union_label", "role", "language", "is_active", "last_login")
    list_filter = ("role", BranchFilter, "is_active", "language")
    autocomplete_fields = ("union",)
    filter_horizontal = ()
    actions = ("close_accounts", "open_accounts")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("last_name", "first_name"), "email", "language"]}),
        (_("What they may do"), {"fields": [("union", "role"), "is_active"]}),
        (_("Record"), {"fields": [("last_login", "date_joined")]}),
    )
    add_fieldsets = (
        (None, {"fields": ["username", ("last_name", "first_name"), "email"]}),
        (_("What they may do"), {"fields": [("union", "role"), "language"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
    )

    def get_fieldsets(self, request, obj=None):
        groups = super().get_fieldsets(request, obj)
        if obj is not None and request.user.is_superuser:
            groups[2][1]["fields"].append("is_superuser")
        return groups

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.reader = request.user
        return form

    def get_changeform_initial_data(self, request):
        return {"union": request.user.union_id} | super().get_changeform_initial_data(request)

    def is_writable(self, request, one):
        """A superuser's account is changed by superusers only: whoever sets its password has all of its rights."""
        if one is not None and one.is_superuser and not request.user.is_superuser:
            return False
        return super().is_writable(request, one)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and obj != request.user

    def _matching(self, request, words):
        """Accounts keep no folded column; those in reach are few enough to fold here."""
        wanted = fold(words).split()
        names = User.objects.visible_to(request.user).values_list(
            "pk", "username", "last_name", "first_name", "email", "union__name", "union__short_name"
        )
        folded = ((pk, fold(" ".join(one or "" for one in known))) for pk, *known in names)
        return Q(pk__in=[pk for pk, known in folded if wanted and all(word in known for word in wanted)])

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, one):
        return f"{one.last_name} {one.first_name}".strip()

    @admin.display(description=_("union"), ordering="union__path")
    def union_label(self, one):
        return one.union.label if one.union else None

    @admin.action(description=_("Close the accounts chosen"), permissions=["change"])
    def close_accounts(self, request, queryset):
        self._open(request, queryset.exclude(pk=request.user.pk), is_active=False)

    @admin.action(description=_("Open the accounts chosen again"), permissions=["change"])
    def open_accounts(self, request, queryset):
        self._open(request, queryset, is_active=True)

    @transaction.atomic
    def _open(self, request, queryset, *, is_active):
        done = 0
        for one in queryset.exclude(is_active=is_active):
            if self.has_change_permission(request, one):
                one.is_active = is_active
                one.save(update_fields=["is_active"])
                self.log_change(request, one, [{"changed": {"fields": ["is_active"]}}])
                done += 1
        self.message_user(
            request, ngettext("%d account changed.", "%d accounts changed.", done) % done, messages.SUCCESS
        )


# Roles answer for permissions here; a group would look as if it gave some.
admin.site.unregister(Group)


class OfReach:
    """Sign-ins and failures of the accounts an administrator keeps, and of nobody else's."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.sees_everything:
            return rows
        return rows.filter(username__in=User.objects.visible_to(request.user).values("username"))


for _model, _page in (
    (AccessAttempt, axes_admin.AccessAttemptAdmin),
    (AccessLog, axes_admin.AccessLogAdmin),
    (AccessFailureLog, axes_admin.AccessFailureLogAdmin),
):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)
        admin.site.register(_model, type(_page.__name__, (OfReach, _page), {}))
