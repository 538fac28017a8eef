"""A disk without room: no half file stays, what was typed is kept or still there, and the person reads a sentence."""

import errno
import sqlite3

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from activities.models import Delegation, Paper
from activities.reports.models import ReportFile
from partners.models import Partner
from tests import factories as make
from tests.doors import enter, text, typed_in
from tests.faults.served import kept_on
from tests.imports import read, sheet
from tests.kit import given_files as a
from unionrelations.backups import making
from unionrelations.backups.models import Backup
from unionrelations.backups.sealing import new_key
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.kit import pieces, storage
from unionrelations.kit.faults import is_disk_full
from unionrelations.tasks import back_up

pytestmark = pytest.mark.django_db
NO_ROOM = "There is no room left on the server’s disk"


class Shown:
    """A page as `kept_on` reads one."""

    def __init__(self, response):
        self.text = text(response)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def officer():
    return make.UserFactory(union=make.UnionFactory(code="vuit", parent=None), role="administrator", language="en")


@pytest.fixture
def desk(officer):
    browser = enter(officer)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def full(monkeypatch):
    """From now on each file that is being kept finds no room for its second piece."""

    def fill(pieces=1):
        whole = storage.NamedTemporaryFile

        def without_room(*args, **kwargs):
            draft, left = whole(*args, **kwargs), [pieces]
            write = draft.write

            def piece(given):
                if not left[0]:
                    raise OSError(errno.ENOSPC, "No space left on device")
                left[0] -= 1
                return write(given)

            draft.write = piece
            return draft

        monkeypatch.setattr(storage, "NamedTemporaryFile", without_room)

    return fill


def files_in(folder):
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_a_file_that_finds_no_room_leaves_nothing(full, shelf, pieces):
    full(pieces)
    given = ContentFile(b"x" * ContentFile.DEFAULT_CHUNK_SIZE * 4)
    with pytest.raises(OSError, match="No space"):
        default_storage.save("papers/a.pdf", given)
    assert files_in(shelf) == []


def test_a_paper_without_room_is_not_kept_and_the_page_says_why(full, shelf, desk, officer):
    trip = make.DelegationFactory(unions=[(officer.union, 3)])
    form = typed_in(desk.get(f"/delegations/{trip.pk}/papers/new/"))
    full(0)
    file = SimpleUploadedFile("to-trinh.pdf", a.pdf("To trinh"))
    answer = desk.post(f"/delegations/{trip.pk}/papers/new/", form | {"kind": "request", "file": file})
    assert answer.status_code == 503
    assert NO_ROOM in text(answer)
    assert "A file cannot be kept here" in text(answer)
    assert (Paper.objects.count(), files_in(shelf)) == (0, [])


def test_a_spreadsheet_without_room_is_not_handed_in(full, shelf, desk, officer):
    full(0)
    file = SimpleUploadedFile("a.xlsx", sheet((1, "Đoàn", "1/6/2023", "", "", "", 1, "")))
    answer = desk.post("/import/", {"file": file, "union": officer.union.pk, "entity": ""})
    assert (answer.status_code, NO_ROOM in text(answer)) == (503, True)
    assert (Import.objects.count(), files_in(shelf)) == (0, [])


@pytest.mark.parametrize("step", [Import.Step.READING, Import.Step.WRITING])
def test_an_import_whose_pieces_find_no_room_stores_nothing_and_is_whole_when_asked_again(
    monkeypatch, desk, officer, step, django_capture_on_commit_callbacks
):
    def ask():
        batch.refresh_from_db()
        again = {"do": "afresh"} if step == Import.Step.READING else {"do": "all", "read": batch.read_mark}
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"{batch.get_absolute_url()}decide/", again)
        batch.refresh_from_db()

    batch = read(officer, sheet(*((n, f"Đoàn {n}", "1/6/2023", "2/6/2023", "", "", n, "") for n in range(1, 4))))
    monkeypatch.setattr(pieces, "IN_MEMORY", 1)
    with monkeypatch.context() as patched:
        full = lambda max_size: open("/dev/full", "r+b")  # noqa: E731, SIM115 - closed with the pieces
        patched.setattr(pieces, "SpooledTemporaryFile", full)
        ask()
    assert (batch.state, NO_ROOM in text(desk.get(batch.get_absolute_url()))) == ("failed", True)
    assert (Delegation.objects.count(), ImportedRecord.objects.count()) == (0, 0)
    ask()
    assert (batch.state, batch.error) == ("done", "")
    assert Delegation.objects.count() == (3 if step == Import.Step.WRITING else 0)


def test_a_report_s_file_without_room_fails_in_words(full, shelf, desk, officer, django_capture_on_commit_callbacks):
    make.TermFactory(union=officer.union)
    full(0)
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post("/reports/files/", {"union": "vuit", "term": "2018-2023", "format": "xlsx"}).url
    assert ReportFile.objects.get().state == "failed"
    assert "There is no room left on the server’s disk." in text(desk.get(page))
    assert files_in(shelf) == []


def test_a_backup_without_room_leaves_nothing_and_says_so(settings, tmp_path, monkeypatch):
    settings.BACKUP_KEYS, settings.BACKUP_DIR = [new_key()], tmp_path / "backups"
    written = making.write

    def no_room(stream, *args):
        stream.write(b"x" * 10_000)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "write", no_room)
    back_up.apply()
    assert Backup.objects.get().state == "failed"
    assert "No space left on device" in Backup.objects.get().error
    assert [one for one in files_in(tmp_path / "backups") if not one.name.startswith(".backup")] == []
    monkeypatch.setattr(making, "write", written)


def of_postgresql() -> OperationalError:
    failure = OperationalError("could not extend file")
    failure.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return failure


def of_sqlite() -> OperationalError:
    """A real one: a database that may grow no further."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 2")
    failure = OperationalError("database or disk is full")
    try:
        database.execute("CREATE TABLE a AS SELECT zeroblob(100000)")
    except sqlite3.OperationalError as cause:
        failure.__cause__ = cause
    finally:
        database.close()
    return failure


@pytest.mark.parametrize("failure", [of_postgresql, of_sqlite])
def test_a_database_without_room_keeps_what_was_typed_on_the_page(desk, monkeypatch, failure):
    typed = typed_in(desk.get("/partners/new/"))
    country = make.CountryFactory()
    typed |= {"name": ["Công đoàn & <bạn>"], "country": [str(country.pk)], "kind": ["ngo"]}

    def no_room(*args, **kwargs):
        raise failure()

    with monkeypatch.context() as patched:
        patched.setattr(Partner, "save", no_room)
        answer = desk.post("/partners/new/", typed)
    assert (answer.status_code, NO_ROOM in text(answer)) == (503, True)
    kept = kept_on(Shown(answer))
    assert kept["name"] == "Công đoàn & <bạn>"
    assert desk.post("/partners/new/", kept).status_code == 302
    assert Partner.objects.get().name == "Công đoàn & <bạn>"


def test_other_failures_are_no_full_disk():
    assert not is_disk_full(OSError(errno.EACCES, "Permission denied"))
    assert not is_disk_full(OperationalError("the connection is closed"))
    assert is_disk_full(of_sqlite())
    assert is_disk_full(of_postgresql())
