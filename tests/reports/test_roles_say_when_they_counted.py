"""Partners and countries of an activity say when they counted, and whom all unions met is told by that alone.

What a release before this one wrote while it ran beside it, or left as it was, is told neither too much nor too little.
"""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity, ActivityCountry, ActivityScope, Delegation, PartnerRole, Restriction
from activities.reports import findings, plain
from activities.reports.audit import Outcome, Recount, compare_scopes, of_activity
from activities.reports.duplicates.merging import merge
from activities.reports.duplicates.unmerging import take_apart
from activities.reports.questions import Question
from partners.models import Partner
from tests import factories as make
from tests.doors import lasting
from unionrelations.accounts.models import Union
from unionrelations.generating import DataSet, Size
from unionrelations.kit.periods import Period

TERM = Period(date(2018, 9, 26), date(2023, 12, 2))
PERIODS = [
    TERM,
    Period.years(2012, 2013),
    Period(date(2020, 2, 29), None),
    Period.years(1900, 1950),
    Period.years(2022),
]
DATED = (PartnerRole, ActivityCountry)
TABLES = [f'"{one._meta.db_table}"' for one in DATED]
HOLDS, HELD = 'SELECT "activities_activity"."id" AS "pk" FROM "activities_activity" WHERE', "FOR NO KEY UPDATE"


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        countries = [make.CountryFactory(code=code) for code in ("VN", "LA", "TH", "JP", "KR", "CU")]
        DataSet(Size(600, 40), seed=7).store(countries, lambda _n: None)
        yield


@pytest.fixture
def root(house, db):
    return Union.objects.get(parent=None)


@pytest.fixture
def met_once(root):
    """A visit in the term, and one that may have begun in it; each with a partner and a country met nowhere else."""
    visits = []
    for number, (first, last) in enumerate([(TERM.start, TERM.start), (TERM.start - timedelta(days=9), TERM.start)]):
        visits.append(
            make.DelegationFactory(
                unions=[(root.children.first(), 1)],
                partners=[make.PartnerFactory()],
                countries=[make.CountryFactory(code=f"X{chr(65 + number)}")],
                starts_on=first,
                ends_on=last,
                precision="day" if first == last else "span",
            )
        )
    return visits


def counted(root, periods=PERIODS):
    return [findings.count(Question(root, period, under=True)) for period in periods]


def by_what_was_done(root):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings.plain, "is_plain", lambda question: False)
        return counted(root)


def dates():
    return [set(model.objects.values_list("pk", "counted_first", "counted_last")) for model in DATED]


def is_told_by_roles(root, period, *, under=True):
    with CaptureQueriesContext(connection) as asked:
        findings.count(Question(root, period, under=under))
    return not any("JOIN activities_partnerrole" in one["sql"] for one in asked)


def mismatches():
    outcome = Outcome()
    compare_scopes(outcome, Recount().activities)
    return outcome.mismatches


def test_they_tell_the_term_of_the_union_above_all_others(root):
    assert is_told_by_roles(root, TERM)
    assert is_told_by_roles(root, Period(TERM.start, None))
    assert counted(root) == by_what_was_done(root)
    assert all(one["partners"][0] and one["countries"][0] for one in counted(root, PERIODS[:3]))


def test_what_was_done_tells_a_year_an_own_report_and_every_other_union(root):
    assert not is_told_by_roles(root, Period.years(2022))
    assert not is_told_by_roles(root, TERM, under=False)
    assert not is_told_by_roles(root.children.first(), TERM)


def test_where_another_union_has_none_above_it_what_was_done_tells_it(root):
    """Of a small one nearly all roles would be looked through in vain."""
    make.DelegationFactory(
        unions=[(make.UnionFactory(), 1)], partners=[make.PartnerFactory()], starts_on=TERM.start, ends_on=TERM.start
    )
    assert counted(root) == by_what_was_done(root)
    assert not is_told_by_roles(root, TERM)


@pytest.mark.parametrize("of_role", DATED)
def test_roles_the_release_before_left_without_dates_are_counted(root, met_once, of_role):
    """It derives scope rows without a word on roles, in place of those that were there."""
    before = counted(root)
    with_them_dated = [one["countries"] for one in before], [one["partners"] for one in before]
    of_role.objects.filter(activity__in=[one.pk for one in met_once]).update(counted_first=None, counted_last=None)
    assert ([one["countries"] for one in counted(root)], [one["partners"] for one in counted(root)]) != with_them_dated
    ActivityScope.objects.filter(activity__in=[one.pk for one in met_once]).update(roles_dated=False)
    assert counted(root) == before == by_what_was_done(root)


def test_roles_are_not_believed_before_the_migration_has_told_them(root, met_once):
    """Meanwhile a server may begin that knows them already."""
    before = counted(root)
    MigrationRecorder.Migration.objects.filter(app="activities", name=plain.TOLD).delete()
    for model in DATED:
        model.objects.update(counted_first=None, counted_last=None)
    assert counted(root) == before == by_what_was_done(root)


