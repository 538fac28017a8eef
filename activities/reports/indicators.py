"""Every number we report, said once: what it counts, and which rows it is made of.

Page, files, API, sentences and the lists behind the numbers are all derived from INDICATORS. Never knows a reader:
doors cut to what one may see before they ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model, Q, QuerySet

from activities.models import Activity, ActivityCountry, ActivityScope, PartnerRole
from activities.models.figures import Indicates
from partners.models import Agreement, Country, Partner
from partners.models.countries import HOME

from .questions import Question

Category = Activity.Category

# What a figure adds up: the scope column of it, or nothing where rows are counted.
PEOPLE, GUESTS, TRAINEES, CERTIFICATES = "people", "guests", "trainees", "certificates"


@dataclass(frozen=True)
class Indicator:
    code: Indicates
    model: type[Model]  # whose rows stand behind it
    address: str  # the slug of the list that shows them
    categories: tuple[Category, ...] = tuple(Category)
    sums: str | None = None  # a column of people to add up; without it, rows are counted
    online: bool = False  # of them, those held online
    once: bool = False  # leaves a part out where its whole stands in the same report

    @property
    def label(self) -> str:
        return str(self.code.label)

    @property
    def counts_activities(self) -> bool:
        return issubclass(self.model, Activity)

    def is_asked(self, question: Question) -> bool:
        """Whether it says anything under the question's filters; a figure of what was not asked for would read as 0."""
        if self.model is Agreement:
            return not (question.only.kind or question.only.mode)
        return any(one in question.only.categories for one in self.categories)

    @property
    def column(self) -> str:
        """What each scope row brings to a sum: a union's own people, else what the activity itself states."""
        return "brought" if self.sums == PEOPLE else self.sums or ""

    @property
    def uncounted(self) -> Q:
        """Of its scope rows, those whose headcount is missing, in whole or in part."""
        return Q(brought_unknown=True) if self.sums == PEOPLE else Q(**{f"{self.sums}__isnull": True})

    def scope_rows(
        self, question: Question, *, undetermined: bool = False, cut: Cut | None = None
    ) -> QuerySet[ActivityScope]:
        """The scope rows of the activities it counts; with `undetermined`, of those that only may belong; with a cut,
        of one line of a breakdown."""
        rows = cut.scopes(question) if cut else question.scopes()
        rows = rows.filter(is_inside=not undetermined, counts_as__in=self.categories)
        if self.online:
            rows = rows.filter(online=True)
        return rows.filter(whole_is_logged=False) if self.once else rows

    def rows(self, question: Question, *, undetermined: bool = False, cut: Cut | None = None) -> QuerySet:
        """The very rows behind the number: as many as it says, or adding up to it."""
        if self.model is Agreement:
            signed = question.agreements()
            within = signed.perhaps_signed_within if undetermined else signed.signed_within
            return within(question.period)
        activities = self.scope_rows(question, undetermined=undetermined, cut=cut).values("activity_id")
        if self.counts_activities:
            return self.model.objects.filter(pk__in=activities)
        found = self._met_at(activities)
        if undetermined:
            certain = self.scope_rows(question, cut=cut).values("activity_id")
            found = found.exclude(pk__in=self._met_at(certain).values("pk"))
        return found

    def _met_at(self, activities) -> QuerySet:
        if self.model is Partner:
            return Partner.objects.filter(
                pk__in=PartnerRole.objects.filter(activity__in=activities).values("partner_id")
            )
        touched = ActivityCountry.objects.filter(activity__in=activities)
        return Country.objects.filter(pk__in=touched.values("country_id")).exclude(code=HOME)


class Cut(Protocol):
    """One line of a breakdown: the activities of a question that stand in it."""

    def scopes(self, question: Question) -> QuerySet[ActivityScope]: ...


def _of_activities(code: Indicates, *categories: Category, **rule) -> Indicator:
    slug = {
        Category.DELEGATION_OUT: "delegations",
        Category.DELEGATION_IN: "delegations",
        Category.COURSE: "courses",
    }.get(categories[0], "conferences")
    return Indicator(code, Activity, slug, categories, **rule)


INDICATORS = (
    _of_activities(Indicates.DELEGATIONS_OUT, Category.DELEGATION_OUT),
    _of_activities(Indicates.OFFICIALS_OUT, Category.DELEGATION_OUT, sums=PEOPLE),
    _of_activities(Indicates.DELEGATIONS_OUT_ONLINE, Category.DELEGATION_OUT, online=True),
    _of_activities(Indicates.DELEGATIONS_IN, Category.DELEGATION_IN),
    _of_activities(Indicates.GUESTS_IN, Category.DELEGATION_IN, sums=GUESTS),
    _of_activities(Indicates.CONFERENCES_HOSTED, Category.CONFERENCE_HOSTED),
    _of_activities(Indicates.CONFERENCES_ABROAD, Category.CONFERENCE_ABROAD),
    _of_activities(Indicates.OFFICIALS_CONFERENCES_ABROAD, Category.CONFERENCE_ABROAD, sums=PEOPLE),
    _of_activities(Indicates.CONFERENCES_HOME, Category.CONFERENCE_HOME),
    _of_activities(Indicates.OFFICIALS_CONFERENCES_HOME, Category.CONFERENCE_HOME, sums=PEOPLE),
    _of_activities(Indicates.MEETINGS, Category.MEETING),
    _of_activities(Indicates.COURSES, Category.COURSE),
    _of_activities(Indicates.TRAINEES, Category.COURSE, sums=TRAINEES),
    _of_activities(Indicates.CERTIFICATES, Category.COURSE, sums=CERTIFICATES),
    Indicator(Indicates.AGREEMENTS_SIGNED, Agreement, "agreements"),
    Indicator(Indicates.PARTNERS, Partner, "partners"),
    Indicator(Indicates.COUNTRIES, Country, "countries"),
    Indicator(Indicates.ACTIVITIES, Activity, "activities", once=True),
)

BY_CODE = {one.code.value: one for one in INDICATORS}
