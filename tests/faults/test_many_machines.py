"""Two web servers behind the balancer, two workers, a primary and its replica: one of each is killed under load.

What each could have lost is counted: requests, writes that were acknowledged, tasks that were begun, figures.
"""

import http.client
import json
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from activities.models import Delegation
from activities.reports.models import ReportFile
from tests import factories as make
from tests.api.programs import token_of
from tests.doors import enter
from tests.faults.postgres import manage
from tests.faults.served import SHOWN, Visitor, hidden_on, kept_on
from tests.faults.served import token_of as secret_of
from tests.machines import kill_worker, wait_until

pytestmark = pytest.mark.broker
PEOPLE = 4
SECRET = "a" * 32
REPORT = "/reports/vuit/2018-2023/?format=json"
GONE = (502, 503, 504)


@dataclass
class Asked:
    """One request as the one who sent it saw it; no status where the connection broke off."""

    method: str
    path: str
    begun: float
    ended: float
    status: int | None

    @property
    def was_answered(self) -> bool:
        return self.status is not None and self.status < 500


class Person(threading.Thread):
    """Writes a delegation, looks whether it is there, reads the report; and again, until told.

    Asks for the report's file with the first turn, and with every turn while files are `wanted`.
    """

    def __init__(self, year, balanced, union, cookies, secret, stop, wanted):
        super().__init__(daemon=True)
        self.year, self.union, self.secret, self.stop, self.wanted = year, union, secret, stop, wanted
        self.browser = Visitor(balanced, cookies | {"csrftoken": SECRET})
        self.asked: list[Asked] = []
        self.titles: list[str] = []
        self.files, self.unseen, self.failure = 0, [], None

    def run(self):
        try:
            while not self.stop.is_set():
                self.turn(uuid4().hex)  # like nobody else's, so that nobody is asked for another look
        except Exception as failure:
            self.failure = failure

    def turn(self, title):
        self.write(title)
        self.titles.append(title)
        listed = self.ask("GET", "/api/delegations/?sort=-id", program=True)
        if listed.status == 200 and title not in listed.text:
            self.unseen.append(title)
        self.ask("GET", REPORT)
        if len(self.titles) == 1 or self.wanted.is_set():
            sent = self.ask("POST", "/reports/files/", {"union": "vuit", "term": "2018-2023", "format": "xlsx"})
            self.files += sent is not None and sent.status == 302

    def write(self, title):
        """As a program does whose answer may get lost: the same once more, under the same key."""
        when = f"{len(self.titles) % 28 + 1}/6/{self.year}"
        said = {"title": title, "direction": "out", "when": when, "mode": "in_person"}
        said |= {"union_roles": [{"union": self.union, "part": "lead", "people": 3}]}
        for _time in range(20):
            answer = self.ask("POST", "/api/delegations/", said, program=True, key=title)
            if answer is not None and answer.status not in GONE:
                assert answer.status == 201, answer.text
                return
            time.sleep(0.2)
        raise AssertionError(f"{title} was never acknowledged")

    def ask(self, method, path, data=None, *, program=False, key=""):
        begun, answer = time.monotonic(), None
        try:
            if program:
                headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
                headers |= {"Idempotency-Key": key} if key else {}
                answer = Visitor(self.browser.served).ask(method, path, data and json.dumps(data), **headers)
            else:
                answer = self.browser.post(path, data) if data else self.browser.get(path)
        except (OSError, http.client.HTTPException):
            pass
        self.asked.append(Asked(method, path, begun, time.monotonic(), answer and answer.status))
        return answer


@pytest.fixture
def url(postgres):
    return postgres.create_migrated()


