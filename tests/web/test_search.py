"""One field finds everything by any of its names, and knows commands; only as far as the reader sees."""

import pytest

from activities.models import Term
from partners.models import Contact
from tests import factories as make
from tests.doors import RECORDS, SHARED, enter, text
from unionrelations.accounts.models import Officer, User
from unionrelations.catalogue import ENTITIES
from unionrelations.deeds import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.UserFactory(language="en")


def found(reader, words, **headers):
    groups = enter(reader, **headers).get("/search/", {"q": words}).context["groups"]
    return {str(group.label): [str(hit.title) for hit in group.hits] for group in groups}


def test_people_are_found_wherever_they_stand(officer):
    Officer.objects.create(union=officer.union, name="Đỗ Thị Hường")
    trip = make.DelegationFactory(unions=[(officer.union, 3)], title="Thăm Lào")
    make.MemberFactory(activity=trip.activity_ptr, name="Đỗ Văn Hường")
    Contact.objects.create(partner=make.PartnerFactory(), name="Do Huong")
    strange = make.DelegationFactory(unions=[(make.UnionFactory(), 3)])
    make.MemberFactory(activity=strange.activity_ptr, name="Đỗ Lạ Hường")
    assert found(officer, "do huong") == {"People": ["Đỗ Thị Hường", "Do Huong", "Đỗ Văn Hường"]}


@pytest.mark.parametrize("entity", [one for one in ENTITIES if one.can_be_found], ids=lambda entity: entity.slug)
def test_every_record_is_found_by_its_name_and_a_stranger_finds_none(entity, officer):
    reader = make.UserFactory(union=officer.union, role=User.Role.ADMINISTRATOR)
    record = RECORDS[entity.slug](reader.union)
    kinds = {"delegations", "conferences", "courses", "activities"}
    slugs = kinds if entity.slug in kinds else {entity.slug}

    def hits(who):
        groups = enter(who).get("/search/", {"q": record.names()[0]}).context["groups"]
        return {(hit.slug, hit.key) for group in groups for hit in group.hits if hit.slug in slugs}

    assert record.pk in {key for _slug, key in hits(reader)}
    if entity.slug not in SHARED:
        assert record.pk not in {key for _slug, key in hits(make.UserFactory(role=User.Role.ADMINISTRATOR))}


def test_of_many_activities_the_newest_that_fit_are_ranked(officer, monkeypatch):
    for year, title in (("2015", "Lào"), ("2021", "Thăm Lào"), ("2022", "Đi Lào"), ("2023", "Lào Cai đón đoàn")):
        make.DelegationFactory(unions=[(officer.union, 3)], title=title, starts_on=f"{year}-01-01")
    assert found(officer, "lào")["Hoạt động"] == ["Lào", "Lào Cai đón đoàn", "Đi Lào", "Thăm Lào"]
    monkeypatch.setattr(search, "RANKED", 3)
    assert found(officer, "lào")["Hoạt động"] == ["Lào Cai đón đoàn", "Đi Lào", "Thăm Lào"]


def test_commands_are_found_by_their_words_in_either_language(officer):
    assert "Log: Outbound delegation" in found(officer, "log outbound")["Commands"]
    assert "Tiếng Việt" in found(officer, "tieng viet")["Commands"]
    leader = make.UserFactory(union=officer.union, role=User.Role.LEADER, language="en")
    assert "Commands" not in found(leader, "log outbound")


def test_a_report_is_found_by_its_term_and_by_a_union_below(officer):
    above = officer.union
    below = make.UnionFactory(parent=above, name="Công đoàn Dệt May", short_name="CĐ Dệt May")
    make.TermFactory(union=above)
    assert found(officer, "bao cao 2018") == {"Reports": [f"Term report 2018–2023 – {above.name_en}"]}
    assert f"Term report 2018–2023 – {below.label}" in found(officer, "báo cáo dệt may")["Reports"]
    assert Term.objects.count() == 1


def test_without_a_word_the_palette_offers_commands_and_asks_for_no_record(officer):
    page = enter(officer, hx_request="true").get("/search/")
    assert {str(group.label) for group in page.context["groups"]} == {"Commands"}
    assert "<html" not in text(page)


def test_words_without_letters_find_nothing(officer):
    assert found(officer, "!!!") == found(officer, "")
