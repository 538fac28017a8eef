"""The living page of the design shows what the sheets and templates hold, to whoever signs in, in either light."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import User
from unionrelations.web.templatetags.ui import drawings

SHEET = (Path(settings.BASE_DIR) / "static/tokens.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", User.Role, ids=str)
def test_everybody_who_signs_in_may_see_it(db, role):
    page = text(enter(make.UserFactory(role=role)).get("/design/"))
    assert all(f"<code>{name}</code>" in page for name in drawings())
    colours = set(re.findall(r"--([\w-]+): #", SHEET))
    assert colours == {name for name in colours if f"<code>--{name}</code>" in page}
    assert all(name in page for name in ("--t-xs", "--t-num"))


@pytest.mark.parametrize("light", ["light", "dark"])
def test_each_light_has_an_address(db, light):
    browser = enter(make.UserFactory())
    page = text(browser.get("/design/", {"theme": light}))
    assert f'data-bs-theme="{light}" data-theme-chosen' in page
    assert f'href="?theme={light}" aria-current="page"' in page


def test_no_other_light_can_be_asked_for(db):
    assert 'data-bs-theme="light"' in text(enter(make.UserFactory()).get("/design/", {"theme": '"><script>'}))


def test_strangers_are_sent_to_the_door(client, db):
    assert client.get("/design/").status_code == 302


def test_it_asks_for_no_record(db, django_assert_max_num_queries):
    browser = enter(make.UserFactory())
    browser.get("/design/")  # the menu counts what is late once, and keeps the number
    with django_assert_max_num_queries(3):
        browser.get("/design/")
