import pytest

from tests import admin_factories as make
from unionrelations.accounts.models import User


@pytest.fixture
def vgcl(db):
    return make.union("vgcl", name_en="Confederation")


@pytest.fixture
def vuit(vgcl):
    return make.union("vuit", vgcl)


@pytest.fixture
def veu(vgcl):
    return make.union("veu", vgcl)


@pytest.fixture
def signed_in(client):
    """Signs a person in, and gives the browser they use."""

    def _signed_in(person):
        client.force_login(person)
        return client

    return _signed_in


@pytest.fixture
def head_administrator(signed_in, vgcl):
    return signed_in(make.person("vgcl-admin", vgcl, User.Role.ADMINISTRATOR))


@pytest.fixture
def officer(signed_in, vuit):
    return signed_in(make.person("vuit-officer", vuit))


@pytest.fixture
def administrator(signed_in, vuit):
    return signed_in(make.person("vuit-admin", vuit, User.Role.ADMINISTRATOR))
