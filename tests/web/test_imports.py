"""A spreadsheet handed in: looked at, mended, stored, taken back; by whom, and seen by whom."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from activities.models import Delegation
from activities.reports.models import Distinct
from partners.models import Country, Partner
from tests import factories as make
from tests.doors import enter, text
from tests.imports import HEADINGS, sheet
from unionrelations.accounts.models import User
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.kit.importing.identity import HEADING

GOOD = (1, "Đoàn thăm Lào", "12/06/2023", "15/06/2023", "Lào", "", 4, "")


@pytest.fixture
def union(db):
    make.CountryFactory(code="LA", name="Lào", name_en="Laos")
    make.CountryFactory(code="KH", name="Campuchia", name_en="Cambodia")
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, username="can-bo")


@pytest.fixture
def desk(officer):
    return enter(officer)


@pytest.fixture
def hand_in(desk, union, django_capture_on_commit_callbacks):
    """Hands a file in as the page does, and waits for the worker; gives the import."""

    def _hand_in(content: bytes, name="doan-ra.xlsx", browser=desk, **more):
        sent = {"file": SimpleUploadedFile(name, content), "union": union.pk, "entity": ""} | more
        with django_capture_on_commit_callbacks(execute=True):
            led = browser.post("/import/", sent)
        assert led.status_code == 302, text(led)
        return Import.objects.get(pk=int(led.url.strip("/").split("/")[-1]))

    return _hand_in


@pytest.fixture
def say(desk, django_capture_on_commit_callbacks):
    """Sends the form of an import's page with what was decided."""

    def _say(batch: Import, do="read", browser=desk, step="decide", **typed):
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(f"/import/{batch.pk}/{step}/", {"do": do, "read": batch.read_mark} | typed)
        batch.refresh_from_db()
        return answer

    return _say


def test_a_file_is_read_and_nothing_is_stored_yet(hand_in, desk):
    batch = hand_in(sheet(GOOD))
    page = text(desk.get(batch.get_absolute_url()))
    assert (batch.state, batch.error, batch.seen["counts"]["new"]) == ("done", "", 1)
    assert "Đoàn thăm Lào" in page
    assert not Delegation.objects.exists()


def test_good_rows_are_stored_and_the_import_is_taken_back(hand_in, say, desk):
    batch = hand_in(sheet(GOOD))
    say(batch, do="all")
    trip = Delegation.objects.get()
    page = text(desk.get(batch.get_absolute_url()))
    assert f'href="/delegations/{trip.pk}/"' in page
    say(batch, step="undo")
    assert not Delegation.objects.exists()
    page = text(desk.get(batch.get_absolute_url()))
    assert f'href="/delegations/{trip.pk}/"' not in page
    assert batch.undone_at


def test_every_bad_cell_is_listed_and_mended_in_the_page(hand_in, say, desk):
    batch = hand_in(sheet(GOOD, (2, "Đoàn dự hội nghị", "31/02/2023", "2/3/2023", "Lào", "", 2, "")))
    page = desk.get(batch.get_absolute_url())
    (cell,) = page.context["preview"].cells
    assert (cell.row.number, cell.value) == (5, "31/02/2023")
    say(batch, do="all", **{cell.field: "28/02/2023"})
    assert sorted(Delegation.objects.values_list("title", "starts_on")) == [
        ("Đoàn dự hội nghị", dt.date(2023, 2, 28)),
        ("Đoàn thăm Lào", dt.date(2023, 6, 12)),
    ]


def test_what_is_still_refused_stops_the_whole_and_says_so(hand_in, say, desk):
    batch = hand_in(sheet(GOOD, (2, "Đoàn dự hội nghị", "31/02/2023", "2/3/2023", "Lào", "", 2, "")))
    say(batch, do="all")
    page = text(desk.get(batch.get_absolute_url()))
    assert not Delegation.objects.exists()
    assert batch.error in page
    say(batch, do="good")
    assert Delegation.objects.get().title == "Đoàn thăm Lào"


