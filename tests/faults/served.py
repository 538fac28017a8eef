"""The house as it is served: gunicorn with its processes, and a browser without script that asks it."""

import http.client
import os
import re
import signal
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from tests.faults.postgres import environment
from tests.machines import free_port, program, wait_until
from unionrelations.celery import app

SHOWN = "cho-may-do"


class Served:
    """Two processes, as in production; `more` goes into their environment."""

    def __init__(self, url: str, folder: Path, application="unionrelations.wsgi", processes=2, **more):
        self.port = free_port()
        self.log = folder / f"gunicorn-{self.port}.log"
        command = [sys.executable, "-m", "gunicorn", application, "--config", "python:unionrelations.serving"]
        ours = {
            "HTTPS": "false",
            "STATIC_COLLECTED": "false",
            "REQUIRE_SECOND_FACTOR": "false",
            "DATA_DIR": str(folder),
        }
        with self.log.open("w") as log:
            self.master = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}", "--workers", str(processes)],
                cwd=settings.BASE_DIR,
                env=environment(url, **ours | more),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: self.processes() and self.answers(200), what=f"gunicorn: {self.log.read_text()}")

    def processes(self) -> set[str]:
        """The keys of the processes that answer."""
        return set(Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text().split())

    def measures(self) -> list[Sample]:
        """What Prometheus would be told; the server was started with METRICS_TOKEN=`SHOWN`."""
        answer = Visitor(self).ask("GET", "/metrics", Authorization=f"Bearer {SHOWN}")
        return [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]

    def reads(self) -> dict[tuple[str, str], float]:
        """How many requests have read where and why, by (place, why)."""
        counted = (one for one in self.measures() if one.name == "house_reads_total")
        return {(one.labels["place"], one.labels["why"]): one.value for one in counted}

    def answers(self, status: int) -> bool:
        try:
            return Visitor(self).get("/healthz").status == status
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut ends a machine: every process at once, and nothing is tidied up."""
        processes = self.processes()
        for one in (self.master.pid, *processes):
            os.kill(int(one), signal.SIGKILL)
        self.master.wait()

    def stop(self) -> None:
        if self.master.poll() is not None:
            return
        self.master.send_signal(signal.SIGQUIT)  # which takes its folder of measures away
        for one in self.processes():
            os.kill(int(one), signal.SIGKILL)
        self.master.wait()


class Balanced:
    """The balancer of docker-compose.yml, with its own file, before these servers instead of those Docker names."""

    def __init__(self, servers: list[Served], folder: Path):
        self.port = free_port()
        text = (settings.BASE_DIR / "haproxy.cfg").read_text()
        named = "".join(f"    server web{number} 127.0.0.1:{one.port}\n" for number, one in enumerate(servers))
        text, places = re.subn(r"^    server-template .*\n", named, text, flags=re.MULTILINE)
        assert places == 2
        (folder / "haproxy.cfg").write_text(text.replace("bind :8000", f"bind 127.0.0.1:{self.port}"))
        with (folder / "haproxy.log").open("w") as log:
            self.process = subprocess.Popen(
                [program("haproxy"), "-f", str(folder / "haproxy.cfg")],
                env=os.environ | {"ALLOWED_HOSTS": "localhost"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: Served.answers(self, 200), what="the balancer")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.text = response.status, response.headers, response.read().decode()


class Visitor:
    """Somebody at a browser; `cookies` of a person who is signed in come from the test's own client."""

    def __init__(self, served: Served, cookies: dict[str, str] | None = None):
        self.served, self.cookies = served, dict(cookies or {})

    def ask(self, method: str, path: str, body=None, **headers) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for said in response.headers.get_all("Set-Cookie", []):
                name, _sign, value = said.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(response)
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, data: dict, token: str | None = None) -> Answer:
        """With the token of a page, or that of the cookie alone."""
        sent = {"csrfmiddlewaretoken": token or self.cookies.get("csrftoken", "")} | data
        form = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urlencode(sent, doseq=True), **{"Content-Type": form})


def token_of(page: Answer) -> str:
    return hidden_on(page)["csrfmiddlewaretoken"]


def hidden_on(page: Answer) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page.text)
    return {name: unescape(value) for name, value in found}


def kept_on(page: Answer) -> dict[str, str]:
    """What a page keeps of a form, to be sent again."""
    found = re.findall(r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', page.text, re.DOTALL)
    return {name: unescape(value) for name, value in found}


class Worker:
    """A Celery worker that takes three seconds to compose a report (`tests/slow_reports.py`)."""

    def __init__(self, url: str, broker: str, folder: Path, **more):
        self.folder = folder
        self.log = folder / f"worker-{len(list(folder.glob('worker-*.log')))}.log"
        command = [sys.executable, "-m", "celery", "-A", "unionrelations", "worker", "--concurrency", "1", "-l", "INFO"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--include", "tests.slow_reports"],
                cwd=settings.BASE_DIR,
                env=environment(url, CELERY_BROKER_URL=broker, DATA_DIR=str(folder), **more),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: " ready." in self.log.read_text() or self.process.poll() is not None, what="the worker")

    @staticmethod
    def send(task: str, *args) -> None:
        app.send_task(task, args=args)
