"""A spreadsheet goes in through the API as on its pages: read, looked at, decided, stored, taken back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from activities.models import Delegation
from tests import factories as make
from tests.api.programs import program
from tests.imports import sheet
from unionrelations.importing.models import Import

JSON = "application/json"
GOOD = (1, "Đoàn thăm Lào", "12/06/2023", "15/06/2023", "Lào", "", 4, "")
BAD = (2, "Đoàn ghi sai ngày", "31/02/2023", "5/3/2023", "Lào", "", 2, "")
UNSURE = (3, "Đoàn đi Canbodia", "1/7/2023", "2/7/2023", "Campuchiaz", "", 2, "")


@pytest.fixture
def union(db):
    make.CountryFactory(code="LA", name="Lào", name_en="Laos")
    make.CountryFactory(code="KH", name="Campuchia", name_en="Cambodia")
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")


@pytest.fixture
def hand_in(desk, union, django_capture_on_commit_callbacks):
    def _hand_in(*rows, by=desk):
        sent = {"file": SimpleUploadedFile("doan-ra.xlsx", sheet(*rows)), "union": union.pk}
        with django_capture_on_commit_callbacks(execute=True):
            return by.post("/api/imports/", sent)

    return _hand_in


@pytest.fixture
def say(desk, django_capture_on_commit_callbacks):
    def _say(pk, step="decide", **said):
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(f"/api/imports/{pk}/{step}/", said, JSON)
        return answer, desk.get(f"/api/imports/{pk}/").json()

    return _say


def test_a_file_is_read_and_stored_only_when_that_is_said_and_taken_back(hand_in, say, desk):
    made = hand_in(GOOD)
    assert made.status_code == 201, made.json()
    pk = made.json()["id"]
    stands = desk.get(f"/api/imports/{pk}/").json()
    assert (stands["step"], stands["state"], stands["counts"]["new"]) == ("reading", "done", 1)
    rows = desk.get(f"/api/imports/{pk}/rows/").json()["results"]
    assert [(one["verdict"], one["title"]) for one in rows] == [("new", "Đoàn thăm Lào")]
    assert not Delegation.objects.exists()
    _answer, stands = say(pk, do="all", read=stands["read"])
    assert stands["written_at"], stands
    assert Delegation.objects.get().title == "Đoàn thăm Lào"
    _answer, stands = say(pk, step="undo")
    assert stands["undone_at"], stands
    assert not Delegation.objects.exists()


def test_what_is_wrong_is_told_mended_and_answered(hand_in, say, desk):
    pk = hand_in(BAD, UNSURE).json()["id"]
    stands = desk.get(f"/api/imports/{pk}/").json()
    refused = desk.get(f"/api/imports/{pk}/rows/?verdict=refused").json()["results"]
    assert {one["title"] for one in refused} >= {"Đoàn ghi sai ngày"}
    place = next(one for one in refused if one["title"] == "Đoàn ghi sai ngày")
    position = place["problems"][0][4]
    question = next(one for one in stands["questions"] if one["words"] == "Campuchiaz")
    said = {f"cell-{place['place']}-{position}": "28/02/2023", question["name"]: str(question["near"][0][0])}
    answer, stands = say(pk, do="read", read=stands["read"], answers=said)
    assert answer.status_code == 200, answer.json()
    assert (stands["counts"]["new"], stands["questions"]) == (2, [])
    say(pk, do="all", read=stands["read"])
    assert Delegation.objects.count() == 2


def test_answers_to_an_older_reading_and_steps_that_come_too_late_are_refused(hand_in, say):
    pk = hand_in(GOOD).json()["id"]
    assert say(pk, do="all", read="2020-01-01")[0].status_code == 409
    assert say(pk, step="undo")[0].status_code == 409
    assert say(pk, step="give-up")[1]["is_given_up"] is True
    assert say(pk, do="all", read="")[0].status_code == 409
    assert not Delegation.objects.exists()


def test_a_file_that_is_none_and_a_union_out_of_reach_are_refused_by_path(desk, union, officer):
    lacking = desk.post("/api/imports/", {"union": union.pk})
    assert (lacking.status_code, list(lacking.json())) == (400, ["file"])
    below = make.UnionFactory(code="duoi", parent=union)
    sent = {"file": SimpleUploadedFile("doan-ra.xlsx", sheet(GOOD)), "union": union.pk}
    beyond = program(officer, union=below).post("/api/imports/", sent)
    assert (beyond.status_code, list(beyond.json())) == (400, ["union"])


def test_a_file_sent_twice_under_one_key_is_one_import(desk, union):
    content, headers = sheet(GOOD), {"Idempotency-Key": "so-17"}

    def send(said: bytes):
        sent = {"file": SimpleUploadedFile("doan-ra.xlsx", said), "union": union.pk}
        return desk.post("/api/imports/", sent, headers=headers)

    first, again, other = send(content), send(content), send(sheet(BAD))
    assert again.json()["id"] == first.json()["id"]
    assert other.status_code == 422
    assert Import.objects.count() == 1


def test_a_worker_reads_with_the_eyes_of_the_program_and_not_of_its_person(
    officer, union, django_capture_on_commit_callbacks
):
    below = make.UnionFactory(code="duoi", parent=union)
    sent = {"file": SimpleUploadedFile("doan-ra.xlsx", sheet(GOOD)), "union": below.pk}
    program(officer, union=below).post("/api/imports/", sent)
    batch = Import.objects.get()
    assert (batch.asked_by, set(batch.reader.reach())) == (officer, {below})


def test_files_come_back_as_they_were_and_with_what_is_to_be_mended(hand_in, desk):
    pk = hand_in(BAD).json()["id"]
    original = b"".join(desk.get(f"/api/imports/{pk}/original/").streaming_content)
    assert load_workbook(io.BytesIO(original)).active.title == "Đoàn ra"
    marked = desk.get(f"/api/imports/{pk}/refused/")
    assert load_workbook(io.BytesIO(marked.content)).worksheets


def test_no_token_imports_that_only_reads_and_nobody_decides_about_another_s(hand_in, officer, union):
    pk = hand_in(GOOD).json()["id"]
    reading = program(officer, may_write=False)
    assert reading.post(f"/api/imports/{pk}/decide/", {"do": "all"}, JSON).status_code == 403
    other = program(make.UserFactory(union=union))
    assert other.get(f"/api/imports/{pk}/").status_code == 200
    assert other.post(f"/api/imports/{pk}/decide/", {"do": "all"}, JSON).status_code == 404
