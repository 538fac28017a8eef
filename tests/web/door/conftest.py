"""A door on which letters leave, and what stands in them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, UnionFactory, UserFactory
from unionrelations.accounts.letters import all_handed_over
from unionrelations.accounts.models import User

LINK = re.compile(r"http://testserver(/\S+)")
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def letters_leave(settings, db):
    settings.MAIL_IS_SENT = True
    cache.clear()  # codes that were used
    yield
    all_handed_over()


@pytest.fixture
def vgcl(db):
    return UnionFactory(code="vgcl")


@pytest.fixture
def vuit(vgcl):
    return UnionFactory(code="vuit", parent=vgcl, name="Công đoàn Công Thương Việt Nam")


@pytest.fixture
def lan(vuit):
    return UserFactory(username="lan", union=vuit, email="lan@example.vn", role=User.Role.OFFICER)


def letters() -> list:
    """Those that have left, once all under way are gone."""
    all_handed_over()
    return mail.outbox


def link_in(letter) -> str:
    return LINK.search(letter.body)[1]


def browser(address=HERE, **headers) -> Client:
    return Client(REMOTE_ADDR=address, headers=headers)


def sign_in(client, name="lan", password=PASSWORD, **more):
    return client.post("/sign-in/", {"username": name, "password": password, **more})
