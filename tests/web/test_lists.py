"""A list's address says all: which rows, in which order, with which columns; what it cannot say, it says so."""

import csv
import datetime as dt
import io
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.models import Paper, SourceLink
from partners.models import Agreement
from tests import factories as make
from tests.doors import RECORDS, SHARED, enter, text, xlsx_rows
from unionrelations.accounts.models import User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.filters import MOST_OFFERED
from unionrelations.kit.importing.identity import HEADING

each_entity = pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.slug)
TODAY = timezone.localdate


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương")


@pytest.fixture
def reader(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)


@pytest.fixture
def desk(reader):
    return enter(reader)


def titles(desk, slug="delegations", **asked):
    response = desk.get(f"/{slug}/", asked)
    assert response.status_code == 200
    assert response.context["notes"] == []
    return sorted(str(row.record) for row in response.context["table"].rows)


# --- Which rows


def test_each_filter_of_activities_lets_through_what_it_says(desk, union):
    below = make.UnionFactory(parent=union, code="duoi")
    laos, japan = make.CountryFactory(), make.CountryFactory(code="JP", name="Nhật Bản", name_en="Japan")
    lftu, jaw = make.PartnerFactory(name="LFTU"), make.PartnerFactory(name="JAW", country=japan)
    first = make.DelegationFactory(
        title="A", unions=[(union, 3)], partners=[lftu], countries=[laos], mode="online", on_plan=True
    )
    make.DelegationFactory(
        title="B", unions=[(below, None)], partners=[jaw], countries=[japan], status="planned",
        starts_on="2023-01-01", ends_on="2023-06-30", precision="half_year",
    )  # fmt: skip
    make.DelegationFactory(title="C", unions=[(union, 0)], direction="in", guests=4, on_plan=False, off_plan_reason="x")
    Paper.objects.create(activity_id=first.pk, kind="trip_report", number="1")
    SourceLink.objects.create(activity_id=first.pk, document=make.DocumentFactory(), place="đoạn 1")
    for asked, expected in [
        ({}, "ABC"),
        ({"union": "vuit"}, "ABC"),
        ({"union": "vuit", "under": "0"}, "AC"),
        ({"union": "duoi", "under": "1"}, "B"),
        ({"country": ["LA", "JP"]}, "AB"),
        ({"country": "JP"}, "B"),
        ({"partner": [lftu.pk, jaw.pk]}, "AB"),
        ({"status": ["planned", "approved"]}, "B"),
        ({"direction": "in"}, "C"),
        ({"mode": ["online", "none"]}, "ABC"),
        ({"mode": "none"}, "BC"),
        ({"on_plan": "true"}, "A"),
        ({"on_plan": "false"}, "C"),
        ({"on_plan": "unknown"}, "B"),
        ({"report": "with"}, "A"),
        ({"report": "without"}, "BC"),
        ({"source": "with"}, "A"),
        ({"headcount": "unknown"}, "B"),
        ({"headcount": "known"}, "AC"),
        ({"precision": "day"}, "AC"),
        ({"precision": "vague"}, "B"),
        ({"since": "01/06/2023"}, "B"),
        ({"until": "2022-12-31"}, "AC"),
        ({"q": "jaw"}, "B"),
        ({"q": "nhat ban"}, "B"),
        ({"q": "a lftu"}, "A"),
    ]:
        assert (asked, "".join(titles(desk, **asked))) == (asked, expected)


def test_a_term_and_words_counted_from_today_are_read_on_the_day(desk, union):
    today = TODAY()
    make.TermFactory(union=union, name="2018-2023")
    make.TermFactory(union=union, name="2023-2028", first_day=dt.date(2023, 12, 3), last_day=None)
    make.DelegationFactory(title="A", unions=[(union, 1)], starts_on=dt.date(2020, 5, 1))
    make.DelegationFactory(title="B", unions=[(union, 1)], starts_on=today)
    make.DelegationFactory(title="C", unions=[(union, 1)], starts_on=today - dt.timedelta(60))
    for word, expected in [
        ("this-term", "BC"), ("preceding-term", "A"), ("2018-2023", "A"), ("last-90-days", "BC"),
        ("last-30-days", "B"), ("next-30-days", "B"),
    ]:  # fmt: skip
        assert (word, "".join(titles(desk, period=word))) == (word, expected)


