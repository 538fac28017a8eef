"""Programmes and talks of all activities: whom we met, and of what, found without accents and cut to the reader."""

import datetime as dt

import pytest

from activities.models import ProgrammeItem, Talk
from tests import factories as make
from tests.doors import csv_rows, enter, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    return make.UnionFactory(code="nganh")


@pytest.fixture
def officer(union):
    return enter(make.UserFactory(union=union))


@pytest.fixture
def met(union):
    """Two trips of ours, and one of somebody else: a programme and a talk of each."""
    found = {}
    for name, code, owner, day in (
        ("Lào", "LA", union, dt.date(2023, 6, 12)),
        ("Bỉ", "BE", union, dt.date(2024, 3, 4)),
        ("Cuba", "CU", make.UnionFactory(), dt.date(2024, 5, 1)),
    ):
        country = make.CountryFactory(code=code, name=name, name_en=name)
        partner = make.PartnerFactory(name=f"Công đoàn {name}", country=country)
        trip = make.DelegationFactory(
            unions=[(owner, 3)], partners=[partner], countries=[country], starts_on=day, title=f"Đoàn đi {name}"
        )
        of = {"activity": trip.activity_ptr}
        ProgrammeItem.objects.create(day=day, met=f"Ông Khăm {name}", topic="Chuyển dịch công bằng", **of)
        Talk.objects.create(topics=f"Lương tối thiểu ở {name}", agreed="Trao đổi đoàn\nhằng năm", **of)
        found[name] = trip
    return found


@pytest.mark.parametrize(
    ("slug", "asked", "held"),
    [
        ("programme", {"q": "ong kham lao"}, ["Lào"]),
        ("programme", {"q": "chuyen dich cong bang"}, ["Bỉ", "Lào"]),
        ("talks", {"q": "luong toi thieu"}, ["Bỉ", "Lào"]),
        ("talks", {"q": "hang nam", "country": "LA"}, ["Lào"]),
        ("talks", {"since": "2024-01-01", "until": "2024-12-31"}, ["Bỉ"]),  # its day is its trip's
        ("programme", {"since": "2023-06-12", "until": "2023-06-12"}, ["Lào"]),
    ],
)
def test_whom_we_met_and_on_what_is_found(officer, met, slug, asked, held):
    titles = [f"Đoàn đi {one}" for one in held]
    rows = officer.get(f"/{slug}/", asked).context["table"].data.data
    assert sorted(one.activity.title for one in rows) == titles
    assert len(csv_rows(officer.get(f"/{slug}/", asked | {"format": "csv"}))) == len(held)
    assert officer.get(f"/api/{slug}/", asked | {"count": "true"}).json()["count"] == len(held)


def test_rows_of_a_partner_are_found_by_it(officer, met):
    partner = met["Bỉ"].partner_roles.get().partner
    for slug in ("programme", "talks"):
        rows = officer.get(f"/{slug}/", {"partner": partner.pk}).context["table"].data.data
        assert [one.activity.title for one in rows] == ["Đoàn đi Bỉ"]


def test_a_talk_of_others_is_found_by_nobody_else(officer, met):
    assert officer.get("/talks/", {"q": "cuba"}).context["total"] == 0
    assert "Cuba" not in text(officer.get("/search/", {"q": "luong toi thieu"}))
    assert "Lào" in text(officer.get("/search/", {"q": "luong toi thieu lao"}))


def test_words_changed_are_found_as_they_are_now(officer, met):
    talk = Talk.objects.get(activity=met["Lào"].pk)
    talk.topics = "Nhà ở công nhân"
    talk.save()
    assert officer.get("/talks/", {"q": "luong toi thieu lao"}).context["total"] == 0
    assert officer.get("/talks/", {"q": "nha o cong nhan"}).context["total"] == 1
