"""The pages of the history: a record's, an act's, the bin; and undoing, which is looked at before it is done."""

import re

import pytest
from django.core.cache import caches
from django.utils import timezone

from activities.models import Activity, Cost, Delegation
from activities.reports.duplicates.merging import merge
from partners.models import Partner
from tests import factories as make
from tests.doors import csv_rows, enter, text
from tests.history.worlds import House, person
from tests.imports import stored_import
from unionrelations.accounts.models import User
from unionrelations.history.models import Act, Entry
from unionrelations.importing.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return House()


def undo_link(page: str) -> str:
    return re.search(r'href="(/history/\d+/undo/[^"]*)"', page).group(1).replace("&amp;", "&")


def undo_by(browser, address, **more):
    """Looks, then confirms what was shown."""
    seen = re.search(r'name="seen" value="(\w+)"', text(browser.get(address))).group(1)
    return browser.post(address, {"seen": seen} | more)


def test_a_record_tells_who_changed_what_when_and_from_what_to_what(house):
    officer = make.UserFactory(union=house.one, first_name="Lan", last_name="Nguyễn", language="vi")
    browser = enter(officer)
    page = f"/delegations/{house.mine.pk}/"
    browser.post(f"/delegations/{house.mine.pk}/papers/new/", {"kind": "request", "number": "12/TTr"})
    assert f"{page}history/" in text(browser.get(page))
    told = text(browser.get(f"{page}history/"))
    assert officer.get_full_name() in told
    assert "12/TTr" in told
    assert f"{timezone.localdate():%d/%m/%Y}" in told
    act = Act.objects.latest("at")
    assert (act.way, act.person) == ("page", officer)


def test_what_is_read_as_an_activity_has_the_same_history_as_its_kind(house):
    browser = enter(house.keeper)
    both = [browser.get(f"/{slug}/{house.mine.pk}/history/") for slug in ("activities", "delegations")]
    assert [len(one.context["deeds"]) for one in both] == [len(both[0].context["deeds"])] * 2


def test_a_deleted_record_waits_in_the_bin_and_comes_back(house):
    officer = person(house.one)
    browser, key = enter(officer), house.mine.pk
    browser.post(f"/delegations/{key}/delete/")
    assert not Delegation.objects.filter(pk=key).exists()
    assert "Đoàn riêng" in text(browser.get(f"/delegations/{key}/history/"))  # kept when the record goes
    bin_page = text(browser.get("/history/bin/"))
    assert "Đoàn riêng" in bin_page
    response = undo_by(browser, undo_link(bin_page), why="xóa nhầm")
    assert response.url == f"/activities/{key}/"
    assert Delegation.objects.get(pk=key).scopes.exists()
    assert "Đoàn riêng" not in text(browser.get("/history/bin/"))
    assert Act.objects.filter(way="undo", why="xóa nhầm", person=officer).exists()


def test_looking_changes_nothing_and_an_old_look_undoes_nothing(house):
    browser = enter(house.keeper)
    browser.post("/delegations/bulk/", {"pk": [house.mine.pk], "step": "apply", "set-on_plan": "true"})
    entry = Entry.objects.filter(what="changed").latest("pk")
    assert entry.act.way == "bulk"
    address = f"/history/{entry.pk}/undo/"
    before = Entry.objects.count()
    shown = browser.get(address)
    assert Entry.objects.count() == before
    assert browser.post(address, {"seen": "0" * 16}).status_code == 409
    assert Activity.objects.get(pk=house.mine.pk).on_plan is True
    assert undo_by(browser, address).status_code == 302
    assert Activity.objects.get(pk=house.mine.pk).on_plan is None
    assert shown.status_code == 200


def test_a_reader_of_another_union_finds_nothing(house):
    entry = Entry.objects.filter(root_key=house.mine.pk, root="activities.activity").latest("pk")
    stranger = enter(person(house.other))
    for page in (f"/history/{entry.pk}/", f"/history/{entry.pk}/undo/", f"/delegations/{house.mine.pk}/history/"):
        assert stranger.get(page).status_code == 404
    assert stranger.get(f"/api/history/{entry.pk}/").status_code == 404
    money = Cost.objects.get(union=house.one)
    joint = text(stranger.get(f"/delegations/{house.joint.pk}/history/"))
    assert joint
    assert money.item not in joint
    assert "Phòng" in joint