def test_a_name_is_decided_once_for_all_its_cells_and_remembered(hand_in, say, desk):
    rows = [(n, f"Đoàn {n}", f"1{n}/06/2023", f"1{n}/06/2023", "Canbodia", "", n, "") for n in (1, 2, 3)]
    batch = hand_in(sheet(*rows))
    assert [(one["words"], one["cells"]) for one in batch.seen["questions"]] == [("Canbodia", 3)]
    cambodia = Country.objects.get(code="KH")
    say(batch, **{"who-0": cambodia.pk})
    assert (batch.seen["counts"]["new"], batch.seen["questions"]) == (3, [])
    say(batch, do="all")
    again = hand_in(sheet(*rows, (4, "Đoàn 4", "14/06/2023", "14/06/2023", "Canbodia", "", 4, "")))
    assert again.seen["questions"] == []
    assert again.seen["counts"] == {"read": 4, "new": 1, "changed": 0, "unchanged": 3, "refused": 0}


def test_another_record_may_be_typed(hand_in, say):
    batch = hand_in(sheet((1, "Đoàn", "12/06/2023", "12/06/2023", "Canbodia", "", 1, "")))
    say(batch, **{"who-0": "other", "other-0-words": "lao"})
    assert batch.seen["counts"]["new"] == 1
    say(batch, do="all")
    assert [one.code for one in Delegation.objects.get().countries.all()] == ["LA"]


def test_an_answer_that_names_nobody_keeps_what_was_typed(hand_in, say):
    batch = hand_in(sheet(("1", "Đoàn", "31/02/2023", "12/06/2023", "Canbodia", "", 1, "")))
    answer = say(batch, **{"who-0": "other", "other-0-words": "Atlantis", "cell-0-2": "28/02/2023"})
    page = text(answer)
    assert answer.status_code == 200
    assert "Atlantis" in page
    assert 'value="28/02/2023"' in page
    assert batch.answers == {}


def test_partners_nobody_entered_are_listed_before_they_are_made(hand_in, say, desk):
    batch = hand_in(sheet((1, "Đoàn", "12/06/2023", "12/06/2023", "Lào", "Liên hiệp Công đoàn Xanh", 1, "")))
    assert "Liên hiệp Công đoàn Xanh" in text(desk.get(batch.get_absolute_url()))
    assert not Partner.objects.exists()
    say(batch, do="all")
    assert Partner.objects.get().name == "Liên hiệp Công đoàn Xanh"


def test_an_unknown_heading_is_mapped_and_the_mapping_remembered(hand_in, say, desk):
    headings = (*HEADINGS[:6], "Quân số", "Ghi chú")
    batch = hand_in(sheet(GOOD, headings=headings))
    ((_sheet, field),) = desk.get(batch.get_absolute_url()).context["form"].headings
    column = next(name for name, label in batch.seen["tables"][0]["choices"] if "people" in name)
    say(batch, **{field.html_name: column})
    say(batch, do="all")
    assert Delegation.objects.get().union_roles.get().people == 4
    assert hand_in(sheet(GOOD, headings=headings)).seen["tables"][0]["unknown"] == []


def test_the_refused_rows_come_back_as_the_spreadsheet_with_comments(hand_in, desk):
    batch = hand_in(sheet(GOOD, (2, "Đoàn dự hội nghị", "31/02/2023", "2/3/2023", "Lào", "", 2, "")))
    answer = desk.get(f"/import/{batch.pk}/refused/")
    page = load_workbook(io.BytesIO(answer.content)).active
    assert page["C5"].comment is not None
    assert page.row_dimensions[4].hidden


def test_the_same_file_again_is_allowed_and_said(hand_in, say, desk):
    content = sheet(GOOD)
    first = hand_in(content)
    say(first, do="all")
    again = hand_in(content)
    page = text(desk.get(again.get_absolute_url()))
    assert first.get_absolute_url() in page
    assert again.seen["counts"]["unchanged"] == 1


