"""How sound the records are: what is missing in them, what the last audit found, whether there is a backup of them.

Never mends anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.reports.models import AuditRun
from unionrelations.backups.models import Backup

from .audits import Disagreement, disagreements, last_audit
from .counted import Counted

LOOKED_AT = 30  # backups: more than can fail in a night


@dataclass(frozen=True)
class Backups:
    """How it stands with backups: the newest that was tried out, whether that is long ago, what failed since."""

    has_key: bool
    sound: Backup | None
    is_late: bool
    failed: Backup | None

    @classmethod
    def of(cls, rows) -> Backups:
        newest = list(rows[:LOOKED_AT])
        sound = next((one for one in newest if one.is_sound), None)
        failed = next((one for one in newest if one.state == Backup.State.FAILED), None)
        if failed and sound and failed.pk < sound.pk:
            failed = None  # made good since
        is_late = sound is None or sound.is_late(timezone.now())
        return cls(bool(settings.BACKUP_KEYS), sound, is_late, failed)


class Health:
    def __init__(self, request):
        self.request = request

    def lacks(self) -> list[tuple]:
        """(what is missing, how many records and which)."""
        people = {"status": "held", "headcount": "unknown"}
        asked = (
            (_("Delegations held without a number of people"), DELEGATIONS, people),
            (_("Conferences held without a number of people"), CONFERENCES, people),
            (_("Courses held without a number of trainees"), COURSES, people),
            (_("Activities without a source"), ACTIVITIES, {"source": "without"}),
            (_("Activities whose date is not exact"), ACTIVITIES, {"precision": "vague"}),
        )
        return [(label, Counted.of(self.request, entity, **query)) for label, entity, query in asked]

    @cached_property
    def last_audit(self) -> AuditRun | None:
        return last_audit(self.request.user)

    @cached_property
    def backups(self) -> Backups | None:
        """None for whoever does not see the whole house."""
        user = self.request.user
        return Backups.of(Backup.objects.visible_to(user)) if user.sees_every_union else None

    def disagreements(self) -> list[Disagreement]:
        """What the last audit could not make agree."""
        return disagreements(self.last_audit, self.request.user) if self.last_audit else []
