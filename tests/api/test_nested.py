"""Activities and agreements through the API: by the form of their page, with the rows under it, whole or not at all."""

import pytest

from activities.models import Activity, Conference, Delegation, RuleSet, UnionRole
from partners.models import Agreement
from tests import factories as make
from tests.api.programs import program
from tests.doors import RECORDS
from unionrelations.accounts.models import User

KINDS = ("delegations", "conferences", "courses")


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


def trip(union, **more):
    said = {"title": "Đoàn thăm Lào", "direction": "out", "when": "12-18/6/2023", "mode": "in_person"}
    return said | {"union_roles": [{"union": union.pk, "part": "lead", "people": 5}]} | more


def post(desk, said, slug="delegations", **headers):
    return desk.post(f"/api/{slug}/", said, "application/json", headers=headers)


def patch(desk, address, said, **headers):
    return desk.patch(address, said, "application/json", headers=headers)


def test_a_delegation_is_made_with_whoever_took_part(desk, union, officer):
    partner, country = make.PartnerFactory(), make.CountryFactory()
    below = make.UnionFactory(parent=union)
    said = trip(
        union,
        partners=[partner.pk],
        countries=[country.code and country.pk],
        members=["Nguyễn Thị Lan, Trưởng ban", "Trần Văn Hùng"],
        union_roles=[
            {"union": union.pk, "part": "lead", "people": 5},
            {"union": below.pk, "part": "cooperating", "people": 2},
        ],
    )
    made = post(desk, said)
    assert made.status_code == 201, made.json()
    one = Delegation.objects.get()
    assert (str(one.starts_on), str(one.ends_on), one.changed_by) == ("2023-06-12", "2023-06-18", officer)
    assert {(role.union_id, role.part, role.people) for role in one.union_roles.all()} == {
        (union.pk, "lead", 5),
        (below.pk, "cooperating", 2),
    }
    assert {member.name for member in one.members.all()} == {"Nguyễn Thị Lan", "Trần Văn Hùng"}
    assert one.members.get(is_head=True).name == "Nguyễn Thị Lan"
    told = made.json()
    assert (told["partners"], told["countries"]) == ([partner.pk], [country.pk])
    assert told == desk.get(f"/api/delegations/{one.pk}/").json()


def test_days_may_be_sent_as_days(desk, union):
    said = trip(union, starts_on="2023-06-01", ends_on="2023-06-30", precision="month")
    del said["when"]
    assert post(desk, said).status_code == 201
    one = Delegation.objects.get()
    assert (str(one.starts_on), str(one.ends_on), one.precision) == ("2023-06-01", "2023-06-30", "month")


