"""Readers at a replica that stands still, is late, is killed and comes back: what they see; nobody is refused."""

import json
import time
from urllib.parse import urlsplit

import pytest

from partners.models import Partner
from tests import factories as make
from tests.api.programs import token_of
from tests.doors import enter
from tests.faults.postgres import manage
from tests.faults.served import SHOWN, Visitor, hidden_on
from tests.faults.served import token_of as secret_of
from tests.machines import wait_until
from tests.web.pages import NOWHERE, furnish, pages
from unionrelations.accounts.models import Union, User

pytestmark = pytest.mark.broker


@pytest.fixture
def url(postgres):
    return postgres.create_migrated()


@pytest.fixture
def people(url, within):
    """Two officers of one union at their browsers, and the secret of a program of the first."""
    with within(url):
        union, country = make.UnionFactory(parent=None), make.CountryFactory()
        lan, minh = (make.UserFactory(union=union, language="en") for _one in range(2))
        cookies = [{"sessionid": enter(one).cookies["sessionid"].value} for one in (lan, minh)]
        return cookies, token_of(lan)[1], country.pk


class House:
    def __init__(self, served, people):
        self.served = served
        cookies, self.secret, self.country = people
        self.lan, self.minh = (Visitor(served, one) for one in cookies)

    def add(self, visitor, name):
        form = visitor.get("/partners/new/")
        typed = hidden_on(form) | {"name": name, "country": str(self.country), "kind": "ngo"}
        assert visitor.post("/partners/new/", typed, secret_of(form)).status == 302

    def sees(self, visitor, name) -> bool:
        page = visitor.get("/partners/")
        assert page.status == 200
        return name in page.text

    def program(self, method, body=None):
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        return Visitor(self.served).ask(method, "/api/partners/", body and json.dumps(body), **headers)

    def is_up(self) -> bool:
        return next(one.value for one in self.served.measures() if one.name == "house_replica_up") == 1

    def said(self):
        answer = Visitor(self.served).get("/readyz")
        return answer.status, json.loads(answer.text)["replica"]


def in_step(house) -> float:
    """How many requests have read at the replica."""
    return house.served.reads().get(("replica", "in step"), 0)


@pytest.fixture
def open_house(url, serve, replica, people):
    def start(**more):
        wait_until(replica.has_read_all, what="the replica")
        address = replica.url(urlsplit(url).path[1:])
        return House(serve(url, REPLICA_URL=address, METRICS_TOKEN=SHOWN, processes=1, **more), people)

    return start


def test_every_page_is_shown_from_the_replica_and_none_writes_there(url, serve, replica, within):
    manage(url, "seed").check_returncode()
    with within(url):
        union = Union.objects.get(code="vgcl")
        furnish(union)
        reader = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="en")
        addresses = [address for _name, address in pages(reader) if address != NOWHERE]
        cookies = {"sessionid": enter(reader).cookies["sessionid"].value}
    wait_until(replica.has_read_all, what="the replica")
    address = replica.url(urlsplit(url).path[1:])
    served = serve(url, REPLICA_URL=address, METRICS_TOKEN=SHOWN, processes=1)
    desk = Visitor(served, cookies)
    assert not [(one, status) for one in addresses if (status := desk.get(one).status) not in (200, 302)]
    reads = served.reads()
    assert reads[("replica", "in step")] > len(addresses) / 2
    assert ("default", "away") not in reads


def test_what_was_written_is_read_at_once_by_whoever_wrote_it_while_the_replica_stands_still(
    open_house, replica, url, within
):
    house = open_house(REPLICA_LAG="600")
    house.add(house.lan, "Trước khi dừng")
    wait_until(replica.has_read_all, what="the replica")
    assert house.sees(house.minh, "Trước khi dừng")
    assert in_step(house) >= 1

    replica.pause()
    house.add(house.lan, "Sau khi dừng")
    assert house.sees(house.lan, "Sau khi dừng")
    assert not house.sees(house.minh, "Sau khi dừng")  # reads at the replica, which cannot know
    assert "Sau khi dừng" in house.program("GET").text  # the same person by another door
    made = house.program("POST", {"name": "Chương trình ghi", "country": house.country, "kind": "ngo"})
    assert made.status == 201, made.text
    assert "Chương trình ghi" in house.program("GET").text
    assert house.sees(house.lan, "Chương trình ghi")
    assert not house.sees(house.minh, "Chương trình ghi")
    assert house.served.reads()[("default", "own write")] >= 4

    replica.go_on()
    wait_until(replica.has_read_all, what="the replica")
    before = in_step(house)
    assert house.sees(house.minh, "Sau khi dừng")
    assert house.sees(house.lan, "Sau khi dừng")
    assert in_step(house) == before + 2
    with within(url):
        assert Partner.objects.count() == 3


def test_nobody_reads_later_than_is_allowed(open_house, replica):
    house = open_house(REPLICA_LAG="2")
    assert house.said() == (200, "ok")
    assert not house.sees(house.minh, "Chậm")
    replica.pause()
    house.add(house.lan, "Chậm")
    assert house.said() == (200, "ok")  # so far as anybody knows
    time.sleep(2.1)
    assert house.sees(house.minh, "Chậm")
    assert house.served.reads()[("default", "late")] >= 1
    assert house.said() == (200, "behind")


def test_a_replica_that_is_killed_is_done_without_and_asked_again_once_it_is_back(open_house, replica):
    house = open_house()
    house.sees(house.minh, "")
    replica.kill()
    answers = [house.minh.get(path).status for _time in range(5) for path in ("/partners/", "/", "/activities/")]
    assert set(answers) == {200}
    assert house.said() == (200, "not answering, done without")
    before = in_step(house)
    assert not house.is_up()
    assert house.served.reads()[("default", "away")] >= 1

    replica.start()
    wait_until(lambda: house.said() == (200, "ok"), what="the replica")
    wait_until(lambda: house.sees(house.minh, "") and in_step(house) > before, what="readers at the replica")
    assert house.is_up()
