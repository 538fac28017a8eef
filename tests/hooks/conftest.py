import pytest

from tests import factories as make
from tests.hooks.listening import Listener


@pytest.fixture
def listener(settings):
    settings.HOOKS_ON_LOOPBACK = True
    one = Listener()
    yield one
    one.stop()


@pytest.fixture
def union(db):
    return make.UnionFactory(code="tren")


@pytest.fixture
def below(union):
    return make.UnionFactory(code="duoi", parent=union)


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union)