def test_days_put_right_in_what_was_told_are_taken(desk, union):
    address = f"/api/delegations/{post(desk, trip(union)).json()['id']}/"
    told = desk.get(address).json()
    changed = desk.put(address, told | {"ends_on": "2023-06-20"}, "application/json")
    assert (changed.status_code, changed.json()["ends_on"]) == (200, "2023-06-20"), changed.json()
    wrong = patch(desk, address, {"starts_on": "2023-06-20", "ends_on": "2023-06-12"})
    assert (wrong.status_code, list(wrong.json())) == (400, ["ends_on"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_wrong_is_said_at_its_path_in_the_person_s_language(union, language):
    desk = program(make.UserFactory(union=union, language=language))
    elsewhere = make.UnionFactory()
    rows = [{"union": union.pk, "part": "lead"}, {"union": elsewhere.pk, "part": "cooperating", "people": 3}]
    refused = post(desk, trip(union, when="31/2/2023", union_roles=rows, partners=[99_999]))
    assert refused.status_code == 400
    assert sorted(refused.json()) == ["partners", "union_roles.1.union", "when"]
    assert ("là" in " ".join(refused.json()["when"]) or "không" in " ".join(refused.json()["when"])) is (
        language == "vi"
    )
    assert not Activity.objects.exists()


def test_what_is_of_the_wrong_sort_is_said_at_its_path(desk, union):
    refused = post(desk, trip(union, union_roles=[{"union": "abc"}], partners="x"))
    assert sorted(refused.json()) == ["partners", "union_roles.0.union"]
    assert post(desk, [1, 2]).json().keys() == {"non_field_errors"}


def test_an_activity_needs_a_union_of_ours_and_one_lead(desk, union):
    below = make.UnionFactory(parent=union)
    none = post(desk, trip(union, union_roles=[]))
    assert (none.status_code, list(none.json())) == (400, ["union_roles"])
    two = [{"union": one.pk, "part": "lead"} for one in (union, below)]
    assert list(post(desk, trip(union, union_roles=two)).json()) == ["union_roles"]


def test_a_part_of_a_record_is_changed_and_the_rest_stays(desk, union):
    made = post(desk, trip(union, members=["Nguyễn Thị Lan, Trưởng ban"], partners=[make.PartnerFactory().pk])).json()
    address = f"/api/delegations/{made['id']}/"
    changed = patch(desk, address, {"place": "Viêng Chăn"})
    assert changed.status_code == 200, changed.json()
    apart = ("place", "version")
    assert {name: value for name, value in changed.json().items() if name not in apart} == {
        name: value for name, value in made.items() if name not in apart
    }
    assert changed.json()["place"] == "Viêng Chăn"


@pytest.mark.parametrize("slug", [*KINDS, "agreements"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_told_of_a_record_sent_back_whole_changes_nothing(union, slug, language):
    record = RECORDS[slug](union)
    desk = program(make.UserFactory(union=union, language=language))
    address = f"/api/{slug}/{record.pk}/"
    told = desk.get(address).json()
    answer = desk.put(address, told, "application/json")
    assert answer.status_code == 200, answer.json()
    assert answer.json() | {"version": 0} == told | {"version": 0}


def test_rows_are_changed_added_and_taken_out_together(desk, union):
    below, other = make.UnionFactory(parent=union), make.UnionFactory(parent=union)
    rows = [{"union": union.pk, "part": "lead", "people": 5}, {"union": below.pk, "part": "cooperating", "people": 1}]
    made = post(desk, trip(union, union_roles=rows)).json()
    kept = UnionRole.objects.get(union=union)
    rows = [{"union": union.pk, "part": "lead", "people": 7}, {"union": other.pk, "part": "cooperating"}]
    changed = patch(desk, f"/api/delegations/{made['id']}/", {"union_roles": rows})
    assert changed.status_code == 200, changed.json()
    told = {(one["union"], one["people"]) for one in changed.json()["union_roles"]}
    assert told == {(union.pk, 7), (other.pk, None)}
    assert UnionRole.objects.get(union=union).pk == kept.pk


def test_rows_of_unions_out_of_reach_are_neither_told_nor_touched(union):
    above = make.UnionFactory(code="tren")
    mine = make.UnionFactory(code="duoi", parent=above)
    one = make.DelegationFactory(unions=[(above, 4), (mine, 2)])
    desk = program(make.UserFactory(union=mine))
    told = desk.get(f"/api/delegations/{one.pk}/").json()
    assert [row["union"] for row in told["union_roles"]] == [mine.pk]
    patch(desk, f"/api/delegations/{one.pk}/", {"union_roles": [{"union": mine.pk, "part": "cooperating"}]})
    assert one.union_roles.get(union=above).people == 4


def test_of_two_savers_the_second_is_told(desk, union):
    made = post(desk, trip(union))
    address, seen = f"/api/delegations/{made.json()['id']}/", made.headers["ETag"]
    assert desk.get(address).headers["ETag"] == seen
    first = patch(desk, address, {"place": "Viêng Chăn"}, **{"If-Match": seen})
    assert first.status_code == 200
    assert first.headers["ETag"] != seen
    assert patch(desk, address, {"place": "Pakse"}, **{"If-Match": seen}).status_code == 412
    assert desk.delete(address, headers={"If-Match": seen}).status_code == 412
    assert desk.delete(address, headers={"If-Match": first.headers["ETag"]}).status_code == 204
    assert not Activity.objects.exists()


def test_one_key_makes_one_delegation(desk, union):
    answers = [post(desk, trip(union), **{"Idempotency-Key": "doan-17"}) for _time in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
    assert Delegation.objects.count() == 1


def test_what_a_page_warns_of_is_told_once_and_saved_when_it_was_seen(desk, union):
    RuleSet.objects.create(union=union, most_days=3)
    warned = post(desk, trip(union))
    assert warned.status_code == 409
    told = warned.json()
    assert told["warnings"]
    assert told["needs_reason"] is True
    assert not Delegation.objects.exists()
    again = trip(union, seen_warnings=told["seen_warnings"], overstep_reason="Bạn mời dài ngày")
    made = post(desk, again)
    assert made.status_code == 201, made.json()
    assert Delegation.objects.get().oversteps.get().reason == "Bạn mời dài ngày"


def test_what_such_a_record_does_not_tell_is_refused_and_not_left_out(desk, union):
    assert post(desk, trip(union, guests=4)).status_code == 400
    made, document = post(desk, trip(union)).json(), make.DocumentFactory(union=union)
    refused = patch(desk, f"/api/delegations/{made['id']}/", {"document": document.pk})
    assert (refused.status_code, list(refused.json())) == (400, ["document"])


def test_a_conference_and_an_agreement_are_made(desk, union):
    said = {"title": "Hội thảo an toàn", "when": "6/2023", "format": "workshop", "role": "hosted"}
    roles = [{"union": union.pk, "part": "lead"}]
    made = post(desk, said | {"union_roles": roles}, "conferences")
    assert made.status_code == 201, made.json()
    assert Conference.objects.get().precision == "month"
    parties = [{"union": union.pk}, {"partner": make.PartnerFactory().pk, "signatory": "Bà Khamla"}]
    made = post(desk, {"title": "Bản ghi nhớ", "kind": "bản ghi nhớ", "parties": parties}, "agreements")
    assert made.status_code == 201, made.json()
    assert Agreement.objects.get().parties.count() == 2


@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.AUDITOR])
def test_readers_write_nothing(union, role):
    one = make.DelegationFactory(unions=[(union, 3)], title="Đoàn thăm Lào")
    desk = program(make.UserFactory(union=union, role=role))
    assert desk.get(f"/api/delegations/{one.pk}/").status_code == 200
    assert post(desk, trip(union)).status_code == 403
    assert patch(desk, f"/api/delegations/{one.pk}/", {"title": "x"}).status_code == 403
    assert desk.delete(f"/api/delegations/{one.pk}/").status_code == 403
