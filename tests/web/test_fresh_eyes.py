"""What people tripped over when they first used the pages."""

import pytest

from activities.models import Delegation
from partners.models import Partner
from tests.doors import enter, text
from tests.factories import ConferenceFactory, DelegationFactory, PartnerFactory, UnionFactory, UserFactory
from unionrelations.accounts.models import User

pytestmark = pytest.mark.django_db
HUGE = "9" * 30


@pytest.fixture
def union(db):
    return UnionFactory()


@pytest.fixture
def officer(union):
    return enter(UserFactory(union=union))


def typed(union, **more):
    return {
        "direction": "in",
        "title": "Đoàn khách",
        "status": "held",
        "when": "tháng 6/2023",
        "rows-0-TOTAL_FORMS": "2",
        "rows-0-INITIAL_FORMS": "0",
        "rows-0-0-union": str(union.pk),
        "rows-0-0-part": "lead",
        "rows-0-1-part": "cooperating",
    } | more


def test_a_row_filled_in_beforehand_and_left_so_was_meant(officer, union):
    assert officer.post("/delegations/new/", typed(union)).status_code == 302
    trip = Delegation.objects.get()
    assert (trip.starts_on.day, trip.ends_on.day, trip.guests) == (1, 30, None)
    assert [(role.union, role.people) for role in trip.union_roles.all()] == [(union, None)]


def test_a_row_of_another_record_is_refused_and_nothing_is_made(officer, union):
    other = DelegationFactory(unions=[(UnionFactory(), 3)]).union_roles.get()
    forged = typed(union, **{"rows-0-INITIAL_FORMS": "1", "rows-0-0-id": str(other.pk)})
    assert officer.post("/delegations/new/", forged).status_code == 200
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/delegations/{}/", "/delegations/{}/edit/", "/api/delegations/{}/", "/reports/files/{}/"]
)
def test_a_number_no_column_holds_is_nobodys_key(officer, address):
    assert officer.get(address.format(HUGE)).status_code == 404


def test_a_thousand_words_are_searched_like_a_few(officer):
    assert officer.get("/search/", {"q": "a " * 1000}).status_code == 200
    assert officer.get("/delegations/", {"q": "b c " * 1000}).status_code == 200


def test_a_list_refuses_a_figure_whose_rows_it_does_not_hold(officer, union):
    asked = {"figure": "partners", "union": union.code, "since": "2022-01-01"}
    assert officer.get("/delegations/", asked).status_code == 400
    assert officer.get("/partners/", asked).status_code == 200


def test_a_record_in_no_figure_says_so(union):
    talk = ConferenceFactory(international=None, unions=[(union, 2)])
    reader = enter(UserFactory(union=union, language="en"))
    page = text(reader.get(f"/conferences/{talk.pk}/"))
    assert "In no figure: a conference counts only where it is international" in page


def test_choices_are_found_by_every_name_they_go_by(officer):
    PartnerFactory(name="Công đoàn Hiệp hội ô tô Nhật Bản", acronym="JAW")
    assert Partner.objects.count() == 1
    assert "Công đoàn Hiệp hội ô tô Nhật Bản" in text(officer.get("/pick/partners/", {"q": "jaw"}))


def test_what_is_wrong_in_a_row_is_said_at_the_top(officer, union):
    page = text(officer.post("/delegations/new/", typed(union, **{"rows-0-0-people": "-5"})))
    assert 'href="#rows-rows-0"' in page


@pytest.mark.parametrize("day", ["01/06/0023", "31/12/9999"])
def test_a_year_nobody_lived_in_is_refused(officer, union, day):
    answer = officer.post("/delegations/new/", typed(union, when=day))
    assert answer.status_code == 200
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_lists_call_each_record_by_its_name(union, language):
    partner = PartnerFactory(name="Công đoàn Hiệp hội ô tô Nhật Bản", name_en="Auto Workers")
    reader = enter(UserFactory(union=union, language=language))
    called = {"vi": (partner.name, union.name, "Lào"), "en": (partner.name_en, union.name_en, "Laos")}[language]
    for slug, name in zip(("partners", "unions", "countries"), called, strict=True):
        assert f">{name}</a>" in text(reader.get(f"/{slug}/"))
        assert name in reader.get(f"/{slug}/?format=csv").content.decode("utf-8-sig")


@pytest.mark.parametrize("slug", ["plans", "rules", "figures", "officers"])
def test_a_new_record_begins_with_the_union_of_whoever_enters_it(db, slug):
    administrator = UserFactory(role=User.Role.ADMINISTRATOR)
    form = enter(administrator).get(f"/{slug}/new/").context["form"]
    assert form["union"].value() == administrator.union_id
