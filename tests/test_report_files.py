"""A report's file is made while its reader goes on: once, however often a worker is told, and asked for again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from docx import Document

from activities.reports.models import ReportFile, ReportTemplate
from tests import factories as make
from tests.doors import enter, text
from tests.kit.test_templates import template
from tests.kit.written import sheets_of
from tests.machines import kill_worker, wait_until
from unionrelations import tasks
from unionrelations.tasks import write_report_file


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương")


@pytest.fixture
def term(union):
    return make.TermFactory(union=union)


@pytest.fixture
def reader(union):
    return make.UserFactory(union=union)


@pytest.fixture
def ask(reader, term, django_capture_on_commit_callbacks):
    """Asks for a file as the page does; gives the page it leads to."""

    def _ask(**more):
        browser = enter(reader)
        with django_capture_on_commit_callbacks(execute=True):
            led = browser.post("/reports/files/", {"union": "vuit", "term": "2018-2023", "format": "xlsx"} | more)
        assert led.status_code == 302, text(led)
        return browser.get(led.url)

    return _ask


def kept_of(folder, name="vuit*") -> list[Path]:
    return sorted(Path(folder).glob(f"reports/**/{name}"))


def job_of(reader, term, **more):
    return ReportFile.objects.create(
        **{"union": term.union, "term": term, "first_day": term.first_day, "last_day": term.last_day}
        | {"format": "xlsx", "language": "vi", "asked_by": reader}
        | more
    )


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_file_asked_for_is_made_and_handed_out(ask, reader, union, form):
    make.DelegationFactory(unions=[(union, 3)])
    page = ask(format=form)
    job = ReportFile.objects.get()
    assert (job.state, job.error, job.asked_by) == ("done", "", reader)
    assert f'href="/files/{job.file.name}"' in text(page)
    answer = enter(reader).get(f"/files/{job.file.name}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)[:4] in (b"PK\x03\x04", b"%PDF")


def test_the_file_says_what_the_page_says_in_the_language_it_was_asked_in(ask, reader, union):
    make.DelegationFactory.create_batch(4, unions=[(union, 3)])
    reader.language = "en"
    reader.save()
    ask(format="docx")
    ask(format="xlsx", under="1")
    docx, xlsx = ReportFile.objects.order_by("pk")
    words = "\n".join(one.text for one in Document(docx.file).paragraphs)
    assert "sent 4 outbound delegations with 12 person-trips" in words
    rows = sheets_of(xlsx.file.read())["Logged"]
    assert ("Outbound delegations", 4, 0) in [row[:3] for row in rows]


def test_free_days_can_be_kept_as_well(ask):
    ask(term="", **{"from": "2022-01-01", "to": "2022-12-31"})
    job = ReportFile.objects.get()
    assert (job.state, str(job.first_day), str(job.last_day)) == ("done", "2022-01-01", "2022-12-31")


def test_a_failure_is_kept_with_its_words_and_the_file_can_be_asked_for_again(ask, monkeypatch):
    def broken(*asked):
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "compose", broken)
        page = ask()
    failed = ReportFile.objects.get()
    assert (failed.state, failed.error) == ("failed", "OSError: No space left on device")
    assert not failed.file
    assert "No space left on device" in text(page)
    ask()
    assert [one.state for one in ReportFile.objects.order_by("pk")] == ["failed", "done"]


def test_a_faulty_template_fails_with_its_sentence_alone(ask, union):
    ReportTemplate.objects.create(union=union, file=SimpleUploadedFile("a.docx", template("{{ old_name }}")))
    page = ask(format="docx")
    failed = ReportFile.objects.get()
    assert failed.state == "failed"
    assert failed.error.startswith("Không có chỗ điền nào tên “old_name”.")
    assert "old_name" in text(page)


@pytest.mark.parametrize("state", ["queued", "running"])
def test_the_page_of_a_file_looks_again_until_it_is_there(reader, term, state):
    job, browser = job_of(reader, term, state=state), enter(reader)
    page = f"/reports/files/{job.pk}/"
    assert 'hx-trigger="every 2s"' in text(browser.get(page))
    part = text(browser.get(page, headers={"HX-Request": "true"}))
    assert "<h1>" not in part
    job.state = "done"
    job.file.name = "reports/2023/vuit.xlsx"
    job.save()
    assert "every 2s" not in text(browser.get(page, headers={"HX-Request": "true"}))


def test_the_page_of_a_file_says_how_far_it_has_come(reader, term):
    job, browser = job_of(reader, term, state="running"), enter(reader)
    assert "<progress" not in text(browser.get(f"/reports/files/{job.pk}/"))
    job.reach(job.Stage.ROWS, 65)
    page = text(browser.get(f"/reports/files/{job.pk}/"))
    assert '<progress max="100" value="65"' in page
    assert "65%" in page


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_progress_is_written_while_the_file_is_being_made_and_only_grows(ask, union, monkeypatch, form):
    said, reach = [], ReportFile.reach

    def heard(job, stage, progress):
        reach(job, stage, progress)
        said.append(ReportFile.objects.values_list("state", "stage", "progress").get())

    make.DelegationFactory(unions=[(union, 3)])
    monkeypatch.setattr(ReportFile, "reach", heard)
    ask(format=form)
    assert {state for state, _stage, _progress in said} == {"running"}
    progress = [one for _state, _stage, one in said]
    assert progress == sorted(progress)
    assert {"figures", "tables", "writing"} <= {stage for _state, stage, _progress in said}
    assert ("rows" in {stage for _state, stage, _progress in said}) == (form == "xlsx")
    assert ReportFile.objects.get().progress == 100


def test_work_taken_over_from_a_killed_worker_starts_anew(reader, term):
    job = job_of(reader, term, state="running", stage="rows", progress=65, claimed_at=now() - timedelta(days=1))
    write_report_file.apply(args=[job.pk])
    job.refresh_from_db()
    assert (job.state, job.progress) == ("done", 100)


def test_a_task_delivered_twice_writes_once(reader, term):
    job = job_of(reader, term)
    write_report_file.apply(args=[job.pk])
    job.refresh_from_db()
    first, finished = job.file.name, job.finished_at
    write_report_file.apply(args=[job.pk])
    job.refresh_from_db()
    assert (job.file.name, job.finished_at) == (first, finished)
    assert len(kept_of(settings.MEDIA_ROOT, Path(first).name)) == 1


def test_a_task_whose_row_is_gone_does_nothing(term):
    assert write_report_file.apply(args=[987654]).successful()


def test_a_file_gone_from_the_disk_is_not_there(ask, reader):
    ask()
    job = ReportFile.objects.get()
    job.file.storage.delete(job.file.name)
    assert enter(reader).get(f"/files/{job.file.name}").status_code == 404


@pytest.mark.broker
def test_the_file_of_a_killed_worker_is_made_once_when_another_comes(start_worker, tmp_path):
    union = make.UnionFactory(code="vuit")
    job = job_of(make.UserFactory(union=union), make.TermFactory(union=union))
    place = {"include": "tests.slow_reports", "DATA_DIR": str(tmp_path), "TASK_VISIBILITY_TIMEOUT": "10"}

    def state():
        job.refresh_from_db()
        return job.state

    first = start_worker(**place)
    write_report_file.delay(job.pk)
    wait_until(lambda: state() == "running", what="the task to start")
    kill_worker(first)
    assert state() == "running"

    start_worker(**place)
    wait_until(lambda: state() == "done", what="the second delivery")
    write_report_file.delay(job.pk)  # and once more, after it was done
    finished = job.finished_at
    again = job_of(job.asked_by, job.term)
    write_report_file.delay(again.pk)  # one worker takes them in turn
    wait_until(lambda: ReportFile.objects.get(pk=again.pk).state == "done", what="the next file")
    assert (state(), job.finished_at) == ("done", finished)
    assert len(kept_of(tmp_path / "media")) == 2
