"""What may be there twice is shown with its evidence, told apart for good, or merged at the price that was shown."""

import pytest
from django.core.management import call_command

from activities.models import Delegation, Paper
from activities.reports.models import Distinct, DuplicateSearch, Merge, Suspicion
from activities.reports.reports import Report
from partners.models import Partner
from tests import factories as make
from tests.doors import enter, text
from tests.signing import signed_report
from unionrelations.accounts.models import User
from unionrelations.kit.periods import Period
from unionrelations.tasks import find_duplicates

pytestmark = pytest.mark.django_db
READERS = [User.Role.LEADER, User.Role.AUDITOR]


@pytest.fixture
def top():
    return make.UnionFactory(code="vgcl")


@pytest.fixture
def host(top):
    return make.UnionFactory(code="vuit", parent=top)


@pytest.fixture
def helper(top):
    return make.UnionFactory(code="hanoi", parent=top)


@pytest.fixture
def visits(host, helper):
    """The same visit, logged by host and by cooperating union."""
    partner = make.PartnerFactory(name="Liên hiệp Công đoàn Lào", acronym="LFTU")
    of = {"direction": "in", "partners": [partner], "countries": [partner.country]}
    kept = make.DelegationFactory(unions=[(host, 2)], title="Đón đoàn Công đoàn Lào", **of)
    gone = make.DelegationFactory(unions=[(helper, 3)], title="Tiếp đoàn LFTU", guests=6, place="Hà Nội", **of)
    return kept, gone


@pytest.fixture
def partners():
    return make.PartnerFactory(name="Công đoàn Phlen-đơ"), make.PartnerFactory(name="Công đoàn Phlenđơ")


@pytest.fixture
def desk(top):
    return enter(make.UserFactory(union=top, language="en"))


def address(kept, gone, slug="delegations"):
    return f"/duplicates/{slug}/{kept.pk}/{gone.pk}/"


def merge_them(browser, kept, gone, slug="delegations", **choices):
    page = browser.get(address(kept, gone, slug), choices)
    return browser.post(address(kept, gone, slug), {"seen": page.context["seen"]} | choices)


def shown(browser, of="partners"):
    return browser.get("/duplicates/", {"of": of}).context["pairs"]


# --- Finding


def test_the_search_names_pairs_with_their_evidence(desk, visits, partners):
    call_command("find_duplicates")
    (pair,) = shown(desk, "activities")
    assert {side.title for side in pair.sides} == {"Đón đoàn Công đoàn Lào", "Tiếp đoàn LFTU"}
    for words in ("same first day", "LFTU", "Laos", "logged by two unions"):
        assert words in pair.evidence.replace("Same", "same")
    (pair,) = shown(desk)
    assert pair.evidence == "Both go by “Công đoàn Phlen-đơ”; same country: Laos"
    assert (Suspicion.objects.count(), DuplicateSearch.objects.get().found) == (2, 2)


def test_at_night_it_looks_once(visits):
    find_duplicates.delay()
    find_duplicates.delay()
    assert DuplicateSearch.objects.get().state == DuplicateSearch.State.DONE
    assert Suspicion.objects.count() == 1


def test_it_can_be_looked_for_now_by_those_who_write(desk, top, visits):
    assert desk.post("/duplicates/search/", {"of": "activities"}).url == "/duplicates/?of=activities"
    assert len(shown(desk, "activities")) == 1
    leader = enter(make.UserFactory(union=top, role=User.Role.LEADER))
    assert leader.post("/duplicates/search/").status_code == 403


def test_a_pair_is_seen_by_those_who_see_both(host, visits, partners):
    call_command("find_duplicates")
    one = enter(make.UserFactory(union=host))
    assert shown(one, "activities") == []
    assert len(shown(one)) == 1


def test_what_is_different_is_remembered_and_can_be_taken_back(desk, visits):
    call_command("find_duplicates")
    (pair,) = shown(desk, "activities")
    desk.post(pair.apart_url)
    assert shown(desk, "activities") == []
    call_command("find_duplicates")
    page = desk.get("/duplicates/?of=activities")
    assert page.context["pairs"] == []
    assert Distinct.objects.get().said_by is not None
    (told,) = page.context["told"]
    desk.post(told.apart_url, {"forget": "1"})
    assert len(shown(desk, "activities")) == 1


def test_merged_a_pair_is_gone_and_taken_apart_it_is_back(desk, visits):
    call_command("find_duplicates")
    merge_them(desk, *visits)
    assert shown(desk, "activities") == []
    desk.post(f"/duplicates/merges/{Merge.objects.get().pk}/undo/")
    assert len(shown(desk, "activities")) == 1