def test_a_leader_looks_and_cannot_undo(house):
    leader = enter(person(house.one, User.Role.LEADER))
    entry = Entry.objects.filter(label="activities.member", root_key=house.mine.pk).latest("pk")
    page = text(leader.get(f"/history/{entry.pk}/undo/"))
    assert 'name="seen"' not in page
    assert leader.post(f"/history/{entry.pk}/undo/", {"seen": "x"}).status_code == 409


def test_history_is_found_by_person_union_day_and_kind(house):
    officer = person(house.one)
    browser = enter(house.keeper)
    enter(officer).post(f"/delegations/{house.mine.pk}/papers/new/", {"kind": "request", "number": "12/TTr"})

    def found(**asked) -> int:
        caches["pages"].clear()  # what is asked twice would come as it was kept, without its context
        return browser.get("/history/", asked).context["total"]

    assert found(person=officer.pk) == Entry.objects.filter(act__person=officer).count() > 0
    assert found(person="none") == Entry.objects.filter(act__person=None).count()
    assert found(since=f"{timezone.localdate():%d/%m/%Y}") == found()
    assert found(until="1/1/2020") == 0
    assert found(kind="partners.partner") == Entry.objects.filter(root="partners.partner").count()
    assert 0 < found(union="hai") < found(union="tren") <= found()
    rows = csv_rows(browser.get("/history/", {"format": "csv", "person": officer.pk}))
    assert any("12/TTr" in cell for row in rows for cell in row)


def test_the_back_office_and_the_api_say_so(house):
    keeper = make.UserFactory(union=house.top, role=User.Role.ADMINISTRATOR)
    browser = enter(keeper)
    partner = house.partners[0]
    assert browser.patch(f"/api/partners/{partner.pk}/", {"note": "qua API"}, "application/json").status_code == 200
    act = Entry.objects.filter(label="partners.partner", what="changed").latest("pk").act
    assert (act.way, act.person) == ("api", keeper)


def test_a_merge_is_one_act_that_is_taken_apart_elsewhere(house):
    kept, gone = house.partners
    merge(Partner, kept.pk, gone.pk, house.keeper, timezone.now(), {})
    entry = Entry.objects.filter(act__way="merge").latest("pk")
    assert {one.act for one in Entry.objects.filter(pk__gte=entry.pk)} == {entry.act}
    assert entry.act.person == house.keeper
    browser = enter(house.keeper)
    assert 'name="seen"' not in text(browser.get(f"/history/{entry.pk}/undo/"))
    assert gone.name not in text(browser.get("/history/bin/"))


def test_an_import_is_one_act_of_whoever_handed_it_in(house):
    officer = person(house.one)
    batch = stored_import(officer)
    assert isinstance(batch, Import)
    act = Act.objects.get(way="import")
    assert (act.person, act.why) == (officer, batch.name)
    records = set(act.entries.filter(label="activities.activity").values_list("key", flat=True))
    assert len(records) == 3
    browser = enter(officer)
    entry = act.entries.first()
    assert 'name="seen"' not in text(browser.get(f"/history/{entry.pk}/undo/"))
    one = min(records)
    assert undo_by(browser, f"/history/{entry.pk}/undo/?of=activities.activity:{one}").status_code == 302
    assert set(Activity.objects.filter(pk__in=records).values_list("pk", flat=True)) == records - {one}


def test_an_act_shows_what_undid_it_and_what_it_undoes(house):
    browser = enter(house.keeper)
    browser.post(f"/delegations/{house.mine.pk}/delete/")
    gone = Entry.objects.filter(what="deleted", label="activities.activity").latest("pk")
    undo_by(browser, f"/history/{gone.pk}/undo/")
    back = Entry.objects.filter(act__way="undo").latest("pk")
    assert f"/history/{back.pk}/" in text(browser.get(f"/history/{gone.pk}/"))
    assert browser.get(f"/history/{back.pk}/").context["undoes"].act == gone.act
    undo_by(browser, f"/history/{back.pk}/undo/")
    assert not Delegation.objects.filter(title="Đoàn riêng").exists()
