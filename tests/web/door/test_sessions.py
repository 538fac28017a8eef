"""Where somebody is signed in, signing out there, and what is told of new browsers."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.utils import timezone

from tests.doors import enter
from tests.factories import PASSWORD, UserFactory
from unionrelations.web.door.browsers import named
from unionrelations.web.models import KnownBrowser

from .conftest import ELSEWHERE, HERE, browser, letters, link_in, sign_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
NEW = "mot-mat-khau-dai-hon"


def two(lan):
    """A desk and a phone, both signed in."""
    desk, phone = browser(HERE, **{"User-Agent": CHROME}), browser(ELSEWHERE, **{"User-Agent": PHONE})
    for one in (desk, phone):
        sign_in(one)
    return desk, phone


def test_a_browser_is_called_by_a_name_people_know():
    assert named(CHROME) == "Chrome, Windows"
    assert named(PHONE) == "Safari, iPhone"
    assert named("Mozilla/5.0 (Windows NT 10.0) Chrome/141 Edg/141") == "Edge, Windows"
    assert named("curl/8") == "curl/8"
    assert named("")


def test_sessions_are_listed_with_browser_address_and_when(lan):
    desk, _phone = two(lan)
    page = desk.get("/sessions/").content.decode()
    for said in ("Chrome, Windows", "Safari, iPhone", HERE, ELSEWHERE):
        assert said in page


def test_one_session_is_signed_out_and_others_stay(lan):
    desk, phone = two(lan)
    theirs = UserSession.objects.get(ip=ELSEWHERE)
    assert desk.post(f"/sessions/{theirs.pk}/end/").status_code == 302
    assert phone.get("/").url.startswith("/sign-in/")
    assert desk.get("/").status_code == 200


def test_nobody_signs_out_somebody_else(lan, vuit):
    desk, _phone = two(lan)
    other = enter(UserFactory(union=vuit))
    for row in UserSession.objects.filter(user=lan):
        assert other.post(f"/sessions/{row.pk}/end/").status_code == 404
    for row in KnownBrowser.objects.all():
        for step in ("forget", "mine", "not-mine"):
            answer = other.post(f"/browsers/{row.pk}/{step}/")
            assert answer.status_code in (302, 404)
    assert desk.get("/").status_code == 200
    assert KnownBrowser.objects.filter(person=lan).count() == 2


def test_signing_out_everywhere_ends_listed_and_unlisted_sessions_and_keeps_ones_own(lan):
    desk, phone = two(lan)
    before = enter(lan)  # begun without a row in the list, as all were before the list
    assert before.get("/").status_code == 200
    assert desk.post("/sessions/others/").status_code == 302
    assert desk.get("/sessions/").status_code == 200
    assert phone.get("/").url.startswith("/sign-in/")
    assert before.get("/").url.startswith("/sign-in/")
    assert desk.get("/sessions/").content.decode().count("<dt>") == 3  # one session, two browsers


def test_a_new_password_ends_other_sessions_and_is_told(lan):
    desk, phone = two(lan)
    letters().clear()
    desk.post("/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert desk.get("/").status_code == 200
    assert phone.get("/").url.startswith("/sign-in/")
    [letter] = letters()
    assert letter.subject == "Mật khẩu của bạn đã được đổi"
    assert NEW not in letter.body
    assert UserSession.objects.filter(user=lan).count() == 1


def test_last_seen_is_noted_every_few_minutes_and_not_with_each_page(lan, django_assert_max_num_queries):
    client = browser()
    sign_in(client)
    row = UserSession.objects.get()
    client.get("/help/")
    assert UserSession.objects.get().last_seen_at == row.last_seen_at
    session = client.session
    session["last-seen"] -= 3600
    session.save()
    client.get("/help/", REMOTE_ADDR=ELSEWHERE)
    seen = UserSession.objects.get()
    assert seen.last_seen_at > row.last_seen_at
    assert seen.ip == ELSEWHERE


def test_a_new_browser_is_told_by_letter_and_asked_about_in_the_others(lan):
    lan.last_login = timezone.now() - timedelta(days=1)
    lan.save()
    desk, phone = two(lan)
    assert [one.subject for one in letters()] == ["Tài khoản của bạn được đăng nhập trên trình duyệt mới"] * 2
    assert "Safari, iPhone" in letters()[1].body
    assert ELSEWHERE in letters()[1].body
    asked = desk.get("/").content.decode()
    assert "Safari, iPhone" in asked
    assert "Chrome, Windows" not in asked  # it does not answer for itself
    row = KnownBrowser.objects.get(address=ELSEWHERE)
    desk.post(f"/browsers/{row.pk}/mine/")
    assert "Safari, iPhone" not in desk.get("/").content.decode()
    phone.post("/sign-out/")
    sign_in(phone)
    assert len(letters()) == 2  # known now


def test_the_first_sign_in_of_an_account_tells_of_nothing(lan):
    sign_in(browser())
    assert letters() == []


def test_it_was_not_me_puts_the_stranger_out_and_asks_for_a_new_password(lan):
    lan.last_login = timezone.now()
    lan.save()
    desk, phone = two(lan)
    row = KnownBrowser.objects.get(address=ELSEWHERE)
    assert desk.post(f"/browsers/{row.pk}/not-mine/").url == "/password/"
    assert phone.get("/").url.startswith("/sign-in/")
    assert not KnownBrowser.objects.filter(address=ELSEWHERE).exists()
    assert desk.get("/password/").status_code == 200


def test_the_cookie_of_a_browser_says_nothing_and_is_kept_from_scripts(lan, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = sign_in(browser())
    cookie = answer.cookies["browser"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert len(cookie.value) == 43
    assert cookie.value not in KnownBrowser.objects.get().secret_hash


def test_an_address_is_written_down_once_its_letter_is_answered(lan):
    client = browser()
    sign_in(client)
    own = {"language": "vi", "digest": "daily", "digest_weekday": "0", "email": "moi@example.vn"}
    client.post("/profile/", own)
    lan.refresh_from_db()
    assert (lan.email, lan.digest) == ("lan@example.vn", "daily")
    [letter] = letters()
    assert letter.to == ["moi@example.vn"]
    link = link_in(letter)
    stranger = enter(UserFactory(union=lan.union))
    assert stranger.get(link).status_code == 410
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 302
    lan.refresh_from_db()
    assert lan.email == "moi@example.vn"
    assert {one.to[0] for one in letters()} == {"moi@example.vn", "lan@example.vn"}  # the old one is told
    assert client.post(link).status_code == 410


def test_open_redirects_are_refused_at_every_step(lan):
    for target in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"):
        client = browser()
        assert client.get(f"/sign-in/?next={target}").context["next"] == ""
        assert sign_in(client, next=target).url == "/"
        assert client.get(f"/sign-in/?next={target}").url == "/"  # already in
        again = client.post(f"/sign-in/again/?next={target}", {"password": PASSWORD, "next": target})
        assert "elsewhere" not in again.headers.get("Location", "")
        anew = client.post("/sign-in/anew/", {"next": target})
        assert "elsewhere" not in anew.url
        assert "javascript" not in anew.url
