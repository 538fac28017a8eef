"""What scope rows say of an activity only hastens the questions asked of it: nothing is left out by them, nor added.

On a generated house with restricted activities, for readers at every level, those who are named and those who see
everything.
"""

from datetime import date, timedelta
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.db.models import Q
from django.http import QueryDict

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.models import Activity, ActivityScope, Conference, Delegation, Restriction
from activities.reports.due import silence
from activities.reports.due.asked import BELOW, UNION, Asked
from activities.reports.due.everything import due
from partners.models import Agreement, AgreementEvent
from tests import factories as make
from tests.doors import lasting
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.generating import DataSet, Size
from unionrelations.web.entities import EntityList

BOTH = ("&status=held&headcount=unknown", "&precision=vague&headcount=unknown", "&precision=vague")
ACTIVITIES_OF_ALL_KINDS = (ACTIVITIES, DELEGATIONS, CONFERENCES, COURSES)
DAYS = [date(year, month, 15) for year in (2016, 2020, 2024) for month in (3, 10)]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        countries = [make.CountryFactory(code="VN"), make.CountryFactory(code="LA")]
        DataSet(Size(400, 40), seed=11).store(countries, lambda _n: None)
        keeper = make.UserFactory(union=Union.objects.get(code="vgcl"), role=User.Role.ADMINISTRATOR)
        for one in Activity.objects.order_by("pk")[::25]:
            restriction = Restriction(activity=one, set_by=keeper, reason="chưa công bố")
            restriction.save()
            restriction.named.create(user=keeper)
        yield


@pytest.fixture
def readers(house, db):
    """Officers at every level, one of a union that ended; narrowed, unnamed, superuser; the named; the all-seeing."""
    lasting, ended = Union.objects.filter(valid_to=None), Union.objects.exclude(valid_to=None)
    unions = [*lasting.filter(code__in=("vgcl", "vuit")), *lasting.filter(kind="grassroots")[:2], ended[0]]
    officers = [make.UserFactory(union=one, role=User.Role.OFFICER) for one in unions]
    named = User.objects.get(role=User.Role.ADMINISTRATOR)
    everything = User.objects.create_superuser("sees-everything", role=User.Role.ADMINISTRATOR)
    above_all = User.objects.create_superuser("of-a-union", union=unions[1], role=User.Role.ADMINISTRATOR)
    signed_in = User.objects.select_related("union").with_names()
    found = [signed_in.get(pk=one.pk) for one in (*officers, above_all, named, everything)]
    found[:0] = [found[0].narrowed_to(unions[1]), signed_in.get(pk=named.pk).as_unnamed()]
    assert [one.is_named for one in found] == [False] * (len(found) - 2) + [True, False]
    return found


def test_agreements_that_are_a_unions_own_are_seen_by_its_people_and_nobody_signed_out(readers):
    for one in readers[:-1]:
        signed = make.AgreementFactory(unions=[one.union])
        AgreementEvent.objects.create(agreement=signed, kind="inherited", day=DAYS[0], heir=readers[2].union)
    some = 0
    for reader in readers[:-1]:
        seen = Agreement.objects.visible_to(reader)
        inherited = seen.filter(events__heir=reader.union).values("pk")
        plain = seen.filter(Q(pk__in=seen.of(reader.union, under=False)) | Q(pk__in=inherited))
        assert keys(Agreement.objects.own_of(reader)) == keys(plain)
        some += plain.count()
    assert some > len(readers)
    assert keys(Agreement.objects.own_of(User(union=readers[0].union, is_active=False))) == []
    assert keys(Agreement.objects.own_of(User(is_active=True))) == []


def keys(rows) -> list[int]:
    return sorted(rows.order_by().values_list("pk", flat=True))


def test_what_is_a_unions_own_is_the_same_by_one_scope_row_as_by_two(readers):
    some = 0
    for reader in readers[:-1]:
        for model in (Activity, Delegation, Conference):
            plain = keys(model.objects.visible_to(reader).of(reader.union, under=False))
            assert keys(model.objects.own_of(reader)) == plain
            some += len(plain)
    assert some > 100
    assert keys(Activity.objects.own_of(User(union=readers[0].union, is_active=False))) == []


@pytest.mark.parametrize("day", DAYS)
def test_what_scope_rows_say_leaves_nothing_out_that_is_left_to_do(readers, day):
    asked = {
        "unsettled": lambda rows: rows.unsettled(day),
        "coming": lambda rows: rows.coming(day, timedelta(days=60)),
    }
    some = 0
    for reader in readers[:-1]:
        for name, question in asked.items():
            known = getattr(Activity.objects, f"known_{name}")(day)
            plain = keys(question(Activity.objects.visible_to(reader).of(reader.union, under=False)))
            assert keys(question(Activity.objects.own_of(reader, known))) == plain, (reader, name)
            some += len(plain)
    assert some


def told(asked) -> list[tuple]:
    return [(one.rule.code, one.key, one.day) for one in due(asked)]


@pytest.mark.parametrize("day", DAYS)
def test_what_is_due_is_the_same_without_what_scope_rows_say(readers, day, monkeypatch):
    Activity.objects.update(created_at=f"{day}T00:00:00+00:00")  # while somebody could still report
    ActivityScope.objects.rebuild()
    some = 0
    for reader in readers:
        asked = Asked.by(reader, day, whose=UNION)
        found = told(asked)
        with monkeypatch.context() as plainly:
            plainly.setattr(Asked, "activities", lambda self, model=Activity, known=None: _plainly(self, model, known))
            assert told(asked) == found
        assert told(Asked.by(reader, day, whose=UNION, most=10_000)) == found
        some += sum(code in ("trip-report", "conference-report", "outcome") for code, *_more in found)
    assert some > 10


