"""One person in all the records: found everywhere, erased without moving a number; who looked; what is forgotten."""

import json
import unicodedata
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity, Member, Restriction
from partners.models import Agreement, Contact
from tests import factories as make
from tests.seeded import seed
from tests.web.pages import furnish
from unionrelations.accounts.models import Officer, Union, User
from unionrelations.importing.models import Import
from unionrelations.privacy.erasing import erase
from unionrelations.privacy.finding import accounts, places, places_in
from unionrelations.privacy.forgetting import forget
from unionrelations.privacy.holdings import HOLDINGS, IMPERSONAL
from unionrelations.privacy.models import Erasure, Reading
from unionrelations.privacy.spotting import is_name, replaced, replaced_within, spots, stands_within
from unionrelations.web.models import Draft, Undo

NAME = "Nguyễn Thị Hường"
NFD = unicodedata.normalize("NFD", NAME)  # as some machines write letters and marks
RECORDS = ("accounts", "partners", "activities", "reports")
OURS = (*RECORDS, "importing", "backups", "privacy", "web", "api", "history", "hooks", "operations")


def our_models():
    return [one for one in apps.get_models() if one._meta.app_label in OURS]


def texts_of(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    derived = {"folded", "spelled"}  # made from the names, on every save
    return {
        one.name
        for one in model._meta.local_fields
        if isinstance(one, kinds) and not one.choices and one.name not in derived
    }


@pytest.mark.parametrize("model", our_models(), ids=lambda one: one._meta.label)
def test_of_every_text_it_is_said_whether_it_may_name_a_person(model):
    label = model._meta.label
    mine = [one for one in HOLDINGS if one.label == label]
    personal = [name for one in mine for name in (*one.names, *one.details, *one.prose)]
    assert len(personal) == len(set(personal))
    assert set(personal) | IMPERSONAL.get(label, set()) == texts_of(model)
    assert not set(personal) & IMPERSONAL.get(label, set())


@pytest.mark.parametrize(
    "written",
    ["Nguyễn Thị Hường", "NGUYỄN THỊ HƯỜNG", "nguyen thi huong", "Nguyễn  Thị\nHường", NFD],
)
def test_a_name_is_known_however_it_is_written(written):
    assert is_name(written, NAME)
    assert replaced(f"Bà {written}, trưởng đoàn", NAME, "X") == "Bà X, trưởng đoàn"


@pytest.mark.parametrize("other", ["Nguyễn Thị Hường Lan", "Trần Nguyễn Thị Hươngg", "Nguyễn Thị", "Hường Nguyễn Thị"])
def test_another_name_is_not_this_one(other):
    assert not is_name(other, NAME)


@given(
    before=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40),
    after=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40),
)
def test_what_stands_around_a_name_stays_letter_for_letter(before, after):
    text = f"{before} {NAME} {after}"
    found = list(spots(text, NAME))
    assert any(text[start:end].startswith("Nguyễn") for start, end in found)
    changed = replaced(text, NAME, "§")
    assert not list(spots(changed, NAME))
    rest = text
    for start, end in reversed(found):
        rest = rest[:start] + "§" + rest[end:]
    assert changed == rest


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.just(NAME) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    )
)
def test_names_leave_values_of_every_shape_and_nothing_else_does(value):
    changed = replaced_within(value, NAME, "§")
    assert not stands_within(changed, NAME)
    assert (changed == value) == (not stands_within(value, NAME))


@pytest.fixture
def keeper(db):
    return make.UserFactory(union=make.UnionFactory(code="vgcl", parent=None), role=User.Role.ADMINISTRATOR)


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper, backend="unionrelations.accounts.roles.RoleBackend")
    return client


def all_keys(name, reader):
    return {one.key for one in places(name, reader)} | {f"accounts.User:{one.pk}" for one in accounts(name)}


def stands_in(model):
    fields = sorted(texts_of(model))
    return [
        (name, pk)
        for pk, *values in model._base_manager.values_list("pk", *fields)
        for name, value in zip(fields, values, strict=True)
        if stands_within(value, NAME)
    ]


