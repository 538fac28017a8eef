"""Papers and files of documents: looked at, kept byte for byte under names of our own, read for search, cleaned up."""

import datetime as dt
import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Activity, DocumentFile, Paper
from tests import factories as make
from tests.kit import given_files as a
from unionrelations.kit.contents import Refused
from unionrelations.kit.kept_files import KeptFile
from unionrelations.kit.shelf import LEFT_FOR, NOTES, look_through
from unionrelations.kit.text_layers import Unreadable, text_layer
from unionrelations.tasks import read_texts

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 3, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def document():
    return make.DocumentFactory()


@pytest.fixture
def trip():
    return make.DelegationFactory(unions=[(make.UnionFactory(), 3)]).activity_ptr


def paper_of(trip, content=None, name="tờ trình.pdf", **more) -> Paper:
    file = ContentFile(a.pdf("To trinh") if content is None else content, name=name)
    return Paper.objects.create(**{"activity": trip, "kind": "request", "file": file} | more)


def stored(row) -> bytes:
    with row.file.open("rb") as file:
        return file.read()


# --- Kept as it came


@pytest.mark.parametrize("name", a.EVERY_KIND)
def test_every_kind_is_kept_byte_for_byte_under_a_name_of_our_own(document, name, shelf):
    content = a.EVERY_KIND[name]
    one = DocumentFile.objects.keep(document, content, name, None)
    one.refresh_from_db()
    assert stored(one) == content
    assert (one.file_name, one.size) == (name, len(content))
    path = Path(one.file.path)
    folder, short, ours = path.relative_to(shelf).parts
    assert (folder, short) == ("documents", ours[:2])
    assert len(path.stem) == 32
    assert path.suffix == f".{one.suffix}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert not list(shelf.rglob("*.part"))


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_that_is_kept_comes_back_the_same(typed):
    content = f"a{typed}".encode()
    with transaction.atomic():
        one = DocumentFile.objects.keep(make.DocumentFactory(), content, "ghi chép.txt", None)
        assert stored(one) == content
        transaction.set_rollback(True)


def test_no_name_leads_out_of_the_folder(document, shelf):
    one = DocumentFile.objects.keep(document, b"text", "../../../etc/cron.d/x.txt", None)
    assert Path(one.file.path).is_relative_to(shelf / "documents")
    assert one.file_name == "x.txt"


def test_what_must_not_be_kept_is_refused_at_every_door(document, trip):
    with pytest.raises(Refused, match="EXE"):
        DocumentFile.objects.keep(document, b"MZ" + bytes(100), "report.pdf", None)
    with pytest.raises(Refused):
        paper_of(trip, b"<html>", "a.png")
    with pytest.raises(ValidationError, match="EXE"):
        Paper(activity=trip, kind="request", file=ContentFile(b"MZ" + bytes(100), name="a.pdf")).full_clean()
    assert not DocumentFile.objects.exists()
    assert not Paper.objects.exists()
    assert not list(default_storage.names())


def test_the_same_file_is_attached_once_to_a_record_and_freely_to_another(document, trip):
    first = DocumentFile.objects.keep(document, b"text", "a.txt", None)
    assert DocumentFile.objects.keep(document, b"text", "b.txt", None) == first
    assert DocumentFile.objects.keep(make.DocumentFactory(), b"text", "a.txt", None) != first
    paper_of(trip)
    with pytest.raises(ValidationError, match="already among the papers"):
        Paper(activity=trip, kind="other", file=ContentFile(a.pdf("To trinh"), name="khác.pdf")).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        paper_of(trip)


def test_papers_without_a_file_never_clash(trip):
    for number in ("1/TLĐ", "2/TLĐ"):
        Paper(activity=trip, kind="request", number=number).full_clean()
        Paper.objects.create(activity=trip, kind="request", number=number)
    assert Paper.objects.filter(sha256=None, size=None).count() == 2


