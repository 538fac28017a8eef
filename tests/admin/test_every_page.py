"""Every model has its pages, in both languages, at a price that does not grow with the rows."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.forms.models import _get_foreign_key
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, ActivityScope, NamedReader, Restriction, ScopeChange
from tests import admin_factories as make
from tests.doors import both_languages
from unionrelations.accounts.models import AccessToken, StandIn, User

from .pages import address, fields

FLOORS = ("accounts", "partners", "activities", "reports", "backups")
MODELS = [model for label in FLOORS for model in apps.get_app_config(label).get_models()]
# Notes of the house to itself, and what has pages of its own for the very people it concerns.
NOT_HERE = (ScopeChange, Restriction, NamedReader, StandIn, AccessToken)
OURS = [model for model in MODELS if model not in NOT_HERE]
PAGES = {model: page for model, page in admin.site._registry.items() if model in OURS}
MADE = [model for model in OURS if model is not ActivityScope]


def by_name(model):
    return model.__name__


def queries(client, url) -> int:
    client.get(url)  # permissions and content types are remembered
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(asked)


@pytest.mark.parametrize("model", OURS, ids=by_name)
def test_every_model_has_an_admin(model):
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", OURS, ids=by_name)
def test_every_relation_is_chosen_by_typing(model):
    page = PAGES[model]
    for one in (page, *(inline(model, admin.site) for inline in page.inlines)):
        for name in chosen(one):
            assert name in (*one.autocomplete_fields, *one.readonly_fields), (type(one), name)


def chosen(page) -> list[str]:
    """The relations that a page, or the rows of an inline, ask for."""
    own = page.fk_name or _get_foreign_key(page.parent_model, page.model).name if hasattr(page, "parent_model") else ""
    unasked = {own, "groups", "user_permissions"}  # the last two are asked of nobody: the role answers
    return [
        field.name
        for field in (*page.model._meta.fields, *page.model._meta.many_to_many)
        if (field.many_to_one or (field.many_to_many and field.remote_field.through._meta.auto_created))
        and field.editable
        and field.name not in unasked
        and (not hasattr(page, "parent_model") or page.fields is None or field.name in page.fields)
    ]


@both_languages
@pytest.mark.parametrize("model", MADE, ids=by_name)
def test_every_page_answers_an_administrator(model, language, vgcl, signed_in):
    reader = make.person("reader", vgcl, User.Role.ADMINISTRATOR, language=language)
    client = signed_in(reader)
    one = make.one_of(model, vgcl)
    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "change", one.pk), follow=True).status_code == 200
    assert client.get(address(model, "history", one.pk), follow=True).status_code == 200
    if PAGES[model].has_add_permission(type("Request", (), {"user": reader})):
        page = client.get(address(model, "add"))
        assert page.status_code == 200
        assert page.headers["Content-Language"] == language
        assert client.get(address(model, "delete", one.pk), follow=True).status_code == 200


@pytest.mark.one_database  # as many questions, whoever answers them
@pytest.mark.parametrize("model", MADE, ids=by_name)
def test_a_list_asks_no_more_for_six_rows_than_for_two(model, vgcl, head_administrator):
    for _one in range(2):
        one = make.one_of(model, vgcl)
        make.rows_under(one, vgcl)
    few = queries(head_administrator, address(model, "changelist"))
    for _one in range(4):
        one = make.one_of(model, vgcl)
        make.rows_under(one, vgcl)
    assert queries(head_administrator, address(model, "changelist")) <= few


@pytest.mark.one_database  # as many questions, whoever answers them
@pytest.mark.parametrize("model", [one for one in MADE if PAGES[one].inlines], ids=by_name)
def test_a_page_asks_no_more_for_six_rows_under_it_than_for_two(model, vgcl, head_administrator):
    one = make.one_of(model, vgcl)
    for _row in range(2):
        make.rows_under(one, vgcl)
    few = queries(head_administrator, address(model, "change", one.pk))
    for _row in range(4):
        make.rows_under(one, vgcl)
    assert queries(head_administrator, address(model, "change", one.pk)) <= few


@pytest.mark.parametrize("model", [one for one in MADE if PAGES[one].search_fields], ids=by_name)
def test_every_list_with_a_search_can_be_searched(model, vgcl, head_administrator):
    make.one_of(model, vgcl)
    for words in ("nguyen 1", "—", "a"):
        assert head_administrator.get(address(model, "changelist"), {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "model",
    [one for one in MADE if one not in (Activity, User) and not getattr(PAGES[one], "goes_with_owner", False)],
    ids=by_name,
)
def test_every_page_saves_what_it_shows(model, vgcl, head_administrator):
    one = make.one_of(model, vgcl)
    make.rows_under(one, vgcl)
    url = address(model, "change", one.pk)
    before = model.objects.filter(pk=one.pk).values().get()
    response = head_administrator.post(url, fields(head_administrator.get(url)))
    assert response.status_code == 302, response.context["errors"]
    after = model.objects.filter(pk=one.pk).values().get()
    for kept in ("version", "changed_at", "changed_by_id"):
        assert (before.pop(kept, None) is None) == (after.pop(kept, None) is None) or kept == "changed_by_id"
    assert after == before


def test_derived_rows_are_looked_at_and_never_written(vgcl, head_administrator):
    make.delegation(vgcl)
    row = ActivityScope.objects.get()
    assert head_administrator.get(address(ActivityScope, "change", row.pk)).status_code == 200
    assert head_administrator.get(address(ActivityScope, "add")).status_code == 403
    assert head_administrator.post(address(ActivityScope, "change", row.pk), {}).status_code == 403
