"""Inviting somebody by e-mail, and what happens behind the link. Nobody invites further than they see themselves."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from unionrelations.accounts.letters import write
from unionrelations.accounts.models import Union, User
from unionrelations.kit.folding import fold
from unionrelations.web.models import Invitation
from unionrelations.web.models.invitations import may_invite, roles_for

from .links import absolute


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ("email", "union", "role", "language")

    def __init__(self, *args, host, **kwargs):
        super().__init__(*args, **kwargs)
        given = roles_for(host)
        self.fields["union"].queryset = Union.objects.visible_to(host)
        self.fields["union"].initial = host.union_id
        self.fields["union"].empty_label = None if host.union_id else "–"
        self.fields["role"].choices = [(role.value, role.label) for role in User.Role if role in given]
        self.fields["role"].initial = User.Role.OFFICER
        self.fields["language"].initial = "vi"

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.at_the_door().filter(email__iexact=email).exists():
            raise ValidationError(gettext_lazy("Somebody has an account with this e-mail already."))
        if Invitation.objects.at_the_door(timezone.now()).filter(email=email).exists():
            raise ValidationError(gettext_lazy("This e-mail is invited already; send that invitation again instead."))
        return email


class AcceptForm(BaseUserCreationForm):
    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username", "last_name", "first_name")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = self.fields["first_name"].required = True


def hosts_only(request) -> None:
    if not may_invite(request.user):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Who is invited and has not come yet; inviting one more."""
    hosts_only(request)
    now = timezone.now()
    form = InvitationForm(request.POST or None, host=request.user)
    if request.method == "POST" and form.is_valid():
        invitation = form.save(commit=False)
        invitation.invited_by, invitation.invited_at = request.user, now
        invitation.expires_at = now + timedelta(days=settings.INVITATION_DAYS)
        invitation.save()
        return _sent(request, invitation)
    mine = Invitation.objects.visible_to(request.user).select_related("union", "invited_by")
    context = {
        "form": form,
        "open": mine.open(now),
        "link": request.session.pop("invitation-link", None),
        "days": settings.INVITATION_DAYS,
    }
    return render(request, "door/invitations.html", context)


@require_POST
def again(request, pk):
    """A new letter with a new link; the one before opens nothing any more."""
    invitation = _open_or_404(request, pk)
    invitation.send_again(timezone.now())
    return _sent(request, invitation)


@require_POST
def withdraw(request, pk):
    invitation = _open_or_404(request, pk)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("invitations")


def _open_or_404(request, pk) -> Invitation:
    hosts_only(request)
    return get_object_or_404(Invitation.objects.visible_to(request.user).open(timezone.now()), pk=pk)


def _sent(request, invitation: Invitation):
    """By e-mail; where the house sends none, whoever invites hands the link over and sees it once."""
    link = absolute(request, reverse("invitation", args=[invitation.token]))
    if settings.MAIL_IS_SENT:
        told = {"invitation": invitation, "link": link, "host": request.user.get_full_name() or request.user.username}
        write(invitation.email, invitation.language, "invitation", told)
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
    else:
        request.session["invitation-link"] = [invitation.email, link]
    return redirect("invitations")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, token):
    """The account is opened by whoever holds the link, as the invitation says."""
    now = timezone.now()
    invitation = Invitation.objects.opened_by(token, now)
    if invitation is None:
        return render(request, "door/invitation_gone.html", status=410)
    if request.user.is_authenticated:
        return render(request, "door/invitation_other.html", {"invitation": invitation})
    form = AcceptForm(request.POST or None, initial={"username": free_name(invitation.email)})
    if request.method == "POST" and form.is_valid():
        person = _opened(invitation, form, now)
        if person is not None:
            return perform_login(request, person, email_verification="none")
        return render(request, "door/invitation_gone.html", status=410)
    context = {"form": form, "invitation": invitation, "office": settings.OIDC_NAME}
    response = render(request, "door/invitation.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address of this page is the key to it
    return response


def _opened(invitation: Invitation, form: AcceptForm, now) -> User | None:
    person = form.save(commit=False)
    try:
        with transaction.atomic():
            return invitation.accept(person, now)
    except ValidationError:
        return None


def free_name(email: str) -> str:
    """A sign-in name nobody has, from what stands before the @."""
    name = slugify(fold(email.partition("@")[0])) or "tai-khoan"
    taken = set(User.objects.at_the_door().filter(username__startswith=name).values_list("username", flat=True))
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 10_000))) if one not in taken)


def account_for(verified: list[str], sociallogin) -> User | None:
    """Whose account an address belongs to that a provider of single sign-on has verified; an open invitation opens one.

    None where nobody has the address, or more than one: nobody is let in by chance.
    """
    for email in verified:
        people = list(User.objects.at_the_door().filter(email__iexact=email, is_active=True)[:2])
        if people:
            return people[0] if len(people) == 1 else None
        now = timezone.now()
        invitation = Invitation.objects.at_the_door(now).filter(email=email.lower()).first()
        if invitation is not None and invitation.still_stands:
            told = sociallogin.user
            person = User(username=free_name(email), first_name=told.first_name, last_name=told.last_name)
            person.set_unusable_password()
            with transaction.atomic():
                return invitation.accept(person, now)
    return None
