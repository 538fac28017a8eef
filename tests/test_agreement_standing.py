"""How an agreement stands: worked out from dates and events for any day, whatever order they were entered in."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import Agreement, AgreementEvent
from partners.standing import Standing, is_called_a_treaty, last_day_of
from tests import factories as make
from tests.doors import alerts, enter, typed_in
from unionrelations.accounts.models import User

FIRST = dt.date(2020, 1, 1)
days = st.integers(0, 40).map(lambda number: FIRST + dt.timedelta(days=30 * number))
KINDS = [one for one in AgreementEvent.Kind.values if one != "inherited"]


@st.composite
def events(draw):
    kind, day = draw(st.sampled_from(KINDS)), draw(days)
    later = draw(st.none() | st.integers(0, 900)) if kind == "extended" else None
    return kind, day, None if later is None else day + dt.timedelta(days=later)


def expected(first, last, happened, day) -> str:
    """The rules said a second time, one event after another."""
    known = sorted((one for one in happened if one[1] <= day), key=lambda one: (one[1], one[0] != "suspended"))
    if any(kind in ("terminated", "withdrawn") for kind, _day, _until in known):
        return Standing.ENDED
    if first is None or first > day:
        return Standing.NOT_YET
    extended = [one for one in known if one[0] == "extended"]
    if extended:
        newest = [until for _kind, on, until in extended if on == extended[-1][1]]
        last = max((one for one in newest if one), default=None)
    if last is not None and last < day:
        return Standing.EXPIRED
    paused = [kind for kind, _day, _until in known if kind in ("suspended", "resumed")]
    return Standing.SUSPENDED if paused[-1:] == ["suspended"] else Standing.IN_FORCE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=min(settings().max_examples, 60))
@given(st.none() | days, st.none() | st.integers(0, 900), st.lists(events(), max_size=6), st.randoms(), days)
def test_each_day_has_one_standing_whatever_the_order_of_entry(db, first, lasts, happened, order, day):
    last = first + dt.timedelta(days=lasts) if first and lasts is not None else None
    found = set()
    for _round in range(2):
        one = Agreement.objects.create(title="Bản ghi nhớ", in_force_from=first, in_force_to=last)
        for kind, on, until in happened:
            AgreementEvent.objects.create(agreement=one, kind=kind, day=on, until=until)
        found.add(Agreement.objects.as_of(day).get(pk=one.pk).standing)
        order.shuffle(happened)
    assert found == {expected(first, last, happened, day)}


@pytest.mark.parametrize(
    ("duration", "last"),
    [
        ("5 năm", dt.date(2027, 4, 19)),
        ("05 (năm) năm", dt.date(2027, 4, 19)),
        ("36 tháng", dt.date(2025, 4, 19)),
        ("có thời hạn 3 năm kể từ ngày ký", dt.date(2025, 4, 19)),
        ("two (2) years", dt.date(2024, 4, 19)),
        ("5 năm, tự động gia hạn", None),
        ("Không thời hạn", None),
        ("0 năm", None),
        ("", None),
    ],
)
def test_a_plain_duration_names_the_last_day_and_no_other_words_do(duration, last):
    assert last_day_of(dt.date(2022, 4, 20), duration) == last


def test_a_month_too_short_ends_with_its_last_day():
    assert last_day_of(dt.date(2020, 2, 29), "1 năm") == dt.date(2021, 2, 28)
    assert last_day_of(dt.date(2022, 8, 31), "6 tháng") == dt.date(2023, 2, 28)


def test_the_last_day_is_taken_from_the_duration_only_where_none_is_written(db):
    told = {"title": "Bản ghi nhớ", "duration": "5 năm"}
    assert Agreement.objects.create(**told, signed_from=FIRST).in_force_to == dt.date(2024, 12, 31)
    assert Agreement.objects.create(**told, signed_from=FIRST, in_force_to=FIRST).in_force_to == FIRST
    assert Agreement.objects.create(**told).in_force_to is None
    window = {"signed_from": FIRST, "signed_to": dt.date(2020, 3, 31)}
    assert Agreement.objects.create(**told, **window).in_force_to is None  # signed on nobody knows which day


def test_an_inheritance_keeps_the_original_party_and_names_one_heir(db):
    union, heir, partner = make.UnionFactory(), make.UnionFactory(), make.PartnerFactory()
    one = make.AgreementFactory(unions=[union], partners=[partner])
    AgreementEvent(agreement=one, kind="inherited", day=FIRST, heir=heir).full_clean()
    AgreementEvent(agreement=one, kind="inherited", day=FIRST, heir_partner=partner).full_clean()
    for wrong in ({}, {"heir": heir, "heir_partner": partner}):
        with pytest.raises(Exception, match=r"."):
            AgreementEvent(agreement=one, kind="inherited", day=FIRST, **wrong).full_clean()
    AgreementEvent.objects.create(agreement=one, kind="inherited", day=FIRST, heir=heir)
    assert one.parties.get(union__isnull=False).union == union
    assert Agreement.objects.visible_to(make.UserFactory(union=heir)).get() == one


@pytest.mark.parametrize("words", ["Hiệp định", "HIEP UOC hợp tác", "Công ước", "định ước"])
def test_a_treaty_s_name_is_warned_against_once_and_then_saved(db, words):
    union = make.UnionFactory()
    browser = enter(make.UserFactory(union=union, role=User.Role.OFFICER))
    assert is_called_a_treaty(words)
    typed = typed_in(browser.get("/agreements/new/")) | {"title": "Văn bản hợp tác", "kind": words}
    warned = browser.post("/agreements/new/", typed)
    assert warned.status_code == 200
    assert alerts(warned)
    assert not Agreement.objects.exists()
    again = browser.post("/agreements/new/", typed_in(warned))
    assert again.status_code == 302, alerts(again)
    assert Agreement.objects.get().kind == words


def test_lists_and_endpoint_tell_the_same_standing(db):
    union = make.UnionFactory()
    browser = enter(make.UserFactory(union=union))
    today = dt.date.today()
    soon = today + dt.timedelta(days=60)
    plain = make.AgreementFactory(unions=[union], signed_from=FIRST, in_force_to=soon)
    begun = make.AgreementFactory(unions=[union], signed_from=FIRST, in_force_to=soon, renewal_started_on=today)
    longer = make.AgreementFactory(unions=[union], signed_from=FIRST, in_force_to=FIRST)
    until = today + dt.timedelta(days=400)
    AgreementEvent.objects.create(agreement=longer, kind="extended", day=dt.date(2021, 1, 1), until=until)
    gone = make.AgreementFactory(unions=[union], signed_from=FIRST)
    AgreementEvent.objects.create(agreement=gone, kind="terminated", day=today)

    def listed(**asked):
        return {one["id"] for one in browser.get("/api/agreements/", asked).json()["results"]}

    assert listed(force="in") == {plain.pk, begun.pk, longer.pk}
    assert listed(force="expiring") == {plain.pk, begun.pk}
    assert listed(force="untouched") == {plain.pk}
    assert listed(force="ended") == {gone.pk}
    assert listed(ends_from=f"{until:%d/%m/%Y}") == {longer.pk}
    shown = browser.get(f"/api/agreements/{longer.pk}/").json()
    assert (shown["standing"], shown["last_day"]) == ("in", str(until))
