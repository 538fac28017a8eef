"""Guessing is slow, and keeps out nobody but who guesses."""

import pytest

from tests.factories import PASSWORD, UserFactory

from .conftest import ELSEWHERE, HERE, browser, letters, link_in, sign_in

NEW = "mot-mat-khau-dai-hon"


def fail(client, times, name="lan"):
    for _time in range(times):
        answer = sign_in(client, name, "sai")
    return answer


def test_five_failures_close_the_door_to_that_browser_even_with_the_right_password(lan):
    client = browser()
    assert fail(client, 4).status_code == 200
    assert fail(client, 1).status_code == 429
    assert sign_in(client).status_code == 429


def test_nobody_is_kept_out_by_who_guesses_at_another_address(lan):
    fail(browser(ELSEWHERE), 6)
    assert sign_in(browser(HERE)).status_code == 302


def test_nobody_is_kept_out_of_a_browser_they_know_by_who_guesses_at_the_same_address(lan):
    own = browser()
    assert sign_in(own).status_code == 302
    own.post("/sign-out/")
    assert fail(browser(), 6).status_code == 429
    assert sign_in(browser()).status_code == 429  # a stranger's browser at that address waits
    assert sign_in(own).status_code == 302


def test_nobody_is_kept_out_of_a_browser_they_know_by_a_hundred_machines(lan):
    own = browser()
    sign_in(own)
    own.post("/sign-out/")
    for number in range(34):
        sign_in(browser(f"192.0.2.{number}"), password="sai")
    assert sign_in(browser("192.0.2.200")).status_code == 429  # guessing from ever new addresses is slow
    assert sign_in(own).status_code == 302


def test_one_machine_does_not_try_everybody(lan):
    guesser = browser(ELSEWHERE)
    for number in range(60):
        sign_in(guesser, f"ten-{number}", "sai")
    assert sign_in(guesser, "mot-ten-moi", "sai").status_code == 429
    assert sign_in(browser(HERE)).status_code == 302


def test_a_browser_known_to_one_account_opens_no_other_the_faster(lan, vuit):
    UserFactory(username="minh", union=vuit)
    own = browser()
    sign_in(own)
    own.post("/sign-out/")
    assert fail(own, 5, "minh").status_code == 429
    assert sign_in(own, "minh").status_code == 429
    assert sign_in(own).status_code == 302  # its own owner comes in


def test_a_browser_that_knows_somebody_may_fail_five_times_too_and_no_more(lan):
    own = browser()
    sign_in(own)
    own.post("/sign-out/")
    assert fail(own, 5).status_code == 429
    assert sign_in(own).status_code == 429
    assert sign_in(browser(ELSEWHERE)).status_code == 302


def test_a_closed_door_opens_by_a_new_password_from_the_mailbox(lan):
    client = browser()
    for number in range(34):
        sign_in(browser(f"192.0.2.{number}"), password="sai")
    assert sign_in(client).status_code == 429
    client.post("/password/forgotten/", {"email": "lan@example.vn"})
    page = client.get(link_in(letters()[-1]), follow=True)
    client.post(page.context["action_url"], {"password1": NEW, "password2": NEW})
    assert sign_in(client, password=NEW).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x" * 43, "../../etc/passwd", "\x00" * 43])
def test_an_invented_cookie_makes_no_browser_known(lan, cookie):
    client = browser()
    client.cookies["browser"] = cookie
    fail(client, 5)
    assert sign_in(client).status_code == 429


def test_success_is_forgotten_with_the_failures_before_it(lan):
    client = browser()
    fail(client, 4)
    assert sign_in(client, password=PASSWORD).status_code == 302
    client.post("/sign-out/")
    assert fail(client, 4).status_code == 200
