"""No page is forgotten by those who look at all of them, and none is heavier than an old laptop's line carries."""

import gzip
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve, reverse

from tests import factories as make
from tests.doors import count_afresh, enter, text
from tests.seeded import seed
from tests.web.pages import NO_PAGES, NOWHERE, furnish, pages
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.web import urls

HEAVIEST_PAGE = 150_000  # bytes of HTML
HEAVIEST_START = 300_000  # bytes of what a first load fetches besides, compressed
ROWS = 70  # more than a page of a list shows
OF_PARTS = ("new", "edit", "delete")
STEPS = ("view", "view-forget", "bulk")  # of a list: they only take a POST
FETCHED = re.compile(r"""<(?:link rel="stylesheet" href|script src)="/static/([^"]+)\"""")
SPEECH_OF_PROGRAMS = re.compile(r">\s*(None|True|False|nan|\[\]|&lt;.* object at .*)\s*<")
FONT = re.compile(r'url\("([^"]+\.(?:ttf|woff2?))"\)')


def static(name: str) -> bytes:
    return Path(finders.find(unquote(name))).read_bytes()


@pytest.fixture
def keeper(db):
    seed()
    union = Union.objects.get(code="vgcl")
    furnish(union)
    return User.objects.create_superuser("keeper", union=union, role=User.Role.ADMINISTRATOR)


def test_every_page_is_looked_at(keeper):
    seen = {resolve(address.partition("?")[0]).url_name for _name, address in pages(keeper) if address != NOWHERE}
    steps = {f"{entity.slug}-{step}" for entity in ENTITIES for step in STEPS}
    slugs = {f"{entity.slug}-{section.slug}" for entity in ENTITIES for section in entity.sections}
    parts = {f"{slug}-{page}" for slug in slugs for page in OF_PARTS}
    known = {one.name for one in urls.urlpatterns}
    assert known - seen - NO_PAGES - steps - parts == set()
    assert NO_PAGES - known == set()


def test_every_page_has_a_name_of_its_own(keeper):
    names = [name for name, _address in pages(keeper)]
    assert len(names) == len(set(names))


@pytest.mark.one_database
def test_no_page_is_too_heavy_or_says_what_only_the_program_understands(keeper):
    for number in range(ROWS):
        partner = make.PartnerFactory(name=f"Liên hiệp Công đoàn có tên dài thứ {number}")
        for kind in (make.DelegationFactory, make.ConferenceFactory, make.CourseFactory):
            title = f"Hoạt động thứ {number}, với một tên dài như tên trong các báo cáo, để trang đầy như ở cơ quan"
            kind(title=title, unions=[(keeper.union, 3)], partners=[partner], countries=[partner.country])
    count_afresh()
    browser = enter(keeper)
    seen = {address: browser.get(address) for _name, address in pages(keeper)}
    sizes = {address: len(page.content) for address, page in seen.items()}
    assert {address: size for address, size in sizes.items() if size > HEAVIEST_PAGE} == {}
    said = {address: SPEECH_OF_PROGRAMS.findall(text(page)) for address, page in seen.items()}
    assert {address: words for address, words in said.items() if words} == {}


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["home", "calendar", "delegations-new"])
def test_the_first_load_is_light(keeper, name):
    """Style sheets with their fonts, and scripts, as a server compresses them; later pages find them kept."""
    fetched = set(FETCHED.findall(text(enter(keeper).get(reverse(name)))))
    fonts = {found for one in fetched if one.endswith(".css") for found in FONT.findall(static(one).decode())}
    assert fonts
    weight = {one: len(gzip.compress(static(one))) for one in fetched | fonts}
    assert sum(weight.values()) <= HEAVIEST_START, weight
