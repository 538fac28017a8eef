"""A gap is explained by people, in parts with a sign; a proposal says what became of it, and when it was made."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from activities.models import Activity, GapExplanation, Proposal
from tests import factories as make
from tests.doors import RECORDS, alerts, csv_rows, enter, text, typed_in
from unionrelations.accounts.models import User
from unionrelations.kit.periods import Period

YEAR = Period.years(2022)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", parent=make.UnionFactory(code="tren"))


@pytest.fixture
def figure(union):
    return make.FigureFactory(union=union, low=36, printed="36 đoàn ra")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, language="en")


def refusal(one) -> list[str]:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            one.full_clean()
        return refused.value.messages


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": 0}, "A number of 0 explains nothing. Write how many, or leave the explanation out."),
        ({"number": 10_000_000}, "An explanation is of at most 9,999,999; check the number."),
        ({"number": -10_000_000}, "An explanation is of at most 9,999,999; check the number."),
    ],
)
def test_a_wrong_explanation_is_refused_by_its_sentence_and_by_the_database(figure, wrong, sentence):
    one = GapExplanation(**{"figure": figure, "reason": "unnamed", "number": 3, "note": "Văn phòng nói"} | wrong)
    assert sentence in refusal(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_an_explanation_without_a_note_is_none(figure, officer):
    refused = enter(officer).post(f"/figures/{figure.pk}/explanations/new/", {"reason": "error", "number": "3"})
    assert set(refused.context["form"].errors) == {"note"}
    with pytest.raises(IntegrityError), transaction.atomic():
        GapExplanation.objects.create(figure=figure, reason="error", number=3, note="")


@pytest.mark.parametrize(
    "shape",
    [
        {"qualifier": "approx"},
        {"qualifier": "gt", "high": None},
        {"qualifier": "vague", "low": None, "high": None},
        {"indicator": ""},
    ],
)
def test_only_an_exact_figure_with_an_indicator_has_a_gap_to_explain(union, shape):
    one = GapExplanation(figure=make.FigureFactory(union=union, **shape), reason="error", number=1, note="Báo cáo sai")
    assert "Only an exact figure with an indicator has a gap to explain." in refusal(one)


@pytest.mark.parametrize("change", [{"qualifier": "approx"}, {"indicator": ""}])
def test_a_figure_stays_exact_while_its_gap_is_explained(figure, change):
    part = make.GapExplanationFactory(figure=figure)
    for name, value in change.items():
        setattr(figure, name, value)
    assert any("Its gap is explained" in one for one in refusal(figure))
    part.delete()
    figure.full_clean()


def test_who_says_it_is_noted_and_never_typed(figure, officer):
    stranger = make.UserFactory(union=figure.union)
    new = f"/figures/{figure.pk}/explanations/new/"
    typed = {"reason": "unnamed", "number": "30", "note": "Chị Lan ở văn phòng cho biết", "changed_by": stranger.pk}
    assert enter(officer).post(new, typed).status_code == 302
    one = GapExplanation.objects.get()
    assert (one.said_by, one.number, str(one.signed)) == (officer, 30, "+30")
    assert one.said_at is not None
    page = text(enter(officer).get(f"/figures/{figure.pk}/"))
    assert "Chị Lan ở văn phòng cho biết" in page
    assert officer.username in page or str(officer) in page


@pytest.mark.parametrize("typed", ["-3", "−3", "- 3"])
def test_a_number_below_nothing_is_typed_as_people_write_it(figure, officer, typed):
    row = {"reason": "duplicate", "number": typed, "note": "Đếm hai lần"}
    sent = enter(officer).post(f"/figures/{figure.pk}/explanations/new/", row)
    assert sent.status_code == 302, alerts(sent)
    assert GapExplanation.objects.get().number == -3


def test_an_explanation_is_read_and_written_with_its_figure(figure, union):
    part = make.GapExplanationFactory(figure=figure, note="Biên bản số 7")
    edit = f"/figures/{figure.pk}/explanations/{part.pk}/"
    for place, role, seen, written in (
        (union, User.Role.OFFICER, 200, 200),
        (union, User.Role.LEADER, 200, 403),
        (union.parent, User.Role.OFFICER, 200, 200),
        (make.UnionFactory(code="ben"), User.Role.OFFICER, 404, 404),
    ):
        reader = make.UserFactory(union=place, role=role)
        browser = enter(reader)
        assert browser.get(f"/figures/{figure.pk}/").status_code == seen
        assert browser.get(edit).status_code == written
        assert GapExplanation.objects.visible_to(reader).exists() == (seen == 200)


def test_the_page_of_a_figure_says_what_is_left_of_its_gap(figure, officer, union):
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2020, 5, 1))
    for number in (30, 8, -1):
        make.GapExplanationFactory(figure=figure, number=number)
    (_whose, one), *more = enter(officer).get(f"/figures/{figure.pk}/").context["standing"]
    assert more == []
    assert (one.logged_in_period, one.gap, one.explained, one.unexplained, one.explained_beyond) == (1, 35, 37, -2, 2)
    assert "The explanations exceed the gap by 2." in text(enter(officer).get(f"/figures/{figure.pk}/"))


def test_a_union_with_others_below_reads_both_gaps_of_its_figure(union):
    above = union.parent
    figure = make.FigureFactory(union=above, low=5)
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2020, 5, 1))
    page = enter(make.UserFactory(union=above)).get(f"/figures/{figure.pk}/")
    assert [one.gap for _whose, one in page.context["standing"]] == [5, 4]


def test_a_figure_of_context_stands_beside_nothing(union, officer):
    figure = make.FigureFactory(union=union, indicator="")
    assert enter(officer).get(f"/figures/{figure.pk}/").context["standing"] == []


def test_the_list_of_figures_gives_the_explanations_to_a_file(figure, officer):
    make.GapExplanationFactory(figure=figure, number=30, note="Chị Lan nói")
    rows = csv_rows(enter(officer).get("/figures/", {"columns": "printed,explanations", "format": "csv"}))
    assert [row[:2] for row in rows] == [["36 đoàn ra", "held, but nobody can name them: +30, Chị Lan nói"]]


# --- Proposals


def proposal(union, **more) -> Proposal:
    number = Proposal.objects.count()
    return RECORDS["proposals"](union, **{"text": f"Đề nghị số {number}"} | more)


def test_a_proposal_is_open_until_somebody_says_more(union):
    one = proposal(union)
    assert one.outcome == Proposal.Outcome.OPEN
    one.full_clean()


@pytest.mark.parametrize("outcome", ["under_way", "accepted", "declined", "done"])
def test_an_outcome_is_said_with_its_day_or_with_how_it_is_known(union, outcome):
    one = proposal(union)
    one.outcome = outcome
    assert refusal(one) == ["Write the day on which that became of it, or how it is known."]
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()
    for known in ({"outcome_on": dt.date(2023, 5, 1)}, {"outcome_note": "Công văn 12/TLĐ"}):
        Proposal(
            **{name: getattr(one, name) for name in ("document", "place", "union", "outcome")}, text="x", **known
        ).full_clean()


def test_an_open_proposal_has_no_day_of_an_outcome(union):
    one = proposal(union)
    one.outcome_on = dt.date(2023, 5, 1)
    assert refusal(one) == ["An open proposal has no such day yet. Choose what became of it, or leave the day empty."]
    one.outcome, one.outcome_on = "done", dt.date(1823, 5, 1)
    assert refusal(one) == ["A year lies before 1900 or after 2100. Check the dates."]


def test_what_became_of_a_proposal_is_entered_filtered_and_served(union, officer):
    one, browser = proposal(union), enter(officer)
    edit = f"/proposals/{one.pk}/edit/"
    typed = typed_in(browser.get(edit)) | {"outcome": "accepted", "outcome_on": "02/05/2023"}
    assert browser.post(edit, typed).status_code == 302
    proposal(union)
    assert browser.get("/proposals/", {"outcome": "accepted"}).context["total"] == 1
    answer = browser.get(f"/api/proposals/{one.pk}/").json()
    assert (answer["outcome"], answer["outcome_on"], answer["outcome_note"]) == ("accepted", "2023-05-02", "")
    refused = browser.patch(f"/api/proposals/{one.pk}/", {"outcome_on": None}, "application/json")
    assert refused.status_code == 400
    assert sorted(
        row[1] for row in csv_rows(browser.get("/proposals/", {"columns": "text,outcome", "format": "csv"}))
    ) == ["accepted", "open"]


def at(union, start, end=None, precision="day") -> dict:
    one = make.ConferenceFactory(unions=[(union, 1)], starts_on=start, ends_on=end, precision=precision)
    return {"activity": Activity.objects.get(pk=one.pk)}


def papered(day) -> dict:
    return {"document": make.DocumentFactory(published_on=day)}


JUNE, LAST_DAY = dt.date(2022, 6, 1), dt.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (lambda union: at(union, JUNE), "within"),
        (lambda union: at(union, LAST_DAY, dt.date(2023, 1, 3)), "within"),  # it began in the year
        (lambda union: at(union, dt.date(2022, 1, 1), LAST_DAY, "year"), "within"),
        (lambda union: at(union, dt.date(2021, 12, 1), dt.date(2022, 2, 1), "span"), "perhaps"),
        (lambda union: at(union, dt.date(2021, 12, 31), JUNE), "elsewhere"),
        (lambda union: at(union, dt.date(2021, 6, 1)) | papered(JUNE), "elsewhere"),  # the activity knows better
        (lambda union: papered(JUNE), "within"),
        (lambda union: papered(dt.date(2023, 1, 1)), "elsewhere"),
        (lambda union: papered(None), "undated"),
    ],
)
def test_a_proposal_is_dated_by_its_activity_else_by_its_document(union, made, where):
    one = proposal(union, **made(union))
    asked = Proposal.objects.all()
    found = {
        "within": asked.made_within(YEAR).filter(pk=one.pk).count(),
        "perhaps": asked.perhaps_made_within(YEAR).filter(pk=one.pk).count(),
        "undated": asked.undated().filter(pk=one.pk).count(),
    }
    assert found == {name: int(name == where) for name in found}


def test_a_period_that_runs_on_holds_every_later_proposal(union):
    one = proposal(union, **papered(JUNE))
    assert list(Proposal.objects.all().made_within(Period(JUNE, None))) == [one]
    assert not Proposal.objects.all().perhaps_made_within(Period(JUNE, None)).exists()
