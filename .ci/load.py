#!/usr/bin/env python
"""Fifty people at work for two minutes: what they wait for, and what it costs. `make load` calls it.

A house of 100,000 synthetic activities on a PostgreSQL of its own (or beside the one DATABASE_URL names), served by
gunicorn as in production, two processes for each core. Each person thinks five seconds between two requests; in turn
they open a list, a record of it, a search and the report of an industry union. All stays on the loopback address.

The time is the house's own: from a request's arrival at a thread to its answer, as its log says it (`operations/
answers.py`). Writes docs/load.md: numbers between marks, so that what people wrote around them stays.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import platform
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

HOUSE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HOUSE), str(HOUSE / ".ci")]
OUT = HOUSE / "docs" / "load.md"
MARKS = ("<!-- load: written by .ci/load.py -->\n", "<!-- end of load -->")
PEOPLE, THINKING, WARMING = 50, 5.0, 10.0  # seconds
AIM = 200  # ms of the server's time, for 95 of 100 requests
WORDS = ("lào", "an toàn", "tiền lương", "đào tạo", "hữu nghị", "đoàn cấp cao", "2022", "xyzzy")
NAMES = {"activities-list": "list", "search": "search", "report-term": "report of an industry union"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--activities", type=int, default=100_000)
    asked.add_argument("--seconds", type=int, default=120)
    said = asked.parse_args()
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        if os.environ.get("DATABASE_URL"):
            found = run(said, Path(folder), None)
        else:
            own = own_postgres()
            try:
                os.environ["DATABASE_URL"] = own.url("postgres")
                found = run(said, Path(folder), own)
            finally:
                own.stop()
    write(lines_of(said, busy, found))


def own_postgres():
    os.environ |= {"DJANGO_SETTINGS_MODULE": "unionrelations.settings", "SECRET_KEY": "only-for-this-load"}
    from tests.faults.postgres import Postgres

    server = Postgres()
    server.start()
    return server


def run(said, folder: Path, own) -> dict:
    from bench_scale import address_of, make

    url = address_of(said.activities, "")
    make(said.activities, url)
    os.environ |= {"DATABASE_URL": url, "SECRET_KEY": "only-for-this-load", "ENV_FILE": os.devnull, "HTTPS": "false"}
    os.environ |= {"STATIC_COLLECTED": "false", "REQUIRE_SECOND_FACTOR": "false", "DATA_DIR": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "unionrelations.settings"
    import django

    django.setup()
    people = readers()
    server = Server(folder)
    try:
        found = server.asked_by(people, said.seconds, own)
    finally:
        server.stop()
    return found | {"apart": confederation()}


def readers() -> list[dict]:
    """Officers of five unions: how each enters, and which records and report they open."""
    from django.test import Client

    from activities.models import Activity
    from unionrelations.accounts.models import Union, User

    industries = list(Union.objects.filter(code__in=("vuit", "veu", "agriculture", "construction")))
    top = Union.objects.get(code="vgcl")
    found = []
    for number, union in zip(range(PEOPLE), cycle([*industries, top]), strict=False):
        user, _made = User.objects.get_or_create(
            username=f"load {number}", defaults={"union": union, "role": User.Role.OFFICER}
        )
        browser = Client()
        browser.force_login(user, backend="unionrelations.accounts.roles.RoleBackend")
        keys = Activity.objects.visible_to(user).order_by("-pk").values_list("kind", "pk")[:200]
        kinds = {"delegation": "delegations", "conference": "conferences", "course": "courses"}
        found.append(
            {
                "cookie": f"sessionid={browser.cookies['sessionid'].value}",
                "records": [f"/{kinds[kind]}/{key}/" for kind, key in keys],
                "report": f"/reports/{(union if union != top else industries[0]).code}/2018-2023/?under=1",
            }
        )
    return found


class Server:
    """gunicorn as in production, its log in a file."""

    def __init__(self, folder: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "gunicorn.log"
        self.processes = 2 * (os.cpu_count() or 2)
        command = [sys.executable, "-m", "gunicorn", "unionrelations.wsgi", "--config", "python:unionrelations.serving"]
        with self.log.open("w") as log:
            self.master = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.processes)],
                cwd=HOUSE,
                env=os.environ | {"LOG_LEVEL": "INFO", "LOG_FORMAT": "json"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > end:
                raise SystemExit(f"gunicorn does not start: {self.log.read_text()}")
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            return self.ask("/healthz", "") > 0
        except OSError:
            return False

    def ask(self, path: str, cookie: str) -> float:
        """Seconds until the whole answer was there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        return time.perf_counter() - begun

    def stop(self) -> None:
        self.master.send_signal(signal.SIGTERM)
        self.master.wait()

    def asked_by(self, people: list[dict], seconds: int, own) -> dict:
        stop, waited, failures = threading.Event(), [], []

        def work(person: dict, chance: random.Random) -> None:
            time.sleep(chance.uniform(0, THINKING))
            for path in self.paths(person, chance):
                if stop.is_set():
                    return
                try:
                    waited.append(self.ask(path, person["cookie"]))
                except Exception as failure:  # whatever it is, it is told in the end
                    failures.append(str(failure))
                stop.wait(THINKING)

        threads = [threading.Thread(target=work, args=(one, random.Random(n))) for n, one in enumerate(people)]
        for one in threads:
            one.start()
        time.sleep(WARMING)
        start, before, begun = self.log.stat().st_size, len(waited), time.monotonic()
        spent = self.spent(own)
        time.sleep(seconds)
        spent = [after - first for first, after in zip(spent, self.spent(own), strict=True)]
        lasted = time.monotonic() - begun
        with self.log.open("rb") as log:
            log.seek(start)
            told = [json.loads(line) for line in log.read().decode().splitlines() if line.startswith("{")]
        waited = waited[before:]
        stop.set()
        for one in threads:
            one.join()
        if failures:
            raise SystemExit(f"{len(failures)} requests failed, such as: {failures[0]}")
        answers = [one for one in told if one["name"] == "unionrelations.answers"]
        return {"answers": answers, "waited": waited, "lasted": lasted, "spent": spent, "processes": self.processes}

    @staticmethod
    def paths(person: dict, chance: random.Random):
        """One after another, beginning anywhere: people at work do not march in step."""
        pages = (
            lambda: f"/activities/?page={chance.randint(1, 3)}",
            lambda: chance.choice(person["records"]),
            lambda: f"/search/?q={quote(chance.choice(WORDS))}",
            lambda: person["report"],
        )
        yield from (page() for page in islice(cycle(pages), chance.randrange(len(pages)), None))

    def spent(self, own) -> tuple[float, float]:
        """Seconds of a processor that web and database have taken so far; the latter where it is our own."""
        postmaster = (own.folder / "data/postmaster.pid").read_text().splitlines()[0] if own else ""
        return _family(str(self.master.pid)), _family(postmaster) if own else 0.0


