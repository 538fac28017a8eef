"""Logging quickly: names instead of lists, drafts that outlive a session, partners made in place, edits that merge."""

import pytest
from django.test import Client

from activities.models import Delegation
from partners.models import Country, Partner
from tests import factories as make
from tests.doors import enter, text, typed_in
from unionrelations.accounts.models import User
from unionrelations.web.models import Draft

pytestmark = pytest.mark.django_db
NEW = "/delegations/new/?direction=out"


@pytest.fixture
def union(db):
    return make.UnionFactory(name="Công đoàn Công Thương Việt Nam")


@pytest.fixture
def lan(union):
    return make.UserFactory(username="lan", union=union, language="en")


@pytest.fixture
def browser(lan):
    return enter(lan)


def filled(browser, **typed):
    return typed_in(browser.get(NEW)) | {"title": "Đoàn đi Lào", "when": "6-10/11/2023"} | typed


def test_names_are_found_without_accents_and_by_any_of_them(browser):
    make.PartnerFactory(name="Công đoàn Hiệp hội ô tô Nhật Bản", acronym="JAW")
    for words in ("jaw", "hiep hoi o to"):
        assert "<mark>" in text(browser.get("/pick/partners/", {"q": words})) or words == "jaw"
        assert "Nhật Bản" in text(browser.get("/pick/partners/", {"q": words}))
    assert browser.get("/pick/nowhere/").status_code == 404


def test_only_records_in_reach_are_offered(browser):
    stranger = make.UnionFactory(name="Công đoàn Xa Lạ")
    assert stranger.name not in text(browser.get("/pick/unions/", {"q": "xa la"}))


def test_a_page_stays_small_and_names_typed_without_script_are_read(browser):
    for number in range(230):
        make.PartnerFactory(name=f"Tổ chức số {number:03}")
    make.PartnerFactory(name="Tổng Công đoàn Lào")
    page = browser.get(NEW)
    assert len(page.content) < 150_000
    assert "Tổ chức số 007" not in text(page)
    assert browser.post(NEW, filled(browser, **{"partners-words": "tong cong doan lao"})).status_code == 302
    assert [one.name for one in Delegation.objects.get().partners.all()] == ["Tổng Công đoàn Lào"]


def test_words_that_may_be_several_are_offered_to_choose_from(browser):
    one, _other = (make.PartnerFactory(name=f"Công đoàn Kim khí {name}") for name in ("Đức", "Bỉ"))
    asked = browser.post(NEW, filled(browser, **{"partners-words": "kim khi"}))
    assert asked.status_code == 200
    assert f'name="partners-meant" value="{one.pk}"' in text(asked)
    values = typed_in(asked) | {"partners-words": "kim khi", "partners-meant": str(one.pk)}
    assert browser.post(NEW, values).status_code == 302
    assert list(Delegation.objects.get().partners.all()) == [one]


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "²"])
def test_a_forged_choice_is_an_error_of_the_form(browser, key):
    for name in ("countries", "part_of"):
        assert browser.post(NEW, filled(browser, **{name: key})).status_code == 200
    assert not Delegation.objects.exists()


def test_a_title_left_out_is_made_of_what_is_known(browser):
    make.CountryFactory()
    values = filled(browser, title="", countries=str(Country.objects.get().pk), place="Viêng Chăn")
    assert browser.post(NEW, values).status_code == 302
    assert "Viêng Chăn, Laos" in Delegation.objects.get().title


def test_saving_and_logging_another_keeps_what_usually_stays(browser, union):
    answer = browser.post(NEW, filled(browser, mode="online", next="1"))
    after = typed_in(browser.get(answer.url))
    assert (after["direction"], after["mode"], after["title"]) == (["out"], ["online"], [""])
    assert after["rows-0-0-union"] == [str(union.pk)]


# --- A missing partner


def test_a_partner_is_made_inside_the_form_and_nothing_typed_is_lost(browser):
    typed = filled(browser, **{"new-partners-name": "Công đoàn Bưu điện Pháp", "new-partners-kind": "industry_union"})
    page = browser.post(NEW, typed | {"make": "partners"})
    made = Partner.objects.get()
    again = typed_in(page)
    assert (again["partners"], again["title"]) == ([str(made.pk)], ["Đoàn đi Lào"])
    assert not Delegation.objects.exists()


def test_one_like_it_is_shown_before_another_is_made(browser):
    known = make.PartnerFactory(name="Công đoàn Mỏ, Hóa chất, Năng lượng", acronym="IG BCE")
    typed = filled(browser, **{"new-partners-name": "Công đoàn IG BCE", "new-partners-kind": "industry_union"})
    page = browser.post(NEW, typed | {"make": "partners"})
    assert Partner.objects.count() == 1
    assert f'value="partners:{known.pk}"' in text(page)
    taken = browser.post(NEW, typed_in(page) | {"take": f"partners:{known.pk}"})
    assert typed_in(taken)["partners"] == [str(known.pk)]
    browser.post(NEW, typed | {"make_anyway": "partners"})
    assert Partner.objects.count() == 2