def test_what_the_release_before_moved_out_of_a_period_is_not_counted_in_it(root):
    for one in Activity.objects.touching_start(TERM).order_by("pk")[::4]:
        stood = dates_of(one)
        one.starts_on, one.ends_on, one.precision, one.date_words = date(2030, 1, 1), date(2030, 1, 2), "day", ""
        one.save()
        ActivityScope.objects.filter(activity=one).update(roles_dated=False)
        for model, rows in stood.items():
            for pk, first, last in rows:
                model.objects.filter(pk=pk).update(counted_first=first, counted_last=last)
    assert counted(root) == by_what_was_done(root)


def test_what_the_release_before_restricted_is_not_counted(root):
    """It takes the scope rows away, and leaves what roles say as it is."""
    held = ActivityScope.objects.of(root, under=True).counting().filter(window_first__year__range=(2019, 2022))
    restricted = list(held.values_list("activity", flat=True))
    with_roles = {one for model in DATED for one in model.objects.values_list("activity", flat=True)} & {*restricted}
    Restriction.objects.bulk_create(Restriction(activity_id=one, reason="chưa công bố") for one in restricted)
    ActivityScope.objects.filter(activity__in=restricted).delete()
    between = Period.years(2019, 2022)
    found = findings.count(Question(root, between, under=True))
    assert is_told_by_roles(root, between)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings.plain, "is_plain", lambda question: False)
        assert findings.count(Question(root, between, under=True)) == found
    assert found["partners"][0] == 0
    assert ActivityScope.objects.catch_up() == len(with_roles)
    assert not {one["what"] for one in mismatches()} & {of_activity(pk) for pk in restricted}


def test_the_night_derives_again_what_the_release_before_wrote(root, monkeypatch):
    was = dates()
    for model in DATED:
        model.objects.update(counted_first=None, counted_last=None)
    ActivityScope.objects.update(roles_dated=False)
    assert mismatches()
    monkeypatch.setattr("unionrelations.tasks.recount_everything", Outcome)
    call_command("audit")
    assert mismatches() == []
    assert dates() == was
    assert ActivityScope.objects.catch_up() == 0


def test_the_migration_tells_roles_what_deriving_tells_them(root):
    generated = dates()
    assert any(first for _pk, first, _last in generated[0])
    assert not all(first for _pk, first, _last in generated[0])
    ActivityScope.objects.rebuild()
    assert dates() == generated
    for model in DATED:
        model.objects.update(counted_first=TERM.start, counted_last=None)
    for _twice in range(2):
        import_module("activities.migrations.0028_roles_say_when_they_counted").say(apps, None)
        assert dates() == generated


def test_they_say_it_however_the_activity_changes(root):
    country, partner = make.CountryFactory(), make.PartnerFactory()
    union = root.children.first()
    one = make.DelegationFactory(
        unions=[(union, 3)], partners=[partner], countries=[country], starts_on=date(2022, 5, 1)
    )
    said = (date(2022, 5, 1), date(2022, 5, 1))
    assert dates_by_pair(one) == {said}
    one.status = "cancelled"
    one.save()
    assert dates_by_pair(one) == {(None, None)}
    one.status, one.precision, one.ends_on = "held", "span", date(2022, 7, 1)
    one.save()
    assert dates_by_pair(one) == {(date(2022, 5, 1), date(2022, 7, 1))}
    restriction = Restriction(activity=one.activity_ptr, set_by=make.UserFactory(union=root)).begin()
    assert dates_by_pair(one) == {(None, None)}
    restriction.lift(timezone.now())
    assert dates_by_pair(one) == {(date(2022, 5, 1), date(2022, 7, 1))}
    one.union_roles.all().delete()
    assert dates_by_pair(one) == {(None, None)}
    assert mismatches() == []


@pytest.mark.parametrize("model", [*DATED, ActivityScope])
def test_what_is_kept_to_undo_a_step_says_nothing_of_them(root, model):
    """Else a step taken before an update could not be taken back after it."""
    (said,) = serializers.serialize("python", [model.objects.latest("pk")])
    assert not {"counted_first", "counted_last", "roles_dated"} & said["fields"].keys()


@pytest.mark.postgres
def test_whoever_writes_a_role_holds_its_activity_before(root, met_once):
    """Else it waits for one that derives, and that for it."""
    one, other = met_once
    role, country = (model.objects.get(activity=one) for model in DATED)
    partners = role.partner_id, PartnerRole.objects.get(activity=other).partner_id
    by, now = make.UserFactory(union=root), timezone.now()
    merged = []
    for written in (
        role.save,
        country.delete,
        ActivityCountry.objects.filter(activity=other).delete,
        lambda: merged.append(merge(Partner, *partners, by, now, {})),
        lambda: take_apart(merged[0], by, now),
        other.delete,
        Delegation.objects.filter(pk=one.pk).delete,
    ):
        with CaptureQueriesContext(connection) as asked:
            written()
        said = [query["sql"] for query in asked]
        held = next(number for number, sql in enumerate(said) if sql.startswith(HOLDS) and sql.endswith(HELD))
        writes = [sql.startswith(("UPDATE", "DELETE", "INSERT")) and any(one in sql for one in TABLES) for sql in said]
        assert any(writes)
        assert not any(writes[:held]), written


def dates_of(activity):
    columns = ("pk", "counted_first", "counted_last")
    return {model: list(model.objects.filter(activity=activity.pk).values_list(*columns)) for model in DATED}


def dates_by_pair(activity):
    return {(first, last) for rows in dates_of(activity).values() for _pk, first, last in rows}
