"""The pages on which a report is drafted, submitted and signed: who may, what they say, what they refuse."""

import io
import json

import pytest
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from openpyxl import load_workbook

from activities.models import ActivityScope
from activities.reports.kept import is_intact
from activities.reports.models import SignedFile, TermReport
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import enter, text, typed_in
from tests.signing import drafted_report, signed_report, submitted_report
from unionrelations import tasks
from unionrelations.accounts.models import User
from unionrelations.kit.periods import Period
from unionrelations.tasks import write_signed_file

YEAR = Period.years(2022)
Role = User.Role
ASKED = {"union": "vuit", "from": "2022-01-01", "to": "2022-12-31"}


@pytest.fixture
def vgcl(db):
    return make.UnionFactory(code="vgcl")


@pytest.fixture
def vuit(vgcl):
    return make.UnionFactory(code="vuit", parent=vgcl)


@pytest.fixture
def trip(vuit):
    return make.DelegationFactory(title="Đi Lào", unions=[(vuit, 7)])


@pytest.fixture
def report(vuit, trip):
    return Report.of_days(vuit, YEAR)


def browser_of(union, role=Role.OFFICER):
    return enter(make.UserFactory(union=union, role=role, language="en"))


def seal(browser, row, capture):
    """Presses the button of the page."""
    page = browser.get(row.url)
    with capture(execute=True):
        return browser.post(f"{row.url}sign/", {"seen": page.context["seen"]})


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


# --- From the report to the signature


def test_a_report_goes_from_its_page_to_a_signed_one(report, vuit, capture):
    officer, leader = browser_of(vuit), browser_of(vuit, Role.LEADER)
    led = officer.post("/reports/drafts/", ASKED)
    row = TermReport.objects.get()
    assert led.url == row.url == f"/reports/drafts/{row.pk}/"
    typed = typed_in(officer.get(row.url)) | {"text": ["Đã tổ chức 1 đoàn ra."]}
    assert officer.post(row.url, typed).status_code == 302
    row.refresh_from_db()
    assert row.text == "Đã tổ chức 1 đoàn ra."
    officer.post(row.url, typed_in(officer.get(row.url)) | {"submit": "1"})
    row.refresh_from_db()
    assert (row.state, row.text) == ("submitted", "Đã tổ chức 1 đoàn ra.")
    led = seal(leader, row, capture)
    row.refresh_from_db()
    assert led.url == row.url == f"/reports/signed/{row.pk}/"
    assert (row.state, row.signed_by.role) == ("signed", "leader")
    page = text(officer.get(row.url))
    assert row.sha256 in page
    assert "Đã tổ chức 1 đoàn ra." in page
    assert officer.get(f"/reports/drafts/{row.pk}/").url == row.url
    for one in row.files.all():
        assert (one.state, one.error) == ("done", "")
        assert f'href="/files/{one.file.name}"' in page
        assert one.sha256 in page
        assert officer.get(f"/files/{one.file.name}").status_code == 200
    assert row.files.get(format="json").sha256 == row.sha256
    assert json.loads(row.files.get(format="json").file.read())["text"] == row.text


def test_a_draft_of_a_term_keeps_its_term(vuit, vgcl):
    make.TermFactory(union=vgcl, name="2018-2023")
    browser_of(vuit).post("/reports/drafts/", {"union": "vuit", "term": "2018-2023", "under": "1"})
    row = TermReport.objects.get()
    assert (row.term.name, row.under, str(row.first_day)) == ("2018-2023", True, "2018-09-26")


def test_a_button_pressed_twice_signs_once(report, vuit, capture):
    row, leader = submitted_report(report), browser_of(vuit, Role.LEADER)
    seen = leader.get(row.url).context["seen"]
    for _press in range(2):
        with capture(execute=True):
            assert leader.post(f"{row.url}sign/", {"seen": seen}).url == f"/reports/signed/{row.pk}/"
    assert TermReport.objects.get().number == 1
    assert SignedFile.objects.count() == 4


def test_a_returned_report_is_a_draft_with_the_reason(report, vuit):
    row, leader = submitted_report(report), browser_of(vuit, Role.LEADER)
    assert "This field is required" in text(leader.post(f"{row.url}return/", {"reason": " "}))
    leader.post(f"{row.url}return/", {"reason": "thiếu <b>một</b> đoàn"})
    row.refresh_from_db()
    assert row.state == "draft"
    assert "thiếu &lt;b&gt;một&lt;/b&gt; đoàn" in text(browser_of(vuit).get(row.url))


