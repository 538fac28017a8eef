"""An e-mail address invited into a union. The link is signed and never kept; a password is set by its owner alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union, User
from unionrelations.kit.scoping import ScopedQuerySet

SALT = "unionrelations.invitation"
RANK = {User.Role.ADMINISTRATOR: 3, User.Role.OFFICER: 2, User.Role.LEADER: 2, User.Role.AUDITOR: 1}


def new_mark() -> str:
    return get_random_string(16)


def may_invite(person) -> bool:
    """Whoever may open accounts."""
    return person.has_perm("accounts.add_user")


def roles_for(person) -> list[str]:
    """The roles a person may give: none above their own."""
    most = RANK[User.Role.ADMINISTRATOR] if person.is_superuser else RANK[User.Role(person.role)]
    return [role for role in User.Role if RANK[role] <= most]


class InvitationQuerySet(ScopedQuerySet):
    scope_path = "union"

    def open(self, now: datetime):
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def at_the_door(self, now: datetime):
        """Where nobody has signed in yet: those an address or a link may open."""
        return self.open(now).select_related("union", "invited_by__union")

    def opened_by(self, token: str, now: datetime):
        """The open invitation a link leads to; None for a link that is good no longer."""
        try:
            said = signing.loads(token, salt=SALT)
            invitation = self.at_the_door(now).get(pk=said["pk"], mark=said["mark"])
        except (signing.BadSignature, KeyError, TypeError, ValueError, self.model.DoesNotExist):
            return None
        return invitation if invitation.still_stands else None


class Invitation(models.Model):
    """One letter that opens one account, once, until it expires or is withdrawn."""

    email = models.EmailField(_("e-mail"))
    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("union"))
    role = models.CharField(_("role"), max_length=20, choices=User.Role)
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )
    mark = models.CharField(
        max_length=16, default=new_mark, editable=False
    )  # a letter sent again makes the old one void
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations_sent", editable=False
    )
    invited_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitation", editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        indexes = [models.Index(fields=["email"])]

    def __str__(self):
        return self.email

    @property
    def still_stands(self) -> bool:
        """Whether the person who invited may still do so: what they may no longer do, their letters cannot either."""
        host = self.invited_by
        reach = Union.objects.visible_to(host)
        may = host.is_active and may_invite(host) and self.role in roles_for(host)
        return may and reach.filter(pk=self.union_id).exists()

    def send_again(self, now: datetime) -> None:
        """A new letter; the link of the one before opens nothing."""
        self.mark, self.expires_at = new_mark(), now + timedelta(days=settings.INVITATION_DAYS)
        self.save(update_fields=["mark", "expires_at"])

    @property
    def token(self) -> str:
        return signing.dumps({"pk": self.pk, "mark": self.mark}, salt=SALT)

    def accept(self, person: User, now: datetime) -> User:
        """Opens the account, as the invitation says and not as the form might; the row is used up with it.

        Inside a transaction: of two who press the button together, the second finds it used.
        """
        still = self._of_now(now)
        if still is None:
            raise ValidationError(_("This invitation has been used."))
        person.email, person.union, person.role, person.language = self.email, self.union, self.role, self.language
        person.save()
        self.accepted_at, self.account = now, person
        self.save(update_fields=["accepted_at", "account"])
        return person

    def _of_now(self, now: datetime):
        rows = type(self)._base_manager.select_for_update().filter(pk=self.pk, mark=self.mark)
        return rows.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now).first()
