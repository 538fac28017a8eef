"""Who signs in, as what, and how far they see. Never knows a password in the clear."""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.scoping import ScopedQuerySet

from .stand_ins import LENT, StandIn
from .unions import Union

ONE_LOOK = timedelta(hours=1)
ASIDE = frozenset({"password", "last_login"})  # what decides nothing about what somebody reads


class UserQuerySet(ScopedQuerySet):
    scope_path = "union"

    def for_listing(self):
        return self.select_related("union")

    def with_names(self):
        """With `is_named`, in the same query: a page of whoever is named for nothing asks no more than before."""
        named = self.model._meta.get_field("named_for").related_model._default_manager  # of a floor above, by its name
        return self.annotate(is_named=Exists(named.of_open().filter(user=OuterRef("pk"))))

    def at_the_door(self):
        """All of them, where nobody has signed in yet and a name or an address says who it is to be."""
        return self.all()


class PeopleManager(UserManager.from_queryset(UserQuerySet)):
    """Makes accounts, and cuts them to what an administrator may see."""


def _facts(record: models.Model) -> list:
    return [getattr(record, one.attname) for one in record._meta.concrete_fields if one.attname not in ASIDE]


class User(AbstractUser):
    """A person with one role in one union; reach is that union and all under it."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        OFFICER = "officer", _("officer")
        LEADER = "leader", _("leader")
        AUDITOR = "auditor", _("auditor")

    class Digest(models.TextChoices):
        NONE = "none", _("never")
        WEEKLY = "weekly", _("every week")
        DAILY = "daily", _("every day")

    union = models.ForeignKey(
        Union, null=True, blank=True, on_delete=models.PROTECT, related_name="people", verbose_name=_("union")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OFFICER)
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )

    keys_on = models.BooleanField(
        _("keyboard shortcuts"),
        default=True,
        help_text=_("Single letters as commands; off while a field has the focus."),
    )
    tour_seen = models.BooleanField(_("has seen the tour"), default=False, editable=False)

    digest = models.CharField(
        _("e-mail about what is due"),
        max_length=10,
        choices=Digest,
        default=Digest.WEEKLY,
        db_default=Digest.WEEKLY,
        help_text=_("What is newly due, or has come closer; each thing once at each step."),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("weekly on"), choices=tuple(WEEKDAYS.items()), default=0, db_default=0
    )
    due_looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_looked_before = models.DateTimeField(null=True, blank=True, editable=False)  # what is new since then is marked

    # How often everything was signed out at once; a session made before that is good no longer.
    sign_outs = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    # Whether some record of restricted access names this person. Known of whoever signed in (`with_names`); of anybody
    # else it may be, so the records are asked. Set to False where a copy leaves the house: see `as_unnamed`.
    is_named: bool = True

    acting: StandIn | None = None  # in whose name this person acts in the session at hand

    objects = PeopleManager()

    is_narrowed = False  # in memory alone: see `narrowed_to`

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(digest_weekday__range=(0, 6)), name="a_week_has_seven_days"),
        ]

    @property
    def sees_everything(self) -> bool:
        """A superuser without a union keeps the house running and sees all of it."""
        return self.is_superuser and self.union_id is None

    @property
    def sees_every_union(self) -> bool:
        """Whoever keeps the house running, and people of the union that stands above all others."""
        return self.sees_everything or (self.union is not None and self.union.parent_id is None)

    @property
    def standing(self) -> list:
        """All that decides what this person reads, and what pages say of them, as it is held in memory."""
        records = (self, self.union, self.acting, self.lender)
        return [*(one and _facts(one) for one in records), self.is_named, self.is_narrowed]

    @property
    def keeps_the_house(self) -> bool:
        """Whoever looks after the whole of it: its backups, its tasks, its accounts of every union."""
        return self.sees_everything or (self.sees_every_union and self.role == self.Role.ADMINISTRATOR)

    @property
    def must_have_second_factor(self) -> bool:
        """Who may change most, or signs and approves, proves themselves twice where the house asks for it."""
        if not settings.REQUIRE_SECOND_FACTOR:
            return False
        return self.is_superuser or self.role in (self.Role.ADMINISTRATOR, self.Role.LEADER)

    def sign_out_everywhere(self) -> None:
        """Ends every session, listed or not. Whoever keeps their own gives it the new mark afterwards."""
        self.sign_outs = F("sign_outs") + 1
        self.save(update_fields=["sign_outs"])
        self.refresh_from_db(fields=["sign_outs"])

    def _get_session_auth_hash(self, secret=None):
        """Django's mark of a session's password, and of how often everything was signed out since."""
        mark = super()._get_session_auth_hash(secret=secret)
        if not self.sign_outs:
            return mark
        salt = "unionrelations.accounts.User.sign_outs"
        return salted_hmac(salt, f"{self.sign_outs}:{mark}", secret=secret, algorithm="sha256").hexdigest()

    def as_unnamed(self) -> User:
        """This person as a calendar program or a mailbox reads for them: never what names them alone."""
        self.is_named = False
        return self

    def reach(self):
        """The unions whose records this person may see."""
        return Union.objects.visible_to(self)

    def narrowed_to(self, union: Union) -> User:
        """The same person as one of a union below their own: whatever asks how far they see is answered with that.

        Never saved, or a program's narrow view would become its person's own.
        """
        narrow = copy(self)
        narrow.union, narrow.is_narrowed = union, True
        return narrow

    def look_at_due(self, now: datetime) -> None:
        """Notes a look at what is due. Looks within the same hour are one, so that what was new stays marked."""
        if self.due_looked_at is not None and abs(now - self.due_looked_at) < ONE_LOOK:
            return
        self.due_looked_before, self.due_looked_at = self.due_looked_at, now
        self.save(update_fields=["due_looked_before", "due_looked_at"])

    def act_for(self, stand_in: StandIn) -> None:
        """Takes on the lender's union and role for as long as this object lives; none of it is ever saved."""
        lender = stand_in.lender
        self.acting, self.union, self.role = stand_in, lender.union, lender.role
        self.is_superuser, self.is_staff = False, lender.role != self.Role.LEADER

    @property
    def persons(self) -> set[int]:
        """Who speaks when this person does: nobody decides about what one of them submitted."""
        return {self.pk} if self.acting is None else {self.pk, self.acting.lender_id}

    @property
    def lender(self) -> User | None:
        return self.acting.lender if self.acting else None

    def save(self, *args, **kwargs):
        if self.is_narrowed:
            raise TypeError("A person narrowed to a union is never saved.")
        if self.acting is not None:
            names = kwargs.get("update_fields") or [one.name for one in self._meta.concrete_fields if one.name != "id"]
            kwargs["update_fields"] = [one for one in names if one not in LENT]
            super().save(*args, **kwargs)
            return
        # The back office is for those who work in it; a leader reads the pages made for leaders.
        self.is_staff = self.is_superuser or self.role != self.Role.LEADER
        super().save(*args, **kwargs)
        if not self.is_active:  # opened again, an account has no programs that enter for it
            self.tokens.revoke(Now())
            self.hooks.switch_off(Now())  # of a floor above, by its name
