"""The date as people type it: read back while typing, kept in four columns, never changed by saving again."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import Delegation
from tests import factories as make
from tests.doors import alerts, enter, text, typed_in

SPRING = {"starts_on": dt.date(2023, 1, 1), "ends_on": dt.date(2023, 6, 30), "precision": "half_year"}
WORDS = "nửa đầu năm 2023 (theo báo cáo)"


@pytest.fixture
def union(db):
    union = make.UnionFactory(code="vuit")
    make.TermFactory(union=union)  # 26/9/2018 to 2/12/2023
    return union


@pytest.fixture(params=["vi", "en"])
def officer(request, union):
    return enter(make.UserFactory(union=union, language=request.param))


@pytest.fixture
def reader(union):
    return enter(make.UserFactory(union=union, language="en"))


def said(browser, words) -> str:
    return " ".join(text(browser.get("/when/", {"when": words})).split())


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("12-18/6/2023", "Monday 12/06/2023 – Sunday 18/06/2023, 7 days. It belongs to the term 2018–2023."),
        ("12-12/6/2023", "Monday 12/06/2023, 1 day. It belongs to the term 2018–2023."),
        ("12/6/2023", "The last day is not known; if it was one day only, write 12–12/06/2023."),
        ("tháng 6/2022", "6/2022: the day is not known. It belongs to the term 2018–2023."),
        ("năm 2018", "It may lie in or outside the term 2018–2023, so it stays undetermined there."),
        ("2/12-5/12/2023", "It belongs to the term 2018–2023."),  # it counts where it starts
        ("tháng 6/2010", "It lies in no term recorded here."),
        ("6-8/2023", "can be read in two ways"),
        ("31/02/2023", "is not a day of the calendar"),
    ],
)
def test_a_date_is_read_back_while_it_is_typed(reader, words, sentences):
    assert sentences in said(reader, words).replace("“", "").replace("”", "")


def test_a_vague_date_a_known_one_and_a_wrong_one_look_different(reader):
    looks = [said(reader, words).partition('">')[0] for words in ("tháng 6/2022", "12/6/2022", "12/16/2022")]
    assert looks == ['<p class="read-back is-vague', '<p class="read-back', '<p class="problem']
    assert said(reader, "") == ""


def test_a_year_left_out_is_said(reader):
    today = timezone.localdate()
    assert f"No year was written: read as {today.year}." in said(reader, f"{today.day}/{today.month}")


def test_nothing_is_read_back_to_a_stranger(client, db):
    assert client.get("/when/", {"when": "2023"}).status_code == 302


def test_a_reader_without_a_union_hears_of_no_term(db):
    assert "term" not in said(enter(make.UserFactory(union=None, language="en")), "2019")


@pytest.mark.parametrize(
    "kept",
    [
        SPRING | {"date_words": WORDS},
        {"starts_on": dt.date(2022, 6, 7), "ends_on": None, "precision": "day", "date_words": "ngày 7-6"},
        {"starts_on": dt.date(2022, 6, 7), "ends_on": dt.date(2022, 6, 7), "precision": "day", "date_words": ""},
        {"starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 12, 31), "precision": "day", "date_words": ""},
        {"starts_on": dt.date(2022, 6, 7), "ends_on": dt.date(2022, 8, 9), "precision": "span", "date_words": "hè"},
    ],
    ids=lambda one: one["precision"],
)
def test_saving_a_record_again_leaves_its_date_and_the_sources_words(officer, union, kept):
    trip = make.DelegationFactory(unions=[(union, 3)], **kept)
    address = f"/delegations/{trip.pk}/edit/"
    values = typed_in(officer.get(address)) | {"place": "Viêng Chăn"}
    assert officer.post(address, values).status_code == 302
    assert Delegation.objects.filter(place="Viêng Chăn", **kept).count() == 1
    values = typed_in(officer.get(address)) | {"when": f" {values['when'][0].upper()}."}  # the same, spelled anew
    assert officer.post(address, values).status_code == 302
    assert Delegation.objects.filter(place="Viêng Chăn", **kept).count() == 1


def test_words_of_a_vague_date_are_kept_and_those_of_a_day_are_not(officer, union):
    trip = make.DelegationFactory(unions=[(union, 3)])
    address = f"/delegations/{trip.pk}/edit/"
    for words, kept in (("đầu tháng 6/2022", "đầu tháng 6/2022"), ("7-9/6/2022", "")):
        assert officer.post(address, typed_in(officer.get(address)) | {"when": words}).status_code == 302
        trip.refresh_from_db()
        assert trip.date_words == kept
    assert (trip.starts_on, trip.ends_on, trip.precision) == (dt.date(2022, 6, 7), dt.date(2022, 6, 9), "day")


def test_a_form_shown_again_reads_the_date_back_without_script(reader, union):
    values = typed_in(reader.get("/delegations/new/")) | {"when": "tháng 6/2022", "title": ""}
    assert "6/2022: the day is not known." in text(reader.post("/delegations/new/", values))


def test_a_refused_date_is_refused_once_and_at_its_field(reader, union):
    answer = reader.post("/delegations/new/", typed_in(reader.get("/delegations/new/")) | {"when": "31/02/2023"})
    assert list(answer.context["form"].errors["when"]) == [
        "“31/02/2023” is not a day of the calendar: February 2023 has 28 days."
    ]
    assert alerts(answer).count("31/02/2023") == 1
