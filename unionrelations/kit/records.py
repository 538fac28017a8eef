"""What every record that people edit has: when it was made, who changed it last, and which edit it is.

Never knows what it records.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

MOST_PEOPLE = 99_999
HISTORY = timedelta(days=365)


class Record(models.Model):
    """A row with an edit number, so that two people who edit it at once learn of each other."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        self.version += 1
        if update_fields is not None:
            update_fields = {*update_fields, "version", "changed_at"}
        super().save(*args, update_fields=update_fields, **kwargs)


def no_history(day: str) -> Q:
    """Those entered at most a year after this day of theirs; older ones came from papers, and wait for nobody."""
    return Q(created_at__lt=ExpressionWrapper(F(day) + HISTORY, output_field=DateTimeField()))


def is_history(created_at: datetime, day: date) -> bool:
    """The same of one: whether it was surely entered so late, whatever the hour of the place, that nobody waits."""
    return created_at >= datetime.combine(day, time(), UTC) + HISTORY + timedelta(days=1)


class HeadcountField(models.PositiveIntegerField):
    """A number of people, 0 to 99,999. Null means nobody wrote it down: unknown, never 0."""

    def __init__(self, *args, **kwargs):
        kwargs |= {"null": True, "blank": True}
        super().__init__(*args, **kwargs)

    @property
    def validators(self):
        return [*super().validators, MaxValueValidator(MOST_PEOPLE, _("At most 99,999 people; check the number."))]


def people_within_reason(*fields: str) -> models.CheckConstraint:
    """The database's half of `HeadcountField`, for a model's constraints."""
    return models.CheckConstraint(
        condition=Q(*(Q(**{f"{one}__isnull": True}) | Q(**{f"{one}__range": (0, MOST_PEOPLE)}) for one in fields)),
        name="%(class)s_people_within_reason",
        violation_error_message=_(
            "A number of people lies between 0 and 99,999; leave it empty where it is not known."
        ),
    )
