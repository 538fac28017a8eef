"""Figures once counted are kept exactly until a record they count changes, through whichever door it changes."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity, ActivityScope, Delegation, PartnerRole, Restriction, ScopeChange, UnionRole
from activities.reports.duplicates.merging import merge
from activities.reports.duplicates.unmerging import take_apart
from activities.reports.findings import count, measure
from activities.reports.many import measure_all
from activities.reports.questions import Only, Question, Rule
from tests import factories as make
from tests.imports import stored_import
from unionrelations.caches import caches as caches_in
from unionrelations.importing.undo import undo
from unionrelations.kit.periods import Period
from unionrelations.web.models import Undo

pytestmark = pytest.mark.django_db
PERIOD = Period.years(2023)
NOW = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def house():
    above = make.UnionFactory(code="tren")
    union = make.UnionFactory(code="duoi", parent=above)
    laos = make.CountryFactory()
    one = make.DelegationFactory(
        unions=[(union, 3)], partners=[make.PartnerFactory()], countries=[laos], starts_on="2023-03-01"
    )
    return above, union, one


def questions(above):
    yield Question(above, PERIOD, under=True)
    yield Question(above, PERIOD, under=True, rule=Rule.END)
    yield Question(above, PERIOD, under=True, only=Only(kind="delegation"))


def truth(question):
    """Counted anew: nothing kept is asked."""
    return count(question)


def told(question):
    found = {code: one.counts for code, one in measure(question).items()}
    return {code: found.get(code, counts) for code, counts in truth(question).items()}


def test_an_answer_asked_again_is_not_counted_again(house):
    question = Question(house[0], PERIOD, under=True)
    measure(question)
    with CaptureQueriesContext(connection) as asked:
        assert measure(question)["delegations_out"].logged == 1
    assert not any("activities_activityscope" in one["sql"] for one in asked)


@pytest.fixture
def shared(settings, tmp_path):
    """A folder that the processes of one server share."""
    settings.CACHES = settings.CACHES | {"counts": caches_in(str(tmp_path))["counts"]}
    return tmp_path / "counts"


def in_another_process():
    caches["figures"].clear()


def test_what_one_process_has_counted_no_other_counts_again(house, shared):
    question = Question(house[0], PERIOD, under=True)
    measure(question)
    in_another_process()
    known = truth(question)
    with CaptureQueriesContext(connection) as asked:
        found = {code: one.counts for code, one in measure(question).items()}
    assert {code: found[code] for code in known} == known
    assert not any("activities_activityscope" in one["sql"] for one in asked)
    make.DelegationFactory(unions=[(house[1], 2)], starts_on="2023-05-01")
    in_another_process()
    assert measure(question)["delegations_out"].logged == 2


def test_where_they_can_share_nothing_each_counts(house, shared):
    shared.write_text("no folder")
    assert measure(Question(house[0], PERIOD, under=True))["delegations_out"].logged == 1


def test_an_answer_to_one_question_is_none_to_another(house):
    above, union, _one = house
    assert measure(Question(above, PERIOD, under=True))["delegations_out"].logged == 1
    assert measure(Question(above, PERIOD))["delegations_out"].logged == 0
    assert measure(Question(above, Period.years(2022), under=True))["delegations_out"].logged == 0
    assert measure(Question(above, PERIOD, under=True, only=Only(kind="course")))["activities"].logged == 0
    assert measure(Question(union, PERIOD))["officials_out"].logged == 3


def leave(one, union):
    one.delete()


def leave_with_others(one, union):
    Activity.objects.filter(pk=one.pk).delete()


def leave_by_kind(one, union):
    Delegation.objects.filter(pk=one.pk).delete()


def postpone(one, union):
    one.status = "postponed"
    one.save()


def recount_people(one, union):
    role = UnionRole.objects.get(activity=one.pk)
    role.people = 9
    role.save()


def end_later(one, union):
    one.ends_on = "2024-01-02"
    one.save()


def meet_another(one, union):
    PartnerRole.objects.create(activity_id=one.pk, partner=make.PartnerFactory())


def meet_nobody(one, union):
    PartnerRole.objects.filter(activity=one.pk).delete()


def go_elsewhere(one, union):
    one.activity_countries.create(country=make.CountryFactory(code="KH", name="Campuchia", name_en="Cambodia"))


def enter_another(one, union):
    make.DelegationFactory(unions=[(union, 5)], starts_on="2023-05-01")


def move_away(one, union):
    union.parent = make.UnionFactory(code="khac")
    union.save()


def be_merged(one, union):
    two = make.DelegationFactory(unions=[(union, 3)], starts_on="2023-03-01", title=one.title)
    merge(Delegation, one.pk, two.pk, make.UserFactory(union=union.parent), NOW, {})


@pytest.mark.parametrize(
    "change",
    [
        *(leave, leave_with_others, leave_by_kind, postpone, recount_people, end_later, meet_another, meet_nobody),
        *(go_elsewhere, enter_another, move_away, be_merged),
    ],
)
def test_whatever_changes_a_counted_record_changes_the_answer(house, change):
    above, union, one = house
    asked = list(questions(above))
    for question in asked:
        measure(question)
    measure_all(asked[:1])
    change(one, union)
    for question in asked:
        assert told(question) == truth(question), question
    assert measure_all(asked[:1])[asked[0]] == measure(asked[0])


def test_what_comes_back_changes_the_answer_as_what_goes(house):
    """Restricted and opened, merged and taken apart, deleted and brought back: each time as counted anew."""
    above, union, one = house
    keeper = make.UserFactory(union=above, role="administrator")
    two = make.DelegationFactory(unions=[(union, 2)], starts_on="2023-04-01", partners=[make.PartnerFactory()])
    restriction = Restriction(activity=one.activity_ptr, set_by=keeper)
    made: list = []

    def delete():
        made.append(Undo.objects.keep(keeper, "", [two], deleted=True))
        two.delete()

    asked, was = list(questions(above)), []
    for step in (
        restriction.begin,
        lambda: restriction.lift(NOW),
        lambda: made.append(merge(Delegation, one.pk, two.pk, keeper, NOW, {})),
        lambda: take_apart(made.pop(), keeper, NOW),
        delete,
        lambda: made.pop().undo(timezone.now()),
    ):
        was.append([told(question) for question in asked])
        step()
        found = [told(question) for question in asked]
        assert found == [truth(question) for question in asked]
        assert found != was[-1]
    assert found == was[0]


def test_an_import_that_is_taken_back_takes_its_rows_out_of_the_answer(house):
    above, union, _one = house
    batch = stored_import(make.UserFactory(union=union), rows=3)
    asked = list(questions(above))
    assert [measure(question)["delegations_out"].logged for question in asked] == [4, 4, 4]
    assert undo(batch, NOW) == 0
    assert [measure(question)["delegations_out"].logged for question in asked] == [1, 1, 1]


def test_what_changes_elsewhere_leaves_an_answer_kept(house):
    above, _union, _one = house
    state = ScopeChange.objects.states([above.pk])
    make.DelegationFactory(unions=[(make.UnionFactory(code="ngoai"), 5)], starts_on="2023-05-01")
    assert ScopeChange.objects.states([above.pk]) == state


def test_an_answer_from_a_change_that_was_taken_back_is_never_given(house):
    above, union, one = house
    question = Question(above, PERIOD, under=True)
    with transaction.atomic():
        make.DelegationFactory(unions=[(union, 5)], starts_on="2023-05-01")
        assert measure(question)["delegations_out"].logged == 2
        transaction.set_rollback(True)
    assert measure(question)["delegations_out"].logged == 1
    recount_people(one, union)
    assert measure(question)["delegations_out"].logged == 1


def test_many_notes_become_one(house):
    above, _union, _one = house
    ScopeChange.objects.note([above.pk] * 250)
    before = ScopeChange.objects.states([above.pk])[above.pk]
    ScopeChange.objects.shorten()
    notes, last, _sum = ScopeChange.objects.states([above.pk])[above.pk]
    assert notes == 1
    assert last > before[1]


def test_a_union_without_a_note_is_counted_anew_each_time(house):
    above, _union, _one = house
    ScopeChange.objects.all().delete()
    question = Question(above, PERIOD, under=True)
    measure(question)
    ActivityScope.objects.all().delete()  # as nobody may: no note tells of it
    assert measure(question)["delegations_out"].logged == 0
