"""The secret address at which a calendar program reads what one person may see. Never a password: it can be revoked."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


class CalendarFeedQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, whatever one's role."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def opened_by(self, secret: str):
        """The feed at this secret address, while its owner may sign in; None for any other. The index compares."""
        return self.filter(secret=secret, owner__is_active=True).select_related("owner__union").first()


class CalendarFeed(models.Model):
    """One person's calendar address, with the filters it was made with."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds", verbose_name=_("person")
    )
    secret = models.CharField(_("secret"), max_length=64, unique=True, default=new_secret, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    query = models.TextField(_("question"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name or str(self._meta.verbose_name)

    def get_absolute_url(self):
        return reverse("calendar-feed", args=[self.secret])
