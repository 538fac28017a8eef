"""Records made one, taken apart, undone and brought back through the API: after the look pages give."""

import pytest

from activities.reports.duplicates.finding import find
from activities.reports.models import Distinct, Merge
from partners.models import Partner
from tests import factories as make
from tests.api.programs import program
from unionrelations.accounts.models import Officer, User
from unionrelations.history.models import Entry

JSON = "application/json"


@pytest.fixture
def pair(union):
    kept, gone = make.PartnerFactory(name="LO"), make.PartnerFactory(name="LO Norge", note="Na Uy")
    make.DelegationFactory(title="Đoàn thăm Na Uy", unions=[(union, 5)], partners=[gone])
    return {"entity": "partners", "kept": kept.pk, "gone": gone.pk}


def test_merging_asks_first_and_does_what_was_seen(desk, pair):
    look = desk.post("/api/merges/", pair, JSON)
    assert look.status_code == 409
    told = look.json()
    assert {one["name"]: (one["kept"], one["gone"]) for one in told["differs"]}["name"] == ("LO", "LO Norge")
    assert sum(told["carried"].values()) >= 1
    assert Partner.objects.count() == 2
    done = desk.post("/api/merges/", pair | {"seen": told["seen"], "choices": {"name": "gone"}}, JSON)
    assert done.status_code == 201, done.json()
    assert Partner.objects.get().name == "LO Norge"
    assert done.json()["survivor"] == pair["kept"]
    assert desk.get(f"/api/partners/{pair['gone']}/").status_code == 301
    assert [one["id"] for one in desk.get("/api/merges/").json()["results"]] == [done.json()["id"]]


def test_a_merge_is_refused_where_another_price_was_seen(desk, pair):
    again = desk.post("/api/merges/", pair | {"seen": "0" * 24}, JSON)
    assert again.status_code == 409
    assert Partner.objects.count() == 2


def test_what_was_merged_is_taken_apart(desk, pair):
    seen = desk.post("/api/merges/", pair, JSON).json()["seen"]
    merged = desk.post("/api/merges/", pair | {"seen": seen}, JSON).json()
    back = desk.post(f"/api/merges/{merged['id']}/undo/", {}, JSON)
    assert back.status_code == 200, back.json()
    assert back.json()["undone_at"]
    assert desk.get(f"/api/partners/{pair['gone']}/").json()["name"] == "LO Norge"
    assert desk.post(f"/api/merges/{merged['id']}/undo/", {}, JSON).status_code in (404, 409)


def test_merging_sent_twice_under_one_key_merges_once(desk, pair):
    seen = desk.post("/api/merges/", pair, JSON).json()["seen"]
    headers = {"Idempotency-Key": "hop-nhat-1"}
    first, again = (desk.post("/api/merges/", pair | {"seen": seen}, JSON, headers=headers) for _each in range(2))
    assert again.json() == first.json()
    assert Merge.objects.count() == 1


def test_no_token_merges_that_only_reads_or_whose_person_may_not(officer, union, below, pair):
    reading = program(officer, may_write=False)
    assert reading.post("/api/merges/", pair, JSON).status_code == 403
    leader = program(make.UserFactory(union=union, role=User.Role.LEADER))
    assert leader.post("/api/merges/", pair, JSON).status_code == 403
    one, other = (Officer.objects.create(union=union, name=name) for name in ("Lan", "Lan Anh"))
    beside = {"entity": "officers", "kept": one.pk, "gone": other.pk}
    assert program(officer, union=below).post("/api/merges/", beside, JSON).status_code == 404
    assert Officer.objects.count() == 2


def gone_officer(desk, union) -> tuple[int, Entry]:
    made = desk.post("/api/officers/", {"union": union.pk, "name": "Lan"}, JSON).json()["id"]
    desk.delete(f"/api/officers/{made}/")
    return made, Entry.objects.get(label="accounts.officer", key=made, what="deleted")


def test_what_was_deleted_waits_in_the_bin_and_comes_back_with_its_key(desk, union):
    made, entry = gone_officer(desk, union)
    waiting = desk.get("/api/bin/").json()["results"]
    assert [(one["id"], one["label"], one["key"]) for one in waiting] == [(entry.pk, "accounts.officer", made)]
    address = f"/api/history/{entry.pk}/undo/?of=accounts.officer:{made}"
    look = desk.get(address).json()
    assert [(one["deed"], one["happens"]) for one in look["steps"]] == [("bring", True)]
    assert not Officer.objects.exists()
    done = desk.post(address, {"seen": look["seen"], "why": "Xóa nhầm"}, JSON)
    assert done.status_code == 200, done.json()
    assert Officer.objects.get().pk == made
    assert desk.get("/api/bin/").json()["results"] == []
    last = Entry.objects.latest("pk").act
    assert (last.way, last.why) == ("undo", "Xóa nhầm")


def test_undoing_does_nothing_but_what_was_seen(desk, union):
    _made, entry = gone_officer(desk, union)
    wrong = desk.post(f"/api/history/{entry.pk}/undo/", {"seen": "something else"}, JSON)
    assert wrong.status_code == 409
    assert not Officer.objects.exists()
    assert desk.get(f"/api/history/{entry.pk}/undo/?of=nothing").status_code == 400


def test_no_token_undoes_that_only_reads_or_is_of_a_union_below(desk, officer, union, below):
    _made, entry = gone_officer(desk, union)
    address = f"/api/history/{entry.pk}/undo/"
    seen = desk.get(address).json()["seen"]
    assert program(officer, may_write=False).post(address, {"seen": seen}, JSON).status_code == 403
    narrow = program(officer, union=below)
    assert narrow.get(address).status_code == 404
    assert narrow.get("/api/bin/").json()["results"] == []


def test_pairs_that_look_alike_are_listed_until_they_are_told_apart(desk, officer, union):
    one, other = (make.PartnerFactory(name="Liên hiệp Công đoàn Bru-nây") for _each in range(2))
    find()
    listed = desk.get("/api/duplicates/").json()["results"]
    assert [(row["entity"], row["first"], row["second"]) for row in listed] == [("partners", one.pk, other.pk)]
    Distinct.objects.keep(officer, "partners.partner", one.pk, other.pk)
    assert desk.get("/api/duplicates/").json()["results"] == []
