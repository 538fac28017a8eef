"""Files on pages: chosen and refused in a form, handed out to who sees the record, found by their words, undone."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.http import parse_header_parameters

from activities.models import Activity, DocumentFile, Paper
from tests import factories as make
from tests.admin.pages import add_row, address, fields
from tests.doors import alerts, enter, text, typed_in
from tests.kit import given_files as a
from unionrelations.accounts.models import User
from unionrelations.tasks import read_texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def union():
    return make.UnionFactory(name="Công đoàn trên")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, language="en")


@pytest.fixture
def trip(union):
    return make.DelegationFactory(unions=[(union, 3)], title="Thăm Lào")


@pytest.fixture
def document(union):
    return make.DocumentFactory(union=union)


def paper_of(trip, content=None, name="tờ trình.pdf", **more):
    file = ContentFile(a.pdf("To trinh") if content is None else content, name=name)
    return Paper.objects.create(**{"activity_id": trip.pk, "kind": "request", "file": file} | more)


def sent_back(response) -> bytes:
    return b"".join(response.streaming_content)


def url(row) -> str:
    return reverse("paper-file" if isinstance(row, Paper) else "document-file", args=[row.pk])


# --- Entering


@pytest.mark.parametrize("name", ["Tờ trình số 5 – bản ký.pdf", "thư.docx", "ảnh.png", "danh sách.csv"])
def test_a_file_comes_back_byte_for_byte_under_its_name(officer, document, name):
    browser, content = enter(officer), {**a.EVERY_KIND, "Tờ trình số 5 – bản ký.pdf": a.pdf("x")}[name]
    sent = browser.post(f"/documents/{document.pk}/files/new/", {"file": SimpleUploadedFile(name, content)})
    assert sent.url == f"/documents/{document.pk}/#files"
    row = DocumentFile.objects.get()
    assert row.uploaded_by == officer
    page = text(browser.get(f"/documents/{document.pk}/"))
    assert name in page
    assert url(row) in page
    answer = browser.get(url(row))
    assert sent_back(answer) == content
    assert parse_header_parameters(answer["Content-Disposition"])[1]["filename"] == name


def test_a_refused_file_is_told_at_its_field_and_nothing_typed_is_lost(officer, trip):
    wrong = SimpleUploadedFile("quyết định.pdf", b"MZ" + bytes(100))
    page = enter(officer).post(
        f"/delegations/{trip.pk}/papers/new/", {"kind": "other", "number": "7/TLĐ", "file": wrong}
    )
    assert "its content is of type EXE" in alerts(page)
    assert typed_in(page)["number"] == ["7/TLĐ"]
    assert not Paper.objects.exists()


def test_whoever_must_type_again_is_told_to_choose_the_file_again(officer, trip):
    file = SimpleUploadedFile("a.pdf", a.pdf("x"))
    page = enter(officer).post(
        f"/delegations/{trip.pk}/papers/new/", {"kind": "other", "day": "31/02/2023", "file": file}
    )
    assert "Choose the file again" in text(page)


def test_the_same_file_twice_is_refused_in_the_reader_s_language(union, trip):
    browser = enter(make.UserFactory(union=union, language="vi"))
    for _time in range(2):
        file = SimpleUploadedFile("a.pdf", a.pdf("x"))
        page = browser.post(f"/delegations/{trip.pk}/papers/new/", {"kind": "other", "file": file})
    with translation.override("vi"):
        assert translation.gettext("This very file is already among the papers of this activity.") in alerts(page)
    assert Paper.objects.count() == 1


def test_a_file_larger_than_the_limit_is_cut_off_and_refused(officer, trip, settings):
    settings.UPLOAD_LIMIT = 100_000
    file = SimpleUploadedFile("a.pdf", a.pdf("x").ljust(9_000_000))
    page = enter(officer).post(f"/delegations/{trip.pk}/papers/new/", {"kind": "other", "file": file})
    assert "larger than 98 KB" in alerts(page)


def test_the_form_names_the_stored_file_as_it_came(officer, trip):
    paper = paper_of(trip)
    page = text(enter(officer).get(f"/delegations/{trip.pk}/papers/{paper.pk}/"))
    assert "tờ trình.pdf" in page


def test_the_back_office_looks_at_files_too(union, document):
    keeper = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="en")
    browser, page = enter(keeper), address(type(document), "change", document.pk)
    values = fields(browser.get(page))
    add_row(values, "files", note="bản quét")
    number = int(values["files-TOTAL_FORMS"]) - 1
    wrong = SimpleUploadedFile("a.pdf", b"MZ" + bytes(100))
    assert "of type EXE" in text(browser.post(page, values | {f"files-{number}-file": wrong}))
    assert (
        browser.post(page, values | {f"files-{number}-file": SimpleUploadedFile("a.pdf", a.pdf("x"))}).status_code
        == 302
    )
    assert DocumentFile.objects.get().uploaded_by == keeper


# --- Handing out


def test_a_file_is_handed_to_who_sees_its_record_and_to_nobody_else(union, trip, document):
    below = make.UnionFactory(parent=union)
    above_all = make.DocumentFactory(union=None)
    rows = [paper_of(trip), *(DocumentFile.objects.keep(one, b"text", "a.txt", None) for one in (document, above_all))]
    seen = {union: (True, True, True), below: (False, True, True), make.UnionFactory(): (False, False, True)}
    for reader_of, expected in seen.items():
        for role in User.Role:
            browser = enter(make.UserFactory(union=reader_of, role=role))
            for row, may in zip(rows, expected, strict=True):
                for way in (url(row), f"/files/{row.file.name}"):
                    assert browser.get(way).status_code == (200 if may else 404), (role, way)
    nobody = enter(make.UserFactory(union=None))
    assert {nobody.get(url(row)).status_code for row in rows} == {404}
    assert nobody.get("/documents/files/999999999/").status_code == 404


def test_strangers_are_asked_to_sign_in(client, trip):
    assert client.get(url(paper_of(trip))).url.startswith(reverse("sign-in"))


def test_only_who_writes_the_record_attaches(union, trip, document):
    for role, status in ((User.Role.LEADER, 403), (User.Role.AUDITOR, 403), (User.Role.OFFICER, 302)):
        browser = enter(make.UserFactory(union=union, role=role))
        for new in (f"/delegations/{trip.pk}/papers/new/", f"/documents/{document.pk}/files/new/"):
            file = SimpleUploadedFile("a.pdf", a.pdf("x"))
            assert browser.post(new, {"kind": "other", "file": file}).status_code == status
    below = enter(make.UserFactory(union=make.UnionFactory(parent=union)))
    assert below.get(f"/documents/{document.pk}/files/new/").status_code == 404


def test_nothing_in_a_file_runs_and_no_copy_stays_behind(officer, trip):
    answer = enter(officer).get(url(paper_of(trip)))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "name", ['a"; filename=b.exe\r\nX-Bad: 1.pdf', "é\u202e%0d%0aSet-Cookie: a=b.pdf", "x" * 240 + ".pdf"]
)
def test_no_name_becomes_a_header(officer, trip, name):
    answer = enter(officer).get(url(paper_of(trip, name=name)))
    assert "X-Bad" not in answer.headers
    assert "\r" not in answer["Content-Disposition"] + answer["Content-Type"]
    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_a_part_is_handed_out_and_what_is_known_is_not_sent_again(officer, trip):
    paper, browser = paper_of(trip), enter(officer)
    content, tag = a.pdf("To trinh"), f'"{paper.sha256}"'
    some = browser.get(url(paper), headers={"Range": "bytes=5-9"})
    assert (some.status_code, sent_back(some)) == (206, content[5:10])
    assert some["Content-Range"] == f"bytes 5-9/{len(content)}"
    assert sent_back(browser.get(url(paper), headers={"Range": "bytes=-4"})) == content[-4:]
    assert sent_back(browser.get(url(paper), headers={"Range": "bytes=10-"})) == content[10:]
    assert browser.get(url(paper), headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    assert browser.get(url(paper), headers={"Range": "bytes=-0"}).status_code == 416
    for whole in ("bytes=9-5", "bytes=-", "lines=1-2", "bytes=0-1,5-6"):
        assert sent_back(browser.get(url(paper), headers={"Range": whole})) == content
    assert sent_back(browser.get(url(paper), headers={"Range": "bytes=0-1", "If-Range": '"other"'})) == content
    assert browser.get(url(paper), headers={"If-None-Match": tag}).status_code == 304
    assert browser.head(url(paper))["Content-Length"] == str(len(content))


def test_a_file_that_is_gone_is_not_found(officer, trip, shelf):
    paper = paper_of(trip)
    (shelf / paper.file.name).unlink()
    assert enter(officer).get(url(paper)).status_code == 404
    assert (
        enter(officer).get(url(Paper.objects.create(activity_id=trip.pk, kind="request", number="1"))).status_code
        == 404
    )


# --- Deleting and undoing


def test_undoing_a_deletion_brings_the_file_and_its_text_back(union, trip, django_capture_on_commit_callbacks):
    browser = enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    with django_capture_on_commit_callbacks(execute=True):
        paper = paper_of(trip, "Biên bản ghi nhớ".encode(), "a.txt", number="5/TLĐ")
    browser.post(f"/delegations/{trip.pk}/delete/")
    assert not Paper.objects.exists()
    assert browser.get(url(paper)).status_code == 404
    step = browser.get("/undo/").context["steps"][0]
    assert "ghi nhớ" not in str(step.payload)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(step.url)
    assert Activity.objects.filter(pk=trip.pk).exists()
    assert sent_back(browser.get(url(paper))) == "Biên bản ghi nhớ".encode()
    assert Paper.objects.get().text == "Biên bản ghi nhớ"


def test_a_paper_that_was_removed_comes_back_with_its_file(officer, trip):
    paper, browser = paper_of(trip), enter(officer)
    page = browser.post(f"/delegations/{trip.pk}/papers/{paper.pk}/delete/", follow=True)
    step = browser.get("/undo/").context["steps"][0]
    assert step.url in text(page)
    assert not Paper.objects.exists()
    browser.post(step.url)
    assert sent_back(browser.get(url(paper))) == a.pdf("To trinh")


def test_undoing_a_deletion_brings_the_files_of_a_document_back(officer, document):
    row, browser = DocumentFile.objects.keep(document, b"text", "a.txt", officer), enter(officer)
    browser.post(f"/documents/{document.pk}/delete/")
    assert not DocumentFile.objects.exists()
    browser.post(browser.get("/undo/").context["steps"][0].url)
    assert sent_back(browser.get(url(row))) == b"text"
    assert DocumentFile.objects.get().uploaded_by == officer


# --- Searching


def hits(reader, words):
    groups = enter(reader).get("/search/", {"q": words}).context["groups"]
    return [hit for group in groups if str(group.label) == "Papers and files" for hit in group.hits]


def test_a_file_is_found_by_its_words_with_or_without_marks_in_both_languages(officer, trip, document):
    told = "Mở đầu.\nHai bên ký biên bản ghi nhớ tại Viêng Chăn.\nThe two sides agreed on further co-operation."
    paper_of(trip, told.encode(), "biên bản.txt", number="15/TLĐ")
    DocumentFile.objects.keep(document, "Tại Viêng Chăn, đoàn làm việc".encode(), "báo cáo.txt", officer)
    read_texts()
    for words in ("vieng chan", "Viêng Chăn", "VIÊNG chan", "Vie\u0302ng Cha\u0306n"):
        found = hits(officer, words)
        assert [hit.url for hit in found] == [f"/delegations/{trip.pk}/#papers", f"/documents/{document.pk}/#files"]
        assert "<mark>Viêng</mark> <mark>Chăn</mark>" in found[0].sub
    assert "further <mark>co-operation</mark>" in hits(officer, "cooperation agreed")[0].sub
    assert [str(hit.title) for hit in hits(officer, "15 tld")] == ["Request document 15/TLĐ"]
    assert len(hits(officer, "bao cao.txt")) == 1
    assert hits(officer, "viengchanx") == []


def test_nobody_finds_words_of_a_file_they_may_not_read(officer, trip):
    hidden = make.DocumentFactory(union=make.UnionFactory())
    DocumentFile.objects.keep(hidden, b"Zanzibar", "a.txt", None)
    paper_of(make.DelegationFactory(unions=[(make.UnionFactory(), 1)]), b"Zanzibar", "a.txt")
    read_texts()
    assert hits(officer, "zanzibar") == []
    assert len(hits(make.UserFactory(union=None, is_superuser=True, language="en"), "zanzibar")) == 2


def test_what_a_file_says_is_shown_as_text(officer, document):
    DocumentFile.objects.keep(document, b"see zanzibar <script>alert(1)</script> & more", "a.txt", None)
    read_texts()
    page = text(enter(officer).get("/search/", {"q": "zanzibar"}))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script>alert" not in page
