"""Lists as people like to find them again: filters, order and columns under a name. Never rows, only the question."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union
from unionrelations.kit.scoping import ScopedQuerySet


class SavedViewQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, and those shared with one's union or one above it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Q(owner=user)
        if user.union_id is not None:
            mine |= Q(shared_with__in=[user.union_id, *user.union.ancestor_ids()])
        return self.filter(mine)

    def written_by(self, user) -> Q:
        """Only its owner renames, shares or forgets a view."""
        return Q(owner_id=user.pk)


class SavedView(models.Model):
    """The part of a list's address after the question mark, under a name of the owner's choosing."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views", verbose_name=_("person")
    )
    shared_with = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("shared with"),
        help_text=_("That union and those below it see the view; each reader still sees only their own rows in it."),
    )
    slug = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField(_("question"), blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "slug", "name"],
                name="a_person_names_a_view_once",
                violation_error_message=_("You already have a view of this name for this list."),
            )
        ]

    def __str__(self):
        return self.name
