"""The audit stays silent where nothing is wrong, on worlds and questions nobody thought of."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.reports.audit import Outcome, Recount, check, compare_scopes
from tests.reports.worlds import asked, built, plans

pytestmark = pytest.mark.django_db
WORLDS = {"quick": 8, "ci": 25, "prove": 1000}
on_many_worlds = settings(
    max_examples=WORLDS.get(settings.get_current_profile_name(), 8),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@on_many_worlds
@given(plans, st.lists(asked, min_size=1, max_size=2))
def test_the_audit_is_silent_on_a_world_without_fault(plan, questions):
    with built(plan) as world:
        recount = Recount()
        for one in questions:
            outcome = check(world.question(one), recount=recount)
            assert outcome.mismatches == []
            assert outcome.compared > 20
        outcome = Outcome()
        compare_scopes(outcome, recount.activities)
        assert outcome.mismatches == []