def test_what_was_edited_since_is_left_and_said_until_a_person_says_otherwise(hand_in, say, desk):
    batch = hand_in(sheet(GOOD))
    say(batch, do="all")
    trip = Delegation.objects.get()
    trip.title = "Đoàn thăm Lào, đã sửa"
    trip.save()
    say(batch, step="undo")
    assert Delegation.objects.count() == 1
    assert ImportedRecord.objects.get().kept_because in text(desk.get(batch.get_absolute_url()))
    say(batch, step="undo", even_edited="1")
    assert not Delegation.objects.exists()
    assert ImportedRecord.objects.get().kept_because == ""


def test_a_given_up_import_stores_nothing(hand_in, say, desk):
    batch = hand_in(sheet(GOOD))
    say(batch, step="give-up")
    say(batch, do="all")
    assert not Delegation.objects.exists()
    assert desk.get(batch.get_absolute_url()).status_code == 200


def test_what_cannot_be_read_says_why_and_what_to_do(hand_in, desk):
    batch = hand_in(b"\x89PNG\r\n\x1a\n" + b"x" * 100, name="anh.xlsx")
    assert batch.state == "failed"
    assert batch.error
    assert batch.error in text(desk.get(batch.get_absolute_url()))


@pytest.mark.parametrize(("name", "content"), [("rong.xlsx", b""), ("to.csv", b"x" * (20 * 2**20 + 1))])
def test_an_empty_or_too_large_file_is_refused_at_the_door(desk, union, name, content):
    answer = desk.post("/import/", {"file": SimpleUploadedFile(name, content), "union": union.pk})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Import.objects.exists()


def test_the_file_lies_under_a_name_of_our_own_and_comes_back_under_its_own(hand_in, desk):
    content = sheet(GOOD)
    batch = hand_in(content, name="../../Danh sách đoàn ra.xlsx")
    assert "Danh" not in batch.file.name
    assert batch.name == "Danh sách đoàn ra.xlsx"
    answer = desk.get(f"/import/{batch.pk}/original/")
    assert b"".join(answer.streaming_content) == content


def test_storing_the_good_rows_takes_no_suggestion_nobody_touched(hand_in, say, desk):
    batch = hand_in(sheet(GOOD, (2, "Đoàn dự hội nghị", "31/02/2023", "2/3/2023", "Lào", "", 2, "")))
    (cell,) = desk.get(batch.get_absolute_url()).context["preview"].cells
    say(batch, do="good", **{cell.field: cell.typed})
    assert Delegation.objects.get().title == "Đoàn thăm Lào"


# --- A list that went out and comes back


@pytest.fixture
def went_out(desk, union):
    """Two delegations and the file of their list; gives what edits the file and hands it in again."""
    for title in ("Đoàn thứ nhất", "Đoàn thứ hai"):
        make.DelegationFactory(title=title, unions=[(union, 3)], starts_on="2023-06-12", ends_on="2023-06-15")
    return desk.get("/delegations/?format=xlsx&sort=title").content


def edited(content: bytes, change) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book.active)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def rename(page):
    page["A2"] = "Đoàn thứ hai, sửa trong Excel"


def test_only_the_edited_cell_of_an_exported_list_comes_back_as_a_change(hand_in, went_out):
    batch = hand_in(edited(went_out, rename), entity="delegations")
    (row,) = batch.rows.filter(verdict="changed")
    assert row.differences[0][1:] == ["Đoàn thứ hai", "Đoàn thứ hai, sửa trong Excel"]
    assert batch.seen["counts"] == {"read": 2, "new": 0, "changed": 1, "unchanged": 1, "refused": 0}


