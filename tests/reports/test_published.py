"""Published figures beside logged ones: the gap is explained by people, and what contradicts stands side by side."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.models import GapExplanation, ReportedFigure
from activities.models.figures import Indicates
from activities.reports.composing import compose
from activities.reports.published import beside, standing
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import enter, text
from tests.reports.test_counting_properties import on_random_worlds
from tests.reports.worlds import TREE, built, days, plans
from unionrelations.accounts.models import User
from unionrelations.kit.documents import Grid
from unionrelations.kit.periods import Period

YEARS = Period.years(2018, 2023)

figures = st.lists(
    st.fixed_dictionaries(
        {
            "union": st.sampled_from(list(TREE)),
            "indicator": st.sampled_from([one.value for one in Indicates]),
            "qualifier": st.sampled_from(["exact", "exact", "exact", "approx", "gt", "lt", "vague"]),
            "number": st.integers(0, 60),
            "days": st.tuples(days, days).map(sorted),
            "explained": st.lists(st.integers(-40, 40).filter(bool), max_size=3),
        }
    ),
    max_size=6,
)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def figure(union):
    return make.FigureFactory(union=union, low=36, printed="36 đoàn ra")


def publish(world, found) -> None:
    document = make.DocumentFactory()
    for number, one in enumerate(found):
        figure = make.FigureFactory(
            document=document,
            place=f"đoạn {number}",
            union=world.unions[one["union"]],
            indicator=one["indicator"],
            qualifier=one["qualifier"],
            low=None if one["qualifier"] in ("lt", "vague") else one["number"],
            high=None if one["qualifier"] in ("gt", "vague") else one["number"],
            first_day=one["days"][0],
            last_day=one["days"][1],
        )
        if figure.may_have_gap:
            for part in one["explained"]:
                make.GapExplanationFactory(figure=figure, number=part)


def every(union, years=YEARS, *, under=False):
    return [one for found in beside(union, years, under=under).values() for one in (*found.within, *found.partly)]


@pytest.mark.django_db
@on_random_worlds
@given(plans, figures)
def test_what_is_published_is_logged_explained_and_unexplained_together(plan, found):
    with built(plan) as world:
        publish(world, found)
        for union in world.unions.values():
            for under in (False, True):
                for one in every(union, Period.years(2021, 2024), under=under):
                    if one.gap is None:
                        assert one.unexplained is None
                        assert one.explained_beyond == 0
                        continue
                    assert one.figure.exact_value == one.logged_in_period + one.explained + one.unexplained
                    assert one.explained == sum(part.number for part in one.explanations)
                    beyond = one.unexplained and (one.gap == 0 or (one.unexplained > 0) != (one.gap > 0))
                    assert one.explained_beyond == (abs(one.unexplained) if beyond else 0)


@pytest.mark.django_db
@on_random_worlds
@given(plans, figures)
def test_a_figure_by_itself_stands_as_in_its_report(plan, found):
    with built(plan) as world:
        publish(world, found)
        for union in world.unions.values():
            for under in (False, True):
                for one in every(union, Period.years(2021, 2024), under=under):
                    if one.figure.union_id == union.pk:
                        assert standing(one.figure, under=under) == one


def test_explanations_cost_one_question_however_many_there_are(union):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert [(one.explained, len(one.conflicts)) for one in every(union)]
        return len(asked)

    def more(count) -> None:
        for number in range(count):
            one = make.FigureFactory(union=union, low=number)
            for _part in range(count):
                make.GapExplanationFactory(figure=one)

    more(1)
    few = questions()
    more(12)
    assert questions() == few


def test_where_nobody_said_anything_the_whole_gap_is_unexplained(figure, union):
    (one,) = every(union)
    assert (one.gap, one.explained, one.unexplained, one.explanations) == (36, 0, 36, ())


# --- Figures that contradict each other


def pair(union, first: dict, second: dict) -> list[bool]:
    one, other = (make.FigureFactory(union=union, **shape) for shape in (first, second))
    found = {it.figure.pk: it.conflicts for it in every(union)}
    assert [it.pk for it in found[one.pk]] == ([other.pk] if found[one.pk] else [])
    return [bool(found[one.pk]), bool(found[other.pk])]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ({"low": 36}, {"low": 34}, True),
        ({"low": 36}, {"low": 36}, False),
        ({"low": 36}, {"low": 30, "high": None, "qualifier": "gt"}, True),
        ({"low": 36}, {"low": None, "high": None, "qualifier": "vague"}, False),
        ({"low": 36}, {"low": 34, "indicator": "delegations_in"}, False),
        ({"low": 36}, {"low": 34, "last_day": dt.date(2022, 12, 31)}, False),
    ],
)
def test_figures_for_the_same_thing_conflict_where_their_numbers_differ(union, first, second, differ):
    assert pair(union, first, second) == [differ, differ]


def test_figures_of_two_unions_do_not_conflict(union):
    below = make.UnionFactory(parent=union)
    for place, number in ((union, 36), (below, 34)):
        make.FigureFactory(union=place, low=number)
    assert [one.conflicts for one in every(union, under=True)] == [(), ()]


def test_a_part_contradicts_neither_its_whole_nor_the_parts_printed_with_it(union, figure):
    parts = [make.FigureFactory(union=union, low=number, subset_of=figure) for number in (11, 25)]
    assert {one.figure.pk: len(one.conflicts) for one in every(union)} == {
        figure.pk: 0,
        parts[0].pk: 1,  # another document gives another number for a part
        parts[1].pk: 1,
    }
    ReportedFigure.objects.filter(pk=parts[1].pk).update(document=parts[0].document)
    assert [one.conflicts for one in every(union)] == [(), (), ()]


# --- Every shape of the report says the same


@pytest.fixture
def told(union, figure):
    """36 published, 1 logged, 33 of the gap explained in two parts, and another document that says 34."""
    make.TermFactory(union=union)
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2020, 5, 1))
    for reason, number in (("unnamed", 34), ("duplicate", -1)):
        make.GapExplanationFactory(figure=figure, reason=reason, number=number, note=f"Sổ văn thư {number}")
    other = make.FigureFactory(union=union, low=34, printed="34 đoàn", document=make.DocumentFactory(title="Bản tin"))
    return figure, other


def report(union) -> Report:
    return Report.of_term(union, union.terms.get())


def test_the_json_says_what_is_explained_and_by_what(union, told):
    figure = next(one for one in report(union).as_json()["figures"] if one["indicator"] == "delegations_out")
    first, second = figure["reported"]
    assert (first["gap"], first["explained"], first["unexplained"], first["conflicts"]) == (35, 33, 2, True)
    assert first["explanations"] == [
        {"reason": "unnamed", "number": 34, "note": "Sổ văn thư 34"},
        {"reason": "duplicate", "number": -1, "note": "Sổ văn thư -1"},
    ]
    assert (second["gap"], second["explained"], second["unexplained"], second["explanations"]) == (33, 0, 33, [])


def test_a_figure_that_lies_only_partly_within_has_no_gap_and_so_nothing_unexplained(union, told):
    days = Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    found = json.loads(json.dumps(Report.of_days(union, days).as_json()))["figures"][0]
    assert found["reported"] == []
    assert [(one["gap"], one["unexplained"], one["explained"]) for one in found["reported_partly"]] == [
        (None, None, 33),
        (None, None, 0),
    ]


def test_a_file_has_a_column_for_each_part_of_the_gap(union, told):
    with translation.override("en"):
        grid = next(part for part in compose(report(union)).annexes if isinstance(part, Grid))
        row = dict(zip(grid.headers, grid.rows[0], strict=True))
        assert (row["Gap"], row["Explained"], row["Not explained"]) == (35, 33, 2)
        assert row["Reasons"] == (
            "held, but nobody can name them: +34, Sổ văn thư 34; counted twice in the source: -1, Sổ văn thư -1"
        )
        assert row["Remark"] == "Sources differ"


def test_the_command_tells_the_explanations(union, told, capfdbinary):
    call_command("report", "vuit", term="2018-2023", lang="en")
    said = capfdbinary.readouterr().out.decode()
    assert "explained +34, held, but nobody can name them: Sổ văn thư 34" in said
    assert "not explained 2" in said
    assert "another source gives “34 đoàn” [Bản tin]" in said


def test_the_page_offers_to_explain_to_who_may(union, told):
    figure, _other = told
    new = f"/figures/{figure.pk}/explanations/new/"
    for role, may in ((User.Role.OFFICER, True), (User.Role.LEADER, False), (User.Role.AUDITOR, False)):
        page = text(enter(make.UserFactory(union=union, role=role, language="en")).get("/reports/vuit/2018-2023/"))
        assert (new in page) == may
        assert "Sổ văn thư 34" in page
        assert "Sources differ" in page


def test_nothing_is_left_to_explain_where_the_parts_make_up_the_gap(union, told):
    figure, _other = told
    make.GapExplanationFactory(figure=figure, number=2)
    page = text(enter(make.UserFactory(union=union, language="en")).get("/reports/vuit/2018-2023/"))
    assert f"/figures/{figure.pk}/explanations/new/" not in page
    assert "not explained 0" in page


def test_explanations_beyond_the_gap_are_said_and_not_refused(union, told):
    figure, _other = told
    make.GapExplanationFactory(figure=figure, number=5)
    page = text(enter(make.UserFactory(union=union, language="en")).get("/reports/vuit/2018-2023/"))
    assert "The explanations exceed the gap by 3." in page
    assert GapExplanation.objects.count() == 3
