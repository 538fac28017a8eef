"""The frame of every page: what it offers whom, and that it holds nothing a strict policy would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation

from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import MENU
from unionrelations.web.context import IN_MENU
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


SIDE = (Path(settings.BASE_DIR) / "templates/ui/side.html").read_text(encoding="utf-8")
KEPT = re.search(r"{% cache .*?{% endcache %}", SIDE, re.DOTALL).group()


def test_the_menu_that_is_kept_is_made_of_what_it_is_found_by_and_of_nothing_else():
    asked = set(re.findall(r"\bshell\.(\w+)", KEPT.partition("%}")[2]))
    assert asked == set(IN_MENU)
    assert not re.search(r"csrf_token|\brequest\b|\buser\b", KEPT)
    assert re.findall(r'{% include "([^"]+)"', KEPT).count("ui/side_link.html") == KEPT.count("{% include ")


def menu_of(client, address):
    page = client.get(address).content.decode()
    return re.search(r'<aside class="side.*?</aside>', page, re.DOTALL).group()


@pytest.mark.one_database
def test_whoever_reads_next_gets_the_menu_made_for_them(client, db):
    vuit, people = Union.objects.create(code="vuit", name="Công đoàn", kind="industry"), {}
    for role in User.Role.values:
        for language, _name in settings.LANGUAGES:
            more = {"role": role, "language": language, "is_superuser": role == User.Role.ADMINISTRATOR}
            people[role, language] = User.objects.create_user(f"{role}-{language}", union=vuit, **more)

    def menus(forgetting):
        found = {}
        for who, user in people.items():
            client.force_login(user, backend="unionrelations.accounts.roles.RoleBackend")
            for address in (reverse("keys"), reverse("help"), reverse("partners-list"), reverse("profile")):
                if forgetting:
                    caches["menus"].clear()
                found[who, address] = re.sub(r'value="[^"]{64}"', "", menu_of(client, address))
        return found

    made, found_again = menus(forgetting=True), menus(forgetting=False)
    assert found_again == made == menus(forgetting=False)
    assert len(set(made.values())) == len(made)
