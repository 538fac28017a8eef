"""The endpoints: the list page's rows, filters and rules in JSON, for whoever may see and change them."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.text import capfirst

from partners.models import RelationEvent
from tests import factories as make
from tests.doors import RECORDS, enter
from unionrelations.accounts.models import Officer, User
from unionrelations.catalogue import ENTITIES


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def desk(officer):
    return enter(officer)


def test_the_first_address_lists_every_endpoint(desk):
    assert set(desk.get("/api/").json()) == {entity.slug for entity in ENTITIES}


def test_the_schema_describes_every_endpoint(desk):
    schema = desk.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    described = set(schema["paths"])
    assert {f"/api/{entity.slug}/" for entity in ENTITIES} <= described
    assert desk.get("/api/docs/").status_code == 200


def test_strangers_are_sent_away_without_a_word(union, client):
    for address in ("/api/", "/api/schema/", "/api/docs/", "/api/partners/"):
        answer = client.get(address)
        assert answer.status_code in (302, 401, 403), address
        assert union.name not in answer.content.decode()


def test_writing_needs_the_form_s_secret(officer, union):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    answer = strict.post("/api/officers/", {"union": union.pk, "name": "Lan"}, "application/json")
    assert answer.status_code == 403
    assert not Officer.objects.exists()


def test_a_record_is_made_changed_and_deleted(desk, union, officer):
    made = desk.post("/api/officers/", {"union": union.pk, "name": "Lan"}, "application/json")
    assert made.status_code == 201, made.json()
    address = f"/api/officers/{made.json()['id']}/"
    assert desk.patch(address, {"title": "Trưởng ban"}, "application/json").status_code == 200
    kept = Officer.objects.get()
    assert (kept.name, kept.title, kept.folded) == ("Lan", "Trưởng ban", "lan")
    assert desk.delete(address).status_code == 204
    assert not Officer.objects.exists()


def test_a_change_keeps_the_rules(desk, union):
    event = RECORDS["relations"](union)
    address = f"/api/relations/{event.pk}/"
    assert desk.patch(address, {"ends_on": "2021-01-01"}, "application/json").status_code == 400
    assert desk.patch(address, {"precision": "month"}, "application/json").status_code == 400
    assert RelationEvent.objects.get().ends_on is None


def test_whoever_changed_a_record_last_is_kept_whichever_door_they_used(desk, union, officer):
    partner = make.PartnerFactory()
    desk.patch(f"/api/partners/{partner.pk}/", {"acronym": "LFTU"}, "application/json")
    partner.refresh_from_db()
    assert (partner.acronym, partner.changed_by) == ("LFTU", officer)


def test_an_edit_through_the_endpoint_is_noticed_by_an_open_form(desk, officer, union):
    partner = make.PartnerFactory()
    before = partner.version
    desk.patch(f"/api/partners/{partner.pk}/", {"acronym": "LFTU"}, "application/json")
    partner.refresh_from_db()
    assert partner.version == before + 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_others_rest_on_is_not_deleted_and_they_are_named(desk, officer, union, language):
    officer.language = language
    officer.save()
    event = RECORDS["relations"](union)
    answer = desk.delete(f"/api/partners/{event.partner_id}/")
    assert answer.status_code == 409
    with translation.override(language):
        said = translation.gettext("These records rest on it. Delete or change them first:")
        assert answer.json() == {"detail": said, "records": [f"{capfirst(event._meta.verbose_name)}: {event}"]}


@pytest.mark.parametrize("slug", [entity.slug for entity in ENTITIES if entity.form is None])
def test_what_no_form_enters_is_only_read_here(desk, union, slug):
    record = RECORDS[slug](union)
    assert desk.get(f"/api/{slug}/{record.pk}/").status_code == 200
    assert desk.post(f"/api/{slug}/", {}, "application/json").status_code in (403, 405)
    for method in (desk.put, desk.patch, desk.delete):
        assert method(f"/api/{slug}/{record.pk}/", {}, "application/json").status_code in (403, 405)


def test_lists_are_filtered_like_the_page(desk, union):
    make.DelegationFactory(unions=[(union, 3)], title="Đoàn thăm Lào", direction="out")
    make.DelegationFactory(unions=[(union, 3)], title="Đoàn Nhật Bản", direction="in", starts_on="2023-05-01")
    make.DelegationFactory(unions=[(union, 3)], status="planned")
    for asked, number in (
        ({}, 3),
        ({"q": "nhat ban"}, 1),
        ({"direction": "out"}, 2),
        ({"status": "planned"}, 1),
        ({"since": "2023-01-01"}, 1),
        ({"until": "2022-12-31"}, 2),
        ({"union": "vuit"}, 3),
        ({"union": "vuit", "direction": "in", "q": "đoàn"}, 1),
    ):
        assert desk.get("/api/delegations/", asked | {"count": "true"}).json()["count"] == number, asked
        assert desk.get("/delegations/", asked).context["total"] == number, asked
    refused = desk.get("/api/delegations/", {"union": "no-such-union"})
    assert (refused.status_code, list(refused.json())) == (400, ["union"])


def test_an_officer_cannot_write_into_another_union(desk):
    stranger = make.UnionFactory(code="xa-la")
    answer = desk.post("/api/officers/", {"union": stranger.pk, "name": "Lan"}, "application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["union"])


@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.AUDITOR], ids=str)
def test_readers_are_told_that_they_only_read(union, role):
    partner, desk = make.PartnerFactory(), enter(make.UserFactory(union=union, role=role))
    assert desk.post("/api/partners/", {"name": "x", "kind": "ngo"}, "application/json").status_code == 403
    assert desk.patch(f"/api/partners/{partner.pk}/", {"name": "x"}, "application/json").status_code == 403
    assert desk.delete(f"/api/partners/{partner.pk}/").status_code == 403
    partner.refresh_from_db()
    assert partner.name != "x"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_second_of_two_savers_overwrites_nothing_they_have_not_seen(officer, language):
    officer.language = language
    officer.save()
    desk = enter(officer)
    made = desk.post("/api/officers/", {"union": officer.union_id, "name": "Lan"}, "application/json")
    address, seen = f"/api/officers/{made.json()['id']}/", made.headers["ETag"]
    assert desk.get(address).headers["ETag"] == seen
    first = desk.patch(address, {"title": "Chủ tịch"}, "application/json", headers={"If-Match": seen})
    assert (first.status_code, first.headers["ETag"]) == (200, desk.get(address).headers["ETag"])
    second = desk.patch(address, {"title": "Phó Chủ tịch"}, "application/json", headers={"If-Match": seen})
    assert second.status_code == 412
    assert officer.username in second.json()["detail"]
    assert ("while you had it open" in second.json()["detail"]) is (language == "en")
    assert desk.get(address).json()["title"] == "Chủ tịch"
    assert desk.delete(address, headers={"If-Match": seen}).status_code == 412
    seen = desk.get(address).headers["ETag"]
    assert desk.patch(address, {"title": "Thư ký"}, "application/json", headers={"If-Match": seen}).status_code == 200