@pytest.mark.django_db
def test_after_erasing_the_name_stands_in_no_table_but_where_it_was_signed_or_in_a_file():
    seed()
    house = Union.objects.get(code="vgcl")
    furnish(house)
    keeper = make.UserFactory(union=house, role=User.Role.ADMINISTRATOR)
    Draft.objects.create(owner=keeper, slug="delegations", typed={"members": [f"Bà {NAME}"]})
    Undo.objects.keep(keeper, f"Xóa {NAME}", [Activity.objects.first()])
    Agreement.objects.update(renewal_started_on="2023-05-01")  # without which nobody works on it
    written = []
    for holding in HOLDINGS:
        rows = holding.rows().order_by("pk")
        row = (rows.exclude(sha256="") if holding.label == "activities.PlanEvent" else rows).first()
        if row is None:
            continue
        for field in (*holding.names, *holding.prose):
            value = (
                NAME if field in holding.names else {"x": [f"Bà {NAME}."]} if holding.is_json(field) else f"Bà {NAME}."
            )
            holding.rows().filter(pk=row.pk).update(**{field: value})
            written.append((holding.label, field))
    assert len(written) > 60  # the furnished house has a row in nearly every table
    erase(NAME, all_keys(NAME, keeper), keeper, "Đơn số 12")
    left = {(model._meta.label, name) for model in our_models() for name, _pk in stands_in(model)}
    fixed = {(one.label, name) for one in HOLDINGS if one.fixed for name in one.prose}
    derived = {("activities.Paper", "folded_text"), ("activities.DocumentFile", "folded_text")}  # of the file itself
    assert left <= fixed | derived
    assert left  # it was there to be found


WAYS = [NAME, NAME.upper(), NAME.lower(), NFD, "nguyen thi huong", "Nguyen Thi Huong"]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", WAYS)
def test_however_the_name_is_asked_for_every_way_of_writing_it_is_found(asked, keeper):
    for written in WAYS:
        Contact.objects.create(partner=make.PartnerFactory(), name=written)
        make.DelegationFactory(unions=[(keeper.union, 1)], note=f"Do bà {written} chuẩn bị")
    for number, written in enumerate(WAYS):
        Draft.objects.create(owner=keeper, slug="delegations", record=number, typed={"note": [f"Bà {written}"]})
    drafts = next(one for one in HOLDINGS if one.label == "web.Draft")
    assert len(places(asked, keeper)) == 2 * len(WAYS)
    assert len(list(places_in(drafts, asked))) == len(WAYS)


@pytest.mark.django_db
def test_no_figure_moves_when_somebody_is_erased(desk, keeper):
    union = make.UnionFactory(code="vuit", parent=keeper.union)
    make.TermFactory(union=union)
    officer = Officer.objects.create(union=union, name=NAME, title="Chánh Văn phòng")
    for number in range(3):
        trip = make.DelegationFactory(unions=[(union, 2)], title=f"Đoàn {number} do bà {NAME} dẫn đầu")
        make.MemberFactory(activity=trip.activity_ptr, name=NAME.upper() if number else NAME, union=union)
        make.MemberFactory(activity=trip.activity_ptr, name="Trần Văn Nam", union=union)
    addresses = ["/reports/vuit/2018-2023/?format=json&part=everything", "/reports/vuit/2018-2023/?format=json"]
    before = [desk.get(one).json() for one in addresses]
    went = Member.objects.of_officer(officer).count()

    erased = erase(NAME, all_keys(NAME, keeper), keeper, "Đơn số 12")

    officer.refresh_from_db()
    assert (officer.name, officer.title) == (erased.instead, "")
    assert Member.objects.of_officer(officer).count() == went == 3
    assert set(Activity.objects.values_list("title", flat=True)) == {
        f"Đoàn {n} do bà {erased.instead} dẫn đầu" for n in range(3)
    }
    assert Member.objects.filter(name="Trần Văn Nam").count() == 3
    for address, was in zip(addresses, before, strict=True):
        now = desk.get(address).json()
        assert now.get("figures") == was.get("figures")
        assert json.dumps(now, ensure_ascii=False).count(NAME) == 0