def test_a_draft_can_be_thrown_away_and_a_submitted_one_cannot(report, vuit):
    officer, row = browser_of(vuit), drafted_report(report)
    assert officer.post(f"{row.url}drop/").url == report.url
    assert not TermReport.objects.exists()
    row = submitted_report(report)
    officer.post(f"{row.url}drop/")
    assert TermReport.objects.exists()


def test_numbers_that_moved_since_the_page_was_opened_are_read_again(report, vuit, capture):
    row, leader = submitted_report(report), browser_of(vuit, Role.LEADER)
    seen = leader.get(row.url).context["seen"]
    make.DelegationFactory(unions=[(vuit, 1)])
    page = leader.post(f"{row.url}sign/", {"seen": seen})
    assert "have changed since you opened this page" in text(page)
    assert seal(leader, row, capture).url == f"/reports/signed/{row.pk}/"


def test_doubt_is_told_with_a_way_to_the_audits_for_who_may_mend_it(report, vuit, trip, capture):
    row = submitted_report(report)
    ActivityScope.objects.filter(activity=trip.pk).update(own_people=70)
    for role, is_led in ((Role.LEADER, False), (Role.ADMINISTRATOR, True)):
        page = text(seal(browser_of(vuit, role), row, capture))
        assert "It was not signed." in page
        assert ('href="/admin/reports/auditrun/"' in page) == is_led
    assert TermReport.objects.get().state == "submitted"


# --- Who may

MAY = {  # (draft and write, submit, sign and return)
    Role.ADMINISTRATOR: (True, True, True),
    Role.OFFICER: (True, True, False),
    Role.LEADER: (False, False, True),
    Role.AUDITOR: (False, False, False),
}


@pytest.mark.one_database
@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("code", ["vuit", "vgcl"])
def test_each_role_does_its_part_for_its_union_and_those_below(report, vuit, vgcl, role, code, capture):
    browser = browser_of({"vuit": vuit, "vgcl": vgcl}[code], role)
    writes, submits, signs = MAY[role]
    row = drafted_report(report)
    assert browser.get(row.url).status_code == 200
    assert (browser.post("/reports/drafts/", ASKED).status_code == 302) == writes
    typed = {"version": row.version, "title": "T", "text": "Lời", "note": ""}
    assert (browser.post(row.url, typed).status_code == 302) == writes
    row.refresh_from_db()
    assert (row.text == "Lời") == writes
    assert (browser.post(row.url, typed | {"version": row.version, "submit": "1"}).status_code == 302) == submits
    row.refresh_from_db()
    assert row.is_submitted == submits
    if row.is_draft:
        row.submit(row.drafted_by, row.drafted_at)
    assert browser.post(f"{row.url}return/", {"reason": "x"}).status_code == (302 if signs else 403)
    row.refresh_from_db()
    if row.is_draft:
        row.submit(row.drafted_by, row.drafted_at)
    assert seal(browser, row, capture).status_code == (302 if signs else 403)
    row.refresh_from_db()
    assert row.is_signed == signs


@pytest.mark.parametrize("role", Role)
def test_a_report_of_another_union_is_not_there(report, vgcl, role):
    elsewhere = browser_of(make.UnionFactory(code="ha-noi", parent=vgcl), role)
    row, signed = submitted_report(report), signed_report(Report.of_days(report.union, Period.years(2021)))
    for address in (row.url, signed.url):
        assert elsewhere.get(address).status_code == 404
    for step in ("return", "sign", "drop"):
        assert elsewhere.post(f"{row.url}{step}/", {"reason": "x"}).status_code in (403, 404)
    assert elsewhere.post(row.url, {"text": "x"}).status_code in (403, 404)
    assert elsewhere.post("/reports/drafts/", ASKED).status_code in (403, 404)
    page = elsewhere.get("/reports/signed/")
    assert page.context["total"] == 0
    assert elsewhere.get("/reports/signed/", {"union": "vuit"}).context["total"] == 0
    file = signed.files.first()
    write_signed_file(file.pk)
    file.refresh_from_db()
    assert elsewhere.get(f"/files/{file.file.name}").status_code == 404
    assert elsewhere.post(f"/reports/signed/files/{file.pk}/again/").status_code in (403, 404)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_union_below_does_not_see_the_report_of_the_one_above(report, vuit, vgcl):
    above = signed_report(Report.of_days(vgcl, YEAR, under=True))
    assert browser_of(vuit, Role.LEADER).get(above.url).status_code == 404
    assert browser_of(vgcl, Role.LEADER).get(above.url).status_code == 200


