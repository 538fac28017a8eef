"""Our unions, one under another, and how one followed another. Never knows what they did."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.querysets import UnionQuerySet, UnionSuccessionQuerySet
from unionrelations.kit.folding import NamedInTwoLanguages
from unionrelations.kit.records import Record

CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("A code has small letters, figures and single hyphens only."))


class Union(NamedInTwoLanguages, Record):
    """A union of ours. Unions above it read all it records; `path` holds its ancestors, then itself."""

    class Kind(models.TextChoices):
        CONFEDERATION = "confederation", _("confederation")
        INDUSTRY = "industry", _("central industry union")
        PROVINCIAL = "provincial", _("provincial or city federation")
        GROUP = "group", _("economic-group union")
        CORPORATION = "corporation", _("corporation union")
        UPPER = "upper", _("immediate upper-level union")
        GRASSROOTS = "grassroots", _("grassroots union")

    found_by = ("name", "name_en", "short_name", "aliases", "code")
    shortened_by = "short_name"

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[CODE],
        help_text=_("Stands in addresses and files, such as “ha-noi”."),
        error_messages={"unique": _("Another union already has this code. Choose a different one.")},
    )
    name = models.CharField(_("name in Vietnamese"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("Former names and spellings, one a line."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("union above")
    )
    path = models.CharField(max_length=200, editable=False, db_index=True, default="")
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        ordering = ["path"]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="union_names_trgm")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="union_ends_after_it_begins",
                violation_error_message=_("A union cannot end before it begins."),
            )
        ]

    def natural_key(self):
        return (self.code,)

    def ancestor_ids(self) -> list[int]:
        """The unions above it, highest first."""
        return [int(step) for step in self.path.split("/")[:-2]]

    def clean(self):
        if self.pk and self.parent_id and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A union cannot stand below itself or below one that is under it.")})

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            path = f"{self.parent.path if self.parent else ''}{self.pk}/"
            if path != self.path:
                self._move_to(path)

    def _move_to(self, path: str) -> None:
        """Carries the whole branch along, then whatever is derived from the tree."""
        old, self.path = self.path, path
        if not old:
            type(self).objects.filter(pk=self.pk).update(path=path)
            return
        branch = [*type(self).objects.filter(path__startswith=old)]
        for one in branch:
            one.path = path + one.path.removeprefix(old)
        type(self).objects.bulk_update(branch, ["path"])
        for relation in self._meta.related_objects:
            # Floors above keep tables derived from the tree; they say so by offering `follow_branch`.
            follow = getattr(relation.related_model._default_manager.all(), "follow_branch", None)
            if follow is not None:
                follow(self)


class UnionSuccession(models.Model):
    """One union following another. Activities stay with the union that did them."""

    class Kind(models.TextChoices):
        CONSOLIDATION = "consolidation", _("consolidation")
        ABSORPTION = "absorption", _("absorption")
        SPLIT = "split", _("split")
        RENAMING = "renaming", _("renaming")
        DISSOLUTION = "dissolution", _("dissolution")

    predecessor = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="successions", verbose_name=_("union before")
    )
    successor = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessions",
        verbose_name=_("union after"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    day = models.DateField(_("from"))
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = UnionSuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession of unions")
        verbose_name_plural = _("successions of unions")
        ordering = ["-day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="dissolution", successor__isnull=True)
                | (~Q(kind="dissolution") & Q(successor__isnull=False)),
                name="only_a_dissolution_has_no_heir",
                violation_error_message=_("Name the union that followed; only a dissolution has none."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("predecessor")),
                name="a_union_does_not_follow_itself",
                violation_error_message=_("A union cannot follow itself."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "day"],
                name="one_succession_a_day",
                violation_error_message=_("This succession is already recorded."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor or self.get_kind_display()}"

    def natural_key(self):
        return (self.predecessor.code, self.successor.code if self.successor else None, self.day)

    natural_key.dependencies = ["accounts.union"]