@pytest.mark.django_db
def test_two_of_one_name_at_one_activity_stay_two(keeper):
    trip = make.DelegationFactory(unions=[(keeper.union, 2)]).activity_ptr
    for title in ("Chủ tịch", "Phó Chủ tịch"):
        make.MemberFactory(activity=trip, name=NAME, title=title)
    erased = erase(NAME, all_keys(NAME, keeper), keeper, "Đơn")
    assert sorted(trip.members.values_list("name", "title")) == [(erased.instead, ""), (f"{erased.instead} (2)", "")]


@pytest.mark.django_db
def test_only_what_was_chosen_is_erased_and_the_rest_is_said(desk, keeper):
    first, second = (Contact.objects.create(partner=make.PartnerFactory(), name=NAME, phone="0903") for _ in range(2))
    sent = {"place": [f"partners.Contact:{first.pk}"], "reason": "Đơn số 12", "again": "nguyen thi huong"}
    page = desk.post(f"/privacy/?name={NAME}", sent, follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.phone, second.phone, second.name) == ("", "0903", NAME)
    assert Erasure.objects.get().places == 1
    assert f"partners.Contact:{second.pk}" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"again": "Trần Văn Nam"}, {"reason": ""}, {"reason": f"Bà {NAME} yêu cầu"}, {"place": []}]
)
def test_what_is_not_sure_erases_nothing_and_keeps_what_was_ticked(desk, wrong):
    one = Contact.objects.create(partner=make.PartnerFactory(), name=NAME)
    other = Contact.objects.create(partner=make.PartnerFactory(), name=NAME)
    sent = {"place": [f"partners.Contact:{one.pk}"], "reason": "Đơn số 12", "again": NAME} | wrong
    page = desk.post(f"/privacy/?name={NAME}", sent)
    assert page.status_code == 200
    assert Contact.objects.filter(name=NAME).count() == 2
    ticked = {place.key: is_ticked for place, is_ticked, _url in page.context["places"]}
    assert ticked == {f"partners.Contact:{one.pk}": "place" not in wrong, f"partners.Contact:{other.pk}": False}
    assert page.context["form"].errors


@pytest.mark.django_db
def test_an_account_is_closed_for_good(keeper):
    person = make.UserFactory(union=keeper.union, username="huong", first_name="Hường", last_name="Nguyễn Thị")
    browser = Client()
    browser.force_login(person, backend="unionrelations.accounts.roles.RoleBackend")
    erase(NAME, all_keys(NAME, keeper), keeper, "Đơn")
    person.refresh_from_db()
    assert (person.is_active, person.email, "Hường" in person.get_full_name()) == (False, "", False)
    assert browser.get("/").status_code == 302
    page = Client().post("/sign-in/", {"username": "huong", "password": make.PASSWORD})
    assert page.status_code == 200
    assert not person.has_usable_password()


@pytest.mark.django_db
@pytest.mark.parametrize("role", User.Role.values)
def test_only_those_who_look_after_the_whole_house_may(keeper, role):
    below = make.UserFactory(union=make.UnionFactory(parent=keeper.union), role=role)
    client = Client()
    client.force_login(below, backend="unionrelations.accounts.roles.RoleBackend")
    assert client.get("/privacy/").status_code == 403
    assert client.post(f"/privacy/?name={NAME}", {}).status_code == 403


@pytest.mark.django_db
def test_a_file_holds_all_that_is_kept_and_is_noted(desk, keeper):
    Contact.objects.create(partner=make.PartnerFactory(), name=NAME, phone="0903 123 456", email="h@example.vn")
    make.DelegationFactory(unions=[(keeper.union, 1)], note=f"Do {NAME} chuẩn bị")
    told = desk.get(f"/privacy/?name={NAME}&format=json").json()
    kept = [words for place in told["places"] for words in place["kept"].values()]
    assert {"0903 123 456", "h@example.vn", f"Do {NAME} chuẩn bị"} <= set(kept)
    assert all(place["why"] for place in told["places"])
    assert desk.get(f"/privacy/?name={NAME}&format=xlsx").content[:2] == b"PK"
    assert Reading.objects.get().way == Reading.Way.FILE  # noted once that day
    assert desk.get(f"/privacy/?name={NAME}&format=exe").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "an", "…", "x" * 200])
