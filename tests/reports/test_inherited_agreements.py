"""An agreement that was inherited is told by its heir, and opens for whoever reads the heir's report."""

import datetime as dt

import pytest

from activities.reports.audit import check
from activities.reports.questions import Question
from activities.reports.registers import REGISTERS
from partners.models import Agreement, AgreementEvent
from tests.factories import AgreementFactory, UnionFactory, UserFactory
from unionrelations.kit.periods import Period

pytestmark = pytest.mark.django_db
YEAR = Period.years(2022)
EVENTS = REGISTERS["agreement-events"]


@pytest.fixture
def unions():
    root = UnionFactory(code="root")
    return [UnionFactory(code=code, parent=root) for code in ("before", "after")]


@pytest.fixture
def agreement(unions):
    """Signed by the one union, extended, then inherited by the other."""
    before, after = unions
    signed = AgreementFactory(unions=[before])
    AgreementEvent.objects.create(agreement=signed, kind="extended", day=dt.date(2022, 4, 1))
    AgreementEvent.objects.create(agreement=signed, kind="inherited", day=dt.date(2022, 6, 1), heir=after)
    return signed


def test_what_happened_before_the_inheritance_stays_with_the_party(unions, agreement):
    before, after = (Question(one, YEAR) for one in unions)
    assert EVENTS.counts(before) == {"extended": (1, 0)}
    assert EVENTS.counts(after) == {"inherited": (1, 0)}
    assert check(before).mismatches == check(after).mismatches == []


def test_the_heir_reads_the_agreement_its_number_counts(unions, agreement):
    reader = UserFactory(union=unions[1])
    rows = EVENTS.rows(Question(unions[1], YEAR), "inherited")
    assert Agreement.objects.visible_to(reader).filter(pk__in=rows.values("pk")).count() == 1
    assert not Agreement.objects.writable_by(reader).filter(pk__in=rows.values("pk")).exists()
