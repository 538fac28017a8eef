"""How a union of ours stands with a partner, as dated events. Never infers one from visits or agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.querysets import RelationEventQuerySet
from unionrelations.accounts.models import Union
from unionrelations.kit.records import Record
from unionrelations.kit.windows import Dated

from .partners import Partner


class RelationEvent(Dated, Record):
    """Something that changed the relation on a day or inside a window; `partner` is null where none was named."""

    class Kind(models.TextChoices):
        ESTABLISHED = "established", _("newly established")
        TRADITIONAL = "traditional", _("traditional ties")
        SUPPORT = "support", _("support for projects or courses")
        MULTILATERAL = "multilateral", _("part taken in a multilateral body")
        INTERRUPTED = "interrupted", _("interrupted")
        SUSPENDED = "suspended", _("suspended")
        RESTORED = "restored", _("restored")
        TWINNED = "twinned", _("twinned")
        # The twinning of two cities is a fact of its own and never one of the unions there.
        LOCALITIES_TWINNED = "localities_twinned", _("twinning of the two localities, not of the unions")
        ENDED = "ended", pgettext_lazy("of a relation", "ended")

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="relation_events", verbose_name=_("union"))
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relation_events",
        verbose_name=_("partner"),
        help_text=_("Empty where the source names none."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    note = models.TextField(_("remark"), blank=True)

    objects = RelationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a relation")
        verbose_name_plural = _("events of relations")
        ordering = ["-starts_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["union", "partner", "kind", "starts_on"],
                name="a_relation_changes_once_a_day_in_a_way",
                violation_error_message=_("This event is already recorded for this partner and day."),
            ),
            models.UniqueConstraint(
                fields=["union", "kind", "starts_on"],
                condition=models.Q(partner__isnull=True),
                name="an_unnamed_relation_changes_once_a_day_in_a_way",
                violation_error_message=_("This event is already recorded for this day."),
            ),
        ]

    def __str__(self):
        other = self.partner.label if self.partner else _("partner not named")
        return f"{self.union.label} – {other}: {self.get_kind_display()}"

    def natural_key(self):
        return (self.union.code, self.partner.code if self.partner else None, self.kind, self.starts_on)

    natural_key.dependencies = ["accounts.union", "partners.partner"]