def test_too_little_of_a_name_finds_nothing_and_says_so(desk, name):
    page = desk.get("/privacy/", {"name": name})
    assert page.status_code == 200
    assert page.context["asked"].errors
    assert "places" not in page.context


@pytest.mark.django_db
def test_a_look_at_people_is_noted_once_a_day_and_at_nothing_else(desk, keeper):
    empty = make.DelegationFactory(unions=[(keeper.union, 1)])
    trip = make.DelegationFactory(unions=[(keeper.union, 2)])
    make.MemberFactory(activity=trip.activity_ptr, name=NAME)
    for _again in range(2):
        desk.get(f"/delegations/{trip.pk}/")
        desk.get(f"/delegations/{empty.pk}/")
    look = Reading.objects.get()
    assert (look.reader, look.label, look.record, look.way, look.people) == (keeper, "delegations", trip.pk, "page", 1)
    Officer.objects.create(union=keeper.union, name=NAME)
    desk.get("/officers/?format=csv")
    assert Reading.objects.filter(label="officers", way="file", people=1).exists()
    assert desk.get(f"/api/delegations/{trip.pk}/").status_code == 200
    assert Reading.objects.filter(label="delegations", way="api", record=trip.pk, people=1).exists()
    assert desk.get("/api/officers/").status_code == 200
    assert Reading.objects.filter(label="officers", way="api", people=1).exists()
    assert desk.get("/api/countries/").status_code == 200
    assert not Reading.objects.filter(label="countries").exists()


@pytest.mark.django_db
def test_what_is_of_restricted_access_is_neither_shown_nor_told_by_a_look(desk, keeper):
    named = make.UserFactory(union=keeper.union, role=User.Role.LEADER)
    trip = make.DelegationFactory(unions=[(keeper.union, 2)]).activity_ptr
    make.MemberFactory(activity=trip, name=NAME)
    Restriction(activity=trip, set_by=named).begin()
    assert places(NAME, keeper) == []
    assert [one.row.activity_id for one in places(NAME, User.objects.with_names().get(pk=named.pk))] == [trip.pk]
    browser = Client()
    browser.force_login(named, backend="unionrelations.accounts.roles.RoleBackend")
    assert browser.get(f"/delegations/{trip.pk}/").status_code == 200
    assert not Reading.objects.exists()


@pytest.mark.django_db
def test_what_is_old_is_forgotten_and_what_is_not_stays(keeper, settings):
    now = timezone.now()
    settings.KEEP_LOOKS_DAYS, settings.KEEP_DRAFTS_DAYS = 30, 10
    for days in (29, 31):
        Reading.note(keeper, (now - timedelta(days=days)).date(), "officers", days, "page", 1)
    for days in (9, 11):
        draft = Draft.objects.create(owner=keeper, slug="delegations", record=days)
        Draft.objects.filter(pk=draft.pk).update(changed_at=now - timedelta(days=days))
    for hours in (23, 25):
        step = Undo.objects.keep(keeper, "x", [keeper.union])
        Undo.objects.filter(pk=step.pk).update(made_at=now - timedelta(hours=hours))
    gone = forget(now)
    assert (gone["looks"], gone["drafts"]) == (1, 1)
    assert [one.record for one in Reading.objects.all()] == [29]
    assert [one.record for one in Draft.objects.all()] == [9]
    assert Undo.objects.filter(made_at__lt=now - timedelta(hours=24)).count() == 0
    assert forget(now) == dict.fromkeys(gone, 0)


def test_the_list_names_only_models_that_are_there():
    labels = {one._meta.label for one in our_models()}
    assert {one.label for one in HOLDINGS} | set(IMPERSONAL) <= labels
    assert Import._meta.label in labels
