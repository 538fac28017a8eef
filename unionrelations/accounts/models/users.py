"""Who signs in, as what, and how far they see. Never knows a password in the clear."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

from .unions import Union


class UserQuerySet(ScopedQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union")


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """Makes accounts, and cuts them to what an administrator may see."""


class User(AbstractUser):
    """A person with one role in one union; reach is that union and all under it."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        OFFICER = "officer", _("officer")
        LEADER = "leader", _("leader")
        AUDITOR = "auditor", _("auditor")

    union = models.ForeignKey(
        Union, null=True, blank=True, on_delete=models.PROTECT, related_name="people", verbose_name=_("union")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OFFICER)
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )

    keys_on = models.BooleanField(
        _("keyboard shortcuts"),
        default=True,
        help_text=_("Single letters as commands; off while a field has the focus."),
    )
    tour_seen = models.BooleanField(_("has seen the tour"), default=False, editable=False)

    objects = PeopleManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    @property
    def sees_everything(self) -> bool:
        """A superuser without a union keeps the house running and sees all of it."""
        return self.is_superuser and self.union_id is None

    def reach(self):
        """The unions whose records this person may see."""
        return Union.objects.visible_to(self)

    def save(self, *args, **kwargs):
        # The back office is for those who work in it; a leader reads the pages made for leaders.
        self.is_staff = self.is_superuser or self.role != self.Role.LEADER
        super().save(*args, **kwargs)