def test_strangers_are_sent_to_sign_in(report, client):
    row = signed_report(report)
    for address in (row.url, "/reports/signed/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("bad", [{"from": "khi-nào"}, {"from": ""}, {"kind": "tiệc"}, {"term": "1900-1905"}])
def test_a_draft_of_what_cannot_be_asked_is_refused(report, vuit, bad):
    assert browser_of(vuit).post("/reports/drafts/", ASKED | bad).status_code in (400, 404)
    assert not TermReport.objects.exists()


# --- The text


def test_markup_in_a_text_stays_words(report, vuit, capture):
    row = drafted_report(report)
    words = "<script>alert('x')</script> “Đối ngoại” & nhân dân " + "một đoạn rất dài " * 2000
    officer = browser_of(vuit)
    officer.post(row.url, typed_in(officer.get(row.url)) | {"text": [words], "title": ["<script>"], "note": ["<i>"]})
    row.refresh_from_db()
    assert row.text == words.strip()
    assert "<script>alert" not in text(officer.get(row.url))
    row.submit(row.drafted_by, row.drafted_at)
    leader = browser_of(vuit, Role.LEADER)
    assert "<script>alert" not in text(leader.get(row.url))
    seal(leader, row, capture)
    row.refresh_from_db()
    assert "<script>alert" not in text(leader.get(row.url))
    assert {one.state for one in row.files.all()} == {"done"}


def test_the_second_of_two_who_write_at_once_keeps_what_was_typed_and_sees_the_others_words(report, vuit):
    row = drafted_report(report)
    first, second = browser_of(vuit), browser_of(vuit)
    opened = typed_in(first.get(row.url)), typed_in(second.get(row.url))
    assert first.post(row.url, opened[0] | {"text": ["Lời của Lan"]}).status_code == 302
    page = second.post(row.url, opened[1] | {"text": ["Lời của Minh"]})
    assert page.status_code == 200
    assert "Lời của Minh" in typed_in(page)["text"][0]
    assert "Lời của Lan" in text(page)
    assert "saved this text at" in text(page)
    row.refresh_from_db()
    assert row.text == "Lời của Lan"
    assert second.post(row.url, typed_in(page) | {"text": ["Lời của Lan và Minh"]}).status_code == 302
    row.refresh_from_db()
    assert row.text == "Lời của Lan và Minh"


def test_a_text_typed_while_another_submitted_is_kept_on_the_page(report, vuit):
    row, officer = drafted_report(report), browser_of(vuit)
    typed = typed_in(officer.get(row.url)) | {"text": ["Gõ muộn"]}
    row.submit(row.drafted_by, row.drafted_at)
    page = officer.post(row.url, typed)
    assert "waits for its signature" in text(page)
    assert "Gõ muộn" in text(page)
    row.refresh_from_db()
    assert row.text != "Gõ muộn"


def test_a_text_saved_again_meanwhile_is_read_before_it_is_submitted(report, vuit):
    row, officer = drafted_report(report), browser_of(vuit)
    typed = typed_in(officer.get(row.url))
    row.write(title=row.title, text="Lời của Lan", note="", by=row.drafted_by)
    assert "saved this text at" in text(officer.post(row.url, typed | {"submit": "1"}))
    row.refresh_from_db()
    assert (row.state, row.text) == ("draft", "Lời của Lan")


def test_the_generated_text_is_taken_again_without_saving(report, vuit):
    row, officer = drafted_report(report), browser_of(vuit)
    generated = row.text
    page = officer.post(row.url, typed_in(officer.get(row.url)) | {"text": ["Khác"], "generate": "1"})
    assert typed_in(page)["text"] == [generated]
    assert "not saved yet" in text(page)


@pytest.mark.parametrize("sent", [{"title": "", "text": "x"}, {"title": "x", "text": ""}, {"version": "mới"}])
def test_what_is_missing_is_said_and_what_was_typed_stays(report, vuit, sent):
    row, officer = drafted_report(report), browser_of(vuit)
    page = officer.post(row.url, {"version": row.version, "title": "Tên", "text": "Lời", "note": "Ghi chú"} | sent)
    assert page.status_code == 200
    assert "Nothing was saved yet" in text(page)
    assert "Ghi chú" in text(page)


# --- Afterwards


def test_the_signed_page_says_what_changed_and_stays_itself(report, vuit, trip):
    row, leader = signed_report(report), browser_of(vuit, Role.LEADER)
    assert "Nothing has changed since it was signed" in text(leader.get(row.url))
    make.DelegationFactory(title="Đoàn <mới>", unions=[(vuit, 3)])
    trip.title = "Đi Viêng Chăn"
    trip.save()
    page = leader.get(row.url)
    assert len(page.context["since"]) == 2
    said = text(page)
    assert "Đoàn &lt;mới&gt;" in said
    assert "was “Đi Lào” when signed" in said
    assert "+3" in said
    assert page.context["kept"].figure("delegations_out").logged == 1
    assert is_intact(TermReport.objects.get(pk=row.pk))
    sheet = load_workbook(io.BytesIO(leader.get(row.url, {"format": "xlsx"}).content)).active
    assert ("added", "Đoàn <mới>") in [line[:2] for line in sheet.iter_rows(values_only=True)]


def test_a_broken_seal_is_told(report, vuit):
    row = signed_report(report)
    leader = browser_of(vuit, Role.LEADER)
    assert "the seal does not fit" not in text(leader.get(row.url))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_termreport SET text = %s WHERE id = %s", ["57 đoàn ra", row.pk])
    assert "the seal does not fit" in text(leader.get(row.url))


def test_every_version_has_its_own_address_and_names_the_others(report, vuit):
    first, second = signed_report(report), signed_report(report)
    leader = browser_of(vuit, Role.LEADER)
    assert first.url != second.url
    assert f'href="{second.url}"' in text(leader.get(first.url))
    assert f'href="{first.url}"' in text(leader.get(second.url))
    assert leader.get(first.url, {"format": "json"}).json()["version"] == 1


def test_the_list_is_filtered_and_exported(report, vuit, vgcl):
    signed_report(report)
    drafted_report(Report.of_days(vgcl, YEAR))
    reader = browser_of(vgcl)
    assert reader.get("/reports/signed/").context["total"] == 2
    assert reader.get("/reports/signed/", {"state": "signed", "union": "vuit"}).context["total"] == 1
    assert reader.get("/reports/signed/", {"state": "x"}).context["total"] == 2
    sheet = reader.get("/reports/signed/", {"format": "xlsx", "union": "vuit"})
    assert load_workbook(io.BytesIO(sheet.content)).active.max_row == 2
    assert "No such report" in text(reader.get("/reports/signed/", {"union": "khong-co"}))


def test_files_are_shown_being_made_and_a_failed_one_is_made_again(report, vuit, monkeypatch, capture):
    row, officer = signed_report(report), browser_of(vuit)
    assert 'hx-trigger="every 2s"' in text(officer.get(row.url))
    part = text(officer.get(row.url, headers={"HX-Request": "true"}))
    assert "0 of 4 done" in part
    assert "<h1>" not in part
    file = row.files.get(format="docx")

    def broken(report):
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "compose", broken)
        with pytest.raises(OSError, match="No space"):
            write_signed_file(file.pk)
    assert "No space left on device" in text(officer.get(row.url))
    with capture(execute=True):
        officer.post(f"/reports/signed/files/{file.pk}/again/")
    file.refresh_from_db()
    assert (file.state, len(file.sha256)) == ("done", 64)