def test_taking_the_file_off_a_paper_forgets_what_was_known_of_it(trip):
    one = paper_of(trip, number="3/TLĐ")
    one.file = ""
    one.save()
    one.refresh_from_db()
    assert (one.file_name, one.size, one.sha256, one.media_type, one.uploaded_at) == ("", None, None, "", None)


def test_editing_what_a_paper_says_leaves_its_file_and_its_moment(trip):
    one = paper_of(trip)
    before = Paper.objects.get()
    before.number = "9/TLĐ"
    before.save()
    after = Paper.objects.get()
    assert (after.uploaded_at, after.sha256, after.file.name) == (one.uploaded_at, one.sha256, one.file.name)
    assert Paper.objects.find("9 tld").get() == one


def test_another_file_is_not_a_trip_report(trip):
    Activity.objects.filter(pk=trip.pk).get().papers.create(kind="other", number="chương trình")
    Activity.objects.filter(pk=trip.pk).update(created_at=dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    late = Activity.objects.report_missing(dt.date(2023, 1, 1))
    assert trip in late


# --- Its text

LAYERS = {
    "a.pdf": (a.pdf("Bien ban ghi nho", "ky tai Vientiane"), "ky tai Vientiane"),
    "a.docx": (a.docx("Biên bản", "Viêng Chăn"), "Viêng Chăn"),
    "a.xlsx": (a.xlsx("Biên bản", "Viêng Chăn"), "Viêng Chăn"),
    "a.ods": (a.ods("Biên bản", "Viêng Chăn"), "Viêng Chăn"),
    "a.odt": (a.odf("text", "Biên bản", "Viêng Chăn"), "Viêng Chăn"),
    "a.pptx": (a.pptx("Biên bản", "Viêng Chăn"), "Viêng Chăn"),
    "a.txt": ("Biên bản\nViêng Chăn".encode(), "Viêng Chăn"),
    "a.png": (a.png(), ""),
    "a.doc": (a.compound("WordDocument"), ""),
}


@pytest.mark.parametrize("name", LAYERS)
def test_the_text_layer_is_read_once_the_file_is_kept(document, name, django_capture_on_commit_callbacks):
    content, said = LAYERS[name]
    with django_capture_on_commit_callbacks(execute=True):
        one = DocumentFile.objects.keep(document, content, name, None)
    assert one.text_state == KeptFile.Text.WAITING
    one = DocumentFile.objects.get(pk=one.pk)
    assert one.text_state == ("read" if said else "none")
    assert said in one.text.split("\n")


def test_a_file_that_cannot_be_read_is_kept_all_the_same(document, django_capture_on_commit_callbacks):
    content = b"%PDF-1.7\nnothing in it is right\n%%EOF"
    with django_capture_on_commit_callbacks(execute=True):
        one = DocumentFile.objects.keep(document, content, "hỏng.pdf", None)
    assert DocumentFile.objects.get().text_state == "failed"
    assert stored(one) == content


def test_a_reader_that_hangs_is_stopped_and_what_it_read_is_kept(monkeypatch, tmp_path):
    program = tmp_path / "hangs.py"
    program.write_text("import sys, time\nprint('half a page', flush=True)\ntime.sleep(60)")
    monkeypatch.setattr("unionrelations.kit.text_layers.SECONDS", 1)
    monkeypatch.setattr("unionrelations.kit.text_layers.COMMAND", ("-c", program.read_text()))
    assert text_layer("a.pdf", "pdf") == "half a page\n"
    monkeypatch.setattr("unionrelations.kit.text_layers.COMMAND", ("-c", "import time; time.sleep(60)"))
    with pytest.raises(Unreadable):
        text_layer("a.pdf", "pdf")


def test_a_list_of_files_never_fetches_their_text(document):
    DocumentFile.objects.keep(document, b"text", "a.txt", None)
    assert DocumentFile.objects.for_listing().get().get_deferred_fields() == {"text", "folded_text"}


def test_a_text_is_cut_where_nobody_searches_any_more(document):
    one = DocumentFile.objects.keep(document, b"text", "a.txt", None)
    one.keep_text("chữ \0 " * 400_000)
    assert len(DocumentFile.objects.get().text) <= 1_000_000


# --- On the disk


def test_a_file_outlives_its_row_until_nobody_can_bring_it_back(trip, shelf):
    one = paper_of(trip)
    path = Path(one.file.path)
    one.delete()
    old = (NOW - dt.timedelta(days=400)).timestamp()
    os.utime(path, (old, old))
    assert look_through(NOW, clean=True).removed == []
    assert look_through(NOW + LEFT_FOR, clean=True).removed == []
    assert path.exists()
    found = look_through(NOW + LEFT_FOR + dt.timedelta(minutes=1), clean=True)
    assert (found.removed, found.orphans) == ([one.file.name], [])
    assert not path.exists()


def test_a_file_whose_row_came_back_is_never_taken_away(trip):
    one = paper_of(trip)
    pk, name = one.pk, one.file.name
    one.delete()
    look_through(NOW, clean=True)
    Paper(pk=pk, activity=trip, kind="request", file=name).save()
    look_through(NOW + LEFT_FOR, clean=True)
    Paper.objects.get().delete()
    assert look_through(NOW + 2 * LEFT_FOR, clean=True).removed == []
    assert default_storage.exists(name)


def test_the_command_names_what_is_missing_changed_or_without_a_row(trip, document, capsys):
    call_command("check_files")
    gone, changed = paper_of(trip), DocumentFile.objects.keep(document, b"text", "a.txt", None)
    call_command("check_files")
    Path(gone.file.path).unlink()
    Path(changed.file.path).write_bytes(b"other")
    (Path(default_storage.location) / "papers" / "stray.pdf").write_bytes(b"%PDF-")
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 are missing, 1 changed, 1 named by no row"):
        call_command("check_files", clean=True)
    said = capsys.readouterr().out
    assert f"missing: activities.Paper {gone.pk}: {gone.file.name}" in said
    assert f"changed: activities.DocumentFile {changed.pk}: {changed.file.name}" in said
    assert "named by no row: papers/stray.pdf" in said
    assert NOTES not in said


def test_texts_nobody_read_yet_are_read_at_night(document):
    one = DocumentFile.objects.keep(document, "Biên bản".encode(), "a.txt", None)
    assert DocumentFile.objects.waiting().get() == one
    read_texts()
    assert DocumentFile.objects.get().text == "Biên bản"
    assert not DocumentFile.objects.waiting().exists()


# --- Kept before


@pytest.mark.django_db(transaction=True)
def test_papers_kept_before_are_known_and_one_that_is_gone_stops_nothing(shelf):
    from importlib import import_module  # noqa: PLC0415 a module whose name begins with a figure

    from django.apps import apps  # noqa: PLC0415

    know = import_module("activities.migrations.0005_papers_kept_before_are_known").know
    trip = make.DelegationFactory(unions=[(make.UnionFactory(), 3)]).activity_ptr
    (shelf / "papers/2024").mkdir(parents=True)
    (shelf / "papers/2024/quyet-dinh.pdf").write_bytes(b"%PDF-1.4 cut off")
    (shelf / "papers/2024/twice.pdf").write_bytes(b"%PDF-1.4 cut off")
    names = [f"papers/2024/{one}" for one in ("quyet-dinh.pdf", "twice.pdf", "gone.pdf")]
    for name in names:
        Paper.objects.create(activity=trip, kind="request", file=name)
    with connection.schema_editor() as editor:
        know(apps, editor)
    rows = Paper.objects.order_by("pk")
    assert [one.file.name for one in rows] == names
    assert [one.file_name for one in rows] == ["quyet-dinh.pdf", "twice.pdf", "gone.pdf"]
    assert [one.size for one in rows] == [16, 16, None]
    assert [bool(one.sha256) for one in rows] == [True, False, False]
    assert rows[0].media_type == "application/pdf"
    assert (shelf / "papers/2024/quyet-dinh.pdf").read_bytes() == b"%PDF-1.4 cut off"
    assert Paper.objects.find("quyet dinh").get() == rows[0]
