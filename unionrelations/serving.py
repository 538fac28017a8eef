"""How gunicorn serves the house: `gunicorn unionrelations.wsgi --config python:unionrelations.serving`.

WEB_CONCURRENCY is the number of processes; they are forked before any document is made, never after. What they measure
adds up in a folder of this server's own, which goes with it. There each process has a place; whoever follows a process
that ended takes its place and counts on, so the folder never holds more places than processes stood side by side.
"""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has names nobody can guess

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
threads = 4
timeout = 60
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None

os.environ["PROMETHEUS_MULTIPROC_DIR"] = measures = tempfile.mkdtemp(prefix="measures-", dir=worker_tmp_dir)


def pre_fork(server, worker) -> None:
    taken = {getattr(one, "place", None) for one in server.WORKERS.values()}
    worker.place = next(place for place in count(1) if place not in taken)


def post_fork(server, worker) -> None:
    os.environ["MEASURES_PLACE"] = str(worker.place)


def on_exit(server) -> None:
    shutil.rmtree(measures, ignore_errors=True)
