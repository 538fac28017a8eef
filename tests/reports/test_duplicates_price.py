"""What a merge is said to move is what it moves, everywhere; and what was signed says that records were merged."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from activities.models import Term
from activities.reports.audit import audit
from activities.reports.changes import changes
from activities.reports.duplicates.merging import Refused
from activities.reports.duplicates.price import price
from activities.reports.duplicates.unmerging import take_apart
from activities.reports.kept import is_intact
from activities.reports.many import measure_all
from activities.reports.models import Merge
from activities.reports.questions import Question
from activities.reports.reports import Report
from partners.models import Partner
from tests import factories as make
from tests.reports.merging import NOW, everything, merged, pairs_of
from tests.reports.worlds import built, on_random_worlds, plans
from tests.signing import signed_report
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

pytestmark = pytest.mark.django_db
TODAY = dt.date(2023, 6, 1)


def asked_of(kept, gone, choices=None):
    return price(type(kept), kept.pk, gone.pk, None, NOW, TODAY, choices or {})


@on_random_worlds
@given(plans, st.integers(0, 400))
def test_the_price_is_what_moves_in_every_report_of_every_union(plan, number):
    with built(plan) as world:
        Term.objects.create(union=world.unions["root"], name="2022-2023", first_day="2022-03-01", last_day="2023-06-30")
        pairs = pairs_of(world)
        kept, gone = pairs[number % len(pairs)]
        spans = [Period.years(year) for year in (2021, 2022, 2023)] + [Period(dt.date(2022, 3, 1), TODAY)]
        spans[-1] = Term.objects.get().period
        every = [Question(union, one, under) for union in world.unions.values() for one in spans for under in (0, 1)]
        before, stood = measure_all(every), everything()
        try:
            said = asked_of(kept, gone)
        except Refused:
            assume(False)
        assert everything() == stood
        assert not Merge.objects.exists()
        done = merged(kept, gone)
        after = measure_all(every)
        moved = {(one, code) for one in every for code in after[one] if after[one][code] != before[one][code]}
        told = {(one.question, one.code): (one.before, one.after) for one in said.moved}
        for question, code in moved - {(one, code) for one, code in moved if _is_told_alone(one, world)}:
            assert told[question, code] == (before[question][code], after[question][code])
        assert {key for key in told if key[0] in every} <= moved
        take_apart(done, None, NOW)
        assert measure_all(every) == before


def _is_told_alone(question: Question, world) -> bool:
    """With the unions below, of a union that has none: its own report says the same."""
    return question.under and not any(one.parent_id == question.union.pk for one in world.unions.values())


@pytest.fixture
def house(db):
    """The confederation with two unions below it that logged the same visit, each for itself."""
    top = make.UnionFactory(code="vgcl")
    host, helper = (make.UnionFactory(code=code, parent=top) for code in ("vuit", "hanoi"))
    make.TermFactory(union=top)
    return top, host, helper


def visits(host, helper):
    partner = make.PartnerFactory()
    return (
        make.DelegationFactory(direction="in", guests=guests, unions=[(union, 2)], partners=[partner], title=title)
        for union, guests, title in ((host, None, "Đón LFTU"), (helper, 6, "Tiếp đoàn LFTU"))
    )


def test_the_same_visit_of_host_and_cooperating_union_counts_once_above(house):
    _top, host, helper = house
    kept, gone = visits(host, helper)
    said = {
        (one.union.code, one.span.name, one.question.under, one.code): (one.before.logged, one.after.logged)
        for one in asked_of(kept, gone).moved
    }
    assert said["vgcl", "2018–2023", True, "delegations_in"] == (2, 1)
    assert said["vgcl", "2022", True, "activities"] == (2, 1)
    assert said["vuit", "2022", False, "guests_in"] == (None, 6)
    assert ("hanoi", "2022", False, "delegations_in") not in said  # it is still theirs as well
    assert said["vgcl", "2022", True, "guests_in"] == (6, 6)  # one headcount less is missing


def test_years_that_only_a_long_window_reaches_are_told_as_well(house):
    _top, host, _helper = house
    of = {"unions": [(host, 3)], "title": "Đoàn thăm Lào"}
    kept = make.DelegationFactory(starts_on="2023-01-15", **of)
    gone = make.DelegationFactory(starts_on="2021-11-24", ends_on="2023-01-30", precision="span", **of)
    said = {
        (one.union.code, one.span.name): (one.before.undetermined, one.after.undetermined)
        for one in asked_of(kept, gone).moved
        if one.code == "activities" and not one.question.under
    }
    assert {said["vuit", year] for year in ("2021", "2022", "2023")} == {(1, 0)}


def test_what_is_chosen_has_its_own_price(house):
    _top, host, _helper = house
    kept, gone = (make.DelegationFactory(unions=[(host, people)]) for people in (3, 5))
    stays = asked_of(kept, gone)
    role = gone.union_roles.get()
    other = asked_of(kept, gone, {f"unionrole-{role.pk}-people": "gone"})
    assert {one.after.logged for one in stays.moved if one.code == "officials_out"} == {3}
    assert {one.after.logged for one in other.moved if one.code == "officials_out"} == {5}
    assert stays.digest != other.digest
    assert stays.digest == asked_of(kept, gone).digest


def test_two_partners_are_one_in_the_figure_of_partners(house):
    top, host, helper = house
    kept, gone = make.PartnerFactory(), make.PartnerFactory()
    for union, partner in ((host, kept), (helper, gone)):
        make.DelegationFactory(unions=[(union, 2)], partners=[partner])
    moved = asked_of(kept, gone).moved
    assert {(one.union, one.code, one.by) for one in moved} == {(top, "partners", -1)}


def test_a_partner_found_to_stand_abroad_makes_its_conferences_international(house):
    _top, host, _helper = house
    home = make.CountryFactory(code="VN", name="Việt Nam")
    kept, gone = make.PartnerFactory(country=home), make.PartnerFactory()
    make.ConferenceFactory(unions=[(host, 2)], partners=[kept], international=None)
    before = everything()
    moved = asked_of(kept, gone, {"country": "gone"}).moved
    assert {one.by for one in moved if one.code == "conferences_hosted"} == {1}
    done = merged(kept, gone, choices={"country": "gone"})
    assert audit().mismatches == []
    take_apart(done, None, NOW)
    assert audit().mismatches == []
    assert everything() == before


def test_a_signed_report_names_the_merge_and_stays_as_it_was(house):
    top, host, helper = house
    kept, gone = visits(host, helper)
    signed = signed_report(Report.of_days(top, Period.years(2022), under=True))
    elsewhere = signed_report(Report.of_days(top, Period.years(2021), under=True))
    assert asked_of(kept, gone).signed == (signed.pk,)
    assert elsewhere.pk not in asked_of(kept, gone).signed
    done = merged(kept, gone)
    (removed,) = changes(signed).of("removed")
    assert (removed.title, removed.merged_into) == ("Tiếp đoàn LFTU", "Đón LFTU")
    assert {(one.code, one.by) for one in changes(signed).moved} == {
        ("delegations_in", -1),
        ("activities", -1),
        ("guests_in", 0),  # one headcount less is missing
    }
    assert is_intact(signed)
    take_apart(done, None, NOW)
    assert not changes(signed)


def test_the_audit_is_silent_after_a_merge_and_after_it_is_undone(house):
    _top, host, helper = house
    kept, gone = visits(host, helper)
    done = merged(kept, gone)
    assert audit().mismatches == []
    take_apart(done, None, NOW)
    assert audit().mismatches == []
    one, other = Partner.objects.get(), make.PartnerFactory()
    done = merged(other, one)
    assert audit().mismatches == []
    take_apart(done, None, NOW)
    assert audit().mismatches == []
    assert Union.objects.count() >= 3
