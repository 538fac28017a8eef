"""What was told to whom by e-mail: one digest for a person and a day, and the due things it told of.

A notice is a due thing at one stage, for one person; that it stands here once is what keeps it from being told twice.
It holds the words of the title as they were told, and no key that points at the record: what is deleted or merged takes
no notice along.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from activities.reports.due.things import Due
from unionrelations.accounts.models import User
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.working_days import WorkingDays

from .work import Work, WorkQuerySet

A_WEEK = timedelta(days=7)


class DigestQuerySet(WorkQuerySet):
    scope_path = "person__union"

    def for_listing(self):
        return self.select_related("person")

    def claim(self, pk: int, now: datetime, patience: timedelta):
        """One that failed holds no notices, so it may be tried again."""
        self.filter(pk=pk, state=Work.State.FAILED).update(state=Work.State.QUEUED)
        return super().claim(pk, now, patience)

    def to_send(self, today: date, calendar: WorkingDays) -> Iterator[Digest]:
        """Those of this day that are not done, made where they are missing, and whatever was left over before.

        Whoever has no address, no union or no wish for e-mail gets none.
        """
        people = User.objects.filter(is_active=True, union__isnull=False).exclude(email="")
        for person in people.exclude(digest=User.Digest.NONE).order_by("pk"):
            self.get_or_create(person=person, slot=_slot(person, today, calendar), defaults={"day": today})
        waiting = models.Q(state__in=(Work.State.QUEUED, Work.State.RUNNING))
        failed = models.Q(state=Work.State.FAILED, slot__gt=today - A_WEEK)
        for one in self.filter(waiting | failed).order_by("pk"):
            one.day = today
            one.save(update_fields=["day"])
            yield one


def _slot(person: User, today: date, calendar: WorkingDays) -> date:
    """The day a digest belongs to: the last one on which the person wants it. What missed its day goes on the next."""
    if person.digest == User.Digest.DAILY:
        return calendar.last_before(today)
    return today - timedelta(days=(today.weekday() - person.digest_weekday) % 7)


class Digest(Work):
    """One e-mail to one person. `slot` is the day it belongs to, `day` the one it tells of."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", verbose_name=_("person")
    )
    slot = models.DateField(_("of the day"))
    day = models.DateField(_("tells of the day"))
    address = models.EmailField(_("sent to"), blank=True, editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail about what is due")
        verbose_name_plural = _("e-mails about what is due")
        ordering = ["-slot", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "slot"],
                name="one_digest_for_a_person_and_a_day",
                violation_error_message=_("This person already has an e-mail of this day."),
            )
        ]

    def __str__(self):
        return f"{self.person}, {self.slot}"

    @transaction.atomic
    def take_up(self, things: list[Due]) -> list[Due]:
        """Notes what this digest tells, and gives it: nothing another one told at this stage or at a later one.

        Asked again after a crash it gives the same things, as far as they are still due.
        """
        told = self._told_before(things)
        mine = []
        for one in things:
            stage = one.stage(self.day)
            if stage is None or stage >= told.get((one.rule.code, one.key, one.day), stage + 1):
                continue
            identity = {"rule": one.rule.code, "key": one.key, "due_on": one.day, "stage": stage}
            notice, _made = self.person.notices.get_or_create(
                **identity, defaults={"digest": self, "title": one.title[:300]}
            )
            if notice.digest_id == self.pk:
                mine.append(one)
        return mine

    def _told_before(self, things: list[Due]) -> dict[tuple, int]:
        """The last stage of each that another digest told; stages fall, so it is the smallest number."""
        if not things:
            return {}
        others = self.person.notices.exclude(digest=self.pk).filter(due_on__gte=min(one.day for one in things))
        rows = others.values_list("rule", "key", "due_on").annotate(last=models.Min("stage")).order_by()
        return {(rule, key, day): last for rule, key, day, last in rows}

    def let_go(self) -> None:
        """What could not be sent is told by the next one."""
        self.notices.all().delete()


class NoticeQuerySet(ScopedQuerySet):
    scope_path = "person__union"

    def for_listing(self):
        return self.select_related("person", "digest__person")


class Notice(models.Model):
    """A due thing, told once to a person at one stage: so many days before, on the day (0), or late (-1)."""

    digest = models.ForeignKey(
        Digest, on_delete=models.CASCADE, related_name="notices", verbose_name=Digest._meta.verbose_name
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    rule = models.CharField(_("rule"), max_length=30)
    key = models.CharField(_("number of the record"), max_length=60)
    due_on = models.DateField(_("due on"))
    stage = models.SmallIntegerField(_("days before"))
    title = models.CharField(_("told as"), max_length=300)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule", "key", "due_on", "stage"],
                name="a_stage_is_told_to_a_person_once",
                violation_error_message=_("This was told already."),
            )
        ]

    def __str__(self):
        return self.title