def test_a_row_taken_out_of_an_exported_list_changes_nothing(hand_in, went_out):
    batch = hand_in(edited(went_out, lambda page: page.delete_rows(3)), entity="delegations")
    assert batch.seen["counts"] == {"read": 1, "new": 0, "changed": 0, "unchanged": 1, "refused": 0}


def test_a_record_edited_meanwhile_is_shown_and_a_person_says_whose_words_stand(hand_in, say, desk, went_out):
    meant = Delegation.objects.get(title="Đoàn thứ hai")
    meant.place = "Viêng Chăn"
    meant.save()
    batch = hand_in(edited(went_out, rename), entity="delegations")
    (row,) = batch.rows.filter(verdict="refused")
    assert f'value="{row.conflict}"' in text(desk.get(batch.get_absolute_url()))
    say(batch, do="all", mine=row.conflict)
    meant.refresh_from_db()
    assert (meant.title, meant.place) == ("Đoàn thứ hai, sửa trong Excel", "Viêng Chăn")


def test_rows_behind_a_number_and_lists_nobody_imports_do_not_say_which_record_they_are(desk, went_out):
    headings = [cell.value for cell in load_workbook(io.BytesIO(went_out)).active[1]]
    assert headings[-1] == str(HEADING)
    behind = "figure=delegations_out&union=vuit&under=0&since=2023-01-01&until=2023-12-31"
    answer = desk.get(f"/delegations/?{behind}&format=xlsx")
    assert str(HEADING) not in [cell.value for cell in load_workbook(io.BytesIO(answer.content)).active[1]]


# --- Who


@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.AUDITOR])
def test_who_only_reads_sees_imports_and_starts_none(hand_in, union, role):
    batch, browser = hand_in(sheet(GOOD)), enter(make.UserFactory(union=union, role=role))
    page = text(browser.get("/import/"))
    assert batch.name in page
    assert 'type="file"' not in page
    assert browser.post("/import/", {}).status_code == 403
    assert 'name="do"' not in text(browser.get(batch.get_absolute_url()))
    for step in ("decide", "give-up", "undo"):
        assert browser.post(f"/import/{batch.pk}/{step}/").status_code == 403


@pytest.mark.parametrize("page", ["", "original/", "refused/"])
def test_nobody_sees_another_unions_file(hand_in, page):
    batch = hand_in(sheet(GOOD))
    stranger = enter(make.UserFactory(union=make.UnionFactory(code="khac")))
    assert stranger.get(f"/import/{batch.pk}/{page}").status_code == 404
    assert batch.name not in text(stranger.get("/import/"))
    assert stranger.get(f"/files/{batch.file.name}").status_code == 404


def test_a_file_is_handed_in_for_a_union_in_reach_only(desk, union):
    other = make.UnionFactory(code="khac")
    answer = desk.post("/import/", {"file": SimpleUploadedFile("a.xlsx", sheet(GOOD)), "union": other.pk})
    assert answer.context["form"].errors["union"]


@pytest.mark.parametrize("step", ["decide", "undo", "give-up"])
def test_another_officer_decides_nothing_about_a_file_they_did_not_hand_in(hand_in, union, say, step):
    batch = hand_in(sheet(GOOD))
    other = enter(make.UserFactory(union=union))
    assert other.get(batch.get_absolute_url()).status_code == 200
    assert say(batch, browser=other, step=step).status_code == 404


def test_an_administrator_takes_anybodys_import_back(hand_in, union, say):
    batch = hand_in(sheet(GOOD))
    say(batch, do="all")
    keeper = enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    say(batch, browser=keeper, step="undo")
    assert not Delegation.objects.exists()


# --- While a worker is at it


