"""Who went or came, by name.

Headcounts never come from here: lists are often partial.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import MemberQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable

from .activities import Activity


class Member(Findable):
    """A person in an activity: ours where `union` is given, else a guest or of unknown side."""

    found_by = ("name",)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="members", verbose_name=_("activity"))
    union = models.ForeignKey(
        Union, null=True, blank=True, on_delete=models.PROTECT, related_name="members", verbose_name=_("union")
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    is_head = models.BooleanField(_("head of delegation"), default=False)
    is_interpreter = models.BooleanField(_("interpreter"), default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["activity_id", "-is_head", "pk"]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="member_names_trgm")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(is_head=True),
                name="an_activity_has_one_head",
                violation_error_message=_("Another person already heads this delegation."),
            ),
            models.UniqueConstraint(
                fields=["activity", "name", "title"],
                name="a_member_is_listed_once",
                violation_error_message=_("This person is already listed."),
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.activity.code, self.name, self.title)

    natural_key.dependencies = ["activities.delegation", "activities.conference", "activities.course"]
