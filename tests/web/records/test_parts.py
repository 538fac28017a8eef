"""Rows under a record: entered, changed and removed on its page, by whoever may, and shown to whoever sees them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from activities.entities import DELEGATIONS
from activities.models import Activity, Cost, FollowUp, Member, Overstep, Paper, Restriction, StepTaken
from tests import factories as make
from tests.doors import RECORDS, alerts, enter, text, typed_in
from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.deeds.parts import holding
from unionrelations.web.records.activities import ActivityPage

# What a person types for one row of each kind, beside what stands in the form already.
TYPED = {
    "members": {"name": "Bà Lê Thị Hoa"},
    "papers": {"kind": "request", "number": "12/TLĐ"},
    "files": {},
    "follow-ups": {"what": "Gửi tài liệu", "side": "us", "due_on": "31/12/2022"},
    "costs": {"item": "Vé máy bay", "estimate": "12.500.000"},
    "sources": {"place": "đoạn 3"},
    "contacts": {"name": "Ông Khamphone"},
    "affiliations": {},
    "programme": {"day": "01/03/2022", "begins_at": "9h30", "topic": "Làm việc về an toàn lao động"},
    "talks": {"topics": "Trao đổi kinh nghiệm", "ours": "", "theirs": ""},
    "interpreters": {"language": "tiếng Lào"},
    "activities": {},
    "steps": {"what": "Soạn chương trình", "percent": "50"},
    "carries-out": {},
    "carried-out": {},
    "attendances": {},
    "attended": {},
    "coverages": {},
    "covered": {},
    "events": {"kind": "extended", "day": "01/06/2023"},
    "explanations": {"reason": "duplicate", "number": "-2", "note": "Biên bản rà soát"},
    "languages": {"language": "tiếng Lào", "level": "working"},
    "successions": {"kind": "dissolution", "day": "01/07/2025"},
}
ENTERED = [(entity, section) for entity in ENTITIES for section in entity.sections if section.form]
each_part = pytest.mark.parametrize(("entity", "section"), ENTERED, ids=lambda one: one.slug)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def administrator(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)


def typed_for(section, union) -> dict:
    more = {"sources": lambda: {"document": make.DocumentFactory(union=union).pk}}
    more |= {"files": lambda: {"file": SimpleUploadedFile("bao-cao.txt", "Báo cáo".encode())}}
    more |= {"affiliations": lambda: {"federation": make.PartnerFactory(name="Liên hiệp Công đoàn Thế giới").pk}}
    officer = lambda: {"officer": RECORDS["officers"](union).pk}  # noqa: E731
    more |= {"coverages": officer, "attendances": officer}
    more |= {"covered": lambda: {"partner": make.PartnerFactory().pk}}
    more |= {"carries-out": lambda: {"agreement": RECORDS["agreements"](union).pk}}
    more |= {"carried-out": lambda: {"activity": RECORDS["activities"](union).pk}}
    more |= {"activities": lambda: {"activity": RECORDS["activities"](union).pk}}
    more |= {"attended": lambda: {"course": RECORDS["courses"](union).pk}}
    return TYPED[section.slug] | more.get(section.slug, dict)()


def part_url(entity, section, page, *keys) -> str:
    return reverse(f"{entity.slug}-{section.slug}-{page}", args=keys)


@pytest.mark.one_database
@each_part
def test_a_row_is_entered_changed_and_removed_under_its_record(entity, section, union, administrator):
    record, browser = RECORDS[entity.slug](union), enter(administrator)
    page, new = reverse(f"{entity.slug}-detail", args=[record.pk]), part_url(entity, section, "new", record.pk)
    assert new in text(browser.get(page))
    sent = browser.post(new, typed_in(browser.get(new)) | typed_for(section, union))
    assert sent.status_code == 302, alerts(sent)
    assert sent.url == f"{page}#{section.slug}"
    row = section.rows(record, administrator).get()
    edit = part_url(entity, section, "edit", record.pk, row.pk)
    assert edit in text(browser.get(page))
    assert browser.post(edit, typed_in(browser.get(edit))).status_code == 302
    delete = part_url(entity, section, "delete", record.pk, row.pk)
    assert delete in text(browser.get(edit))
    assert browser.get(delete).status_code == 200
    assert browser.post(delete).url == f"{page}#{section.slug}"
    assert not section.rows(record, administrator).exists()


@pytest.mark.parametrize("entity", [one for one in ENTITIES if one.sections], ids=lambda one: one.slug)
def test_a_section_is_passed_over_only_where_nobody_would_see_a_row(db, entity):
    seed()
    keeper = make.UserFactory(union=Union.objects.get(code="vgcl"), role=User.Role.ADMINISTRATOR)
    for record in entity.model._default_manager.all()[:40]:
        held = holding({one.slug: one.rows for one in entity.sections}, record)
        for section in entity.sections:
            assert held[section.slug] or not section.rows(record, keeper).exists(), (record, section.slug)


def test_nothing_is_read_of_a_section_without_rows(union, administrator):
    browser, page = enter(administrator), f"/delegations/{RECORDS['delegations'](union).pk}/"
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)
    tables = {one.table._meta.model._meta.db_table for one in DELEGATIONS.sections if one.slug != "parts"}
    read = {name for name in tables for one in asked if one["sql"].startswith(f'SELECT "{name}"')}
    assert read <= {"activities_member"}  # looks are noted


@pytest.mark.one_database  # a role answers, no row
@each_part
def test_a_row_is_not_entered_by_who_only_reads(entity, section, union):
    record, browser = RECORDS[entity.slug](union), enter(make.UserFactory(union=union, role=User.Role.LEADER))
    new = part_url(entity, section, "new", record.pk)
    assert new not in text(browser.get(reverse(f"{entity.slug}-detail", args=[record.pk])))
    assert browser.get(new).status_code == 403
    assert browser.post(new, typed_for(section, union)).status_code == 403
    assert not section.rows(record, browser_reader(union)).exists()


def browser_reader(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)


@pytest.mark.one_database
@each_part
def test_nothing_is_entered_under_a_record_out_of_reach(entity, section, union):
    record = RECORDS[entity.slug](union)
    if entity.model._default_manager.all()._is_shared:
        return
    stranger = enter(make.UserFactory(role=User.Role.ADMINISTRATOR))
    new = part_url(entity, section, "new", record.pk)
    assert stranger.get(new).status_code == 404
    assert stranger.post(new, typed_for(section, union)).status_code == 404


def test_an_edit_of_a_row_is_an_edit_of_its_record(union, administrator):
    trip = make.DelegationFactory(unions=[(union, 5)])
    before = Activity.objects.get(pk=trip.pk).version
    enter(administrator).post(f"/delegations/{trip.pk}/follow-ups/new/", TYPED["follow-ups"])
    after = Activity.objects.get(pk=trip.pk)
    assert (after.version, after.changed_by) == (before + 1, administrator)


def test_a_row_that_breaks_a_rule_is_refused_with_its_sentence(union, administrator):
    trip = make.DelegationFactory(unions=[(union, 5)])
    Member.objects.create(activity_id=trip.pk, name="Trần Văn Bình", is_head=True)
    browser = enter(administrator)
    with translation.override("vi"):
        second = browser.post(f"/delegations/{trip.pk}/members/new/", {"name": "Lê Thị Hoa", "is_head": "on"})
        assert translation.gettext("Another person already heads this delegation.") in alerts(second)
        empty = browser.post(f"/delegations/{trip.pk}/papers/new/", {"kind": "request"})
        assert translation.gettext("Give the paper's number, its day or its file.") in alerts(empty)
    assert Member.objects.count() == 1
    assert not Paper.objects.exists()


def test_a_paper_s_file_is_taken_in_and_handed_out(union, administrator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    trip, browser = make.DelegationFactory(unions=[(union, 5)]), enter(administrator)
    new = f"/delegations/{trip.pk}/papers/new/"
    scan = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.4 quyet dinh %%EOF")
    browser.post(new, {"kind": "permission", "file": scan})
    paper = Paper.objects.get()
    assert "quyet-dinh.pdf" in text(browser.get(f"/delegations/{trip.pk}/"))
    for address in (reverse("paper-file", args=[paper.pk]), reverse("kept-file", args=[paper.file.name])):
        assert b"quyet dinh" in b"".join(browser.get(address).streaming_content)
    refused = browser.post(new, {"kind": "permission", "file": SimpleUploadedFile("virus.exe", b"MZ")})
    assert alerts(refused)
    assert Paper.objects.count() == 1


def test_money_and_people_of_another_union_are_neither_shown_nor_touched(union):
    other = make.UnionFactory(code="ben")
    joint = make.DelegationFactory(unions=[(union, 5), (other, 2)])
    cost = Cost.objects.create(activity_id=joint.pk, union=other, item="Tiền khách sạn riêng", estimate=100)
    theirs = Member.objects.create(activity_id=joint.pk, union=other, name="Người bên kia")
    promise = FollowUp.objects.create(activity_id=joint.pk, what="Gửi tài liệu")
    browser = enter(make.UserFactory(union=union))
    page = text(browser.get(f"/delegations/{joint.pk}/"))
    assert promise.what in page
    assert theirs.name in page
    assert cost.item not in page
    for row in (f"costs/{cost.pk}", f"members/{theirs.pk}"):
        assert f"/delegations/{joint.pk}/{row}/" not in page
        assert browser.get(f"/delegations/{joint.pk}/{row}/").status_code == 404
        assert browser.post(f"/delegations/{joint.pk}/{row}/delete/").status_code == 404
    offered = text(browser.get(f"/delegations/{joint.pk}/costs/new/"))
    assert str(other) not in offered


def test_two_who_edit_a_promise_learn_of_each_other(union, administrator):
    trip = make.DelegationFactory(unions=[(union, 5)])
    promise = FollowUp.objects.create(activity_id=trip.pk, what="Gửi tài liệu")
    browser, edit = enter(administrator), f"/delegations/{trip.pk}/follow-ups/{promise.pk}/"
    opened = typed_in(browser.get(edit))
    promise.note = "đã hứa ở Viêng Chăn"
    promise.save()
    refused = browser.post(edit, opened | {"done_on": "01/02/2023"})
    assert refused.context["conflict"]
    promise.refresh_from_db()
    assert promise.done_on is None


def test_in_place_the_form_alone_is_given(union, administrator):
    trip = make.DelegationFactory(unions=[(union, 5)])
    part = text(enter(administrator).get(f"/delegations/{trip.pk}/papers/new/", headers={"HX-Request": "true"}))
    assert "<form" in part
    assert "<h1" not in part
    assert f'action="/delegations/{trip.pk}/papers/new/"' in part


def test_steps_restrictions_and_open_promises_are_asked_for_only_where_there_are_any(union, administrator):
    met = {"unions": [(union, 5)], "partners": [make.PartnerFactory()]}
    earlier, one = (make.DelegationFactory(starts_on=day, **met) for day in ("2021-03-01", "2022-03-01"))
    FollowUp.objects.create(activity=earlier.activity_ptr, what="Đã gửi", done_on="2021-04-01")
    browser, page = enter(administrator), f"/delegations/{one.pk}/"
    tables = {rows.model._meta.db_table for rows in ActivityPage.also_under.values()}

    def read() -> set[str]:
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        return {name for name in tables for sql in asked if sql["sql"].startswith(f'SELECT "{name}"')}

    assert read() == set()
    StepTaken.objects.create(activity=one.activity_ptr, step="submit", before="planned", after="submitted")
    Restriction.objects.create(activity=one.activity_ptr, reason="Chưa công bố", lifted_at=timezone.now())
    Overstep.objects.create(activity=one.activity_ptr, rule="most_days", number=12, limit=10, reason="Hội nghị dài")
    FollowUp.objects.create(activity=earlier.activity_ptr, what="Gửi tài liệu")
    assert read() == tables
