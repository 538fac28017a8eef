"""Hostile files harm nobody: refused in one line, or read without the dangerous part, within 10 seconds and 500 MB."""

import json
import math
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings

from unionrelations.kit.folding import fold

from .bombs import READ_OR_REFUSED, REFUSED, good, put

SECONDS, MEGABYTES = 10, 500  # of work: a machine busy with other tests takes longer by the clock
LONGEST_WAIT = 90  # by the clock, also for one that works no more, as when it waits for an answer from outside


@dataclass
class Answer:
    code: int
    said: str
    refused: str
    seconds: float
    megabytes: float


pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def bring(empty_house, tmp_path_factory):
    """Brings files to a house of its own, in a process that may be killed; after all of them it reads a good one."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(empty_house, folder / "house.sqlite3")
    environment = os.environ | {"SECRET_KEY": "of a test", "ENV_FILE": os.devnull}
    environment["DATABASE_URL"] = f"sqlite:///{folder / 'house.sqlite3'}"
    manage = [sys.executable, "manage.py", "seed"]
    subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)
    command = [sys.executable, "-m", "tests.spreadsheets.warm"]
    pipe = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipe) as house:
        yield partial(_run, house, folder)
        answer = _run(house, folder, put("good.xlsx", good, folder), "--format", "json")
        house.stdin.close()
    assert answer.code == 0, answer.refused
    assert json.loads(answer.said)["new"] == 1


def _run(house: subprocess.Popen, folder: Path, path: Path, *options: str) -> Answer:
    said, refused = folder / "said", folder / "refused"
    for one in (said, refused):
        one.write_text("")
    arguments = ["import_sheet", str(path), "--union", "ha-tinh", *options]
    print(json.dumps([arguments, str(said), str(refused)]), file=house.stdin, flush=True)
    child = int(house.stdout.readline())
    _watch(house, child, time.monotonic() + LONGEST_WAIT)
    code, seconds, megabytes = json.loads(house.stdout.readline())
    return Answer(code, said.read_text(), refused.read_text(), seconds, megabytes)


def _watch(house: subprocess.Popen, child: int, deadline: float) -> None:
    """Waits until the house tells how it went; a child that takes too much is killed, and has failed then."""
    while not select.select([house.stdout], [], [], 0.02)[0]:
        if time.monotonic() > deadline or _megabytes(child) > 3 * MEGABYTES:
            os.kill(child, signal.SIGKILL)
            deadline = math.inf


def _megabytes(pid: int) -> float:
    """What it holds now, so that a bomb that goes off is stopped before the machine is harmed."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0


def assert_within_limits(answer: Answer) -> None:
    assert answer.seconds < SECONDS
    assert answer.megabytes < MEGABYTES


def assert_refused_in_one_line(answer: Answer) -> None:
    assert answer.code == 1, answer.said + answer.refused
    assert len(answer.refused.strip().splitlines()) == 1, answer.refused
    assert "Traceback" not in answer.refused


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_one_line(name, bring, tmp_path):
    answer = bring(put(name, REFUSED[name], tmp_path))
    assert_refused_in_one_line(answer)
    assert_within_limits(answer)


@pytest.mark.parametrize("name", READ_OR_REFUSED)
def test_a_suspicious_file_is_refused_or_read_without_the_dangerous_part(name, bring, tmp_path):
    made, told = READ_OR_REFUSED[name]
    answer = bring(put(name, made, tmp_path), "--format", "text")
    assert_within_limits(answer)
    if answer.code:
        assert_refused_in_one_line(answer)
    else:
        said = fold(answer.said + answer.refused)
        assert not told or any(words in said for words in told)
        assert len(answer.said) < 100_000, "a cell is never printed whole"


def test_nothing_is_written_outside(bring, tmp_path):
    made, _told = READ_OR_REFUSED["outside-path.xlsx"]
    bring(put("outside-path.xlsx", made, tmp_path))
    assert not Path(tempfile.gettempdir(), "written-by-a-spreadsheet").exists()


@pytest.mark.parametrize("path", ["missing.xlsx", "."])
def test_what_is_no_file_is_refused_in_one_line(path, bring, tmp_path):
    assert_refused_in_one_line(bring(tmp_path / path))