def test_a_term_is_that_of_the_union_asked_for(desk, union):
    below = make.UnionFactory(parent=union, code="rieng")
    make.TermFactory(union=union, name="2018-2023")
    make.TermFactory(union=below, name="2019-2024", first_day=dt.date(2019, 1, 1), last_day=dt.date(2024, 1, 1))
    make.DelegationFactory(title="A", unions=[(below, 1)], starts_on=dt.date(2023, 12, 20))
    assert titles(desk, union="rieng", period="2019-2024") == ["A"]
    refused = desk.get("/delegations/", {"period": "2019-2024"})
    assert "2019-2024" in unescape(text(refused))
    assert refused.context["notes"]


def test_terms_of_a_union_are_its_own_and_those_of_unions_below(desk, union):
    below = make.UnionFactory(parent=union)
    for one in (union, below):
        make.TermFactory(union=one)
    for under, number in (("", 2), ("0", 1)):
        asked = {"union": "vuit"} | ({"under": under} if under else {})
        assert desk.get("/terms/", asked).context["total"] == number
        assert desk.get("/api/terms/", asked | {"count": "true"}).json()["count"] == number


def test_agreements_are_asked_by_what_holds_today(desk, union):
    day = TODAY()
    for title, first, last in [
        ("A", day - dt.timedelta(400), day - dt.timedelta(1)),
        ("B", day - dt.timedelta(400), day + dt.timedelta(30)),
        ("C", day - dt.timedelta(400), None),
        ("D", day + dt.timedelta(3), None),
    ]:
        make.AgreementFactory(title=title, unions=[union], in_force_from=first, in_force_to=last)
    assert Agreement.objects.count() == 4
    for asked, expected in (("in", "BC"), ("expiring", "B"), ("expired", "A"), ("open", "CD")):
        assert (asked, "".join(titles(desk, "agreements", force=asked))) == (asked, expected)


def test_the_last_contact_tells_nothing_of_what_others_did(desk, union):
    stranger = make.UnionFactory()
    met, theirs, old = (make.PartnerFactory(name=name) for name in ("A", "B", "C"))
    make.DelegationFactory(unions=[(union, 1)], partners=[met], starts_on=TODAY())
    make.DelegationFactory(unions=[(stranger, 1)], partners=[theirs], starts_on=TODAY())
    make.DelegationFactory(unions=[(union, 1)], partners=[old], starts_on=dt.date(2015, 1, 1))
    for asked, expected in (("year", "A"), ("older", "C"), ("none", "B")):
        assert (asked, "".join(titles(desk, "partners", contact=asked))) == (asked, expected)


# --- What cannot be read is said


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "flying"}, {"country": "XX"}, {"partner": "9" * 30}, {"since": "31/02/2023"}, {"nonsense": "1"},
        {"columns": "title,colour"}, {"sort": "-colour"}, {"period": "1999-2004"}, {"union": "nowhere"},
    ],
    ids=str,
)  # fmt: skip
def test_what_of_an_address_cannot_be_read_is_named_and_the_rest_still_holds(desk, union, asked):
    make.DelegationFactory(title="A", unions=[(union, 1)])
    make.DelegationFactory(title="B", unions=[(union, 1)], status="planned", direction="in")
    response = desk.get("/delegations/", asked | {"direction": "in"})
    assert response.status_code == 200
    (note,) = response.context["notes"]
    assert note in unescape(text(response))
    assert [str(row.record) for row in response.context["table"].rows] == ["B"]
    refused = desk.get("/delegations/", asked | {"direction": "in", "format": "csv"})
    assert refused.status_code == 400  # a file has no place for the note
    assert note in unescape(text(refused))


def test_a_period_that_ends_before_it_begins_is_said(desk):
    page = desk.get("/delegations/", {"since": "2023-02-01", "until": "2023-01-01"})
    assert page.context["notes"] == ["Đến ngày: Kỳ này kết thúc trước khi bắt đầu."]


