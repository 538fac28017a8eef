"""The back office of accounts and their sign-ins. Nobody gives away more than they have themselves."""

from __future__ import annotations

from allauth.account import admin as account_admin
from allauth.mfa import admin as mfa_admin
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as social_admin
from allauth.usersessions import admin as sessions_admin
from axes import admin as axes_admin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.admin import ScopedAdmin
from unionrelations.kit.admin.widgets import settle_choices
from unionrelations.kit.folding import fold

from .branches import BranchFilter
from .models import User
from .second_factor import KINDS, take_away


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


class SecondFactorFilter(admin.SimpleListFilter):
    title = _("second factor")
    parameter_name = "second_factor"

    def lookups(self, request, model_admin):
        return [("yes", _("set up")), ("no", _("none"))]

    def queryset(self, request, queryset):
        having = Authenticator.objects.filter(type__in=KINDS).values("user")
        if self.value() == "yes":
            return queryset.filter(pk__in=having)
        return queryset.exclude(pk__in=having) if self.value() == "no" else queryset


@admin.register(User)
class UserAdmin(ScopedAdmin, DjangoUserAdmin):
    """Roles say what an account may do, so groups and single permissions, which would change nothing, are not asked."""

    form, add_form = AccountForm, NewAccountForm
    list_display = ("username", "full_name", "union_label", "role", "language", "is_active", "last_login")
    list_filter = ("role", BranchFilter, "is_active", SecondFactorFilter, "language")
    autocomplete_fields = ("union",)
    filter_horizontal = ()
    actions = ("close_accounts", "open_accounts", "reset_second_factor", "sign_out")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("last_name", "first_name"), "email", "language", ("digest", "digest_weekday")]}),
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

    @admin.action(description=_("Reset the second factor of the accounts chosen (phone lost)"), permissions=["change"])
    def reset_second_factor(self, request, queryset):
        """Never one's own: whoever sits down at an open session must not get rid of it."""
        done = 0
        for one in queryset.exclude(pk=request.user.pk):
            if self.has_change_permission(request, one) and take_away(one):
                self.log_change(request, one, gettext("Second factor reset."))
                done += 1
        self._say(request, done)

    @admin.action(description=_("Sign the accounts chosen out everywhere"), permissions=["change"])
    def sign_out(self, request, queryset):
        done = 0
        for one in queryset.exclude(pk=request.user.pk):
            if self.has_change_permission(request, one):
                one.sign_out_everywhere()
                self.log_change(request, one, gettext("Signed out everywhere."))
                done += 1
        self._say(request, done)

    @transaction.atomic
    def _open(self, request, queryset, *, is_active):
        done = 0
        for one in queryset.exclude(is_active=is_active):
            if self.has_change_permission(request, one):
                one.is_active = is_active
                one.save(update_fields=["is_active"])
                self.log_change(request, one, [{"changed": {"fields": ["is_active"]}}])
                done += 1
        self._say(request, done)

    def _say(self, request, done):
        self.message_user(
            request, ngettext("%d account changed.", "%d accounts changed.", done) % done, messages.SUCCESS
        )


# Roles answer for permissions here; a group would look as if it gave some.
admin.site.unregister(Group)

# What opens accounts is shown to its owner alone, on the pages of the door; a provider is named by the environment.
for _page in (account_admin, mfa_admin, social_admin, sessions_admin):
    for _model in [one for one in admin.site._registry if type(admin.site._registry[one]).__module__ == _page.__name__]:
        admin.site.unregister(_model)


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
