"""Money is added up along each cut, of the rows the reader sees and no others; each number is the list it opens."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.models import Cost, Plan, PlanLine, Realisation
from activities.reports.ledger import Cut, Item, Ledger, Line
from tests import factories as make
from tests.doors import csv_rows, enter, text, xlsx_rows
from unionrelations.accounts.models import User


def realised(plan, title, activity):
    Realisation.objects.create(line=PlanLine.objects.create(plan=plan, title=title), activity_id=activity.pk)


@pytest.fixture
def above(db):
    return make.UnionFactory(code="tren", name="Tổng Liên đoàn")


@pytest.fixture
def union(above):
    return make.UnionFactory(code="nganh", name="Công đoàn Ngành", parent=above)


@pytest.fixture
def beside(above):
    return make.UnionFactory(code="ben", name="Công đoàn Bên cạnh", parent=above)


def trip(*unions, year=2026, **more):
    days = {"starts_on": dt.date(year, 3, 1), "ends_on": dt.date(year, 3, 5)} | more
    return make.DelegationFactory(unions=[(one, 1) for one in unions], **days).activity_ptr


def cost(activity, union, **more) -> Cost:
    return Cost.objects.create(**{"activity": activity, "union": union, "item": "Vé", "source": "union"} | more)


def ledger(reader, cut=Cut.SOURCE) -> Ledger:
    return Ledger(Cost.objects.visible_to(reader).for_reader(reader), cut, reader)


def lines(reader, cut) -> dict:
    return {one.label: (one.estimate.in_dong, one.settlement.in_dong) for one in ledger(reader, cut).lines}


@pytest.fixture
def house(union, beside):
    """A joint trip of two unions, each with money of its own, and one trip more."""
    joint, alone = trip(union, beside, title="Đoàn chung"), trip(union, title="Đoàn riêng", year=2025)
    cost(joint, union, estimate=100, settlement=90)
    cost(joint, beside, estimate=7_000, source="state")
    cost(alone, union, estimate=10, currency="USD", rate=Decimal("25000.5"), source="partner")
    plan = Plan.objects.create(
        union=union, title="Kế hoạch A", first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 12, 31)
    )
    realised(plan, "Đi", joint)
    return joint, alone, plan


def test_each_cut_adds_up_what_the_reader_sees(house, above, union):
    whole, ours = make.UserFactory(union=above), make.UserFactory(union=union)
    assert lines(whole, Cut.UNION) == {"Công đoàn Ngành": (250_105, 90), "Công đoàn Bên cạnh": (7_000, 0)}
    assert lines(ours, Cut.UNION) == {"Công đoàn Ngành": (250_105, 90)}
    assert lines(ours, Cut.ACTIVITY) == {"Đoàn chung": (100, 90), "Đoàn riêng": (250_005, 0)}
    assert [one.estimate.in_dong for one in ledger(whole, Cut.SOURCE).lines] == [7_000, 100, 250_005]
    assert list(lines(ours, Cut.PLAN).values()) == [(100, 90), (250_005, 0)]


def test_who_pays_is_told_only_where_somebody_is_named(house, above, union, beside):
    joint, _alone, _plan = house
    partner = make.PartnerFactory(name="Quỹ FES")
    cost(joint, union, estimate=3, payer_union=above)
    cost(joint, union, estimate=40, payer_partner=partner)
    cost(joint, beside, estimate=50_000, payer_partner=partner)
    ours = make.UserFactory(union=union)
    assert lines(ours, Cut.PAYER) == {"Tổng Liên đoàn": (3, 0), "Quỹ FES": (40, 0), "Chưa nêu bên chi": (250_105, 90)}
    browser = enter(ours)
    page = text(browser.get("/money/?by=payer"))
    counted = re.findall(r'data-label="[^"]+"><span><a href="(/costs/[^"]+)">(\d+)</a>', page)
    assert [browser.get(unescape(address)).context["total"] for address, _number in counted[:3]] == [1, 1, 2]
    assert browser.get("/costs/?payer=union-99999").context["notes"]


@pytest.mark.parametrize("cut", Cut)
def test_a_reader_s_total_never_holds_another_s_money(house, beside, cut):
    theirs = ledger(make.UserFactory(union=beside), cut)
    assert theirs.whole.estimate.in_dong == 7_000
    assert sum(one.count for one in theirs.lines) == 1
    assert ledger(make.UserFactory(), cut).whole.count == 0


def test_what_stands_in_two_plans_is_counted_once_in_the_whole(house, union):
    joint, _alone, plan = house
    other = Plan.objects.create(union=union, title="Kế hoạch B", first_day=plan.first_day, last_day=plan.last_day)
    realised(other, "Cũng đi", joint)
    realised(plan, "Đi lần nữa", joint)
    told = ledger(make.UserFactory(union=union), Cut.PLAN)
    assert [one.estimate.in_dong for one in told.lines] == [100, 100, 250_005]
    assert told.whole.estimate.in_dong == 250_105
    assert told.is_doubled


def test_without_a_rate_the_dong_are_not_known(house, union):
    cost(house[0], union, estimate=5, currency="EUR")
    whole = ledger(make.UserFactory(union=union)).whole
    assert whole.estimate.in_dong is None
    assert whole.estimate.by_currency == {"EUR": 5, "USD": 10, "VND": 100}
    assert whole.settlement.in_dong == 90


items = st.builds(
    Item,
    activity=st.integers(1, 4),
    union=st.integers(1, 3),
    source=st.sampled_from(["", *Cost.Source.values]),
    currency=st.sampled_from(["VND", "USD"]),
    rate=st.just(Decimal("25410.1234")),
    estimate=st.none() | st.decimals(min_value=0, max_value=10**12, places=2),
    settlement=st.none() | st.decimals(min_value=0, max_value=10**12, places=2),
    title=st.just("Đoàn"),
)


@given(st.lists(items, max_size=20))
@settings(max_examples=50)
def test_the_lines_of_a_cut_add_up_to_the_whole(rows):
    whole = Line("", items=rows)
    for part in ("source", "union", "activity"):
        keys = {getattr(one, part) for one in rows}
        parts = [Line("", items=[one for one in rows if getattr(one, part) == key]) for key in keys]
        assert sum(one.count for one in parts) == whole.count
        assert sum(one.unsettled for one in parts) == whole.unsettled
        if parts:
            first, *rest = (one.estimate for one in parts)
            for one in rest:
                first = first + one
            assert first == whole.estimate


# --- The page


@pytest.fixture
def reader(union):
    return make.UserFactory(union=union, role=User.Role.LEADER, language="en")


def test_the_page_its_files_and_its_list_say_the_same(house, reader):
    browser = enter(reader)
    page = text(browser.get("/money/?by=activity"))
    assert "250,005 VND" in page
    assert "250,105 VND" in page
    assert "7,000" not in page
    rows = csv_rows(browser.get("/money/?by=activity&format=csv"))
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("Đoàn chung", "100", "90"),
        ("Đoàn riêng", "250005", ""),
        ("Total", "250105", "90"),
    ]
    assert [row[2] for row in xlsx_rows(browser.get("/money/?by=activity&format=xlsx"))] == [100, 250005, 250105]


@pytest.mark.parametrize("cut", Cut)
def test_every_number_opens_as_many_rows_as_it_says(house, reader, cut):
    browser = enter(reader)
    page = text(browser.get(f"/money/?by={cut}"))
    counted = re.findall(r'data-label="Items"><span><a href="([^"]+)">(\d+)</a>', page)
    assert len(counted) >= 2
    for address, number in counted:
        assert browser.get(unescape(address)).context["total"] == int(number), address
    for address in re.findall(r'href="(/costs/[^"]+settled=true[^"]*)"', page):
        assert browser.get(unescape(address)).context["total"] == 1


def test_a_period_holds_what_surely_lies_in_it_and_the_rest_stands_beside(house, union, reader):
    wide = trip(union, starts_on=dt.date(2025, 6, 1), ends_on=dt.date(2026, 6, 30), precision="span")
    cost(wide, union, estimate=5_000)
    browser = enter(reader)
    year = "since=2026-01-01&until=2026-12-31"
    assert csv_rows(browser.get(f"/money/?{year}&format=csv"))[-1][2] == "100"
    assert csv_rows(browser.get("/money/?since=2025-01-01&until=2026-12-31&format=csv"))[-1][2] == "255105"
    page = browser.get(f"/money/?{year}")
    assert page.context["undetermined"][0] == 1
    assert browser.get(page.context["undetermined"][1]).context["total"] == 1


def test_an_address_nobody_can_read_is_told_and_makes_no_file(house, reader):
    browser = enter(reader)
    assert "nonsense" in text(browser.get("/money/?nonsense=1"))
    assert browser.get("/money/?nonsense=1&format=csv").status_code == 400
    assert browser.get("/money/?format=exe").status_code == 400
    assert browser.get("/money/?by=nothing").status_code == 200


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_house_without_money_says_so(union, language):
    answer = enter(make.UserFactory(union=union, language=language)).get("/money/")
    assert answer.status_code == 200
    assert ("Chưa ghi kinh phí nào" if language == "vi" else "No money is written down here") in text(answer)
