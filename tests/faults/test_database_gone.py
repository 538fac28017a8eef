"""The database goes in the middle of everything, as in a power cut, and comes back to the very same processes."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from activities.reports.models import ReportFile
from partners.models import Partner
from tests import factories as make
from tests.doors import enter
from tests.faults.served import Visitor, hidden_on, kept_on, token_of
from tests.machines import wait_until
from unionrelations.accounts.models import User

pytestmark = pytest.mark.broker


def words(said: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(said)


@pytest.fixture
def url(postgres):
    return postgres.create_migrated()


def test_people_are_told_keep_what_they_typed_and_go_on_without_a_restart(url, postgres, serve, within):
    with within(url):
        officer = make.UserFactory(role=User.Role.ADMINISTRATOR, union=make.UnionFactory(parent=None))
        country = make.CountryFactory()
        cookies = {"sessionid": enter(officer).cookies["sessionid"].value}
    served = serve(url)
    desk = Visitor(served, cookies)
    form = desk.get("/partners/new/")
    assert form.status == 200
    processes = served.processes()
    typed = hidden_on(form) | {
        "name": "Công đoàn “Ngọc & Hải” <thử>",
        "country": str(country.pk),
        "kind": "ngo",
        "note": "\nHai dòng\n",
    }

    postgres.stop()
    told = [desk.get("/partners/") for _process in range(6)]
    assert {one.status for one in told} == {503}
    assert all(one.headers["Retry-After"] for one in told)
    assert f"<h1>{words('The records cannot be reached at the moment', 'vi')}</h1>" in told[0].text
    english = Visitor(served, cookies | {"django_language": "en"}).get("/partners/")
    assert "<h1>The records cannot be reached at the moment</h1>" in english.text
    health = desk.get("/healthz")
    assert (health.status, json.loads(health.text)["database"]) == (503, "not answering")
    sent = desk.post("/partners/new/", typed, token_of(form))
    kept = kept_on(sent)
    assert sent.status == 503
    del typed["csrfmiddlewaretoken"]
    assert kept == typed

    postgres.start()
    wait_until(lambda: served.answers(200), what="the house")
    assert [desk.get("/partners/").status for _process in range(6)] == [200] * 6
    saved = desk.post("/partners/new/", kept, token_of(sent))
    assert saved.status == 302, saved.text
    assert served.processes() == processes
    with within(url):
        assert Partner.objects.get().name == typed["name"]


def test_a_form_another_site_sent_is_not_offered_to_be_sent_again(url, postgres, serve):
    stranger = Visitor(serve(url), {"csrftoken": "a" * 32})
    postgres.stop()
    answer = stranger.post("/partners/new/", {"name": "Lạ"}, "b" * 32)
    assert "Lạ" not in answer.text
    secret = stranger.post("/sign-in/", {"username": "lan", "password": "kín-kín-kín"}, "a" * 32)
    assert (secret.status, "kín-kín-kín" in secret.text) == (503, False)


def test_work_that_was_under_way_is_done_once_by_the_same_worker(url, postgres, start_worker_on, within, broker):
    worker = start_worker_on(url)
    with within(url):
        union = make.UnionFactory(code="vuit")
        term, reader = make.TermFactory(union=union), make.UserFactory(union=union)
        asked = {"union": union, "term": term, "first_day": term.first_day, "last_day": term.last_day}
        rows = [
            ReportFile.objects.create(format="xlsx", language="vi", asked_by=reader, **asked) for _number in range(2)
        ]
        worker.send("unionrelations.tasks.write_report_file", rows[0].pk)
        wait_until(lambda: ReportFile.objects.filter(state="running").exists(), what="the task")
    postgres.stop()
    wait_until(lambda: "OperationalError" in worker.log.read_text(), what="the task to fail")
    worker.send("unionrelations.tasks.write_report_file", rows[1].pk)  # fails before it can claim anything
    wait_until(lambda: worker.log.read_text().count("raised unexpected") >= 2, what="the second task to fail")

    postgres.start()
    with within(url):
        assert {one.state for one in ReportFile.objects.all()} == {"running", "queued"}
        long_ago = timezone.now() - timedelta(hours=1)
        ReportFile.objects.filter(state="running").update(claimed_at=long_ago)
        ReportFile.objects.update(asked_at=long_ago)
        for _time in range(2):
            worker.send("unionrelations.tasks.send_waiting")
        wait_until(lambda: ReportFile.objects.filter(state="done").count() == 2, what="both files")
    assert worker.process.poll() is None
    assert len(list(worker.folder.glob("media/reports/**/*.xlsx"))) == 2
