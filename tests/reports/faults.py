"""The faults an audit must find, each injected alone into a world where all is well.

A fault breaks the first way of counting through `patch`, or corrupts rows the house derives. None touches what the
recount reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, F, Q, Value

from activities.models import Activity, ActivityCountry, ActivityScope, Cost, PartnerRole
from activities.querysets import ActivityScopeQuerySet
from activities.reports import breakdowns, findings, lines, money, published, registers, reports, tables
from activities.reports.audit import comparing
from activities.reports.evidence import Evidence
from activities.reports.questions import Only, Question
from activities.reports.registers import Register
from partners.models import Agreement
from partners.querysets import AgreementQuerySet
from tests.reports.faulty_world import YEAR
from unionrelations.accounts import succession
from unionrelations.accounts.models import Union, UnionSuccession
from unionrelations.accounts.succession import Today
from unionrelations.kit.documents import Grid
from unionrelations.kit.periods import Period

FAULTS: list[Callable] = []


def fault(one: Callable) -> Callable:
    FAULTS.append(one)
    return one


def _wrapped(patch, owner, name, change):
    """The first way's own function, its answer changed."""
    real = getattr(owner, name)
    patch.setattr(owner, name, lambda *args, **kwargs: change(real(*args, **kwargs)))


def _scopes(patch, change):
    _wrapped(patch, Question, "scopes", change)


def _cut_otherwise(patch, code, change):
    """One breakdown's rows changed."""
    real = breakdowns.BREAKDOWNS[code]
    broken = replace(real, lined=lambda question: change(real.lined(question)))
    patch.setitem(breakdowns.BREAKDOWNS, code, broken)


@fault
def a_join_repeats_activities(patch, world):
    """A join to partners fans out: a visit with two partners counts twice."""
    _scopes(patch, lambda rows: rows.annotate(partner=F("activity__partner_roles__pk")))


@fault
def the_held_filter_is_lost(patch, world):
    patch.setattr(ActivityScopeQuerySet, "counting", lambda self: self.exclude(counts_as=""))


@fault
def only_cancelled_ones_are_left_out(patch, world):
    kept = ~Q(activity__status="cancelled")
    patch.setattr(ActivityScopeQuerySet, "counting", lambda self: self.filter(kept).exclude(counts_as=""))


@fault
def what_counts_as_nothing_counts(patch, world):
    ActivityScope.objects.filter(activity=world.visit).update(counts_as="")


@fault
def a_stored_category_is_wrong(patch, world):
    Activity.objects.filter(pk=world.visit.pk).update(counts_as="delegation_out")


@fault
def a_scope_row_counts_as_something_else(patch, world):
    ActivityScope.objects.filter(activity=world.visit, union=world.root).update(counts_as="meeting")


@fault
def the_whole_house_is_counted_for_a_branch(patch, world):
    patch.setattr(ActivityScopeQuerySet, "of", lambda self, union, *, under: self.filter(union__code="root"))


@fault
def an_own_report_counts_what_those_below_did(patch, world):
    patch.setattr(ActivityScopeQuerySet, "of", lambda self, union, *, under: self.filter(union=union))


@fault
def a_joint_activity_counts_for_each_union_above(patch, world):
    """Rolled up from the unions' own rows, a joint activity counts once for each of them."""

    def rolled_up(self, union, *, under):
        return self.filter(own=True, **({"union__path__startswith": union.path} if under else {"union": union}))

    patch.setattr(ActivityScopeQuerySet, "of", rolled_up)


@fault
def the_first_day_is_lost(patch, world):
    _scopes(patch, lambda rows: rows.exclude(window_first=YEAR.start))


@fault
def the_last_day_is_lost(patch, world):
    shorter = Period(YEAR.start, YEAR.end - timedelta(days=1))
    patch.setattr(reports, "measure", lambda question: findings.measure(question.but(period=shorter)))


@fault
def the_day_before_is_counted(patch, world):
    longer = Period(YEAR.start - timedelta(days=1), YEAR.end)
    patch.setattr(reports, "measure", lambda question: findings.measure(question.but(period=longer)))


@fault
def undetermined_ones_count_as_sure(patch, world):
    def inside(self, period):
        return self.touching(period).annotate(is_inside=Value(True))

    patch.setattr(ActivityScopeQuerySet, "placed_by_start", inside)


@fault
def a_part_counts_beside_its_whole(patch, world):
    _scopes(patch, lambda rows: rows.annotate(whole_is_logged=Value(False)))


@fault
def parts_never_count(patch, world):
    _scopes(patch, lambda rows: rows.filter(activity__part_of__isnull=True))


@fault
def partners_are_counted_by_their_parts(patch, world):
    """Distinct is lost: a partner met twice counts twice."""

    def once_each(rows, column, among):
        found = rows.filter(among).aggregate(
            sure=Count(column, filter=Q(is_inside=True)), perhaps=Count(column, filter=Q(is_inside=False))
        )
        return found["sure"], found["perhaps"]

    patch.setattr(findings, "_once_each", once_each)


@fault
def vietnam_counts_as_abroad(patch, world):
    patch.setattr(findings, "HOME", "XX")


@fault
def vietnam_stands_in_its_region(patch, world):
    patch.setattr(lines, "HOME", "XX")


@fault
def other_unions_people_are_added(patch, world):
    def bringing(self, *, under):
        return self.annotate(brought=F("people"), brought_unknown=F("people_unknown"))

    patch.setattr(ActivityScopeQuerySet, "bringing", bringing)