@pytest.fixture
def house(url, within, serve, balance, start_worker_on, replica, broker):
    with within(url):
        union = make.UnionFactory(code="vuit", parent=None)
        make.TermFactory(union=union)
        officers = [make.UserFactory(union=union, language="en") for _number in range(PEOPLE)]
        doors = [({"sessionid": enter(one).cookies["sessionid"].value}, token_of(one)[1]) for one in officers]
    wait_until(replica.has_read_all, what="the replica")
    shared = {
        "CELERY_BROKER_URL": broker,
        "REPLICA_URL": replica.url(urlsplit(url).path[1:]),
        "TASK_VISIBILITY_TIMEOUT": "12",
        "METRICS_TOKEN": SHOWN,
    }
    servers = [serve(url, processes=1, **shared) for _number in range(2)]
    del shared["CELERY_BROKER_URL"]
    workers = [start_worker_on(url, **shared) for _number in range(2)]
    balanced, stop, wanted = balance(*servers), threading.Event(), threading.Event()
    people = [Person(2019 + n, balanced, union.pk, *door, stop, wanted) for n, door in enumerate(doors)]
    for one in people:
        one.start()
    yield {"servers": servers, "workers": workers, "people": people, "stop": stop, "wanted": wanted}
    stop.set()


def test_one_of_each_is_killed_and_nothing_is_lost_but_what_was_in_flight(house, url, within, replica, postgres):
    people, servers, workers = house["people"], house["servers"], house["workers"]

    def so_many_more(number):
        """Everybody has gone through that many turns more."""
        goals = {one: len(one.titles) + number for one in people}
        wait_until(
            lambda: all(len(one.titles) >= goal or one.failure for one, goal in goals.items()), what="the people"
        )

    so_many_more(2)
    killed_at = time.monotonic()
    servers[0].kill()
    so_many_more(2)
    house["wanted"].set()
    with within(url):
        under_way = ReportFile.objects.filter(state="running")
        wait_until(lambda: under_way.count() == len(workers), what="a task under way in each worker")
    kill_worker(workers[0].process)
    house["wanted"].clear()
    so_many_more(1)
    assert servers[1].reads()[("replica", "in step")] > 0
    replica.kill()
    so_many_more(2)
    house["stop"].set()
    for one in people:
        one.join(60)
    assert [one.failure for one in people] == [None] * PEOPLE
    assert servers[1].reads()[("default", "away")] > 0

    lost = [asked for one in people for asked in one.asked if not asked.was_answered]
    assert {asked.method for asked in lost} <= {"POST"}  # what is only read is asked of the other server
    assert all(asked.begun <= killed_at + 0.5 and asked.ended >= killed_at for asked in lost), (lost, killed_at)
    assert len(lost) <= PEOPLE
    assert [one.unseen for one in people] == [[]] * PEOPLE

    titles = [title for one in people for title in one.titles]
    with within(url):
        assert sorted(Delegation.objects.values_list("title", flat=True)) == sorted(titles)
        wait_until(lambda: not ReportFile.objects.exclude(state="done").exists(), what="every file")
        files = ReportFile.objects.count()
        assert sum(one.files for one in people) <= files <= sum(one.files for one in people) + len(lost)
    assert len(list(workers[0].folder.glob("media/reports/**/*.xlsx"))) == files

    told = json.loads(people[0].browser.get(REPORT).text)
    figures = {one["indicator"]: one["logged"] for one in told["figures"]}
    assert (figures["delegations_out"], figures["officials_out"]) == (len(titles), 3 * len(titles))
    command = manage(url, "report", "vuit", "--term", "2018-2023", "--format", "json")
    assert {one["indicator"]: one["logged"] for one in json.loads(command.stdout)["figures"]} == figures
    assert manage(url, "audit").returncode == 0

    the_primary_goes_and_comes_back(house, postgres)


def the_primary_goes_and_comes_back(house, postgres):
    """Through the balancer, which then knows no server that is ready."""
    browser = house["people"][0].browser
    form = browser.get("/partners/new/")
    typed = hidden_on(form) | {"name": "Gõ lúc mất điện", "kind": "ngo"}
    postgres.stop()
    time.sleep(6)  # the balancer has noticed
    refused = browser.post("/partners/new/", typed, secret_of(form))
    assert (refused.status, bool(refused.headers["Retry-After"])) == (503, True)
    assert kept_on(refused)["name"] == "Gõ lúc mất điện"
    postgres.start()
    wait_until(lambda: browser.get("/partners/").status == 200, what="the house")
    again = browser.post("/partners/new/", kept_on(refused), secret_of(refused))
    assert again.status == 200 or again.status == 302, again.text