def _family(parent: str) -> float:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ticks = 0
    for one in (parent, *children):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # gone since
        ticks += int(fields[11]) + int(fields[12])
        ticks += int(fields[13]) + int(fields[14]) if one == parent else 0  # of children that are gone
    return ticks / os.sysconf("SC_CLK_TCK")


def confederation() -> list[float]:
    """Milliseconds of its report with all unions below while nobody else asks and nothing is kept, five times."""
    from django.core.cache import caches
    from django.test import Client

    from unionrelations.accounts.models import User

    browser, times = Client(headers={"host": "localhost"}), []
    user = User.objects.filter(username__startswith="load ", union__code="vgcl").first()
    browser.force_login(user, backend="unionrelations.accounts.roles.RoleBackend")
    for _time in range(6):
        for kept in ("figures", "pages"):
            caches[kept].clear()
        begun = time.perf_counter()
        answer = browser.get("/reports/vgcl/2018-2023/?under=1")
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"The confederation's report answered {answer.status_code}.")
    return times[1:]  # the first compiles the templates


def lines_of(said, busy: float, found: dict) -> list[str]:
    pages: dict[str, list[float]] = {}
    for one in found["answers"]:
        pages.setdefault(NAMES.get(one["page"], "record"), []).append(one["ms"])
    every = [ms for times in pages.values() for ms in times]
    p95, number = _parts(every)[1], len(every)
    web, database = (1000 * one / number for one in found["spent"])
    lines = [
        f"- {dt.date.today():%Y-%m-%d}; {_machine()}; Python {platform.python_version()}.",
        f"- {said.activities:,} activities; {found['processes']} web processes of {_threads()} threads, without a "
        f"replica; {PEOPLE} people who think {THINKING:.0f} seconds; {found['lasted']:.0f} seconds, the first "
        f"{WARMING:.0f} not counted: {number} requests, {number / found['lasted']:.1f} each second, none failed.",
        f"- Others on the machine when it began: a load of {busy:.1f} on {os.cpu_count()} cores"
        f"{'' if busy < 0.5 else '. **Not a quiet machine: every number is too high**'}.",
        f"- Aim, 95 of 100 requests within {AIM} ms of the server's time: "
        f"**{'held' if p95 <= AIM else 'missed'}, {p95:.0f} ms**.",
        "",
        "| page | requests | median, ms | 95 of 100 | 99 of 100 |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, times in [*sorted(pages.items()), ("all", every)]:
        half, most, nearly = _parts(times)
        lines.append(f"| {name} | {len(times)} | {half:.0f} | {most:.0f} | {nearly:.0f} |")
    half, most, nearly = _parts([1000 * one for one in found["waited"]])
    lines += [
        f"| all, as waited for outside the server | {len(found['waited'])} | {half:.0f} | {most:.0f} | {nearly:.0f} |",
        "",
        f"- The confederation's report with all unions below, nothing kept, nobody else asking: median "
        f"{median(found['apart']):.0f} ms, the slowest of {len(found['apart'])} {max(found['apart']):.0f} ms.",
        f"- A request took {web:.0f} ms of a processor in the web servers"
        + (f" and {database:.0f} ms in PostgreSQL." if database else "."),
    ]
    return lines


def _parts(times: list[float]) -> tuple[float, float, float]:
    cuts = quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def _threads() -> str:
    """Of a web process; read, since to import how it is served would begin to serve."""
    return re.search(r"^threads = (\d+)$", (HOUSE / "unionrelations/serving.py").read_text(), re.MULTILINE)[1]


def _machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores"


def write(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = OUT.read_text()
    before, _mark, rest = page.partition(MARKS[0])
    OUT.write_text(f"{before}{MARKS[0]}\n{text}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}")
    print(text)


if __name__ == "__main__":
    main()
