"""Talks and their promises: entered together, closed at a later meeting, shown to whoever sees the activity."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from activities.models import CarriedOut, FollowUp, Interpreting, Talk
from activities.reports.duplicates.unmerging import take_apart
from partners.models import Coverage
from tests import factories as make
from tests.doors import alerts, enter, text, typed_in
from tests.reports.merging import NOW, everything, merged
from unionrelations.accounts.models import Officer, OfficerLanguage, User

DAY = dt.date(2022, 3, 1)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def partner(union):
    return make.PartnerFactory(name="Liên hiệp Công đoàn Lào")


@pytest.fixture
def trip(union, partner):
    return make.DelegationFactory(title="Đoàn thăm Lào", unions=[(union, 5)], partners=[partner], starts_on=DAY)


@pytest.fixture
def later(union, partner):
    more = {"starts_on": "2023-03-01", "direction": "in"}
    return make.DelegationFactory(title="Bạn sang thăm", unions=[(union, 5)], partners=[partner], **more)


@pytest.fixture
def desk(union):
    return enter(make.UserFactory(union=union, role=User.Role.OFFICER))


def promise(activity, **more):
    return FollowUp.objects.create(**{"activity_id": activity.pk, "what": "Gửi tài liệu"} | more)


def test_a_talk_takes_the_promises_of_both_sides_along(desk, trip, partner):
    new = f"/delegations/{trip.pk}/talks/new/"
    typed = {"topics": "An toàn lao động", "agreed": "", "ours": "Gửi sách\n\nMời sang thăm", "theirs": "Cử chuyên gia"}
    sent = desk.post(new, typed_in(desk.get(new)) | typed)
    assert sent.status_code == 302, alerts(sent)
    assert Talk.objects.get().partner == partner  # the only one
    found = set(FollowUp.objects.values_list("what", "side", "partner"))
    ours, theirs = ("us", partner.pk), ("them", partner.pk)
    assert found == {("Gửi sách", *ours), ("Mời sang thăm", *ours), ("Cử chuyên gia", *theirs)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": "us", "their_person": "Bà Khamla"},
        {"side": "them", "officer": True},
        {"side": "us", "officer": True, "union": True},
        {"kept_at": True},
    ],
)
def test_a_promise_is_in_the_hands_of_its_own_side(union, trip, later, wrong):
    officer = Officer.objects.create(union=union, name="Nguyễn Thị Lan")
    rows = {"officer": officer, "union": union, "kept_at": later.activity_ptr}
    given = {name: rows[name] if value is True else value for name, value in wrong.items()}
    with pytest.raises(ValidationError):
        FollowUp(activity_id=trip.pk, what="Gửi tài liệu", **given).full_clean()


def test_a_promise_still_open_is_closed_at_a_later_meeting_and_opened_again(desk, trip, later):
    one = promise(trip, due_on=DAY)
    promise(later, what="Hứa sau này")
    page = f"/delegations/{later.pk}/"
    assert [row.what for row in desk.get(page).context["open_promises"]] == ["Gửi tài liệu"]
    assert desk.get(f"/delegations/{trip.pk}/").context["open_promises"] == []  # made later, or here
    kept = f"/promises/{one.pk}/kept/{later.pk}/"
    assert desk.get(kept).status_code == 200
    assert desk.post(kept, {"done_on": "31/02/2023"}).status_code == 200
    assert desk.post(kept, {"done_on": "01/03/2023"}).url == f"{page}#open-promises"
    one.refresh_from_db()
    assert (one.done_on, one.kept_at_id) == (dt.date(2023, 3, 1), later.pk)
    assert desk.get(page).context["open_promises"] == []
    assert "Gửi tài liệu" in text(desk.get("/undo/"))


def test_nobody_closes_what_is_out_of_reach_or_of_another_partner(union, trip, later):
    one, elsewhere = promise(trip), make.DelegationFactory(unions=[(union, 5)], partners=[make.PartnerFactory()])
    stranger = enter(make.UserFactory(role=User.Role.OFFICER))
    assert stranger.post(f"/promises/{one.pk}/kept/{later.pk}/", {"done_on": "01/03/2023"}).status_code == 404
    mine = enter(make.UserFactory(union=union, role=User.Role.OFFICER))
    assert mine.post(f"/promises/{one.pk}/kept/{elsewhere.pk}/", {"done_on": "01/03/2023"}).status_code == 404
    reader = enter(make.UserFactory(union=union, role=User.Role.LEADER))
    assert reader.post(f"/promises/{one.pk}/kept/{later.pk}/", {"done_on": "01/03/2023"}).status_code == 403


def test_a_promise_in_another_union_s_hands_is_read_and_not_changed(union, partner):
    other = make.UnionFactory(code="ben")
    joint = make.DelegationFactory(unions=[(union, 5), (other, 2)], partners=[partner])
    theirs = promise(joint, union=other)
    desk = enter(make.UserFactory(union=union, role=User.Role.OFFICER))
    assert theirs.what in text(desk.get(f"/delegations/{joint.pk}/"))
    assert desk.get(f"/delegations/{joint.pk}/follow-ups/{theirs.pk}/").status_code == 404


def test_a_partner_s_page_counts_open_promises_as_their_list_does(union, partner, trip, desk):
    promise(trip, due_on=DAY)
    promise(trip, what="Cử chuyên gia", side="them")
    promise(trip, what="Đã xong", done_on=DAY)
    elsewhere = make.DelegationFactory(unions=[(make.UnionFactory(), 5)], partners=[partner])
    promise(elsewhere, what="Của công đoàn khác")
    promise(trip, what="Với đối tác khác", partner=make.PartnerFactory())
    page = desk.get(f"/partners/{partner.pk}/")
    for side, every, rows in page.context["promises"].sides:
        assert every.number == len(rows) == desk.get(every.url).context["total"] == 1, side
    ours = page.context["promises"].sides[0][2][0]
    assert ours.is_overdue
    assert "pill-late" in text(page)


def test_an_activity_says_once_who_of_ours_could_interpret(union, trip, desk):
    officer = Officer.objects.create(union=union, name="Nguyễn Thị Lan")
    OfficerLanguage.objects.create(officer=officer, language="Lào", level="working")
    Interpreting.objects.create(activity_id=trip.pk, language="tiếng Lào")
    Interpreting.objects.create(activity_id=trip.pk, language="tiếng Anh", name="Bà Mai")
    page = desk.get(f"/delegations/{trip.pk}/")
    [(need, spoken)] = page.context["interpreters"].speakers()
    assert (need.language, [one.officer for one in spoken]) == ("tiếng Lào", [officer])
    need.officer = officer
    need.save()
    assert not desk.get(f"/delegations/{trip.pk}/").context["interpreters"].missing


def test_an_agreement_is_carried_out_by_what_the_form_of_an_activity_names(union, trip, desk):
    mine = make.AgreementFactory(unions=[union])
    theirs = make.AgreementFactory(unions=[make.UnionFactory()], title="Không ai thấy")
    hidden = CarriedOut.objects.create(activity_id=trip.pk, agreement=theirs)
    edit = f"/delegations/{trip.pk}/edit/"
    sent = desk.post(edit, typed_in(desk.get(edit)) | {"agreements": [mine.pk]})
    assert sent.status_code == 302, alerts(sent)
    assert set(CarriedOut.objects.values_list("agreement", flat=True)) == {mine.pk, theirs.pk}
    assert "Đoàn thăm Lào" in text(desk.get(f"/agreements/{mine.pk}/"))
    assert theirs.title not in text(desk.get(f"/delegations/{trip.pk}/"))
    desk.post(edit, typed_in(desk.get(edit)) | {"agreements": []})
    assert list(CarriedOut.objects.all()) == [hidden]


def test_merged_and_taken_apart_again_talks_promises_and_the_rest_are_as_they_were(union, partner, trip, later):
    officer = Officer.objects.create(union=union, name="Nguyễn Thị Lan")
    other, agreement = make.PartnerFactory(), make.AgreementFactory(unions=[union])
    twin = make.DelegationFactory(unions=[(union, 5)], partners=[other])
    for one in (trip, twin):
        Talk.objects.create(activity_id=one.pk, partner=other, topics="Trao đổi")
        CarriedOut.objects.create(activity_id=one.pk, agreement=agreement)
        Interpreting.objects.create(activity_id=one.pk, language="Lào", officer=officer)
    Coverage.objects.create(partner=partner, officer=officer)
    Coverage.objects.create(partner=other, officer=officer)
    kept = promise(trip, done_on=DAY, kept_at=twin.activity_ptr, partner=other)
    before = everything()
    done = [merged(trip, twin), merged(partner, other)]
    kept.refresh_from_db()
    assert (kept.activity_id, kept.kept_at_id, kept.partner) == (trip.pk, trip.pk, partner)
    assert Talk.objects.filter(activity=trip.pk, partner=partner).count() == 2
    assert CarriedOut.objects.count() == Coverage.objects.count() == 1
    for one in reversed(done):
        take_apart(one, None, NOW)
    assert everything() == before
