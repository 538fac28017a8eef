"""Rows, choices and deletions end where the reader's reach ends."""

import pytest
from django.urls import reverse

from activities.models import Activity, Conference, Delegation, Member, Plan, PlanLine, SourceDocument, Term, UnionRole
from activities.reports.models import AuditRun
from partners.models import Agreement, Partner
from tests import admin_factories as make
from unionrelations.accounts.models import Officer, Union, User

from .pages import add_row, address, fields, found, row, text


def test_a_list_leaves_out_what_other_unions_did(veu, vuit, officer):
    make.delegation(vuit, title="Of ours")
    make.delegation(veu, title="Of others")
    for model in (Delegation, Activity):
        page = text(officer.get(address(model, "changelist")))
        assert "Of ours" in page
        assert "Of others" not in page


def test_another_unions_activity_cannot_be_opened_changed_or_deleted(veu, officer):
    other = make.delegation(veu)
    for page in ("change", "delete", "history"):
        for model in (Delegation, Activity):
            response = officer.get(address(model, page, other.pk))
            assert response.status_code in (302, 404)
            if response.status_code == 302:
                assert response.url == reverse("admin:index")
    officer.post(address(Delegation, "change", other.pk), {"title": "Mine now"})
    officer.post(address(Delegation, "delete", other.pk), {"post": "yes"})
    assert Delegation.objects.get().title == other.title


def test_autocomplete_offers_only_what_the_reader_sees(veu, vuit, officer):
    make.conference(vuit, title="Forum here")
    make.conference(veu, title="Forum there")
    assert found(officer, Conference, "part_of", "forum") == ["Forum here"]
    assert found(officer, UnionRole, "union", "union") == [vuit.name]


def test_a_choice_outside_reach_is_refused_however_it_was_sent(veu, vuit, officer):
    mine = make.officer(vuit)
    url = address(Officer, "change", mine.pk)
    response = officer.post(url, fields(officer.get(url)) | {"union": veu.pk})
    assert response.status_code == 200
    assert "union" in response.context["adminform"].form.errors
    mine.refresh_from_db()
    assert mine.union == vuit


def test_bulk_actions_do_not_reach_other_unions(veu, vuit, officer):
    mine, theirs = make.delegation(vuit, status="planned"), make.delegation(veu, status="planned")
    chosen = {"action": "mark_held", "_selected_action": [mine.pk, theirs.pk]}
    officer.post(address(Delegation, "changelist"), chosen)
    assert Delegation.objects.get(pk=mine.pk).status == "held"
    assert Delegation.objects.get(pk=theirs.pk).status == "planned"
    assert mine.scopes.filter(held=True).exists()


@pytest.fixture
def joint(vgcl, vuit, veu):
    """Led by one union, with two others; one of them ours."""
    one = make.delegation(veu, people=7, title="Joint")
    UnionRole.objects.create(activity_id=one.pk, union=vuit, part="cooperating", people=2)
    UnionRole.objects.create(activity_id=one.pk, union=vgcl, part="cooperating", people=1)
    Member.objects.create(activity_id=one.pk, union=veu, name="Person of others", is_head=True)
    Member.objects.create(activity_id=one.pk, union=vuit, name="Person of ours")
    return one


def test_roles_and_people_of_other_unions_are_neither_shown_nor_lost(joint, vuit, officer):
    url = address(Delegation, "change", joint.pk)
    page = officer.get(url)
    assert "Person of ours" in fields(page).values()
    assert "Person of others" not in fields(page).values()
    assert "Union veu" not in text(page)
    values = fields(page)
    values[row(values, "union_roles", union=vuit.pk) + "-people"] = "4"
    assert officer.post(url, values | {"title": "Joint, renamed"}).status_code == 302
    people = dict(UnionRole.objects.values_list("union__code", "people"))
    assert people == {"veu": 7, "vuit": 4, "vgcl": 1}
    assert Member.objects.count() == 2
    assert Delegation.objects.get().title == "Joint, renamed"
    assert joint.scopes.get(union__code="vgcl").people == 12


def test_a_list_shows_no_other_unions_share(joint, officer):
    page = text(officer.get(address(Delegation, "changelist")))
    assert "Union vuit" in page
    assert "Union veu" not in page


def test_a_second_lead_is_refused_though_the_first_is_out_of_sight(joint, vuit, officer):
    url = address(Delegation, "change", joint.pk)
    values = fields(officer.get(url))
    values[row(values, "union_roles", union=vuit.pk) + "-part"] = "lead"
    response = officer.post(url, values)
    assert response.status_code == 200
    assert "Another union already leads this activity" in text(response)
    values = fields(officer.get(url))
    add_row(values, "members", name="A second head", is_head="on")
    assert "Another person already heads this delegation" in text(officer.post(url, values))


def test_a_joint_activity_is_not_deleted_by_one_of_its_unions(joint, officer):
    assert officer.get(address(Delegation, "delete", joint.pk)).status_code == 403
    assert officer.post(address(Delegation, "delete", joint.pk), {"post": "yes"}).status_code == 403
    officer.post(
        address(Delegation, "changelist"), {"action": "delete_selected", "_selected_action": joint.pk, "post": "yes"}
    )
    assert Delegation.objects.exists()


def test_own_activities_are_deleted_one_by_one_and_together(vuit, officer):
    one, two, three = (make.delegation(vuit) for _one in range(3))
    make.rows_under(one, vuit)
    for part in Activity.objects.filter(part_of=one.pk):
        part.delete()
    assert officer.post(address(Delegation, "delete", one.pk), {"post": "yes"}).status_code == 302
    chosen = {"action": "delete_selected", "_selected_action": [two.pk, three.pk], "post": "yes"}
    officer.post(address(Delegation, "changelist"), chosen)
    assert not Activity.objects.exists()
    assert not UnionRole.objects.exists()


