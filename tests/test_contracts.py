"""What every entity promises, checked for all of them at once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from tests import factories as make
from tests.doors import RECORDS, SHARED, both_languages, csv_rows, enter, lasting, text, xlsx_rows
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.importing import identity

each_entity = pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.slug)
entered = [entity for entity in ENTITIES if entity.form]
each_entered = pytest.mark.parametrize("entity", entered, ids=lambda entity: entity.slug)
written_by_api = [entity for entity in entered if not entity.formsets]
each_written_by_api = pytest.mark.parametrize("entity", written_by_api, ids=lambda entity: entity.slug)

# Kept by the machine and shown, if at all, in the history of the back office.
BOOKKEEPING = {"created_at", "changed_at", "changed_by", "version", "folded", "spelled"}
# One fact that tells of several fields, by the fact's name.
TELLS_OF = {
    "when": {"starts_on", "ends_on", "precision"},
    "is_international": {"international"},
    "union_roles": {"unions"},
    "partner_roles": {"partners"},
    "activity_countries": {"countries"},
}


def public_fields(entity) -> set[str]:
    return {
        field.name
        for field in (*entity.model._meta.concrete_fields, *entity.model._meta.many_to_many)
        if not field.primary_key
        and not field.auto_created
        and field.name not in BOOKKEEPING
        and field.name not in entity.private
        and not getattr(field.remote_field, "parent_link", False)
    }


def derived(entity) -> set[str]:
    return {one.name for one in entity.model._meta.concrete_fields if not one.editable}


def rows_entered_with(entity) -> set[str]:
    """Relations that rows under the form hold."""
    through = {formset.model for formset in entity.formsets}
    return {one.name for one in entity.model._meta.many_to_many if one.remote_field.through in through}


@pytest.fixture
def union(db):
    return make.UnionFactory(code="cong-doan", valid_from="2000-01-01")


@pytest.fixture
def administrator(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)


def test_addresses_are_written_and_stay():
    assert [entity.slug for entity in ENTITIES] == [
        "delegations",
        "conferences",
        "courses",
        "activities",
        "plans",
        "plan-lines",
        "costs",
        "programme",
        "talks",
        "promises",
        "partners",
        "agreements",
        "relations",
        "countries",
        "unions",
        "officers",
        "documents",
        "figures",
        "proposals",
        "terms",
        "rules",
        "days-off",
        "reminders",
        "history",
    ]


@each_entered
def test_every_field_reaches_the_form(entity):
    reached = set(entity.form.base_fields) | rows_entered_with(entity) | getattr(entity.form, "FILLED", set())
    assert public_fields(entity) - derived(entity) - reached == set()


@each_entity
def test_every_field_reaches_the_page(entity):
    told = set(entity.facts).union(*(TELLS_OF.get(fact, set()) for fact in entity.facts))
    assert public_fields(entity) - told - {"title", "kind"} == set()


@each_entity
def test_every_field_reaches_the_endpoint(entity):
    assert public_fields(entity) - set(entity.serializer.Meta.fields) == set()


@each_entity
def test_every_fact_is_one_the_record_has(entity, union, administrator):
    record = RECORDS[entity.slug](union)
    assert all(hasattr(record, fact) for fact in entity.facts)


@each_entity
def test_strangers_see_nothing(entity, union):
    RECORDS[entity.slug](union)
    assert not entity.model._default_manager.visible_to(AnonymousUser()).exists()
    closed = make.UserFactory(union=union, is_active=False)
    assert not entity.model._default_manager.visible_to(closed).exists()


@each_entity
def test_the_door_is_shut_to_strangers(entity, client, union):
    record = RECORDS[entity.slug](union)
    for page in (f"/{entity.slug}/", f"/{entity.slug}/{record.pk}/"):
        assert client.get(page).url.startswith(reverse("sign-in"))
        assert client.get(page, {"format": "xlsx"}).status_code == 302
        assert client.get(f"/api{page}").status_code in (401, 403)


@each_entity
@both_languages
def test_a_list_is_one_answer_in_every_shape(entity, language, union, administrator):
    administrator.language = language
    administrator.save()
    records = [RECORDS[entity.slug](union)]
    browser, page = enter(administrator), f"/{entity.slug}/"
    visible = entity.model._default_manager.visible_to(administrator).count()
    whole = browser.get(page)
    assert whole.status_code == 200
    assert whole.headers["Content-Language"] == language
    assert whole.context["total"] == visible >= len(records)
    part = browser.get(page, headers={"HX-Request": "true"})
    assert "<h1>" in text(whole)
    assert "<h1>" not in text(part)
    assert 'id="rows"' in text(part)
    assert len(xlsx_rows(browser.get(page, {"format": "xlsx"}))) == visible
    assert len(csv_rows(browser.get(page, {"format": "csv"}))) == visible
    assert browser.get(f"/api{page}", {"count": "true"}).json()["count"] == visible


@each_entity
def test_file_and_page_show_the_same_columns(entity, union, administrator):
    RECORDS[entity.slug](union)
    browser = enter(administrator)
    table = browser.get(f"/{entity.slug}/").context["table"]
    headings = [str(column.header) for column in table.columns]
    first = browser.get(f"/{entity.slug}/", {"format": "csv"}).content.decode("utf-8-sig").splitlines()[0]
    told = [] if entity.slug == "history" else [str(identity.HEADING)]  # by which the file may come back edited
    assert first.split(",") == [*headings, *told]


@each_entity
@both_languages
def test_a_record_s_pages_answer(entity, language, union, administrator):
    administrator.language = language
    administrator.save()
    record = RECORDS[entity.slug](union)
    browser = enter(administrator)
    pages = ["detail", *(["edit", "delete"] if entity.form else [])]
    for page in pages:
        response = browser.get(reverse(f"{entity.slug}-{page}", args=[record.pk]))
        assert response.status_code == 200, page
        assert response.headers["Content-Language"] == language
    assert browser.get(f"/api/{entity.slug}/{record.pk}/").json()["id"] == record.pk
    if entity.form:
        assert browser.get(reverse(f"{entity.slug}-new")).status_code == 200


@each_entity
def test_what_is_not_entered_here_has_no_form_here(entity, union, administrator):
    record = RECORDS[entity.slug](union)
    if entity.form is None:
        browser = enter(administrator)
        assert browser.get(f"/{entity.slug}/new/").status_code == 404
        assert browser.get(f"/{entity.slug}/{record.pk}/edit/").status_code == 404
        assert browser.post(f"/api/{entity.slug}/", {}).status_code in (403, 405)


# --- Who may do what

WRITERS = {
    User.Role.ADMINISTRATOR: {entity.slug for entity in entered},
    User.Role.OFFICER: {entity.slug for entity in entered} - {"unions", "terms", "rules", "days-off", "reminders"},
    User.Role.LEADER: set(),
    User.Role.AUDITOR: set(),
}
# What a role may do, no database is asked; one role shows that pages and endpoints ask it.
each_role = pytest.mark.parametrize(
    "role",
    [pytest.param(role, marks=[] if role == User.Role.OFFICER else pytest.mark.one_database) for role in User.Role],
    ids=str,
)


@each_role
@each_entity
def test_everybody_reads_and_only_their_role_writes(entity, role, union):
    record, browser = RECORDS[entity.slug](union), enter(make.UserFactory(union=union, role=role))
    may = entity.slug in WRITERS[role]
    page, endpoint = f"/{entity.slug}/", f"/api/{entity.slug}/"
    listed, shown = browser.get(page), browser.get(f"{page}{record.pk}/")
    assert (listed.status_code, shown.status_code) == (200, 200)
    assert (f"{page}new/" in text(listed)) == may
    assert (f"{page}{record.pk}/edit/" in text(shown)) == may
    if entity.form:
        for address in (f"{page}new/", f"{page}{record.pk}/edit/", f"{page}{record.pk}/delete/"):
            assert browser.get(address).status_code == (200 if may else 403), address
            if not may:
                assert browser.post(address, {}).status_code == 403, address
    if not may:
        assert browser.post(endpoint, {}, "application/json").status_code in (403, 405)
        for method in (browser.put, browser.patch, browser.delete):
            assert method(f"{endpoint}{record.pk}/", {}, "application/json").status_code in (403, 405)
        assert entity.model._default_manager.filter(pk=record.pk).exists()


@pytest.mark.parametrize("role", [User.Role.OFFICER, User.Role.LEADER, User.Role.AUDITOR], ids=str)
def test_only_administrators_keep_people_and_unions(role, union):
    person = make.UserFactory(union=union, role=role)
    kept = ("accounts.add_user", "accounts.change_user", "accounts.add_union", "activities.change_term")
    assert not any(person.has_perm(one) for one in (*kept, "accounts.view_user", "partners.add_country"))


# --- Choices are cut to the reach


def related_fields(faces, kind) -> list:
    return [name for name, field in faces.items() if isinstance(field, kind)]


def forms_of(entity, reader):
    yield entity.form(user=reader)
    for formset in entity.formsets:
        rows = formset(instance=entity.model(), user=reader)
        yield rows.empty_form if rows.forms == [] else rows.forms[0]


@pytest.fixture(scope="module")
def elsewhere(django_db_setup, django_db_blocker):
    """A record of every entity that belongs to a union nobody of ours sees; read only, so made once."""
    with lasting(django_db_blocker):
        stranger = make.UnionFactory(code="xa-la")
        yield {slug: record(stranger) for slug, record in RECORDS.items()} | {"union": stranger}


def own(records) -> set:
    """The records of the stranger that are not shared by everybody, as (model, key)."""
    return {(type(one)._meta.concrete_model, one.pk) for slug, one in records.items() if slug not in SHARED}


@each_entered
def test_forms_offer_nothing_out_of_reach(entity, administrator, elsewhere):
    for form in forms_of(entity, administrator):
        for name, field in form.fields.items():
            if hasattr(field, "queryset"):
                offered = {(field.queryset.model, pk) for pk in field.queryset.values_list("pk", flat=True)}
                assert offered & own(elsewhere) == set(), name


@each_entered
def test_an_edit_form_offers_nothing_out_of_reach(entity, administrator, union, elsewhere):
    page = enter(administrator).get(f"/{entity.slug}/{RECORDS[entity.slug](union).pk}/edit/")
    assert str(elsewhere["union"]) not in text(page)


@each_entity
def test_filters_offer_nothing_out_of_reach(entity, administrator, elsewhere, rf):
    request = rf.get("/")
    request.user = administrator
    filterset = entity.filterset({}, queryset=entity.queryset(administrator), request=request)
    for name, field in filterset.form.fields.items():
        if hasattr(field, "queryset"):
            offered = {(field.queryset.model, pk) for pk in field.queryset.values_list("pk", flat=True)}
            assert offered & own(elsewhere) == set(), name


@each_written_by_api
def test_endpoints_take_nothing_out_of_reach(entity, administrator, union, elsewhere):
    """Every relation of every endpoint, one at a time, pointed at a record of a union nobody of ours sees."""
    browser, record = enter(administrator), RECORDS[entity.slug](union)
    relations = [
        field
        for field in entity.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name in entity.serializer.Meta.fields
    ]
    for field in relations:
        theirs = next((pk for model, pk in own(elsewhere) if model is field.related_model), None)
        if theirs is None:
            continue
        response = browser.patch(f"/api/{entity.slug}/{record.pk}/", {field.name: theirs}, "application/json")
        assert response.status_code == 400, field.name
        assert field.name in response.json()
