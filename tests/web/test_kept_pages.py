"""Pages kept until anything changes: the same page, everybody's own, and never one that is no longer true."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Delegation
from partners.models import Partner
from tests import factories as make
from tests.doors import enter, lasting, text
from tests.seeded import seed
from tests.web.pages import furnish
from unionrelations.accounts.models import StandIn, Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.history.kept import KEPT
from unionrelations.web.kept_pages import SEAL, SEALED
from unionrelations.web.models import SavedView
from unionrelations.web.reports import PART_NAMES

REPORT = "/reports/vuit/2018-2023/?under=1"
LISTS = [f"/{entity.slug}/?sheet=1" for entity in ENTITIES]  # with the choices of each filter
REPORTS = [f"{REPORT}&part={part}" for part in PART_NAMES]
MORE = [
    "/delegations/?direction=in&page=1",
    "/reports/vuit/?from=2022-01-01&to=2022-12-31",
    f"{REPORT}&compare=preceding",
]
# What stands in the key by itself, what its owner's row tells, and what migrations make.
BESIDE = {"django_session", "django_content_type", "auth_permission", "web_savedview", "history_entry", "history_act"}
DERIVED = {"activities_activityscope", "activities_scopechange"}  # written with what they are derived from


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        seed()
        furnish(Union.objects.get(code="vuit"))
        yield


@pytest.fixture
def keeper(house, db):
    return make.UserFactory(union=Union.objects.get(code="vgcl"), role=User.Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


def bare(response) -> str:
    return SEAL.sub("", text(response))


def asked_by(browser, address) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return [one["sql"] for one in asked]


@pytest.mark.one_database  # pages are read alike on both
@pytest.mark.parametrize("address", [*LISTS, *REPORTS, *MORE])
def test_a_page_is_kept_as_it_was_made_and_reads_only_what_the_history_keeps(keeper, address):
    browser = enter(keeper)
    browser.get("/keys/")
    made = asked_by(browser, address)
    read = {table for sql in made for table in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql)}
    kept = {apps.get_model(label)._meta.db_table for label in KEPT}
    assert read - kept - BESIDE - DERIVED == set()
    shown = browser.get(address)
    assert shown.context is None  # nothing was made
    assert len(asked_by(browser, address)) <= 6
    caches["pages"].clear()
    assert bare(shown) == bare(browser.get(address))


def test_whatever_changes_is_on_the_page_at_once(keeper):
    browser, one = enter(keeper), Delegation.objects.filter(partner_roles__isnull=False).latest("starts_on")
    for address in ("/delegations/", "/activities/"):
        browser.get(address)
    one.title = "Đoàn mang tên mới"
    one.save()
    for address in ("/delegations/", "/activities/"):
        assert "Đoàn mang tên mới" in text(browser.get(address))
    Partner.objects.filter(pk=one.partner_roles.first().partner_id).update(
        name="Bạn mang tên mới", acronym=""
    )  # by no form
    assert "Bạn mang tên mới" in text(browser.get("/delegations/"))
    one.delete()
    assert "Đoàn mang tên mới" not in text(browser.get("/delegations/"))


def test_a_list_that_says_the_same_as_before_is_not_written_again(keeper):
    browser, before = enter(keeper), {}
    for address in ("/activities/", "/delegations/?sort=title&page=1"):
        before[address] = bare(browser.get(address))
    make.PartnerFactory(name="Bạn mới mà chưa ai gặp")
    for address, page in before.items():
        again = browser.get(address)
        assert (again.context, bare(again)) == (None, page)
    newest = Delegation.objects.latest("starts_on")
    newest.place = "Nơi khác"
    newest.save()
    assert browser.get("/activities/").context is None  # no column shows it
    assert browser.get("/activities/?columns=title,place").context is not None
    newest.title = "Tên khác"
    newest.save()
    assert browser.get("/activities/").context is not None  # what a row was read with is another


def other_value(field):
    """An expression that gives each row another value of the field; None for a field that tells nothing by itself."""
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return Concat(F(field.name), Value(" ✱"), output_field=models.TextField())
    if isinstance(field, models.BooleanField):
        return Case(When(**{field.name: True}, then=False), default=True, output_field=models.BooleanField())
    if isinstance(field, models.IntegerField) and not field.primary_key:
        return F(field.name) + 1
    return None


def changed(model) -> int:
    """In how many of its columns each row was changed."""
    number = 0
    for field in model._meta.local_concrete_fields:
        if (value := other_value(field)) is None:
            continue
        with suppress(IntegrityError), transaction.atomic():
            number += bool(model._base_manager.update(**{field.name: value}))
    return number


@pytest.mark.one_database
def test_whichever_table_changes_a_list_found_again_is_the_one_that_would_be_made(keeper):
    browser, address = enter(keeper), "/delegations/"
    before, tables, touching = bare(browser.get(address)), 0, 0
    floors = {"activities", "partners", "accounts", "reports", "importing", "web"}
    for model in apps.get_models():
        if model._meta.app_label not in floors or model._meta.db_table in DERIVED or model is User:
            continue
        with transaction.atomic():
            if changed(model):
                found = bare(browser.get(address))
                caches["pages"].clear()
                made = bare(browser.get(address))
                assert found == made, model
                tables, touching = tables + 1, touching + (made != before)
            transaction.set_rollback(True)
    assert tables > 25
    assert touching > 4  # delegations, unions, partners, countries, their names and people


def test_nobody_is_shown_what_was_kept_for_another(keeper):
    other = make.UserFactory(union=Union.objects.get(code="ha-noi"), role=User.Role.OFFICER)
    make.DelegationFactory(title="Đoàn của Công Thương", unions=[(Union.objects.get(code="vuit"), 2)])
    first, second = enter(keeper), enter(other)
    assert "Đoàn của Công Thương" in text(first.get("/delegations/"))
    assert "Đoàn của Công Thương" not in text(second.get("/delegations/"))
    assert keeper.username in text(first.get("/delegations/")) or keeper.get_full_name() in text(
        first.get("/delegations/")
    )


def test_what_one_process_made_another_shows(keeper, settings, tmp_path):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": backend, "LOCATION": str(tmp_path / "pages")}}
    browser = enter(keeper)
    made = browser.get(REPORT)
    del caches["pages"]  # the other process opens the folder anew
    shown = browser.get(REPORT)
    assert (made.context is None, shown.context is None) == (False, True)
    assert bare(made) == bare(shown)
    assert len(list((tmp_path / "pages").glob("*.djcache"))) == 1


def test_language_light_and_day_have_pages_of_their_own(keeper, monkeypatch):
    browser = enter(keeper)
    assert 'lang="vi"' in text(browser.get(REPORT))
    User.objects.filter(pk=keeper.pk).update(language="en")
    assert 'lang="en"' in text(browser.get(REPORT))
    browser.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in text(browser.get(REPORT))
    assert browser.get(REPORT).context is None
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_more: tomorrow)
    assert browser.get(REPORT).context is not None


def test_who_acts_for_another_sees_that_one_s_pages(keeper):
    officer = make.UserFactory(union=Union.objects.get(code="ha-noi"), role=User.Role.OFFICER)
    today = timezone.localdate()
    lent = StandIn.objects.create(lender=keeper, person=officer, first_day=today, last_day=today)
    browser = enter(officer)
    before = bare(browser.get("/delegations/"))
    browser.post(f"/stand-ins/{lent.pk}/act/")
    browser.get("/")  # where what was done is said
    acting = bare(browser.get("/delegations/"))
    assert 'id="acting"' in acting
    assert 'id="acting"' not in before
    StandIn.objects.filter(pk=lent.pk).delete()
    assert 'id="acting"' not in bare(browser.get("/delegations/"))


def test_what_is_said_once_is_said_once(keeper):
    browser = enter(keeper)
    browser.get("/delegations/")
    one = make.DelegationFactory(title="Đoàn sẽ xoá", unions=[(keeper.union, 2)])
    browser.post(f"/delegations/{one.pk}/delete/")
    assert "toast-said" in text(browser.get("/delegations/"))
    assert "toast-said" not in text(browser.get("/delegations/"))
    assert "toast-said" not in text(browser.get("/delegations/"))


def test_a_list_of_the_reader_s_own_is_there_at_once(keeper):
    browser = enter(keeper)
    browser.get("/delegations/")
    view = SavedView.objects.create(owner=keeper, slug="delegations", name="Của tôi", query="direction=in")
    assert "Của tôi" in text(browser.get("/delegations/"))
    SavedView.objects.filter(pk=view.pk).update(name="Đổi tên")
    assert "Đổi tên" in text(browser.get("/delegations/"))


def test_each_session_has_its_own_seal_in_a_kept_page(keeper):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(keeper)
    browser.get(REPORT)
    found = [one for _visit in range(2) for one in SEAL.findall(text(browser.get(REPORT)))]
    seals = {one.removeprefix(SEALED) for one in found}
    assert all(len(seal) == 64 for seal in seals)
    assert browser.get(REPORT).context is None
    refused = browser.post("/theme/", {"theme": "dark", "csrfmiddlewaretoken": "a" * 64})
    taken = browser.post("/theme/", {"theme": "dark", "csrfmiddlewaretoken": seals.pop()})
    assert (refused.status_code, taken.status_code) == (403, 302)


def test_a_search_is_made_each_time(keeper):
    browser = enter(keeper)
    browser.get("/documents/?q=lao")
    assert browser.get("/documents/?q=lao").context is not None
