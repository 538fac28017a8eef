"""What somebody typed and has not saved yet, so that a lost session loses nothing. Never read by anybody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

NOT_TYPED = ("csrfmiddlewaretoken", "next", "add_row", "make", "take")  # what a button sends, and the page's secret


class DraftQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, whatever one's role."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()

    def of(self, slug: str, record: int | None):
        return self.filter(slug=slug, record=record)

    def forget_of_others(self, slug: str, record: int, readers: set[int]) -> None:
        """Takes away what others have typed of a record that only these people read from now on."""
        self.of(slug, record).exclude(owner__in=readers).delete()

    forget_of_others.alters_data = True

    def keep(self, owner_id: int, slug: str, record: int | None, sent: QueryDict):
        """Keeps what a form sent as its owner's one draft of this record."""
        typed = {name: values for name, values in sent.lists() if name not in NOT_TYPED}
        title = (sent.get("title") or sent.get("name") or "").strip()[:500]
        kept, _made = self.update_or_create(
            owner_id=owner_id, slug=slug, record=record, defaults={"typed": typed, "title": title}
        )
        return kept


class Draft(models.Model):
    """The fields of one form as typed: for a new record where `record` is null, else for an edit of that record."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("person")
    )
    slug = models.CharField(_("list"), max_length=40)
    record = models.BigIntegerField(_("record"), null=True, blank=True)
    typed = models.JSONField(_("what was typed"), default=dict)  # field name → list of texts
    title = models.CharField(_("title"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "slug"], condition=Q(record__isnull=True), name="one_draft_of_a_new_record"
            ),
            models.UniqueConstraint(fields=["owner", "slug", "record"], name="one_draft_of_an_edit"),
        ]

    def __str__(self):
        return self.title or self.slug

    @property
    def sent(self) -> QueryDict:
        """What was typed, as the form would send it."""
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data

    @property
    def resume_url(self) -> str:
        """Where its form opens again with everything typed."""
        if self.record is not None:
            return reverse(f"{self.slug}-edit", args=[self.record])
        direction = self.typed.get("direction", [""])[0]
        query = f"?{urlencode({'direction': direction})}" if direction else ""
        return reverse(f"{self.slug}-new") + query
