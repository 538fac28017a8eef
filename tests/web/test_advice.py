"""Warnings before saving: shown once with rule and figure, saved when sent again, never about what nobody may see."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from activities.models import Conference, Course, Delegation, Overstep, RuleSet
from partners.models import Country
from tests import factories as make
from tests.doors import alerts, enter, text, typed_in
from unionrelations.accounts.models import User

WHY = {"overstep_reason": "Bạn mời thêm chuyên gia"}
ONE_MORE_LOOK = "One more look before it is saved"


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


@pytest.fixture
def desk(union):
    return enter(make.UserFactory(union=union, language="en"))


@pytest.fixture
def countries(db):
    codes = ("LA", "KH", "TH", "MY", "VN")
    return {code: make.CountryFactory(code=code).pk for code in codes}


def filled(browser, slug="delegations", **typed):
    own = {"delegations": {"direction": "out"}, "conferences": {"role": "abroad"}, "courses": {"direction": "given"}}
    given = {"title": "Đoàn đi học tập", "when": "7-9/6/2022", "status": "held"}
    return typed_in(browser.get(f"/{slug}/new/")) | own[slug] | given | typed


def cautions(browser, slug="delegations", pk=None, **typed) -> str:
    """What is said while the form is filled in."""
    address = f"/advice/{slug}/" + (f"{pk}/" if pk else "")
    answer = browser.post(address, typed if pk else filled(browser, slug, **typed))
    assert answer.status_code == 200
    return " ".join(text(answer).split())


LIMITS = [
    ({"when": "1-12/6/2022"}, "The trip lasts 12 days; the rule is at most 10."),
    ({"rows-0-0-people": "14"}, "14 people travel; the rule is at most 10."),
    ({"members": "\n".join(f"Nguyễn Văn {one}" for one in "ABCDEFGHIJK")}, "11 people travel"),
]


@pytest.mark.parametrize(("typed", "sentence"), LIMITS, ids=lambda one: str(one)[:30])
def test_a_customary_limit_is_named_with_its_figure_and_then_let_go(desk, typed, sentence):
    assert sentence in cautions(desk, **typed)
    values = filled(desk, **typed)
    page = desk.post("/delegations/new/", values)
    assert page.status_code == 200
    assert [one for one in (ONE_MORE_LOOK, sentence) if one not in text(page)] == []
    assert not Delegation.objects.exists()
    again = typed_in(page)
    assert again["seen_warnings"] != [""]
    seen = values | {"seen_warnings": again["seen_warnings"]}
    assert desk.post("/delegations/new/", seen).status_code == 200, "going on needs a reason"
    assert not Delegation.objects.exists()
    assert desk.post("/delegations/new/", seen | WHY).status_code == 302
    kept = Overstep.objects.get()
    assert (kept.activity_id, kept.reason) == (Delegation.objects.get().pk, WHY["overstep_reason"])
    with translation.override("en"):
        assert sentence in kept.said


def test_another_figure_is_another_warning(desk):
    values = typed_in(desk.post("/delegations/new/", filled(desk, when="1-12/6/2022")))
    page = desk.post("/delegations/new/", values | {"when": "1-15/6/2022"})
    assert "15 days" in text(page)
    assert desk.post("/delegations/new/", typed_in(page) | WHY).status_code == 302


def test_what_was_shown_while_typing_is_not_shown_again(desk):
    values = filled(desk, when="1-12/6/2022")
    shown = typed_in_fragment(desk.post("/advice/delegations/", values))
    assert desk.post("/delegations/new/", values | WHY | {"seen_warnings": shown}).status_code == 302


def typed_in_fragment(answer) -> str:
    return text(answer).partition('id="id_seen_warnings" value="')[2].partition('"')[0]


def test_within_the_limits_nothing_is_said_and_it_is_saved_at_once(desk, countries):
    three = [countries[one] for one in ("LA", "KH", "TH", "VN")]  # our own country is not travelled to
    typed = {"when": "1-10/6/2022", "rows-0-0-people": "10", "countries": three}
    assert "note-warn" not in cautions(desk, **typed)
    assert desk.post("/delegations/new/", filled(desk, **typed)).status_code == 302


def test_four_countries_are_many(desk, countries):
    four = [countries[one] for one in ("LA", "KH", "TH", "MY")]
    assert "The trip goes to 4 countries; the rule is at most 3." in cautions(desk, countries=four)


def test_limits_are_for_trips_of_ours(desk):
    assert "the rule is" not in cautions(desk, direction="in", when="1-20/6/2022", guests="40")
    assert "the rule is" not in cautions(desk, "courses", when="1-20/6/2022")


def test_a_vague_date_says_nothing_of_a_trips_length(desk):
    assert "the rule is" not in cautions(desk, when="6/2022")


def test_what_has_not_come_yet_was_not_held(desk):
    tomorrow = f"{timezone.localdate() + dt.timedelta(days=1):%d/%m/%Y}"
    assert "its date has not come yet" in cautions(desk, when=tomorrow)
    assert "not come yet" not in cautions(desk, when=tomorrow, status="planned")
    assert "not come yet" not in cautions(desk, when=f"{timezone.localdate():%d/%m/%Y}")


def test_more_certificates_than_trainees(desk):
    said = "34 certificates for 30 trainees. Check both."
    assert said in cautions(desk, "courses", certificates="34", trainees_theirs="30")
    assert "Check both" not in cautions(desk, "courses", certificates="34")  # how many sat there is not known
    assert "Check both" not in cautions(desk, "courses", certificates="30", trainees_ours="4", trainees_theirs="26")
    desk.post("/courses/new/", filled(desk, "courses", certificates="34", trainees_theirs="30"))
    assert not Course.objects.exists()


# --- Likely duplicates


@pytest.fixture
def stored(union, countries):
    partner = make.PartnerFactory(country_id=countries["LA"])
    return make.DelegationFactory(
        title="Đoàn thăm Liên hiệp Công đoàn Lào",
        starts_on=dt.date(2022, 6, 1),
        ends_on=dt.date(2022, 6, 30),
        precision="month",
        unions=[(union, 3)],
        partners=[partner],
        countries=[partner.country],
    )


def test_the_same_partner_country_or_title_in_the_same_days_is_likely_the_same(desk, stored, countries):
    partner = stored.partners.get().pk
    for typed in (
        {"partners": [partner]},
        {"countries": [countries["LA"]]},
        {"title": "doan tham lien hiep cong doan LAO"},
    ):
        page = cautions(desk, **typed)
        assert "This may be recorded already: Đoàn thăm Liên hiệp Công đoàn Lào, 6/2022." in page, typed
        assert f'href="/delegations/{stored.pk}/" target="_blank"' in page
    for typed in (
        {"partners": [partner], "when": "1/7/2022"},
        {"partners": [partner], "direction": "in"},
        {"countries": [countries["TH"]]},
    ):
        assert "recorded already" not in cautions(desk, **typed), typed


def test_another_kind_is_no_duplicate(desk, stored):
    assert "recorded already" not in cautions(desk, "conferences", partners=[stored.partners.get().pk])
    assert not Conference.objects.exists()


def test_a_record_dated_by_years_touches_everything_and_is_alike_by_its_title_alone(desk, stored):
    Delegation.objects.filter(pk=stored.pk).update(
        starts_on=dt.date(2018, 1, 1), ends_on=dt.date(2023, 12, 31), precision="span"
    )
    assert "recorded already" not in cautions(desk, partners=[stored.partners.get().pk])
    assert "recorded already" in cautions(desk, title=stored.title)


def test_nobody_hears_of_a_record_they_may_not_see(stored):
    others = enter(make.UserFactory(union=make.UnionFactory(), language="en"))
    assert "recorded already" not in cautions(others, partners=[stored.partners.get().pk], title=stored.title)


# --- Editing, and who may ask


def test_an_edit_is_warned_of_what_it_changes_only(desk, union):
    trip = make.DelegationFactory(
        unions=[(union, 14)], starts_on=dt.date(2022, 6, 1), ends_on=dt.date(2022, 6, 20), title="Đoàn dài ngày"
    )
    make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2022, 6, 1), title="Đoàn dài ngày")
    address = f"/delegations/{trip.pk}/edit/"
    values = typed_in(desk.get(address))
    assert desk.post(address, values | {"place": "Viêng Chăn"}).status_code == 302
    values = typed_in(desk.get(address))
    assert "19 days" in text(desk.post(address, values | {"when": "1-19/6/2022"}))
    assert "19 days" in cautions(desk, pk=trip.pk, **values | {"when": "1-19/6/2022"})


def test_the_list_is_said_back(desk):
    people = "Ông Nguyễn An, Chủ tịch\nBà Lê Hoa"
    assert "2 people in the list. The number of people is taken from it." in cautions(desk, members=people)
    said = cautions(desk, members=people, **{"rows-0-0-people": "5"})
    assert "2 people in the list." in said
    assert "taken from it" not in said


def test_advice_is_for_those_who_may_write(union, stored):
    values = {"title": "Đoàn", "when": "6/2022"}
    leader = enter(make.UserFactory(union=union, role=User.Role.LEADER))
    assert leader.post("/advice/delegations/", values).status_code == 403
    others = enter(make.UserFactory(union=make.UnionFactory()))
    assert others.post(f"/advice/delegations/{stored.pk}/", values).status_code == 404
    assert others.post("/advice/partners/", values).status_code == 404
    assert others.get("/advice/delegations/").status_code == 405


@pytest.mark.parametrize("typed", [{}, {"when": "?"}, {"rows-0-0-people": "mười"}, {"partners": ["x"]}, {"title": " "}])
def test_a_form_half_filled_in_is_no_mistake(desk, typed):
    assert desk.post("/advice/delegations/", typed).status_code == 200


def test_a_mistake_is_said_before_any_warning(desk):
    page = desk.post("/delegations/new/", filled(desk, when="1-12/6/2022", title="x" * 501))
    assert ONE_MORE_LOOK not in text(page)
    assert alerts(page)


def test_more_records_of_the_same_days_cost_no_more_questions(desk, stored, union, django_assert_max_num_queries):
    values = filled(desk, partners=[stored.partners.get().pk], title=stored.title)
    for _number in range(12):
        make.DelegationFactory(title=stored.title, starts_on=dt.date(2022, 6, 7), unions=[(union, 1)])
    with django_assert_max_num_queries(31):
        page = text(desk.post("/advice/delegations/", values))
    assert page.count("recorded already") == 3


# --- The rules of a union, its own before those above


def trip_to(union, country, **more):
    return make.DelegationFactory(unions=[(union, 3)], countries=[Country.objects.get(pk=country)], **more)


def test_a_union_s_own_limit_holds_before_that_of_the_union_above(desk, union):
    union.parent = make.UnionFactory()
    union.save()
    RuleSet.objects.create(union=union.parent, most_days=5, most_people=4)
    RuleSet.objects.create(union=union, most_days=14)
    said = cautions(desk, when="1-12/6/2022", **{"rows-0-0-people": "5"})
    assert "The trip lasts" not in said
    assert "5 people travel; the rule is at most 4." in said


def test_a_leader_s_third_trip_of_a_year_is_named(desk, union):
    for day in (dt.date(2022, 1, 5), dt.date(2022, 3, 5), dt.date(2021, 3, 5)):
        make.MemberFactory(
            activity=make.DelegationFactory(unions=[(union, 3)], starts_on=day).activity_ptr, name="Lê Thị Hoa"
        )
    gone = make.DelegationFactory(unions=[(union, 3)], starts_on=dt.date(2022, 4, 5), status="cancelled")
    make.MemberFactory(activity=gone.activity_ptr, name="Lê Thị Hoa")
    said = cautions(desk, members="Lê Thị Hoa, Phó Chủ tịch Tổng LĐ\nTrần Nam, chuyên viên")
    assert "For Lê Thị Hoa it is trip 3 of the year; the rule is at most 2." in said
    assert "trip" not in cautions(desk, members="Lê Thị Hoa, chuyên viên")


def test_two_leaders_in_one_delegation_are_named(desk, union):
    people = "Lê Thị Hoa, Phó Chủ tịch\nTrần Nam, Chủ tịch"
    assert "Lê Thị Hoa, Trần Nam travel together" in cautions(desk, members=people)
    RuleSet.objects.create(union=union, leaders_apart=False)
    assert "travel together" not in cautions(desk, members=people)


def test_one_subject_and_country_again_within_three_years_is_named(desk, union, countries):
    trip_to(union, countries["LA"], title="Đoàn trao đổi về an toàn lao động", starts_on=dt.date(2020, 1, 5))
    typed = {"title": "Trao đổi về an toàn lao động", "countries": [countries["LA"]]}
    assert "on the same subject: Đoàn trao đổi về an toàn lao động" in cautions(desk, **typed)
    assert "same subject" not in cautions(desk, **typed | {"when": "7-9/6/2023"})
    assert "same subject" not in cautions(desk, **typed | {"countries": [countries["TH"]]})
    assert "same subject" not in cautions(desk, **typed | {"title": "Trao đổi về đối thoại"})


@pytest.mark.parametrize(("days", "is_late"), [(0, True), (9, True), (10, False), (-1, False)])
def test_leave_asked_for_too_late_is_named(desk, days, is_late):
    start = f"{timezone.localdate() + dt.timedelta(days=days):%d/%m/%Y}"
    assert ("leave is asked for 10 days before" in cautions(desk, when=start, status="planned")) is is_late
    assert "leave is asked" not in cautions(desk, when=start, status="approved")


def test_a_departure_that_ends_is_forgotten_and_another_reason_replaces_the_first(desk, union):
    values = filled(desk, when="1-12/6/2022", **{"rows-0-0-people": "14"})
    page = desk.post("/delegations/new/", values)
    assert desk.post("/delegations/new/", typed_in(page) | WHY).status_code == 302
    trip = Delegation.objects.get()
    address = f"/delegations/{trip.pk}/edit/"
    assert desk.post(address, typed_in(desk.get(address)) | {"when": "1-5/6/2022"}).status_code == 302
    assert list(Overstep.objects.values_list("rule", flat=True)) == ["most_people"]
    assert "14 people travel" in text(desk.get(f"/delegations/{trip.pk}/"))
    assert WHY["overstep_reason"] in text(desk.get(f"/delegations/{trip.pk}/"))


def test_nobody_hears_of_trips_out_of_reach(desk, union, countries):
    stranger = make.UnionFactory(name="Công đoàn Bí Mật")
    trip_to(stranger, countries["LA"], title="Trao đổi về an toàn lao động", starts_on=dt.date(2022, 1, 5))
    typed = {"title": "Trao đổi về an toàn lao động", "countries": [countries["LA"]]}
    assert "same subject" not in cautions(desk, **typed)