# --- The price, and the merge


def test_the_price_comes_first_and_names_reports_and_signatures(desk, top, visits):
    make.TermFactory(union=top)
    signed = signed_report(Report.of_days(top, Period.years(2022), under=True))
    page = desk.get(address(*visits))
    rows = {
        (one.union.code, one.span.name, one.code, one.by) for _h, _u, rows in page.context["reports"] for one in rows
    }
    assert ("vgcl", "2022", "delegations_in", -1) in rows
    assert ("vgcl", "2018–2023", "activities", -1) in rows
    assert signed.title in text(page)
    assert Delegation.objects.count() == 2
    for _head, url, _rows in page.context["reports"]:
        assert desk.get(url).status_code == 200


def test_merging_asks_for_the_price_that_was_shown(desk, visits):
    kept, gone = visits
    assert desk.post(address(kept, gone)).context["is_other_price"]
    page = desk.get(address(kept, gone))
    make.DelegationFactory(unions=[(kept.unions.get(), 2)])
    desk.post(address(kept, gone), {"seen": page.context["seen"]})
    assert Delegation.objects.count() == 3
    done = merge_them(desk, kept, gone)
    assert done.url == f"/delegations/{kept.pk}/"
    assert Delegation.objects.count() == 2
    page = text(desk.get(done.url))
    assert "“Tiếp đoàn LFTU” was merged into it" in page
    assert "Take apart again" in page


def test_what_differs_is_chosen(desk, visits):
    kept, gone = visits
    page = desk.get(address(kept, gone), {"title": "gone"})
    assert {one.name: chosen for one, chosen in page.context["facets"]} == {
        "title": "gone",
        "place": "gone",
        "guests": "gone",
    }
    merge_them(desk, kept, gone, title="gone", guests="kept")
    one = Delegation.objects.get()
    assert (one.title, one.guests, one.place) == ("Tiếp đoàn LFTU", None, "Hà Nội")


def test_of_two_headcounts_of_one_union_one_is_chosen(desk, top):
    kept, gone = (make.DelegationFactory(unions=[(top, people)]) for people in (3, 5))
    page = desk.get(address(kept, gone))
    ((_label, name, own, others, chosen),) = page.context["twins"]
    assert (own, others, chosen) == (3, 5, "kept")
    merge_them(desk, kept, gone, **{name: "gone"})
    assert kept.union_roles.get().people == 5


def test_a_union_does_not_take_the_visit_of_another(host, visits):
    kept, gone = visits
    one = enter(make.UserFactory(union=host, language="en"))
    assert one.get(address(kept, gone)).status_code == 404
    joint = make.DelegationFactory(unions=[(host, 2), (gone.unions.get(), 1)])
    page = one.get(address(kept, joint))
    assert page.status_code == 403
    assert "Other unions took part" in text(page)
    assert one.post(address(kept, joint)).status_code == 403


@pytest.mark.parametrize("role", READERS)
def test_who_reads_only_merges_nothing(top, visits, partners, role):
    call_command("find_duplicates")
    reader = enter(make.UserFactory(union=top, role=role, language="en"))
    (pair,) = shown(reader, "activities")
    assert (pair.merge_url, pair.apart_url) == ("", "")
    assert reader.get(address(*visits)).status_code == 403
    assert reader.get(f"/duplicates/delegations/{visits[0].pk}/").status_code == 403
    assert reader.post(f"{address(*visits)}apart/").status_code == 403
    assert "Merge with another record" not in text(reader.get(f"/partners/{partners[0].pk}/"))


def test_nobody_changes_or_deletes_a_merge_by_hand(top):
    for role in User.Role.values:
        person = make.UserFactory(union=top, role=role)
        assert person.has_perm("reports.view_merge")
        assert not any(person.has_perm(f"reports.{action}_merge") for action in ("add", "change", "delete"))


def test_figures_of_unions_out_of_reach_are_told_by_their_number(host, helper, partners):
    for union, partner in zip((host, helper), partners, strict=True):
        make.DelegationFactory(unions=[(union, 1)], partners=[partner])
    one = enter(make.UserFactory(union=host, language="en"))
    page = one.get(address(*partners, "partners"))
    assert page.context["reports"] == []
    assert "Figures of 1 union outside your reach move as well." in text(page)


