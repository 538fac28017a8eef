"""The steps of an import are a worker's: done once, and after a killed worker again from the start."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from activities.models import Delegation
from tests import factories as make
from tests.imports import read_import, sheet
from tests.machines import kill_worker, wait_until
from unionrelations.importing.models import Import, ImportedRecord
from unionrelations.tasks import take_import_step

ROWS = 2000


def asked(union, content: bytes, step=Import.Step.READING, **more) -> Import:
    batch = Import(union=union, asked_by=make.UserFactory(union=union), name="ra.xlsx", sha256="1" * 64, **more)
    batch.file.save("ra.xlsx", ContentFile(content), save=False)
    batch.start(step, timezone.now())
    return batch


@pytest.mark.django_db
def test_a_step_delivered_again_after_it_was_done_does_nothing():
    batch = read_import(make.UserFactory(union=make.UnionFactory()))
    rows = list(batch.rows.values_list("pk", flat=True))
    take_import_step.delay(batch.pk)
    assert list(batch.rows.values_list("pk", flat=True)) == rows


@pytest.mark.django_db
def test_a_step_asked_for_again_is_done_again():
    batch = read_import(make.UserFactory(union=make.UnionFactory()))
    batch.start(Import.Step.READING, timezone.now())
    take_import_step.delay(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.progress, batch.error) == ("done", 100, "")


@pytest.mark.django_db
def test_what_a_person_can_mend_is_said_in_their_words_alone():
    batch = asked(make.UnionFactory(), b"%PDF-1.7 nothing to see", language="en")
    take_import_step.delay(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert "Unreadable" not in batch.error


@pytest.mark.django_db
def test_an_import_given_up_while_it_waits_is_not_begun():
    batch = asked(make.UnionFactory(), sheet((1, "Đoàn", "1/6/2023", "", "", "", 1, "")), Import.Step.WRITING)
    Import.objects.filter(pk=batch.pk).update(is_given_up=True)
    take_import_step.delay(batch.pk)
    assert not Delegation.objects.exists()


@pytest.mark.broker
def test_a_worker_killed_while_it_stores_leaves_nothing_and_the_next_one_finishes_once(
    start_worker, tmp_path, monkeypatch
):
    place = {"DATA_DIR": str(tmp_path), "TASK_VISIBILITY_TIMEOUT": "120"}
    place_of_worker = FileSystemStorage(tmp_path / "media")
    monkeypatch.setattr(Import._meta.get_field("file"), "storage", place_of_worker)
    rows = [(n, f"Đoàn {n}", f"{1 + n % 28}/{1 + n % 12}/2023", "", "", "", n % 9 + 1, "") for n in range(ROWS)]
    batch = asked(make.UnionFactory(), sheet(*rows), Import.Step.WRITING)

    def stage():
        batch.refresh_from_db()
        return batch.stage

    first = start_worker(**place)
    take_import_step.delay(batch.pk)
    wait_until(lambda: stage() == "writing", what="the rows to be stored")
    kill_worker(first)
    assert (batch.state, Delegation.objects.count(), ImportedRecord.objects.count()) == ("running", 0, 0)

    Import.objects.filter(pk=batch.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    start_worker(**place)
    take_import_step.delay(batch.pk)
    wait_until(lambda: stage() == "writing" and batch.state == "done", seconds=240, what="the second delivery")
    take_import_step.delay(batch.pk)
    assert (Delegation.objects.count(), ImportedRecord.objects.count()) == (ROWS, ROWS)