@fault
def guests_of_two_hosts_are_doubled(patch, world):
    _scopes(patch, lambda rows: rows.annotate(guest_of=F("activity__union_roles__pk")))


@fault
def unknown_people_are_taken_for_none(patch, world):
    _scopes(patch, lambda rows: rows.annotate(brought_unknown=Value(False)))


@fault
def a_partner_line_counts_each_of_its_parts(patch, world):
    """The line is taken from the role, and no earlier role of the same partner stands aside for it."""
    patch.setattr(lines, "Exists", lambda earlier: Q(pk__lt=0))


@fault
def activities_without_a_country_are_left_out(patch, world):
    _cut_otherwise(patch, "country", lambda rows: rows.filter(line__isnull=False))


@fault
def every_month_is_january(patch, world):
    _cut_otherwise(patch, "month", lambda rows: rows.annotate(line=Value("202201")))


@fault
def a_scope_row_is_missing(patch, world):
    ActivityScope.objects.filter(activity=world.visit, union=world.root).delete()


@fault
def a_scope_row_is_there_too_many(patch, world):
    row = ActivityScope.objects.get(activity=world.trip, union=world.a)
    row.pk, row.union = None, world.b
    row.save()


@fault
def a_scope_row_is_stale(patch, world):
    ActivityScope.objects.filter(activity=world.trip).update(
        window_first=date(2020, 1, 1), window_last=date(2020, 1, 1)
    )


@fault
def a_partner_says_it_counted_on_another_day(patch, world):
    first = PartnerRole.objects.filter(activity=world.visit).first()
    PartnerRole.objects.filter(pk=first.pk).update(counted_last=first.counted_last + timedelta(days=1))


@fault
def a_country_of_what_was_cancelled_says_it_counted(patch, world):
    cancelled = Activity.objects.get(status="cancelled")
    row = ActivityCountry(activity=cancelled, country=world.laos, counted_first=YEAR.start, counted_last=YEAR.start)
    ActivityCountry.objects.bulk_create([row])


@fault
def a_row_of_scopes_holds_other_people(patch, world):
    ActivityScope.objects.filter(activity=world.trip, union=world.a).update(own_people=50)


@fault
def the_heir_is_ignored(patch, world):
    patch.setattr(Today, "changes_nothing", property(lambda self: True))


@fault
def the_union_that_ended_still_counts_at_home(patch, world):
    """Heir and predecessor both count what was done: twice in sum."""
    patch.setattr(
        Today, "unions", lambda self, union, *, under: Q(path__startswith=union.path) | Q(pk__in=self.heirs.keys())
    )


@fault
def an_heir_is_read_from_the_wrong_end(patch, world):
    turned = UnionSuccession.objects.values_list("successor_id", "predecessor_id")
    patch.setattr(succession, "heirs", lambda on: dict(turned))


@fault
def currencies_are_mixed(patch, world):
    _wrapped(patch, tables, "spending", lambda lines: [replace(one, currency="VND") for one in lines])


@fault
def money_of_all_unions_is_read(patch, world):
    def costs(question):
        return Cost.objects.filter(activity__in=question.scopes().filter(is_inside=True).values("activity"))

    patch.setattr(money, "costs", costs)


@fault
def the_rules_are_swapped(patch, world):
    patch.setattr(reports, "measure", lambda question: findings.measure(question.other_rule))


@fault
def the_filter_by_partner_is_lost(patch, world):
    patch.setattr(Only, "scopes", lambda self, rows: rows)


@fault
def the_filter_is_lost_on_agreements(patch, world):
    patch.setattr(Only, "agreements", lambda self, rows: rows)


@fault
def an_agreement_counts_for_each_party(patch, world):
    def parties(self):
        return Agreement.objects.filter(parties__union__in=Union.objects.filter(self.unions()).values("pk"))

    patch.setattr(Question, "agreements", parties)


@fault
def an_agreement_signed_on_the_last_day_is_lost(patch, world):
    patch.setattr(
        AgreementQuerySet,
        "signed_within",
        lambda self, period: self.filter(signed_from__gte=period.start, signed_to__lt=period.last),
    )


@fault
def a_register_counts_its_rows_twice(patch, world):
    _wrapped(
        patch, Register, "counts", lambda found: {key: (2 * sure, perhaps) for key, (sure, perhaps) in found.items()}
    )


@fault
def officers_of_every_union_are_told(patch, world):
    patch.setattr(registers, "_ours", lambda question: Union.objects.values("pk"))


@fault
def the_json_is_altered(patch, world):
    def altered(said):
        said["figures"][0]["logged"] += 1
        return said

    _wrapped(patch, reports.Report, "as_json", altered)


@fault
def a_table_of_the_json_is_altered(patch, world):
    def altered(said):
        said["tables"][0]["lines"].pop()
        return said

    _wrapped(patch, reports.Report, "as_json", altered)


@fault
def the_file_is_altered(patch, world):
    def altered(document):
        blocks = (replace(one, rows=one.rows[1:]) if isinstance(one, Grid) else one for one in document.blocks)
        return replace(document, blocks=tuple(blocks))

    _wrapped(patch, comparing, "compose", altered)


@fault
def a_number_opens_other_rows(patch, world):
    _wrapped(patch, Evidence, "_behind", lambda rows: rows[:1])


@fault
def an_address_loses_its_period(patch, world):
    _wrapped(patch, reports.Report, "rows_url", lambda url: url.replace("until=2022", "until=2023"))


@fault
def the_gap_is_taken_from_another_period(patch, world):
    patch.setattr(published.Published, "gap", property(lambda self: 57))
