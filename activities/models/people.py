"""Who went or came, by name, and the papers of an activity.

Headcounts never come from here: lists are often partial.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import MemberQuerySet, PaperQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable

from .activities import Activity

PAPER_FILES = ("pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "jpg", "jpeg", "png", "tif", "tiff")


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
        ordering = ["activity", "-is_head", "pk"]
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


class Paper(models.Model):
    """A paper of an activity: request, permission, programme or trip report, with its number, day and file."""

    class Kind(models.TextChoices):
        REQUEST = "request", _("request document")
        PERMISSION = "permission", _("permission document")
        PROGRAMME = "programme", _("programme")
        TRIP_REPORT = "trip_report", _("trip report")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="papers", verbose_name=_("activity"))
    kind = models.CharField(pgettext_lazy("of a paper", "kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=80, blank=True)
    day = models.DateField(_("signed on"), null=True, blank=True)
    file = models.FileField(
        _("file"),
        upload_to="papers/%Y/",
        max_length=250,
        blank=True,
        validators=[FileExtensionValidator(PAPER_FILES)],
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["activity", "kind", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") | Q(day__isnull=False) | ~Q(file=""),
                name="a_paper_has_a_number_a_day_or_a_file",
                violation_error_message=_("Give the paper's number, its day or its file."),
            )
        ]

    def __str__(self):
        return " ".join(part for part in (self.get_kind_display(), self.number) if part)
