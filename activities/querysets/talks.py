"""Questions about programmes, talks, promises and who helped. Never knows who asks, nor why."""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, Case, F, Q, When

from unionrelations.kit.folding import FindableQuerySet

from .restrictions import HeldBackQuerySet


class OfActivityQuerySet(HeldBackQuerySet):
    """What stands under an activity; read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def of(self, union, *, under: bool):
        """Those of activities the union took part in."""
        scopes = self._activities().of(union, under=under)
        return self.filter(activity__in=scopes.order_by().values("pk"))

    def _activities(self):
        return self.model._meta.get_field("activity").related_model._default_manager.all()

    def _met(self, partners):
        """The activities any of these partners took part in, by their keys."""
        roles = self._activities().model._meta.get_field("partner_roles").related_model._default_manager
        return roles.filter(partner__in=partners).values("activity_id")


class OnADayQuerySet(OfActivityQuerySet, FindableQuerySet):
    """Rows with a day of their own; one without may be of any day of its activity."""

    def from_day(self, day: date):
        over = Q(activity__ends_on__gte=day) | Q(activity__starts_on__gte=day)
        return self.filter(Q(day__gte=day) | Q(day__isnull=True) & over)

    def to_day(self, day: date):
        return self.filter(Q(day__lte=day) | Q(day__isnull=True, activity__starts_on__lte=day))

    def newest_first(self):
        """By the activities, the last first, and within each as it went."""
        own = (F("day").asc(nulls_last=True), "pk")
        return self.order_by("-activity__starts_on", "-activity_id", *own)


class ProgrammeQuerySet(OnADayQuerySet):
    def for_listing(self):
        return self.select_related("activity", "contact__partner").newest_first()

    def in_order(self):
        return self.order_by(F("day").asc(nulls_last=True), F("begins_at").asc(nulls_last=True), "pk")

    def with_partners(self, partners):
        """Where somebody of these was met, or that stands in the programme of an activity they took part in."""
        return self.filter(Q(contact__partner__in=partners) | Q(activity__in=self._met(partners)))


class TalkQuerySet(OnADayQuerySet):
    def for_listing(self):
        return self.select_related("activity", "partner").newest_first()

    def in_order(self):
        return self.order_by(F("day").asc(nulls_last=True), "pk")

    def with_partners(self, partners):
        """With any of these: named, or of an activity they took part in where none is named."""
        return self.filter(Q(partner__in=partners) | Q(partner__isnull=True, activity__in=self._met(partners)))


class FollowUpQuerySet(OfActivityQuerySet):
    """Promises."""

    def written_from(self, user) -> Q:
        """A promise in the hands of another union is that union's to change, and of those above it."""
        officers = Q(officer__isnull=True) | Q(officer__union__path__startswith=user.union.path)
        return officers & (Q(union__isnull=True) | Q(union__path__startswith=user.union.path))

    def for_listing(self):
        """Open ones first, those due soonest before those without a day."""
        return self.select_related("activity", "partner", "officer", "union", "kept_at").order_by(
            F("done_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )

    def as_of(self, day: date):
        """With `is_overdue`: open, and due before this day."""
        late = Q(done_on__isnull=True, due_on__lt=day)
        return self.annotate(is_overdue=Case(When(late, then=True), default=False, output_field=BooleanField()))

    def open(self):
        return self.filter(done_on__isnull=True)

    def late(self, day: date):
        """Open, and due before this day."""
        return self.open().filter(due_on__lt=day)

    def with_partners(self, partners):
        """Those by or to any of these partners: named, or of an activity it took part in where none is named."""
        return self.filter(Q(partner__in=partners) | Q(partner__isnull=True, activity__in=self._met(partners)))


class CarriedOutQuerySet(HeldBackQuerySet):
    """What carries out an agreement; read by whoever reads both."""

    scope_rows = "activity__scopes"

    def within(self, user) -> Q:
        agreements = self.model._meta.get_field("agreement").related_model._default_manager
        return super().within(user) & Q(agreement__in=agreements.visible_to(user).order_by().values("pk"))

    def for_listing(self):
        return self.select_related("activity", "agreement").order_by("-activity__starts_on", "-pk")


class AttendanceQuerySet(HeldBackQuerySet):
    """Who of ours attended; read by the officer's union and those above."""

    scope_path = "officer__union"
    held_by = "course_id"

    def for_listing(self):
        return self.select_related("course", "officer__union").order_by("-course__starts_on", "pk")


class InterpretingQuerySet(HeldBackQuerySet):
    """Read by whoever reads the activity; another union's interpreter is that union's to change."""

    scope_rows = "activity__scopes"

    def written_from(self, user) -> Q:
        return Q(officer__isnull=True) | Q(officer__union__path__startswith=user.union.path)

    def for_listing(self):
        return self.select_related("activity", "officer")