def test_every_choice_in_force_is_a_chip_that_goes_alone(desk, union):
    page = desk.get("/delegations/?status=held&status=planned&union=vuit&sort=title&columns=when,status&page=1")
    chips = page.context["chips"]
    assert len(chips) == 3
    without_held = next(one for one in chips if one.value == "đã diễn ra").without
    assert without_held == "?status=planned&union=vuit&sort=title&columns=when,status"


def test_an_empty_list_says_which_filter_to_loosen(desk, union):
    make.DelegationFactory(title="A", unions=[(union, 1)], status="planned")
    page = desk.get("/delegations/", {"status": "held", "direction": "out"})
    ((chip, number, is_capped),) = page.context["loosened"]
    assert (chip.without, number, is_capped) == ("?direction=out", 1, False)
    assert desk.get("/delegations/" + chip.without).context["total"] == 1


@each_entity
def test_a_list_without_records_says_what_would_stand_there(entity, desk, union):
    page = desk.get(f"/{entity.slug}/")
    assert entity.about
    if not page.context["total"]:
        assert str(entity.about) in unescape(text(page))


# --- Columns


@each_entity
def test_every_column_can_be_chosen_on_the_page_and_in_files(entity, desk, union):
    RECORDS[entity.slug](union)
    names = entity.table.names()
    response = desk.get(f"/{entity.slug}/", {"columns": ",".join(reversed(names))})
    shown = [column.name for column in response.context["table"].columns]
    assert shown == [names[0], *reversed(names[1:])]
    assert response.context["notes"] == []
    headings = [str(column.header) for column in response.context["table"].columns]
    kept = desk.get(f"/{entity.slug}/", {"columns": ",".join(reversed(names)), "format": "csv"})
    told = [] if entity.slug == "history" else [str(HEADING)]  # nobody hands a history in
    assert next(csv.reader(io.StringIO(kept.content.decode("utf-8-sig")))) == [*headings, *told]


def test_more_columns_cost_the_same_for_one_row_and_for_many(desk, union, django_assert_max_num_queries):
    for number in range(12):
        one = make.DelegationFactory(unions=[(union, 1)])
        make.MemberFactory(activity=one.activity_ptr, name=f"Bà {number}", is_head=True)
        Paper.objects.create(activity_id=one.pk, kind="trip_report", number="1")
    desk.get("/delegations/")  # the menu counts what is late once, and keeps the number
    with django_assert_max_num_queries(17):
        desk.get("/delegations/?columns=head,report,days,own_people")


@pytest.mark.parametrize("entity", [ACTIVITIES, DELEGATIONS, CONFERENCES, COURSES], ids=lambda one: one.slug)
def test_each_column_alone_costs_the_same_for_one_row_and_for_many(entity, desk, union):
    """Whatever a column reads comes with its rows: nothing is left to be asked of each."""
    kinds = [one.slug for one in (DELEGATIONS, CONFERENCES, COURSES) if entity in (ACTIVITIES, one)]

    def asked() -> dict[tuple[str, str], int]:
        numbers = {}
        for column in entity.table.names():
            for form in ("", "csv"):
                caches["pages"].clear()
                with CaptureQueriesContext(connection) as queries:
                    answer = desk.get(f"/{entity.slug}/", {"columns": column} | ({"format": form} if form else {}))
                    b"".join(answer)
                numbers[column, form] = len(queries)
        return numbers

    for slug in kinds:
        RECORDS[slug](union)
    asked()  # what is asked once and kept
    few = asked()
    for slug in kinds * 5:
        RECORDS[slug](union)
    assert asked() == few


def test_columns_ticked_without_script_become_one_word_of_the_address(desk):
    sent = desk.get("/delegations/?status=held&columns=when&columns=status")
    assert (sent.status_code, sent.url) == (302, "/delegations/?status=held&columns=when,status")


