"""The figures the first report must give, from the source documents alone."""

import json

import pytest
from django.core.management import call_command

from activities.models import Term
from activities.reports.indicators import BY_CODE
from activities.reports.reports import Report
from tests.seeded import seed
from unionrelations.accounts.models import Union

GOLD = [
    (
        "vuit",
        "2018-2023",
        False,
        {
            "delegations_out": 1,
            "delegations_in": 5,
            "conferences_hosted": 2,
            "conferences_home": 1,
            "courses": 5,
            "certificates": 34,
            "trainees": 34,
            "activities": 13,
        },
        {},
    ),
    ("veu", "2018-2023", False, {"delegations_out": 1, "activities": 1}, {"delegations_out": 2}),
    ("agriculture", "2018-2023", False, {}, {}),
    ("ha-noi", "2018-2023", False, {}, {}),
    ("ha-noi", "2023-2028", False, {"delegations_out": 1, "activities": 1}, {}),
    (
        "vgcl",
        "2018-2023",
        True,
        {
            "delegations_out": 2,
            "delegations_in": 5,
            "conferences_hosted": 2,
            "conferences_home": 1,
            "meetings": 1,
            "courses": 5,
            "certificates": 34,
            "trainees": 34,
            "activities": 15,
        },
        {"delegations_out": 2},
    ),
]
COUNTED = [code for code in BY_CODE if code not in ("partners", "countries", "agreements_signed")]
UNKNOWN = {  # people took part, nobody wrote down how many
    ("vuit", "2018-2023"): {"officials_out": 1, "guests_in": 5, "officials_conferences_home": 1},
    ("veu", "2018-2023"): {"officials_out": 1},
    ("ha-noi", "2023-2028"): {"officials_out": 1},
    ("vgcl", "2018-2023"): {"officials_out": 2, "guests_in": 5, "officials_conferences_home": 1},
}


@pytest.fixture
def seeded(db):
    seed()


def report(code, term, under=False):
    union = Union.objects.get(code=code)
    return Report.of_term(union, next(one for one in Term.objects.of(union) if one.name == term), under=under)


@pytest.mark.parametrize(("code", "term", "under", "logged", "undetermined"), GOLD)
def test_the_seed_data_give_the_published_gold_figures(seeded, code, term, under, logged, undetermined):
    unknown = UNKNOWN.get((code, term), {})
    for figure in (report(code, term, under).figure(one) for one in COUNTED):
        wanted = None if figure.indicator.code in unknown else logged.get(figure.indicator.code.value, 0)
        assert figure.logged == wanted, figure.indicator.code
        if figure.indicator.sums is None and figure.indicator.code != "activities":
            assert figure.undetermined == undetermined.get(figure.indicator.code.value, 0), figure.indicator.code
        if figure.indicator.code in unknown:
            assert figure.unknown_people == unknown[figure.indicator.code]


def test_the_unions_with_no_record_say_nothing_and_invent_nothing(seeded):
    for figure in report("agriculture", "2018-2023").figures:
        assert figure.logged == 0
        assert figure.undetermined == 0


def test_published_figures_stand_beside_with_their_own_period_and_gap(seeded):
    found = report("vuit", "2018-2023")
    (out,) = found.figure("delegations_out").reported
    assert (out.figure.low, out.figure.period_printed, out.logged_in_period, out.gap) == (36, "2018–2020", 0, 36)
    (online,) = found.figure("delegations_out_online").reported
    assert (online.figure.low, online.figure.first_day.year, online.figure.last_day.year) == (11, 2020, 2021)
    (people,) = found.figure("officials_out").reported
    assert people.figure.low == 92
    assert people.figure.note
    (vague,) = found.figure("officials_conferences_abroad").reported
    assert (vague.figure.low, vague.figure.high, vague.gap) == (None, None, None)
    assert [one.figure.low for one in found.figure("delegations_out").partly] == [57]


def test_the_agriculture_union_published_what_nobody_logged(seeded):
    found = report("agriculture", "2018-2023")
    gaps = {one.indicator.code.value: one.reported[0].gap for one in found.figures if one.reported}
    assert gaps == {
        "delegations_out": 6,
        "officials_out": 17,
        "delegations_in": 6,
        "guests_in": 28,
        "conferences_hosted": 3,
    }


def test_the_confederations_report_lists_what_each_union_published_and_sums_none_of_it(seeded):
    figure = report("vgcl", "2018-2023", under=True).figure("delegations_out")
    assert {(one.figure.union.code, one.figure.low) for one in figure.reported} == {
        ("vuit", 36),
        ("veu", 4),
        ("agriculture", 6),
    }
    assert figure.logged == 2


def test_a_forum_at_home_is_recorded_and_stands_in_no_figure(seeded):
    forum = Union.objects.get(code="vgcl").activities.get(code="A4")
    assert forum.status == "held"
    assert forum.counts_as == ""
    assert not forum.scopes.counting().exists()


def test_the_command_says_what_the_report_says(seeded, capfdbinary):
    call_command("report", "vuit", term="2018-2023", format="json")
    said = json.loads(capfdbinary.readouterr().out)
    found = report("vuit", "2018-2023").as_json()
    assert said["period"] == {"from": "2018-09-26", "to": "2023-12-02", "term": "2018-2023"}
    assert said == json.loads(json.dumps(found))
    assert [one["indicator"] for one in said["figures"]] == list(BY_CODE)


def test_a_union_without_terms_reports_by_the_nearest_above_that_has_some(seeded):
    ha_noi = Union.objects.get(code="ha-noi")
    assert [one.name for one in Term.objects.of(ha_noi)] == ["2023-2028", "2018-2023", "2013-2018"]


def test_a_term_that_runs_on_has_no_last_day_in_the_report(seeded):
    assert report("ha-noi", "2023-2028").as_json()["period"] == {"from": "2023-12-03", "to": None, "term": "2023-2028"}
