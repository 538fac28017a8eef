"""Who asks what is due, on which day, and how far. Every rule starts from here, and so from what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity, FollowUp
from partners.models import Agreement, RelationEvent
from unionrelations.accounts.models import OfficeDay, Officer, Union, User
from unionrelations.kit.working_days import WorkingDays

MINE, UNION, BELOW = "mine", "union", "below"
WHOSE = (
    (MINE, pgettext_lazy("what is due", "Mine")),
    (UNION, pgettext_lazy("what is due", "My union's")),
    (BELOW, _("With those below")),
)


@dataclass(frozen=True)
class Asked:
    """Who asks, on which day, and how far.

    Mine are records the reader changed last and promises in their own hands; else their union's, or all they see.
    """

    user: User
    today: date
    whose: str = UNION
    calendar: WorkingDays = field(default_factory=WorkingDays)
    most: int | None = None  # of each rule; None for all of them

    @classmethod
    def by(cls, user, today: date, **more) -> Asked:
        """With the offices' own calendar."""
        return cls(user, today, calendar=OfficeDay.objects.calendar(), **more)

    @property
    def own_union(self) -> Union | None:
        """The union to whose own records the answer is cut; None where it is not cut to one."""
        return None if self.whose == BELOW else self.user.union

    def changed(self, rows):
        """Cut to those the reader changed last, where they ask for their own."""
        return rows.filter(changed_by=self.user.pk) if self.whose == MINE else rows

    def coming(self, within: timedelta):
        """Of the activities asked for those on their way that start within that time, the first one first."""
        return self.activities(known=Activity.objects.known_coming(self.today)).coming(self.today, within)

    def promises(self):
        """Of the activities asked for; for whoever asks for their own, also those in their hands, wherever made."""
        made = Q(activity__in=self.changed(self.activities()).order_by().values("pk"))
        if self.whose == MINE:
            made |= Q(officer__in=Officer.objects.of_account(self.user))
        return FollowUp.objects.visible_to(self.user).filter(made)

    def is_of(self, record) -> bool:
        """The same of one record."""
        return self.whose != MINE or record.changed_by_id == self.user.pk

    def activities(self, model=Activity, known: Q | None = None):
        """`known` is what scope rows say of whatever else will be asked; see `ActivityQuerySet.of`."""
        return model.objects.own_of(self.user, known) if self.own_union else model.objects.visible_to(self.user)

    def agreements(self):
        return Agreement.objects.own_of(self.user) if self.own_union else Agreement.objects.visible_to(self.user)

    def relations(self):
        rows = RelationEvent.objects.visible_to(self.user).for_listing()
        return rows.filter(union=self.own_union) if self.own_union else rows

    def unions(self):
        rows = Union.objects.visible_to(self.user)
        return rows.filter(pk=self.own_union.pk) if self.own_union else rows

    def first(self, rows) -> list:
        """No more rows than are asked for, and one, so that it is known that there are more."""
        return list(rows if self.most is None else rows[: self.most + 1])
