import pytest

from activities.models import ActivityScope
from activities.reports.models import AuditRun
from tests.factories import DelegationFactory, TermFactory, UnionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def union(db):
    union = UnionFactory()
    TermFactory(union=union)
    DelegationFactory(unions=[(union, 3)])
    return union


def ask(client, union, role):
    client.force_login(UserFactory(union=union, role=role), backend="unionrelations.accounts.roles.RoleBackend")
    return client.post("/reports/audits/")


def test_an_administrator_has_every_figure_computed_a_second_way(client, union):
    answer = ask(client, union, "administrator")
    assert answer.status_code == 302
    run = AuditRun.objects.get()
    assert (run.state, run.mismatches) == ("done", [])
    assert run.compared > 30
    assert str(run.compared) in client.get(answer.url).content.decode()


def test_an_audit_finds_scope_rows_somebody_changed_by_hand(client, union):
    ActivityScope.objects.update(own_people=4)
    ask(client, union, "administrator")
    said = [one["what"] for one in AuditRun.objects.get().mismatches]
    assert any("officials_out" in what for what in said)
    assert any("scope of activity" in what for what in said)


@pytest.mark.parametrize("role", ["officer", "leader", "auditor"])
def test_nobody_else_asks_for_an_audit(client, union, role):
    assert ask(client, union, role).status_code == 403
    assert not AuditRun.objects.exists()


def test_the_administrators_first_page_lists_what_did_not_agree(client, union):
    ActivityScope.objects.update(own_people=4)
    ask(client, union, "administrator")
    page = client.get("/").content.decode()
    assert f"{union.code} 2018-09-26–2023-12-02 own officials_out" in page
    assert "4 | 0 | 0" in page
    assert "3 | 0 | 0" in page


def test_an_administrator_below_reads_only_what_is_said_of_unions_in_reach(client, union):
    below, other = UnionFactory(code="below", parent=union), UnionFactory(code="other", parent=union)
    DelegationFactory(unions=[(below, 3), (other, 3)])
    ActivityScope.objects.update(own_people=4)
    ask(client, union, "administrator")
    client.force_login(
        UserFactory(union=below, role="administrator"), backend="unionrelations.accounts.roles.RoleBackend"
    )
    page = client.get("/").content.decode()
    assert "below 2018" in page
    assert "other 2018" not in page
    assert "scope of activity" not in page
