"""Who programs enter as: an officer of a union that has one below it."""

import pytest

from tests import factories as make
from tests.api.programs import program


@pytest.fixture
def union(db):
    return make.UnionFactory(code="tren")


@pytest.fixture
def below(union):
    return make.UnionFactory(code="duoi", parent=union)


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union)


@pytest.fixture
def desk(officer):
    return program(officer)