def test_only_who_may_add_partners_makes_one(union):
    leader = enter(make.UserFactory(union=union, role=User.Role.LEADER))
    assert leader.post(NEW, {"make": "partners", "new-partners-name": "X"}).status_code == 403


# --- Drafts


def test_what_is_typed_is_kept_and_opens_again_for_its_owner_alone(browser, lan, union):
    assert browser.post("/drafts/delegations/", filled(browser, place="Viêng Chăn")).status_code == 200
    assert typed_in(browser.get(NEW))["place"] == ["Viêng Chăn"]
    other = enter(make.UserFactory(union=union))
    assert typed_in(other.get(NEW))["place"] == [""]
    assert Draft.objects.visible_to(lan).get().resume_url == NEW
    browser.post("/drafts/delegations/drop/")
    assert typed_in(browser.get(NEW))["place"] == [""]


def test_a_saved_record_leaves_no_draft_even_if_a_copy_of_its_form_comes_late(browser, lan):
    typed = filled(browser)
    browser.post("/drafts/delegations/", typed)
    assert browser.post(NEW, typed).status_code == 302
    assert browser.post("/drafts/delegations/", typed).status_code == 204
    assert not Draft.objects.visible_to(lan).exists()


@pytest.mark.parametrize("address", [NEW, "/drafts/delegations/"])
def test_what_is_sent_after_the_session_ended_is_kept_for_its_person(browser, lan, union, address):
    typed = filled(browser, place="Viêng Chăn")
    Client().post(address, typed)
    assert not Delegation.objects.exists()
    assert typed_in(enter(lan).get(NEW))["place"] == ["Viêng Chăn"]
    assert typed_in(enter(make.UserFactory(union=union)).get(NEW))["place"] == [""]


def test_nobody_keeps_a_draft_for_somebody_else(browser, union):
    typed = filled(browser)
    stranger = enter(make.UserFactory(union=union))
    assert stranger.post("/drafts/delegations/", typed).status_code == 403
    assert Client().post("/drafts/delegations/", typed | {"opened": "forged"}).status_code == 403
    assert not Draft.objects.visible_to(make.UserFactory()).exists()


# --- Two people at one record


@pytest.fixture
def trip(union):
    return make.DelegationFactory(unions=[(union, 3)], place="Viêng Chăn")


@pytest.fixture
def colleague(union):
    return enter(make.UserFactory(username="hoa", union=union))


def both_open(browser, colleague, trip):
    page = f"/delegations/{trip.pk}/edit/"
    return page, typed_in(browser.get(page)), typed_in(colleague.get(page))


def test_fields_changed_by_one_side_are_merged_by_themselves(browser, colleague, trip):
    page, mine, theirs = both_open(browser, colleague, trip)
    assert colleague.post(page, theirs | {"place": "Luông Pha-băng", "rows-0-0-people": "5"}).status_code == 302
    saved = browser.post(page, mine | {"note": "Đã gọi điện"}, follow=True)
    trip.refresh_from_db()
    assert (trip.place, trip.note, trip.union_roles.get().people) == ("Luông Pha-băng", "Đã gọi điện", 5)
    assert "hoa saved this record at" in text(saved)


@pytest.mark.parametrize(("chosen", "place"), [("theirs", "Luông Pha-băng"), ("mine", "Pạc-xế")])
def test_a_field_both_changed_is_chosen_by_the_second(browser, colleague, trip, chosen, place):
    page, mine, theirs = both_open(browser, colleague, trip)
    colleague.post(page, theirs | {"place": "Luông Pha-băng"})
    asked = browser.post(page, mine | {"place": "Pạc-xế"})
    assert asked.status_code == 200
    assert browser.post(page, typed_in(asked) | {"choose-place": chosen}).status_code == 302
    trip.refresh_from_db()
    assert trip.place == place


def test_people_of_a_union_both_changed_are_chosen_too(browser, colleague, trip):
    page, mine, theirs = both_open(browser, colleague, trip)
    colleague.post(page, theirs | {"rows-0-0-people": "5"})
    asked = browser.post(page, mine | {"rows-0-0-people": "7"})
    assert 'name="choose-rows-0-0-people"' in text(asked)
    assert browser.post(page, typed_in(asked) | {"choose-rows-0-0-people": "theirs"}).status_code == 302
    assert trip.union_roles.get().people == 5


def test_an_edit_that_does_not_say_what_it_saw_overwrites_nothing(browser, colleague, trip):
    page, mine, theirs = both_open(browser, colleague, trip)
    colleague.post(page, theirs | {"place": "Luông Pha-băng"})
    blind = {name: value for name, value in mine.items() if name not in ("version", "opened")}
    assert browser.post(page, blind).status_code == 200
    trip.refresh_from_db()
    assert trip.place == "Luông Pha-băng"
