"""What a program was answered when it made a record, kept for as long as it may ask again. Never a record itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from unionrelations.accounts.models import AccessToken
from unionrelations.kit.scoping import ScopedQuerySet

KEPT_FOR = timedelta(days=2)
LONGEST_KEY = 200


class GivenAnswerQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, whatever one's role."""
        return self.filter(person=user) if user.is_authenticated and user.is_active else self.none()

    def keep(self, person, token: AccessToken | None, key: str, asked: str, now: datetime) -> tuple[GivenAnswer, bool]:
        """The row of this key, and whether the key is new. Inside a transaction: of two who send one key together, the
        second waits here until the first is done, and then finds its answer, or nothing where the first was refused.
        """
        self.filter(made_at__lt=now - KEPT_FOR).delete()
        of = {"person": person, "token": token, "key": key}
        return self.get_or_create(**of, defaults={"asked": asked, "made_at": now})  # type: ignore[return-value]


class GivenAnswer(models.Model):
    """One key of one program, or of one person's sessions: what was asked with it, and what was answered."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="given_answers")
    token = models.ForeignKey(AccessToken, null=True, on_delete=models.CASCADE, related_name="given_answers")
    key = models.CharField(max_length=LONGEST_KEY)
    asked = models.CharField(max_length=64)  # the hash of what was sent
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)

    objects = GivenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "given answer"
        verbose_name_plural = "given answers"
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"], condition=Q(token__isnull=False), name="a_token_uses_a_key_once"
            ),
            models.UniqueConstraint(
                fields=["person", "key"], condition=Q(token__isnull=True), name="a_person_uses_a_key_once"
            ),
        ]

    def __str__(self):
        return self.key

    def fill(self, status: int, headers: dict, body) -> None:
        self.status, self.headers, self.body = status, headers, body
        self.save(update_fields=["status", "headers", "body"])
