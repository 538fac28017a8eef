"""The workbook a union fills in offline: untouched it changes nothing, a row filled in is one new record."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from tests import factories as make
from tests.doors import enter
from unionrelations.accounts.models import User
from unionrelations.importing.plan import read_plan
from unionrelations.importing.workbook import HEAD_ROW, SHEETS, write_workbook
from unionrelations.kit.importing import Context
from unionrelations.kit.periods import Period

FIRST = HEAD_ROW + 2  # row of the first record, as a spreadsheet counts


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")


@pytest.fixture
def lao(db):
    return make.CountryFactory(code="LA", name="Lào", name_en="Laos")


@pytest.fixture
def asking(union):
    return lambda: Context(union=union, today=dt.date(2024, 1, 10), reader=make.UserFactory(union=union))


@pytest.fixture
def filled(union, lao):
    """A union with something of each kind in 2023."""
    partner = make.PartnerFactory(name="Công đoàn Xây dựng Lào")
    shared = {"unions": [(union, 3)], "partners": [partner], "countries": [lao]}
    make.DelegationFactory(title="Đoàn ra Lào", direction="out", starts_on="2023-06-12", ends_on="2023-06-15", **shared)
    make.DelegationFactory(
        title="Đoàn nửa năm", starts_on="2023-01-01", ends_on="2023-06-30", precision="half_year", **shared
    )
    make.DelegationFactory(title="Đoàn Lào sang", direction="in", guests=5, starts_on="2023-07-01", **shared)
    make.ConferenceFactory(title="Hội thảo quốc tế", starts_on="2023-08-01", **shared)
    make.CourseFactory(title="Lớp tập huấn", starts_on="2023-09-01", **shared)
    make.AgreementFactory(title="Bản ghi nhớ", unions=[union], partners=[partner], signed_from="2023-03-03")


def issued(asking) -> bytes:
    return write_workbook(asking(), Period.years(2023))


def read(content: bytes, asking):
    return read_plan(content, "so.xlsx", asking())


def edited(content: bytes, change) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_an_untouched_workbook_changes_nothing(asking, filled):
    plan = read(issued(asking), asking)
    problems = [(line.table.sheet, one.column, one.reason) for line in plan.lines for one in line.problems]
    changes = [(one.label, one.before, one.after) for line in plan.lines for one in line.drafts[0].differences]
    assert (problems, changes) == ([], [])
    assert plan.counts == {"read": 6, "new": 0, "changed": 0, "unchanged": 6, "refused": 0}
    assert plan.left_out == []


def test_an_empty_row_counts_for_nothing_and_a_filled_one_is_new(asking, filled):
    def fill(book):
        page = book["Đoàn ra"]
        for place, value in enumerate(("Đoàn dự hội nghị", dt.date(2023, 10, 2), dt.date(2023, 10, 5), "Lào"), 1):
            page.cell(row=FIRST + 20, column=place, value=value)

    plan = read(edited(issued(asking), fill), asking)
    assert (plan.counts["new"], plan.counts["unchanged"]) == (1, 6)
    assert plan.counts["changed"] == plan.counts["refused"] == 0


def test_one_edited_cell_is_one_change_of_that_field(asking, filled):
    def edit(book):
        page = book["Đoàn ra"]
        place = [cell.value for cell in page[HEAD_ROW + 1]].index("Số người") + 1
        row = next(cells[0].row for cells in page.iter_rows(min_row=FIRST) if cells[0].value == "Đoàn ra Lào")
        page.cell(row=row, column=place, value=9)

    plan = read(edited(issued(asking), edit), asking)
    (changed,) = [line for line in plan.lines if line.verdict == "changed"]
    assert [(one.column, one.after) for one in changed.drafts[0].differences] == [("people", "9")]
    assert plan.counts["unchanged"] == 5


def test_a_sheet_of_each_kind_offers_what_a_cell_may_say(asking, filled):
    book = load_workbook(io.BytesIO(issued(asking)))
    assert book.sheetnames[1:-1] == [one.name for one in SHEETS]
    assert book["Danh mục"].sheet_state == "veryHidden"
    for sheet in SHEETS:
        rules = book[sheet.name].data_validations.dataValidation
        assert {one.type for one in rules} >= ({"date"} if sheet.slug == "agreements" else {"list", "date", "whole"})
        assert {one.errorStyle for one in rules} == {"warning"}


def test_more_records_ask_the_database_nothing_more(asking, filled, union, lao, django_assert_max_num_queries):
    for number in range(20):
        make.DelegationFactory(title=f"Đoàn {number}", unions=[(union, 3)], countries=[lao], starts_on="2023-05-05")
    with django_assert_max_num_queries(50):
        issued(asking)


def test_headquarters_issues_it_for_a_union_in_reach(union, filled):
    browser = enter(make.UserFactory(union=union))
    asked = {"union": union.pk, "from": "01/01/2023", "to": "31/12/2023"}
    answer = browser.get("/import/workbook/", asked)
    assert load_workbook(io.BytesIO(answer.content))["Đoàn ra"]["A2"].value == str(union)
    stranger = make.UnionFactory(code="khac")
    assert browser.get("/import/workbook/", asked | {"union": stranger.pk}).context["form"].errors["union"]
    backwards = browser.get("/import/workbook/", asked | {"from": "31/12/2023", "to": "01/01/2023"})
    assert backwards.context["form"].errors["to"]
    leader = enter(make.UserFactory(union=union, role=User.Role.LEADER))
    assert leader.get("/import/workbook/", asked).status_code == 403
