"""The door: who gets in, in which language they are answered, and what they read when something is wrong."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from unionrelations.accounts.models import Union, User
from unionrelations.web import session

PASSWORD = "bốn-bể-một-nhà-2023"


@pytest.fixture
def officer(db):
    union = Union.objects.create(code="vuit", name="Công đoàn Công Thương Việt Nam", kind="industry")
    return User.objects.create_user("lan", password=PASSWORD, union=union)


@pytest.fixture
def at_home(client, officer):
    client.force_login(officer, backend="unionrelations.accounts.roles.RoleBackend")
    return client


def sign_in(client, password, **more):
    return client.post(reverse("sign-in"), {"username": "lan", "password": password, **more})


def test_the_right_password_opens_the_door(client, officer):
    response = sign_in(client, PASSWORD)
    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.get(reverse("home")).status_code == 200


def test_a_wrong_password_keeps_the_name_and_says_so_beside_the_fields(client, officer):
    response = sign_in(client, "sai")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="lan"' in page
    assert 'aria-describedby="sign-in-problem"' in page
    assert "sai" not in page.partition("<form")[2]


def test_the_fifth_wrong_password_closes_the_door_even_to_the_right_one(client, officer):
    for _ in range(4):
        assert sign_in(client, "sai").status_code == 200
    closed = sign_in(client, "sai")
    assert closed.status_code == 429
    assert "<h1>" in closed.content.decode()
    assert sign_in(client, PASSWORD).status_code == 429


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_only_to_our_own_pages(client, officer, target):
    assert sign_in(client, PASSWORD, next=target).url == reverse("home")


def test_signing_in_leads_back_to_where_one_was_going(client, officer):
    going = client.get(reverse("report-index"))
    assert going.url == f"{reverse('sign-in')}?next={reverse('report-index')}"
    assert sign_in(client, PASSWORD, next=reverse("report-index")).url == reverse("report-index")


def test_signing_out_is_a_deliberate_act(at_home):
    assert at_home.get(reverse("sign-out")).status_code == 405
    assert at_home.post(reverse("sign-out")).url == reverse("sign-in")
    assert at_home.get(reverse("home")).status_code == 302


def test_a_session_that_ended_under_an_open_list_sends_the_whole_page_to_the_door(client, db):
    response = client.get(reverse("sign-in"), headers={"HX-Request": "true"})
    assert response.headers["HX-Refresh"] == "true"


def test_vietnamese_whatever_the_browser_claims(client, db):
    response = client.get(reverse("sign-in"), headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in response.content.decode()


def test_a_stranger_s_language_stays_in_a_cookie(client, db):
    client.post(reverse("language"), {"lang": "en", "next": reverse("sign-in")})
    response = client.get(reverse("sign-in"))
    assert response.headers["Content-Language"] == "en"
    assert "Sign in" in response.content.decode()


def test_a_person_s_language_stays_with_the_account(at_home, officer):
    at_home.post(reverse("language"), {"lang": "en", "next": reverse("home")})
    officer.refresh_from_db()
    assert officer.language == "en"
    elsewhere = Client()
    elsewhere.force_login(officer, backend="unionrelations.accounts.roles.RoleBackend")
    assert elsewhere.get(reverse("home")).headers["Content-Language"] == "en"


def test_the_account_outranks_the_cookie(at_home):
    at_home.cookies["django_language"] = "en"
    assert at_home.get(reverse("home")).headers["Content-Language"] == "vi"


def test_a_language_nobody_speaks_here_changes_nothing(at_home, officer):
    at_home.post(reverse("language"), {"lang": "tlh"})
    officer.refresh_from_db()
    assert officer.language == "vi"


@pytest.mark.parametrize("name", ["language", "theme"])
def test_a_switch_leads_back_only_to_our_own_pages(client, db, name):
    choice = {"lang": "en", "theme": "dark"}
    assert client.post(reverse(name), choice | {"next": "//elsewhere.example/"}).url == reverse("home")
    assert client.post(reverse(name), choice | {"next": "/reports/?q=1"}).url == "/reports/?q=1"
    assert client.get(reverse(name)).status_code == 405


def test_the_light_is_kept_and_answered_by_the_server(client, db):
    client.post(reverse("theme"), {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get(reverse("sign-in")).content.decode()
    client.post(reverse("theme"), {"theme": "neon"})
    assert 'data-bs-theme="dark"' in client.get(reverse("sign-in")).content.decode()


WORDS = [
    (session.bad_request, 400, "This request could not be read"),
    (session.forbidden, 403, "Your role does not include this"),
    (session.not_found, 404, "This page was not found"),
    (session.broken, 500, "Something went wrong on our side"),
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("page", "status", "said"), WORDS)
def test_what_went_wrong_is_said_in_the_reader_s_language(rf, officer, page, status, said, language):
    request = rf.get("/somewhere/")
    request.user = officer
    officer.language = language
    with translation.override(language):
        response = page(request)
        said = translation.gettext(said)
    assert response.status_code == status
    assert f"<h1>{said}</h1>" in response.content.decode()
    assert f'<html lang="{language}"' in response.content.decode()


def test_the_page_for_a_broken_house_asks_no_database(rf):
    request = rf.get("/somewhere/")  # no user, and this test may not touch the database
    assert session.broken(request).status_code == 500


def test_an_address_nobody_has_is_answered_in_our_words(at_home):
    response = at_home.get("/no-such-page/")
    assert response.status_code == 404
    assert "404" in response.content.decode()
    assert 'id="side"' in response.content.decode()  # the way out stays where it was


def test_a_form_without_its_secret_is_refused_in_our_words(officer):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("sign-in"), {"username": "lan", "password": PASSWORD})
    assert response.status_code == 403
    with translation.override("vi"):
        assert translation.gettext("This form was open too long") in response.content.decode()


def test_a_stranger_reaches_the_door_and_the_pulse_only(client, db):
    assert client.get(reverse("sign-in")).status_code == 200
    assert client.get("/healthz").status_code == 200
    for name in ("home", "search", "report-index", "delegations-list", "delegations-new"):
        response = client.get(reverse(name))
        assert response.status_code == 302, name
        assert response.url.startswith(reverse("sign-in")), name