def test_a_task_delivered_twice_writes_once(report):
    file = signed_report(report).files.get(format="xlsx")
    write_signed_file(file.pk)
    file.refresh_from_db()
    before = (file.file.name, file.sha256, file.finished_at)
    write_signed_file(file.pk)
    file.refresh_from_db()
    assert (file.file.name, file.sha256, file.finished_at) == before


# --- On the report's own page


def seal_of(report, person) -> str:
    request = RequestFactory().get("/")
    request.user = person
    return engines["django"].get_template("reports/_signing.html").render({"report": report}, request)


def test_the_report_s_page_shows_where_it_stands(report, vuit, trip):
    officer = make.UserFactory(union=vuit, language="en")
    leader = make.UserFactory(union=vuit, role=Role.LEADER, language="en")
    assert 'action="/reports/drafts/"' in seal_of(report, officer)
    assert 'action="/reports/drafts/"' not in seal_of(report, leader)
    draft = drafted_report(report)
    assert draft.url in seal_of(report, leader)
    draft.delete()
    signed = signed_report(report)
    trip.delete()
    shown = seal_of(Report.of_days(vuit, YEAR), leader)
    assert signed.url in shown
    assert f"{signed.sha256[:4]}…{signed.sha256[-4:]}" in shown
    assert signed.url not in seal_of(Report.of_days(vuit, YEAR, under=True), leader)


@pytest.mark.one_database
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", Role)
def test_every_page_answers_in_both_languages(report, vuit, role, language):
    rows = [signed_report(report), submitted_report(report), drafted_report(Report.of_days(vuit, Period.years(2020)))]
    browser = enter(make.UserFactory(union=vuit, role=role, language=language))
    for address in ("/reports/signed/", *(one.url for one in rows)):
        page = browser.get(address)
        assert page.status_code == 200
        assert page.headers["Content-Language"] == language
