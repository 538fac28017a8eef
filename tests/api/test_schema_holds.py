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

from activities.reports.duplicates.merging import merge
from activities.reports.reports import Report
from partners.models import Partner
from tests import factories as make
from tests.api.programs import token_of
from tests.doors import RECORDS
from tests.imports import read_import
from tests.signing import NOW, signed_report
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES
from unionrelations.deeds.reports import have_made
from unionrelations.kit.periods import Period

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


def merged(union):
    kept, gone = make.PartnerFactory(name="LO"), make.PartnerFactory(name="LO Norge")
    return merge(Partner, kept.pk, gone.pk, None, NOW, {})


# What is there for the endpoints of deeds, beside those under an entity: its key and what else addresses name.
DEEDS = {
    "bin": lambda union, keeper: {},
    "duplicates": lambda union, keeper: {},
    "due": lambda union, keeper: {},
    "search": lambda union, keeper: {},
    "imports": lambda union, keeper: {"id": read_import(keeper, 1).pk},
    "merges": lambda union, keeper: {"id": merged(union).pk},
    "reports": lambda union, keeper: {"code": union.code, "name": make.TermFactory(union=union).name},
    "report-files": lambda union, keeper: {
        "id": have_made(Report.of_days(union, Period.years(2022)), None, "xlsx", "vi", keeper).pk
    },
    "signed-reports": lambda union, keeper: {"id": signed_report(Report.of_days(union, Period.years(2022))).pk},
}


def test_every_operation_of_the_schema_is_tried():
    known = tuple(f"/api/{slug}/" for slug in (*DEEDS, *(entity.slug for entity in ENTITIES)))
    paths = {one.ok().path for one in described().get_all_operations()}
    assert [path for path in paths if not path.startswith(known)] == []


@pytest.mark.parametrize("slug", [*(entity.slug for entity in ENTITIES), *DEEDS])
def test_no_request_breaks_the_house_or_the_schema(one_connection, slug):
    union = make.UnionFactory(code="tren")
    keeper = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)
    there = DEEDS[slug](union, keeper) if slug in DEEDS else {"id": RECORDS[slug](union).pk}
    _token, secret = token_of(keeper)

    for operation in operations(slug):

        @settings(max_examples=EXAMPLES, suppress_health_check=HAS_EXAMPLES)
        @given(case=operation.as_strategy(), is_there=some.booleans())
        def ask(case, is_there):
            if is_there:
                case.path_parameters |= {name: one for name, one in there.items() if name in case.path_parameters}
            with transaction.atomic():
                answer = case.call(headers={"Authorization": f"Bearer {secret}"})
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

        ask()
