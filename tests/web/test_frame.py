"""The frame of every page: what it offers whom, and that it holds nothing a strict policy would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import MENU
from unionrelations.web.templatetags.ui import drawings, figure, icon

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


def reader(role):
    union = Union.objects.create(code="vuit", name="Công đoàn Công Thương Việt Nam", kind="industry")
    return User.objects.create_user("lan", union=union, role=role)


def home_of(client, user):
    client.force_login(user, backend="unionrelations.accounts.roles.RoleBackend")
    return client.get(reverse("home")).content.decode()


def test_an_officer_may_log_and_a_leader_reads(client, db):
    officer = reader(User.Role.OFFICER)
    assert reverse("delegations-new") in home_of(client, officer)
    officer.role = User.Role.LEADER
    officer.save()
    page = home_of(client, officer)
    assert reverse("delegations-new") not in page
    assert reverse("delegations-list") in page
    assert reverse("admin:index") not in page


def test_every_icon_of_the_menu_is_drawn():
    assert {entity.icon for _label, entities in MENU for entity in entities} <= drawings().keys()


def test_an_icon_nobody_drew_is_a_mistake():
    with pytest.raises(KeyError):
        icon("dragon")


@pytest.mark.parametrize(("language", "printed"), [("vi", "1.234.567"), ("en", "1,234,567")])
def test_a_number_is_written_as_its_reader_writes_it(language, printed):
    with translation.override(language):
        assert figure(1234567) == printed
        assert figure(0) == "0"


def test_unknown_is_neither_nought_nor_blank():
    with translation.override("en"):
        assert "not known" in figure(None)


# Data beside a page is no script: browsers run nothing of that type, whatever it holds.
INLINE = re.compile(
    r"""<style|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)(?![^>]*\stype="application/json")|javascript:""",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_nothing_inline_and_nothing_from_outside(template):
    source = template.read_text(encoding="utf-8")
    assert not INLINE.search(source)
    assert not OUTSIDE.search(source)