def test_what_cannot_be_one_is_said(desk, top):
    whole = make.DelegationFactory(unions=[(top, 1)])
    part = make.DelegationFactory(unions=[(top, 1)], part_of=whole.activity_ptr)
    page = desk.get(address(whole, part))
    assert page.status_code == 409
    assert "part of the other" in text(page)
    assert desk.get(address(whole, whole)).status_code == 409
    assert desk.get(f"/duplicates/terms/{whole.pk}/{part.pk}/").status_code == 404


def test_another_record_is_chosen_by_its_name(desk, partners):
    kept, gone = partners
    page = text(desk.get(f"/partners/{kept.pk}/"))
    assert f'href="/duplicates/partners/{kept.pk}/"' in page
    assert desk.get(f"/duplicates/partners/{kept.pk}/").status_code == 200
    chosen = desk.get(f"/duplicates/partners/{kept.pk}/", {"other": gone.pk})
    assert chosen.url == address(kept, gone, "partners")
    assert desk.get(f"/duplicates/partners/{kept.pk}/", {"other": kept.pk}).status_code == 200


# --- Taking apart


def test_merges_are_listed_and_undone(desk, visits, helper):
    kept, gone = visits
    Paper.objects.create(activity_id=gone.pk, kind="request", number="12/TLĐ")
    done = merge_them(desk, kept, gone)
    assert "/undo/" in text(desk.get(done.url))
    merged = Merge.objects.get()
    other = enter(make.UserFactory(union=helper))
    assert other.post(f"/duplicates/merges/{merged.pk}/undo/").status_code == 404
    page = desk.get("/duplicates/merges/")
    assert "Tiếp đoàn LFTU" in text(page)
    back = desk.post(f"/duplicates/merges/{merged.pk}/undo/")
    assert back.url == f"/delegations/{gone.pk}/"
    assert "12/TLĐ" in text(desk.get(back.url))
    assert "taken apart on" in text(desk.get("/duplicates/merges/"))
    again = desk.post(f"/duplicates/merges/{merged.pk}/undo/", follow=True)
    assert "taken apart already" in text(again)


def test_old_addresses_lead_to_where_the_record_lives_on(desk, top):
    first, second, third = (make.PartnerFactory() for _number in range(3))
    assert merge_them(desk, second, first, "partners").status_code == 302
    assert merge_them(desk, third, second, "partners").status_code == 302
    for old in (f"/partners/{first.pk}/", f"/partners/{first.pk}/edit/", f"/partners/{first.pk}/contacts/new/"):
        moved = desk.get(old)
        assert (moved.status_code, moved.url) == (301, f"/partners/{third.pk}/")
        assert moved.headers["Cache-Control"] == "no-store"
    moved = desk.get(f"/api/partners/{first.pk}/")
    assert moved.status_code == 301
    assert moved.headers["Location"].endswith(f"/api/partners/{third.pk}/")
    assert desk.delete(f"/api/partners/{first.pk}/").status_code == 410
    assert Partner.objects.count() == 1
    desk.post(f"/duplicates/merges/{Merge.objects.get(gone=second.pk).pk}/undo/")
    assert desk.get(f"/partners/{first.pk}/").url == f"/partners/{second.pk}/"
    desk.post(f"/duplicates/merges/{Merge.objects.get(gone=first.pk).pk}/undo/")
    assert desk.get(f"/partners/{first.pk}/").status_code == 200
    assert desk.get("/partners/999999/").status_code == desk.get("/api/partners/999999/").status_code == 404


def test_an_old_address_leads_nobody_to_what_they_may_not_see(desk, visits, host):
    kept, gone = visits
    merge_them(desk, kept, gone)
    for old in (f"/delegations/{gone.pk}/", f"/activities/{gone.pk}/"):
        assert desk.get(old).status_code == 301
        assert enter(make.UserFactory(union=host)).get(old).status_code == 301
        assert enter(make.UserFactory()).get(old).status_code == 404


def test_who_enters_is_warned_by_the_same_rule_and_not_of_what_was_told_apart(desk, visits):
    kept, gone = visits
    typed = {
        "when": "2/3/2022",
        "title": "Tiếp đoàn LFTU",
        "direction": "in",
        "status": "held",
        "partners": [kept.partners.get().pk],
        "countries": [kept.countries.get().pk],
    }
    assert text(desk.post("/advice/delegations/", typed)).count("recorded already") == 2
    said = text(desk.post(f"/advice/delegations/{gone.pk}/", typed))
    assert "Đón đoàn Công đoàn Lào" in said
    desk.post(f"{address(kept, gone)}apart/")
    assert "Đón đoàn Công đoàn Lào" not in text(desk.post(f"/advice/delegations/{gone.pk}/", typed))
