"""Programs enter with a token: as their person, no further than union, reading or writing and day allow, here alone."""

import datetime as dt
import logging

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests import factories as make
from tests.api.programs import bearing, program, token_of
from tests.doors import RECORDS, enter, text
from unionrelations.accounts.models import AccessToken, Officer, User
from unionrelations.catalogue import ENTITIES


def test_a_program_reads_and_writes_as_its_person(officer, union):
    desk = program(officer)
    made = desk.post("/api/officers/", {"union": union.pk, "name": "Lan"}, "application/json")
    assert made.status_code == 201, made.json()
    assert Officer.objects.get().changed_by == officer
    assert desk.get(f"/api/officers/{made.json()['id']}/").json()["name"] == "Lan"


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES if entity.slug not in ("days-off", "countries")])
def test_a_token_of_a_union_below_shows_what_somebody_of_that_union_sees(officer, union, below, slug):
    neighbour = make.UnionFactory(code="ben", parent=union)
    for one in (union, below, neighbour):
        RECORDS[slug](one)
    narrow = program(officer, union=below).get(f"/api/{slug}/").json()["results"]
    theirs = enter(make.UserFactory(union=below)).get(f"/api/{slug}/").json()["results"]
    whole = enter(officer).get(f"/api/{slug}/").json()["results"]
    assert narrow == theirs
    assert len(narrow) <= len(whole)


def test_a_token_of_a_union_below_writes_there_alone(officer, union, below):
    desk = program(officer, union=below)
    above = desk.post("/api/officers/", {"union": union.pk, "name": "Lan"}, "application/json")
    assert (above.status_code, list(above.json())) == (400, ["union"])
    assert desk.post("/api/officers/", {"union": below.pk, "name": "Lan"}, "application/json").status_code == 201
    officer.refresh_from_db()
    assert officer.union == union


def test_a_token_that_only_reads_writes_nothing_anywhere(officer, union):
    one = Officer.objects.create(union=union, name="Lan")
    desk = program(officer, may_write=False)
    assert desk.get(f"/api/officers/{one.pk}/").status_code == 200
    for entity in ENTITIES:
        assert desk.post(f"/api/{entity.slug}/", {}, "application/json").status_code == 403, entity.slug
    for method in (desk.put, desk.patch, desk.delete):
        assert method(f"/api/officers/{one.pk}/", {"name": "x"}, "application/json").status_code == 403
    one.refresh_from_db()
    assert one.name == "Lan"


def _revoked(token):
    AccessToken.objects.filter(pk=token.pk).revoke(timezone.now())


def _expired(token):
    AccessToken.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))


def _closed(token):
    token.person.is_active = False
    token.person.save()


def _closed_and_opened_again(token):
    _closed(token)
    token.person.is_active = True
    token.person.save()


def _signed_out_everywhere(token):
    token.person.sign_out_everywhere()


def _moved_elsewhere(token):
    token.person.union = make.UnionFactory()
    token.person.save()


@pytest.mark.parametrize(
    "end", [_revoked, _expired, _closed, _closed_and_opened_again, _signed_out_everywhere, _moved_elsewhere]
)
def test_a_token_ends_with_whatever_it_rests_on(officer, end):
    token, secret = token_of(officer)
    assert bearing(secret).get("/api/partners/").status_code == 200
    end(token)
    refused = bearing(secret).get("/api/partners/")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("secret", ["", "ur_", "ur_" + "x" * 43, "é" * 40, "\u0000"])