def _plainly(asked, model, known):
    rows = model.objects.visible_to(asked.user)
    if asked.own_union is None:
        return rows
    rows = rows.of(asked.own_union, under=False)
    if known and dict(known.children).get("counts_as") == Activity.Category.CONFERENCE_HOSTED:
        rows = rows.filter(counts_as=Activity.Category.CONFERENCE_HOSTED)
    return rows


def test_the_few_that_are_asked_for_are_the_first_of_all(readers):
    day = DAYS[-1]
    for reader in readers[:3]:
        everything = told(Asked.by(reader, day, whose=BELOW))
        few = told(Asked.by(reader, day, whose=BELOW, most=3))
        for code in {one[0] for one in few} & {"trip-report", "conference-report", "outcome"}:
            assert [one for one in few if one[0] == code] == [one for one in everything if one[0] == code][:4]


def test_whom_a_union_met_is_the_same_without_what_scope_rows_say(readers, monkeypatch):
    some = 0
    for reader in readers:
        asked = Asked.by(reader, DAYS[-1], whose=UNION)
        met = silence._met(asked)
        with monkeypatch.context() as plainly:
            plainly.setattr(reader, "is_named", True)  # who may be named is asked without them
            assert silence._met(asked) == met
        some += len(met)
    assert some


@pytest.mark.parametrize("entity", ACTIVITIES_OF_ALL_KINDS, ids=lambda one: one.name)
def test_a_list_of_what_one_union_has_to_mend_is_the_same_without_what_scope_rows_say(readers, entity, rf, monkeypatch):
    some = 0
    for reader in readers:
        request = rf.get("/")
        request.user = reader
        for union in Union.objects.visible_to(reader)[:4]:
            for more in ("", "&status=held", "&headcount=unknown", "&precision=vague&status=held", *BOTH):
                asked = QueryDict(f"union={union.code}&under=0{more}")
                found = keys(entity.filterset(asked, queryset=entity.queryset(reader), request=request).qs)
                with monkeypatch.context() as plainly:
                    plainly.setattr(entity.filterset, "_known", lambda self: Q())
                    plain = entity.filterset(asked, queryset=entity.queryset(reader), request=request).qs
                    assert found == keys(plain), (reader, union, more)
                some += len(found)
    assert some > 50


def test_rows_that_are_counted_in_place_of_others_are_as_many(readers):
    counted = 0
    for reader in readers:
        for entity in ENTITIES:
            rows = entity.queryset(reader)
            others = rows.counted_instead(reader)
            if others is not None:
                assert others.count() == rows.count() > 0
                counted += 1
    assert counted == len(readers) - 2  # of all kinds together, but for whoever is named or sees everything


@pytest.mark.parametrize(("address", "narrowed"), [("", False), ("?page=2", False), ("?status=held", True)])
def test_they_are_where_nothing_narrows_the_list(address, narrowed, rf):
    view = EntityList(entity=ACTIVITIES)
    view.setup(rf.get(f"/activities/{address}"))
    assert view.is_narrowed == narrowed


def test_rows_of_an_earlier_release_are_told_what_is_left_as_it_is_derived(house, db):
    said = ("pk", "awaits", "day_known", "headcount_known", "kind")
    derived = set(ActivityScope.objects.values_list(*said))
    assert {one[1] for one in derived} == {"outcome", "report", "nothing"}
    assert {one[2:4] for one in derived} == {(True, True), (True, False), (False, True), (False, False)}
    ActivityScope.objects.update(kind="", awaits="", day_known=False, headcount_known=False)
    import_module("activities.migrations.0023_scope_rows_say_what_is_left").say(apps, None)
    assert set(ActivityScope.objects.values_list(*said)) == derived


def test_rows_that_say_nothing_of_what_is_left_hide_nothing(readers):
    """So do those of a release that runs beside this one."""
    day = DAYS[-1]
    Activity.objects.update(created_at=f"{day}T00:00:00+00:00")
    ActivityScope.objects.rebuild()
    found = [told(Asked.by(reader, day, whose=UNION)) for reader in readers]
    ActivityScope.objects.update(awaits="", day_known=False, headcount_known=False)
    assert [told(Asked.by(reader, day, whose=UNION)) for reader in readers] == found


def test_a_number_told_by_scope_rows_is_the_number_of_rows(readers, rf):
    """Whatever they do not tell is counted; so is everything where one of them says nothing."""
    asked = ["", "&status=held", "&headcount=unknown", "&precision=vague", "&status=planned", "&headcount=known", *BOTH]
    asked += ["&status=held&headcount=unknown&precision=vague", "&status=held&mode=online", "&q=an"]
    told = 0
    for reader in readers:
        request = rf.get("/")
        request.user = reader
        unions = Union.objects.visible_to(reader)[:3]
        for entity, union, under, more in product(ACTIVITIES_OF_ALL_KINDS, unions, "01", asked):
            query = QueryDict(f"union={union.code}&under={under}{more}")
            filters = entity.filterset(query, queryset=entity.queryset(reader), request=request)
            if (number := filters.number_told()) is not None:
                assert number == filters.qs.count(), (reader, query)
                assert union.pk == reader.union_id
                assert under == "0"
                told += number > 0
    assert told > 20
    ActivityScope.objects.filter(own=True).update(kind="", awaits="", day_known=False, headcount_known=False)
    request.user = reader = readers[2]
    query = QueryDict(f"union={reader.union.code}&under=0&precision=vague")
    filters = DELEGATIONS.filterset(query, queryset=DELEGATIONS.queryset(reader), request=request)
    assert filters.number_told() is None
