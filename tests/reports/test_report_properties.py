"""What the numbers of any report have to do with each other and with their rows, on worlds nobody thought of."""

from itertools import combinations
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity
from activities.reports.addresses import Unanswerable
from activities.reports.audit import Recount
from activities.reports.breakdowns import BREAKDOWNS, LineOf
from activities.reports.evidence import Evidence
from activities.reports.findings import measure, measure_by_line
from activities.reports.indicators import BY_CODE, INDICATORS
from activities.reports.money import AMOUNTS, Amount
from activities.reports.reports import Report
from activities.reports.tables import Table
from tests.factories import UserFactory
from tests.reports.worlds import TREE, asked, built, days, on_random_worlds, periods, plans
from unionrelations.accounts.models import Union

pytestmark = pytest.mark.django_db
WHOLE = {"kind": "", "mode": "", "partner": None, "country": None}
PEOPLE = ("officials_out", "officials_conferences_abroad", "officials_conferences_home")


def told(breakdown, question):
    """By line, the findings of its columns."""
    tallies = measure_by_line(breakdown.lined(question))
    wanted = [BY_CODE[code] for code in breakdown.columns if BY_CODE[code].is_asked(question)]
    return {key: {one.code.value: tally.finding(one) for one in wanted} for key, tally in tallies.items()}


@on_random_worlds
@given(plans, asked)
def test_lines_that_do_not_overlap_add_up_to_the_report(plan, question):
    with built(plan) as world:
        question = world.question(question)
        report = measure(question)
        for breakdown in BREAKDOWNS.values():
            if breakdown.overlaps or not breakdown.is_asked(question):
                continue
            lines = told(breakdown, question)
            for code in {code for cells in lines.values() for code in cells}:
                cells = [line[code] for line in lines.values()]
                for what in ("logged", "undetermined", "unknown_people"):
                    added = sum(getattr(one, what) or 0 for one in cells)
                    assert added == (getattr(report[code], what) or 0), (breakdown.code, code, what)


@on_random_worlds
@given(plans, asked)
def test_lines_that_overlap_cover_the_report_and_count_what_they_share_once(plan, question):
    with built(plan) as world:
        question = world.question(question)
        total = BY_CODE["activities"]
        everything = set(total.rows(question).values_list("pk", flat=True))
        for breakdown in BREAKDOWNS.values():
            if not breakdown.overlaps or not breakdown.is_asked(question) or breakdown.code == "union":
                continue
            lines = told(breakdown, question)
            rows = {
                key: set(total.rows(question, cut=LineOf(breakdown, key)).values_list("pk", flat=True)) for key in lines
            }
            numbers = {key: line["activities"].logged for key, line in lines.items()}
            assert set().union(*rows.values()) == everything
            for one, other in combinations(lines, 2):
                shared = rows[one] & rows[other]
                assert len(rows[one] | rows[other]) == numbers[one] + numbers[other] - len(shared) <= len(everything)
                assert not (shared and None in (one, other))


@on_random_worlds
@given(plans, asked)
def test_categories_less_the_parts_of_logged_wholes_are_the_total(plan, question):
    with built(plan) as world:
        question = world.question(question)
        counted = measure(question)
        sure = question.scopes().filter(is_inside=True)
        logged = set(sure.values_list("activity_id", flat=True))
        parts = Activity.objects.filter(pk__in=logged, part_of__in=logged).count()
        categories = (one.code.value for one in INDICATORS if len(one.categories) == 1 and not (one.sums or one.online))
        assert sum(counted[code].logged for code in categories if code in counted) == len(logged) == sure.count()
        assert counted["activities"].logged == len(logged) - parts


@on_random_worlds
@given(plans, periods(), st.sampled_from(["start", "end"]), days)
def test_however_unions_are_organised_the_whole_counts_the_same_and_a_joint_activity_once(plan, period, rule, day):
    with built(plan) as world:
        whole = {"union": "root", "under": True, "period": period, "rule": rule} | WHOLE
        views = {on: measure(world.question(whole | {"organised_on": on})) for on in (None, day)}
        assert views[None] == views[day]
        for on, total in views.items():
            own = [world.question(whole | {"union": code, "under": False, "organised_on": on}) for code in TREE]
            alone = [measure(question) for question in own]
            for one in INDICATORS:
                if not one.counts_activities or one.once:
                    continue
                code = one.code.value
                if code in PEOPLE:
                    assert sum(found[code].logged or 0 for found in alone) == (total[code].logged or 0)
                elif one.sums is None:
                    once = {pk for question in own for pk in one.rows(question).values_list("pk", flat=True)}
                    assert len(once) == total[code].logged
            # The table by union says of each union what its own report says.
            lines = told(BREAKDOWNS["union"], world.question(whole | {"organised_on": on}))
            for code, found in zip(TREE, alone, strict=True):
                for column, finding in lines.get(code, {}).items():
                    assert finding == found[column], (code, column)


@on_random_worlds
@given(plans, asked)
def test_the_other_rule_agrees_with_a_recount_by_the_other_day(plan, question):
    with built(plan) as world:
        question = world.question(question)
        found = Report(question).under_the_other_rule
        recounted = Recount().findings(question.other_rule)
        assert recounted == {code: (one.logged, one.undetermined, one.unknown_people) for code, one in found.items()}


@on_random_worlds
@given(plans, asked, st.sampled_from(["root", "root", *TREE]))
def test_every_number_opens_exactly_its_rows_for_every_reader_of_it(plan, question, reader):
    with built(plan) as world:
        user = UserFactory(union=world.unions[reader])
        seen = Union.objects.visible_to(user)
        question = world.question(question)
        for what, number, url in numbers_of(Report(question)):
            try:
                evidence = Evidence.asked(QueryDict(urlsplit(url).query), seen)
            except Unanswerable:
                # Records of a union the reader does not see: the report itself is refused.
                joined = question.today.joined if question.today else ()
                assert not {question.union.pk, *joined} <= set(seen.values_list("pk", flat=True))
                return
            rows = evidence.narrow(evidence.model._default_manager.visible_to(user).order_by())
            assert brought(evidence, rows) == number, (what, url)
            assert (evidence.finding().undetermined if evidence.undetermined else evidence.finding().logged) == number


def numbers_of(report):
    """(what, number, address) of every figure and of every cell that has one."""
    for one in report.figures:
        yield one.indicator.code, one.logged, one.rows_url
        yield one.indicator.code, one.undetermined, one.undetermined_url
    for table in report.all_tables:
        yield from cells_of(table)


def cells_of(table: Table):
    for line in table.lines:
        for column, cell in zip(table.columns, line.cells, strict=True):
            if cell.url and not (column.code in AMOUNTS and cell.number is None):
                yield (table.code, line.key, column.code), cell.number, cell.url
            if cell.undetermined_url:
                yield (table.code, line.key, column.code), cell.undetermined, cell.undetermined_url


def brought(evidence, rows):
    if not evidence.adds_up:
        return rows.count()
    numbers = list(rows.values_list("figure_number", flat=True))
    known = [one for one in numbers if one is not None]
    assert not (isinstance(evidence.figure, Amount) and len(known) < len(numbers))
    return sum(known) if known or not numbers else None