def test_an_invented_token_opens_nothing(officer, secret):
    token_of(officer)
    answer = Client(headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")}).get("/api/partners/")
    assert answer.status_code == 401


def test_a_token_goes_with_the_rights_its_person_has_now(officer, union):
    desk = program(officer)
    officer.role = User.Role.AUDITOR
    officer.save()
    answer = desk.post("/api/officers/", {"union": union.pk, "name": "Lan"}, "application/json")
    assert answer.status_code == 403
    assert not Officer.objects.exists()


@pytest.mark.parametrize("address", ["/", "/partners/", "/tokens/", "/profile/", "/search/?q=lan"])
def test_a_token_opens_no_page(officer, address):
    answer = program(officer).get(address)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_a_token_does_not_open_the_back_office(union):
    answer = program(make.UserFactory(union=union, is_superuser=True)).get("/admin/accounts/user/")
    assert answer.status_code == 302


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_program_is_answered_in_its_person_s_language(union, language):
    person = make.UserFactory(union=union, language=language)
    answer = program(person).post("/api/officers/", {"union": union.pk}, "application/json")
    assert ("Không được để trống" in str(answer.json())) is (language == "vi")
    assert answer.headers["Content-Language"] == language


def test_who_must_have_a_second_factor_enters_by_no_token_before_it_is_set_up(union, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    leader = make.UserFactory(union=union, role=User.Role.LEADER)
    assert program(leader).get("/api/partners/").status_code == 403


def test_the_day_of_the_last_use_is_kept(officer):
    token, secret = token_of(officer)
    bearing(secret).get("/api/partners/")
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()


def test_only_the_hash_of_a_secret_is_kept_and_no_log_holds_it(officer, caplog):
    token, secret = token_of(officer)
    kept = AccessToken.objects.values().get(pk=token.pk)
    assert secret not in str(kept)
    with caplog.at_level(logging.DEBUG):
        bearing(secret).get("/api/no-such-thing/")
        bearing(secret + "x").get("/api/partners/")
    assert secret not in caplog.text
    record = logging.LogRecord("any", logging.ERROR, __file__, 1, "Authorization: Bearer %s", (secret,), None)
    assert logging.getLogger().handlers
    for one in logging.getLogger().handlers:
        one.filter(record)
    assert secret not in record.getMessage()


def test_a_person_narrowed_to_a_union_is_never_saved(officer, below):
    with pytest.raises(TypeError):
        officer.narrowed_to(below).save()


# --- The page


def new(union, more=()):
    day = timezone.localdate() + dt.timedelta(days=30)
    said = {"name": "Sổ văn bản", "union": union.pk, "may_write": "False", "expires_on": day.strftime("%d/%m/%Y")}
    return said | dict(more)


@pytest.fixture
def lately(monkeypatch):
    monkeypatch.setattr("unionrelations.web.door.tokens.proved_lately", lambda request: True)


def test_a_token_is_made_and_its_secret_shown_once(officer, union, lately):
    desk = enter(officer)
    made = desk.post(reverse("tokens"), new(union))
    secret = made.context["secret"]
    assert secret in text(made)
    assert made.headers["Cache-Control"].find("no-store") >= 0
    assert secret not in text(desk.get(reverse("tokens")))
    assert bearing(secret).get("/api/partners/").status_code == 200


def test_a_token_is_made_only_right_after_showing_who_one_is(officer, union):
    desk = enter(officer)
    assert reverse("account_reauthenticate") in text(desk.get(reverse("tokens")))
    assert desk.post(reverse("tokens"), new(union)).status_code == 302
    assert not AccessToken.objects.exists()


def test_a_token_reaches_no_further_than_its_person_and_no_longer_than_a_year(officer, lately):
    desk, elsewhere = enter(officer), make.UnionFactory()
    far = (timezone.localdate() + dt.timedelta(days=366)).strftime("%d/%m/%Y")
    for wrong, field in (({"union": elsewhere.pk}, "union"), ({"expires_on": far}, "expires_on")):
        answer = desk.post(reverse("tokens"), new(officer.union, wrong))
        assert list(answer.context["form"].errors) == [field]
    assert not AccessToken.objects.exists()


def test_who_must_have_a_second_factor_makes_no_token_before(union, lately, settings, monkeypatch):
    leader = make.UserFactory(union=union, role=User.Role.LEADER)
    settings.REQUIRE_SECOND_FACTOR = True
    # As one who came by single sign-on that asks for a second factor of its own.
    monkeypatch.setattr("unionrelations.web.door.second_factor.proved_twice", lambda request: True)
    desk = enter(leader)
    assert reverse("mfa_index") in text(desk.get(reverse("tokens")))
    assert desk.post(reverse("tokens"), new(union)).status_code == 302
    assert not AccessToken.objects.exists()


def test_a_token_is_revoked_by_its_person_or_an_administrator_in_reach_and_nobody_else(officer, union):
    administrator = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)
    colleague = make.UserFactory(union=union)
    elsewhere = make.UserFactory(role=User.Role.ADMINISTRATOR)
    for person, allowed in ((officer, True), (administrator, True), (colleague, False), (elsewhere, False)):
        token, secret = token_of(officer, name="Của cán bộ")
        assert ("Của cán bộ" in text(enter(person).get(reverse("tokens")))) is allowed
        answer = enter(person).post(reverse("token-revoke", args=[token.pk]))
        assert answer.status_code == (302 if allowed else 404)
        assert bearing(secret).get("/api/partners/").status_code == (401 if allowed else 200)
        token.delete()


# --- How often one may ask


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_asks_too_often_is_told_when_to_ask_again(union, settings, language):
    settings.API_PACE = "3/day"
    cache.clear()
    person = make.UserFactory(union=union, language=language)
    desk, other = program(person), program(person)
    assert [desk.get("/api/partners/").status_code for _time in range(4)] == [200, 200, 200, 429]
    refused = desk.get("/api/partners/")
    assert 0 < int(refused.headers["Retry-After"]) <= 86_401
    with translation.override(language):
        said = translation.ngettext(
            "Too many requests. Ask again in %(n)d second.", "Too many requests. Ask again in %(n)d seconds.", 2
        )
    assert refused.json()["detail"] == said % {"n": int(refused.headers["Retry-After"])}
    assert other.get("/api/partners/").status_code == 200  # each program is counted for itself
    assert enter(person).get("/api/partners/").status_code == 200
