"""The line or lines each activity of a question stands in, as a column of its scope rows. Never counts.

`line` is text, null where the activity has none.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear

from activities.models import ActivityScope
from partners.models.countries import HOME
from unionrelations.accounts.models import Union
from unionrelations.accounts.succession import heirs

from .questions import Category, Question

IN_THE_COUNTRY = "home"


def by_column(column: str, question: Question, **among) -> QuerySet[ActivityScope]:
    """By one column of the activity; an empty word is none."""
    rows = question.scopes().filter(**among)
    return rows.annotate(line=Case(When(**{column: ""}, then=None), default=F(column), output_field=CharField()))


def by_plan(question: Question) -> QuerySet[ActivityScope]:
    on, off = When(activity__on_plan=True, then=Value("on")), When(activity__on_plan=False, then=Value("off"))
    return question.scopes().annotate(line=Case(on, off, output_field=CharField()))


def by_year(question: Question) -> QuerySet[ActivityScope]:
    """The calendar year its start surely lies in."""
    return _by_span(question, ExtractYear)


def by_month(question: Question) -> QuerySet[ActivityScope]:
    """The month its start surely lies in, written as 202306."""
    return _by_span(question, lambda end: ExtractYear(end) * 100 + ExtractMonth(end))


def _by_span(question: Question, number) -> QuerySet[ActivityScope]:
    first, last = question.window_columns
    rows = question.scopes().annotate(
        first_number=ExpressionWrapper(number(first), IntegerField()),
        last_number=ExpressionWrapper(number(last), IntegerField()),
    )
    sure = When(first_number=F("last_number"), then=Cast("first_number", CharField()))
    return rows.annotate(line=Case(sure, output_field=CharField()))


def by_course(question: Question) -> QuerySet[ActivityScope]:
    """Cohort and stage, written as VI/2."""
    both = Concat("activity__course__cohort", Value("/"), "activity__course__step", output_field=CharField())
    stated = When(~Q(activity__course__cohort="", activity__course__step=""), then=both)
    return question.scopes().filter(counts_as=Category.COURSE).annotate(line=Case(stated, output_field=CharField()))


def by_each(rows_of: str, model, line, question: Question) -> QuerySet[ActivityScope]:
    """By something an activity may have several of; it stands once in each line, however often it has it."""
    rows = question.scopes().annotate(row=F(f"activity__{rows_of}__pk"), line=line(f"activity__{rows_of}__"))
    earlier = model.objects.filter(activity=OuterRef("activity_id"), pk__lt=OuterRef("row"))
    return rows.filter(~Exists(earlier.annotate(its_line=line("")).filter(its_line=OuterRef("line"))))


def region(prefix: str) -> Case:
    """Vietnam stands apart from the region it lies in: most of what is done there crosses no border."""
    home = When(**{f"{prefix}country__code": HOME}, then=Value(IN_THE_COUNTRY))
    return Case(home, default=F(f"{prefix}country__region"), output_field=CharField())


def by_union(question: Question) -> QuerySet[ActivityScope]:
    """What each union took part in, with its own people; as organised on a day, each under the one that carries on."""
    ours = Union.objects.filter(question.unions()).values("pk")
    own = ActivityScope.objects.filter(own=True, union__in=ours).counting()
    if not question.organised_on:
        rows = question.only.scopes(own.bringing(under=False)).annotate(line=F("union__code"))
    else:
        line = _carrying_on(question.organised_on)
        same = (
            own.filter(activity_id=OuterRef("activity_id")).order_by().annotate(its=line).filter(its=OuterRef("line"))
        )
        together = same.values("activity_id").annotate(together=Sum("own_people")).values("together")
        rows = question.only.scopes(own).annotate(
            line=line,
            brought=Subquery(together, output_field=IntegerField()),
            brought_unknown=Exists(same.filter(own_people_unknown=True)),
        )
        rows = rows.filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
    placed = question.place(rows)
    whole = placed.filter(is_inside=True, activity_id=OuterRef("activity__part_of_id"), line=OuterRef("line"))
    return placed.annotate(whole_is_logged=Exists(whole.order_by()))


def _carrying_on(on: date) -> Case:
    """The code of the union that carries on for the row's own."""
    led_by = defaultdict(list)
    for ended, heir in heirs(on).items():
        led_by[heir].append(ended)
    codes = dict(Union.objects.filter(pk__in=led_by).values_list("pk", "code"))
    ended = (When(union_id__in=them, then=Value(codes[heir])) for heir, them in led_by.items())
    return Case(*ended, default=F("union__code"), output_field=CharField())