def test_a_page_shows_how_far_the_work_has_come_and_refreshes_once_it_is_done(hand_in, desk):
    batch = hand_in(sheet(GOOD))
    batch.state, batch.stage, batch.progress = "running", "comparing", 40
    batch.save()
    page = text(desk.get(batch.get_absolute_url()))
    assert 'hx-trigger="every 2s"' in page
    assert 'value="40"' in page
    part = desk.get(batch.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<h1>" not in text(part)
    batch.state = "done"
    batch.save()
    assert desk.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_answers_to_an_earlier_reading_are_not_taken(hand_in, say):
    batch = hand_in(sheet((1, "Đoàn", "12/06/2023", "12/06/2023", "Canbodia", "", 1, "")))
    before = batch.read_mark
    say(batch)
    say(batch, read=before, **{"who-0": Country.objects.get(code="KH").pk})
    assert batch.answers == {}


# --- Rows that resemble a record

THERE = (1, "Đoàn trao đổi tại Lào", "12/06/2023", "15/06/2023", "Lào", "", 4, "")
NEARLY = (1, "Đoàn cán bộ trao đổi tại Lào", "12/06/2023", "16/06/2023", "Lào", "", 4, "")


@pytest.fixture
def nearly(hand_in, say):
    """A file with a row that resembles a stored delegation, and that delegation."""
    say(hand_in(sheet(THERE)), do="all")
    trip = Delegation.objects.get()
    return hand_in(sheet(NEARLY)), trip


def test_a_row_said_to_be_a_record_changes_it_once_that_was_seen(nearly, say, desk):
    batch, trip = nearly
    assert f'name="alike-0" value="{trip.pk}"' in text(desk.get(batch.get_absolute_url()))
    say(batch, do="all", **{"alike-0": trip.pk})
    assert not batch.is_written, "nobody saw yet what it would change"
    page = text(desk.get(batch.get_absolute_url()))
    assert batch.seen["counts"]["changed"] == 1
    assert "16/06/2023" in page
    assert "alike-0" not in page
    say(batch, do="all")
    trip.refresh_from_db()
    assert (Delegation.objects.count(), trip.title) == (1, "Đoàn cán bộ trao đổi tại Lào")


def test_a_row_said_to_be_another_comes_in_and_is_told_apart_for_good(nearly, say, desk):
    batch, trip = nearly
    say(batch, do="all", **{"alike-0": "new"})
    other = Delegation.objects.exclude(pk=trip.pk).get()
    assert Distinct.objects.apart_from("activities.delegation", other.pk) == {trip.pk}


def test_a_row_nobody_said_anything_of_comes_in_as_it_stands(nearly, say):
    batch, _trip = nearly
    say(batch, do="all", **{"alike-0": "999999"})
    assert Delegation.objects.count() == 2
    assert not Distinct.objects.exists()


def test_a_row_that_is_another_unions_record_changes_nothing(hand_in, say, desk, union):
    below = make.UnionFactory(parent=union, name="Công đoàn Dệt May")
    boss = make.UserFactory(union=union, role="administrator")
    browser = enter(boss)
    say(hand_in(sheet(THERE), browser=browser, union=below.pk), do="all", browser=browser)
    trip = Delegation.objects.get()
    batch = hand_in(sheet(NEARLY), browser=browser)
    say(batch, browser=browser, **{"alike-0": trip.pk})
    assert (batch.seen["counts"]["unchanged"], batch.seen["counts"]["new"]) == (1, 0)
    assert f'href="/delegations/{trip.pk}/"' in text(browser.get(batch.get_absolute_url()))
    before = Delegation.objects.values().get()
    say(batch, do="all", browser=browser)
    assert Delegation.objects.values().get() == before


def test_a_partner_spelt_otherwise_is_named_beside_its_row(hand_in, desk, union):
    there = make.PartnerFactory(name="Công đoàn Savannakhet tỉnh", country=Country.objects.get(code="LA"))
    row, headings = ("Công đoàn tỉnh Savanakhet", "Lào"), ("Tên đối tác", "Nước")
    batch = hand_in(sheet(row, headings=headings, title="DANH SÁCH ĐỐI TÁC"))
    assert [one[2] for one in batch.rows.get().alike] == [there.pk]