def test_a_refresh_brings_its_own_address_views_and_downloads(desk, union):
    make.DelegationFactory(unions=[(union, 1)])
    part = desk.get("/delegations/?q=&status=held&union=&page=1", headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == "/delegations/?status=held"
    assert 'id="views"' in text(part)
    assert "?status=held&amp;format=xlsx" in text(part)


# --- Files


def test_a_file_keeps_the_order_of_the_page(desk, union):
    for title in ("B", "C", "A"):
        make.DelegationFactory(title=title, unions=[(union, 1)])
    assert [row[0] for row in xlsx_rows(desk.get("/delegations/?sort=-title&format=xlsx"))] == ["C", "B", "A"]


def test_activities_of_a_filter_can_be_taken_as_a_calendar(desk, union):
    make.DelegationFactory(title="Đoàn đi Lào", unions=[(union, 1)])
    make.DelegationFactory(title="Đoàn vào", unions=[(union, 1)], direction="in")
    answer = desk.get("/delegations/?direction=out&format=ics")
    assert answer["Content-Type"].startswith("text/calendar")
    said = text(answer)
    assert ("Đoàn đi Lào" in said, "Đoàn vào" in said) == (True, False)
    assert desk.get("/partners/?format=ics").status_code == 400


# --- The sheet of filters


@pytest.mark.one_database
@each_entity
def test_the_choices_of_filters_are_fetched_when_the_sheet_is_opened(entity, desk, union):
    RECORDS[entity.slug](union)
    names = [name for name in desk.get(f"/{entity.slug}/").context["filter"].form.fields if name != "q"]
    offered = [f'name="{name}' for name in names]
    plain, opened = (text(desk.get(f"/{entity.slug}/", asked)) for asked in ({}, {"sheet": "1"}))
    alone = text(desk.get(f"/{entity.slug}/", {"sheet": "1"}, headers={"hx-request": "true"}))
    assert [one for one in offered if one in plain.partition('id="rows"')[0]] == []
    assert [one for one in offered if one not in opened or one not in alone] == []
    assert "<html" not in alone
    assert 'id="rows"' not in alone
    assert 'hx-trigger="click, toggle' not in opened  # without script it stands open, and is all there


def test_a_sheet_that_says_something_comes_with_its_list(desk, union):
    make.DelegationFactory(unions=[(union, 1)])
    for asked in ({"direction": "in"}, {"country": "khong-co"}, {"since": "hôm nào"}):
        page = text(desk.get("/delegations/", asked))
        assert 'name="direction"' in page.partition('id="rows"')[0]
    assert 'name="direction"' not in text(desk.get("/delegations/", {"q": "lao", "sort": "title"}))


def test_the_sheet_asks_for_no_row_of_the_list(desk, union, django_assert_max_num_queries):
    make.DelegationFactory(unions=[(union, 1)])
    with django_assert_max_num_queries(8) as asked:
        desk.get("/delegations/", {"sheet": "1"}, headers={"hx-request": "true"})
    assert not [one for one in asked if 'FROM "activities_delegation"' in one["sql"]]


# --- Reach


@each_entity
def test_no_question_reaches_what_is_out_of_reach(entity, desk, union):
    stranger = make.UnionFactory(code="xa-la")
    secret = RECORDS[entity.slug](stranger)
    before = desk.get(f"/{entity.slug}/").context["total"]
    for asked in ({"union": "xa-la"}, {"below": "xa-la"}, {"partner": "1"}, {"q": str(secret)[:20]}):
        response = desk.get(f"/{entity.slug}/", asked)
        seen = {row.record.pk for row in response.context["table"].rows}
        assert response.context["total"] <= before
        if entity.slug not in SHARED:
            assert secret.pk not in seen


def test_a_choice_of_thousands_weighs_no_more_than_one_of_some(desk, union):
    for number in range(MOST_OFFERED + 5):
        make.PartnerFactory(name=f"Đối tác {number:03}")
    last = make.PartnerFactory(name="Đối tác cuối")
    make.DelegationFactory(title="A", unions=[(union, 1)], partners=[last])
    opened = text(desk.get("/delegations/", {"sheet": "1"}))
    assert MOST_OFFERED < opened.count("<option") < MOST_OFFERED + 60
    assert f'value="{last.pk}"' not in opened
    chosen = desk.get("/delegations/", {"partner": last.pk})
    assert f'<option value="{last.pk}"' in text(chosen)  # what is chosen always stands among the choices
    assert chosen.context["total"] == 1
