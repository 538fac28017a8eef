"""A new password through the mailbox, which tells nobody whose mailbox it is."""

import pytest

from tests.factories import PASSWORD, UserFactory
from unionrelations.accounts.models import User

from .conftest import browser, letters, link_in, sign_in

NEW = "mot-mat-khau-dai-hon"


def ask(client, email, follow=True):
    return client.post("/password/forgotten/", {"email": email}, follow=follow)


def test_the_link_sets_a_new_password_once(lan):
    client = browser()
    ask(client, "LAN@example.vn")
    link = link_in(letters()[0])
    page = client.get(link, follow=True)
    assert "lan" not in page.request["PATH_INFO"]
    assert client.post(page.context["action_url"], {"password1": NEW, "password2": NEW}).status_code == 302
    lan.refresh_from_db()
    assert lan.check_password(NEW)
    assert "good no longer" in browser(**{"Cookie": "django_language=en"}).get(link, follow=True).content.decode()
    assert sign_in(client, password=PASSWORD).status_code == 200
    assert sign_in(client, password=NEW).status_code == 302


def test_a_weak_or_different_password_changes_nothing(lan):
    client = browser()
    ask(client, "lan@example.vn")
    page = client.get(link_in(letters()[0]), follow=True)
    for one, other in (("123", "123"), (NEW, NEW + "x")):
        assert client.post(page.context["action_url"], {"password1": one, "password2": other}).status_code == 200
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)


def test_every_session_ends_with_the_old_password(lan):
    elsewhere = browser()
    sign_in(elsewhere)
    client = browser()
    ask(client, "lan@example.vn")
    page = client.get(link_in(letters()[-1]), follow=True)
    client.post(page.context["action_url"], {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/").status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer_and_only_accounts_a_letter(lan, vuit):
    UserFactory(username="cu", union=vuit, email="cu@example.vn", is_active=False)
    said = [ask(browser(), email) for email in ("lan@example.vn", "nobody@example.vn", "cu@example.vn")]
    pages = {answer.content.split(b"<main")[1].split(b"csrfmiddlewaretoken")[0] for answer in said}
    assert len(pages) == 1
    assert {tuple(answer.redirect_chain) for answer in said} == {(("/password/forgotten/sent/", 302),)}
    assert [one.to for one in letters()] == [["lan@example.vn"]]


def test_signing_in_does_not_tell_whether_a_name_exists(lan):
    pages = [sign_in(browser(), name, "sai").content.decode().partition("<form")[2] for name in ("lan", "khong")]
    known, unknown = (page.replace("lan", "X").replace("khong", "X") for page in pages)
    assert known.split("csrfmiddlewaretoken")[0] == unknown.split("csrfmiddlewaretoken")[0]
    assert "sign-in-problem" in unknown


def test_the_letter_speaks_its_reader_s_language(lan, vuit):
    UserFactory(username="ann", union=vuit, email="ann@example.vn", language="en")
    for email in ("lan@example.vn", "ann@example.vn"):
        ask(browser(), email)
    subjects = {one.to[0]: one.subject for one in letters()}
    assert subjects["ann@example.vn"] == "A new password for Union Relations"
    assert subjects["lan@example.vn"].startswith("Đặt mật khẩu mới")


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example"])
def test_a_letter_never_leads_to_a_house_that_only_claims_to_be_this_one(lan, host):
    answer = browser().post("/password/forgotten/", {"email": "lan@example.vn"}, headers={"Host": host})
    assert answer.status_code == 400
    assert letters() == []


def test_a_house_that_was_told_its_address_writes_no_other(lan, settings):
    settings.SITE_URL, settings.SITE_URL_IS_SAID = "https://doingoai.example.vn", True
    ask(browser(), "lan@example.vn")
    assert "https://doingoai.example.vn/password/forgotten/" in letters()[0].body


def test_a_silent_mail_server_keeps_nobody_waiting_and_nobody_out(lan, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    assert ask(browser(), "lan@example.vn").status_code == 200
    assert sign_in(browser()).status_code == 302
    letters()
    assert User.objects.get(pk=lan.pk).last_login is not None
