"""What a program reads beside lists: one search, what is due, reports with the lists behind their numbers, files."""

import io
import zipfile

import pytest
from django.urls import resolve

from activities.models import FollowUp
from activities.reports.models import ReportFile
from activities.reports.reports import Report
from tests import factories as make
from tests.api.programs import program
from tests.doors import enter
from tests.signing import drafted_report, signed_report
from unionrelations.accounts.models import User
from unionrelations.kit.periods import Period

JSON = "application/json"
DAYS = "from=2022-01-01&to=2022-12-31"


@pytest.fixture
def trip(union):
    return make.DelegationFactory(title="Đoàn thăm Lào", starts_on="2022-06-14", unions=[(union, 5)])


def test_one_search_finds_without_accents_and_leads_to_the_api(officer, trip):
    desk = program(officer)
    groups = desk.get("/api/search/?q=tham lao").json()["groups"]
    found = [one for group in groups for one in group["results"]]
    assert [(one["entity"], one["id"]) for one in found] == [("delegations", trip.pk)]
    assert desk.get(found[0]["url"]).json()["title"] == "Đoàn thăm Lào"
    assert resolve(found[0]["page"].removeprefix("http://testserver")).url_name == "delegations-detail"
    assert desk.get("/api/search/").json() == {"groups": []}


def test_the_search_finds_what_the_page_finds_and_no_more(officer, trip, union, below):
    make.PartnerFactory(name="Tổng Công đoàn Lào")
    groups = program(officer).get("/api/search/?q=lao").json()["groups"]
    page = enter(officer).get("/search/?q=lao")
    on_page = [hit.title for group in page.context["groups"] for hit in group.hits if hit.slug]
    assert [one["title"] for group in groups for one in group["results"] if one["entity"]] == list(map(str, on_page))
    assert len(on_page) == 3
    narrow = program(officer, union=below).get("/api/search/?q=tham lao").json()
    assert narrow == {"groups": []}


def test_what_is_due_is_what_the_page_says_and_a_program_s_look_is_none(officer, trip, union, below):
    FollowUp.objects.create(activity=trip.activity_ptr, what="Gửi tài liệu", due_on="2022-07-01")
    desk = program(officer)
    found = desk.get("/api/due/").json()["results"]
    rows = [row.due for group in enter(officer).get("/due/").context["groups"] for row in group.rows]
    assert {(one["kind"], one["key"]) for one in found} == {(one.rule.code, one.key) for one in rows}
    late = next(one for one in found if one["title"] == "Gửi tài liệu" or "Gửi tài liệu" in one["why"])
    assert late["is_late"] is True
    assert late["last_day"] == "2022-07-01"
    assert desk.get(f"/api/due/?kind={late['kind']}").json()["results"]
    assert desk.get("/api/due/?kind=nothing").status_code == 400
    assert program(officer, union=below).get("/api/due/?whose=below").json() == {"results": []}
    reader = make.UserFactory(union=union)
    program(reader).get("/api/due/")
    reader.refresh_from_db()
    assert reader.due_looked_at is None


def test_a_report_is_that_of_its_page_and_each_number_leads_to_its_rows_in_the_api(officer, trip):
    desk = program(officer)
    report = desk.get(f"/api/reports/tren/?{DAYS}").json()
    assert report["figures"][0].keys() >= {"indicator", "logged", "rows"}
    page = enter(officer).get(f"/reports/tren/?{DAYS}&format=json").json()
    plain = [one | {"rows": "", "undetermined_rows": ""} for one in report["figures"]]
    assert plain == [one | {"rows": "", "undetermined_rows": ""} for one in page["figures"]]
    assert report["narrative"] == page["narrative"]
    out = next(one for one in report["figures"] if one["indicator"] == "delegations_out")
    assert out["logged"] == 1
    rows = desk.get(out["rows"])
    assert [one["id"] for one in rows.json()["results"]] == [trip.pk]
    for figure in report["figures"]:
        for name in ("rows", "undetermined_rows"):
            if figure[name]:
                assert desk.get(figure[name]).status_code == 200, figure[name]


def test_a_report_that_cannot_be_asked_is_refused_and_one_out_of_reach_is_not_there(officer, union, below):
    desk = program(officer)
    assert desk.get("/api/reports/tren/?from=31-31").status_code == 400
    assert desk.get("/api/reports/tren/no-term/").status_code == 404
    narrow = program(officer, union=below)
    assert narrow.get(f"/api/reports/tren/?{DAYS}").status_code == 404
    assert narrow.get(f"/api/reports/duoi/?{DAYS}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_report_is_asked_for_made_and_fetched():
    union = make.UnionFactory(code="tren")
    make.DelegationFactory(title="Đoàn thăm Lào", starts_on="2022-06-14", unions=[(union, 5)])
    desk = program(make.UserFactory(union=union))
    wanted = {"union": "tren", "from": "2022-01-01", "to": "2022-12-31", "format": "xlsx"}
    headers = {"Idempotency-Key": "bao-cao-2022"}
    first = desk.post("/api/report-files/", wanted, JSON, headers=headers)
    again = desk.post("/api/report-files/", wanted, JSON, headers=headers)
    assert first.status_code == 201, first.json()
    assert again.json() == first.json()
    assert ReportFile.objects.count() == 1
    stands = desk.get(f"/api/report-files/{first.json()['id']}/").json()
    assert (stands["state"], stands["error"]) == ("done", "")
    fetched = b"".join(desk.get(stands["file"]).streaming_content)
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(fetched)).namelist()


def test_a_file_is_made_with_what_the_program_sees_and_not_with_what_its_person_sees(officer, union, below):
    wanted = {"union": "duoi", "from": "2022-01-01", "to": "2022-12-31", "format": "xlsx"}
    made = program(officer, union=below).post("/api/report-files/", wanted, JSON)
    row = ReportFile.objects.get(pk=made.json()["id"])
    assert row.asked_by == officer
    assert set(row.reader.reach()) == {below}
    wide = program(officer).post("/api/report-files/", wanted, JSON)
    assert set(ReportFile.objects.get(pk=wide.json()["id"]).reader.reach()) == {union, below}
    beyond = program(officer, union=below).post("/api/report-files/", wanted | {"union": "tren"}, JSON)
    assert beyond.status_code == 404


def test_signed_reports_are_listed_and_read_as_they_were_signed(officer, union, below):
    signer = make.UserFactory(union=union, role=User.Role.LEADER)
    signed = signed_report(Report.of_days(union, Period.years(2022)), by=signer)
    drafted_report(Report.of_days(union, Period.years(2021)), by=signer)
    desk = program(officer)
    listed = desk.get("/api/signed-reports/").json()["results"]
    assert [one["id"] for one in listed] == [signed.pk]
    whole = desk.get(f"/api/signed-reports/{signed.pk}/").json()
    assert whole["sha256"] == signed.sha256
    assert whole["contents"]["report"] == signed.figures
    draft = desk.get(f"/api/signed-reports/{signed.pk + 1}/")
    assert draft.status_code == 404
    assert program(officer, union=below).get(f"/api/signed-reports/{signed.pk}/").status_code == 404
