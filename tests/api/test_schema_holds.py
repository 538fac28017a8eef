"""Whatever the schema allows to be asked is answered as the schema says, and nothing breaks.

Requests are made up from the schema, the same few on every run and many at full size; half of those for one record ask
for a record that is there. Each is taken back before the next.
"""

import functools

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import factories as make
from tests.api.programs import token_of
from tests.doors import RECORDS
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = max(2, settings.default.max_examples // 5)  # of each operation
HAS_EXAMPLES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@functools.cache
def described():
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    schema.app, schema.location = WSGIHandler(), "/api/schema/"  # made here, by the settings tests run with
    return schema


def operations(slug: str) -> list:
    found = (one.ok() for one in described().get_all_operations())
    return [one for one in found if one.path.startswith(f"/api/{slug}/")]


@pytest.fixture
def one_connection(db):
    """The requests meet the records of the test, so nobody closes its connection between them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES])
def test_no_request_breaks_the_house_or_the_schema(one_connection, slug):
    union = make.UnionFactory(code="tren")
    record = RECORDS[slug](union)
    _token, secret = token_of(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))

    for operation in operations(slug):

        @settings(max_examples=EXAMPLES, suppress_health_check=HAS_EXAMPLES)
        @given(case=operation.as_strategy(), is_there=some.booleans())
        def ask(case, is_there):
            if is_there and "id" in (case.path_parameters or {}):
                case.path_parameters["id"] = record.pk
            with transaction.atomic():
                answer = case.call(headers={"Authorization": f"Bearer {secret}"})
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

        ask()