def test_what_stands_in_the_way_of_deleting_is_named_as_far_as_it_is_seen(veu, vuit, officer):
    country = make.country()
    partner = make.partner(country=country)
    make.agreement(vuit)
    Agreement.objects.get().parties.create(partner=partner)
    make.relation_event(veu, partner=partner)
    page = officer.get(address(Partner, "delete", partner.pk))
    assert page.context["protected"]
    assert "Union veu" not in text(page)
    assert "outside your reach" in text(page)
    officer.post(address(Partner, "delete", partner.pk), {"post": "yes"})
    assert Partner.objects.exists()


def test_what_comes_from_above_is_read_and_not_changed(vgcl, vuit, officer, administrator):
    above, own = make.document(vgcl, title="From above"), make.document(vuit)
    assert officer.get(address(SourceDocument, "change", above.pk)).context["has_change_permission"] is False
    assert officer.post(address(SourceDocument, "change", above.pk), {"title": "x"}).status_code == 403
    assert officer.get(address(SourceDocument, "change", own.pk)).context["has_change_permission"] is True
    plan = make.plan(vgcl, state="approved")
    PlanLine.objects.create(plan=plan, title="Line")
    page = officer.get(address(Plan, "change", plan.pk))
    assert page.status_code == 200
    assert "lines-0-title" not in text(page)
    response = officer.post(address(PlanLine, "add"), {"plan": plan.pk, "title": "Smuggled in"})
    assert response.status_code == 200
    assert PlanLine.objects.count() == 1
    term = make.term(vgcl)
    assert administrator.post(address(Term, "change", term.pk), {}).status_code == 403
    assert administrator.post(address(Term, "delete", term.pk), {"post": "yes"}).status_code == 403


def test_a_relation_to_something_unseen_is_kept_and_not_named(vgcl, vuit, officer):
    whole = make.conference(vgcl, title="Secret congress")
    part = make.delegation(vuit, part_of_id=whole.pk)
    url = address(Delegation, "change", part.pk)
    page = officer.get(url)
    assert "Secret congress" not in text(page)
    assert "outside your reach" in text(page)
    assert officer.post(url, fields(page)).status_code == 302
    assert Delegation.objects.get().part_of_id == whole.pk


def test_an_activity_entered_without_a_union_is_the_readers_own(vuit, officer):
    values = fields(officer.get(address(Delegation, "add")))
    given = {"title": "Đoàn đi Lào", "direction": "out", "status": "held", "starts_on": "15/06/2023"}
    assert values["union_roles-0-union"] == str(vuit.pk)
    given["union_roles-0-union"] = ""
    assert officer.post(address(Delegation, "add"), values | given).status_code == 302
    one = Delegation.objects.get()
    assert [(role.union, role.part) for role in one.union_roles.all()] == [(vuit, "lead")]
    assert one.counts_as == "delegation_out"
    assert one.changed_by.username == "vuit-officer"


def test_the_last_union_of_an_activity_or_agreement_is_not_taken_away(vuit, officer):
    for one, prefix in ((make.delegation(vuit), "union_roles"), (make.agreement(vuit), "parties")):
        url = address(type(one), "change", one.pk)
        values = fields(officer.get(url))
        response = officer.post(url, values | {f"{prefix}-0-DELETE": "on"})
        assert response.status_code == 200
        assert "Name at least one union of ours" in text(response)


def test_an_agreement_entered_without_a_union_is_the_readers_own(vuit, officer):
    values = fields(officer.get(address(Agreement, "add")))
    assert officer.post(address(Agreement, "add"), values | {"title": "Bản ghi nhớ"}).status_code == 302
    assert Agreement.objects.get().parties.get().union == vuit


def test_other_unions_of_an_agreement_are_named_and_not_edited(veu, vuit, officer):
    one = make.agreement(vuit)
    one.parties.create(union=veu)
    url = address(Agreement, "change", one.pk)
    page = officer.get(url)
    assert "Union veu" in text(page)
    assert fields(page)["parties-INITIAL_FORMS"] == "1"
    assert officer.post(url, fields(page)).status_code == 302
    assert one.parties.count() == 2


@pytest.mark.parametrize("model", [Union, Term, User])
def test_officers_keep_neither_unions_nor_terms_nor_accounts(model, vuit, officer):
    one = make.one_of(model, vuit)
    reads = model is not User
    assert officer.get(address(model, "changelist")).status_code == (200 if reads else 403)
    assert officer.get(address(model, "add")).status_code == 403
    assert officer.post(address(model, "change", one.pk), {}).status_code == 403


def test_leaders_have_no_back_office_and_auditors_only_read(vuit, signed_in):
    one = make.delegation(vuit)
    leader = signed_in(make.person("leader", vuit, User.Role.LEADER))
    assert leader.get(address(Delegation, "changelist")).status_code == 302
    auditor = signed_in(make.person("auditor", vuit, User.Role.AUDITOR))
    assert auditor.get(address(Delegation, "change", one.pk)).status_code == 200
    assert auditor.post(address(Delegation, "change", one.pk), {}).status_code == 403
    assert "mark_held" not in text(auditor.get(address(Delegation, "changelist")))


def test_audits_are_read_by_those_who_read_every_union(vuit, administrator, signed_in, vgcl):
    AuditRun.objects.create()
    assert administrator.get(address(AuditRun, "changelist")).status_code == 403
    head = signed_in(make.person("head", vgcl, User.Role.ADMINISTRATOR))
    assert head.get(address(AuditRun, "changelist")).status_code == 200
