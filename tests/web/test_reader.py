"""What a reader settles for themselves, and the help that stands inside."""

import pytest

from tests import factories as make
from tests.doors import enter, text, typed_in
from unionrelations.accounts.models import User
from unionrelations.web.help import GLOSSARY

pytestmark = pytest.mark.django_db


def test_keys_are_turned_off_for_good():
    reader = make.UserFactory(language="en")
    browser = enter(reader)
    assert 'data-keys="on"' in text(browser.get("/"))
    sent = typed_in(browser.get("/profile/"))
    sent.pop("keys_on")
    browser.post("/profile/", sent)
    reader.refresh_from_db()
    assert not reader.keys_on
    assert 'data-keys="off"' in text(browser.get("/"))


def test_nobody_gives_themselves_a_role():
    reader = make.UserFactory(role=User.Role.LEADER)
    own = {"language": "en", "keys_on": "on", "digest": "daily", "digest_weekday": "0", "email": "lan@example.vn"}
    enter(reader).post("/profile/", own | {"role": "administrator", "is_superuser": "on"})
    reader.refresh_from_db()
    assert (reader.role, reader.is_superuser, reader.language) == (User.Role.LEADER, False, "en")
    assert (reader.digest, reader.email) == ("daily", "lan@example.vn")


def test_the_tour_is_put_away_once_and_comes_back_when_asked_for():
    reader = make.UserFactory()
    browser = enter(reader)
    assert "tour-steps" in text(browser.get("/"))
    browser.post("/profile/tour/", {"next": "/"})
    assert "tour-steps" not in text(browser.get("/"))
    assert browser.post("/profile/tour/", {"again": "1"}).url == "/"
    assert "tour-steps" in text(browser.get("/"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_help_explains_every_word_at_an_address_of_its_own(language):
    page = text(enter(make.UserFactory(language=language)).get("/help/"))
    assert all(f'id="{anchor}"' in page for anchor, _word, _meaning in GLOSSARY)


def test_the_keys_are_a_page_and_for_the_dialog_a_part_of_one():
    reader = make.UserFactory()
    assert "<html" in text(enter(reader).get("/keys/"))
    part = text(enter(reader, hx_request="true").get("/keys/"))
    assert "<html" not in part
    assert "<kbd>Ctrl</kbd>" in part
