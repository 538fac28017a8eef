"""How gunicorn serves the house: `gunicorn unionrelations.wsgi --config python:unionrelations.serving`.

WEB_CONCURRENCY is the number of processes; they are forked before any document is made, never after. Two for each core,
of two threads: threads of one process wait for each other whenever they do not wait for the database.

What processes measure adds up in a folder of this server's own, which goes with it. There each has a place; whoever
follows a process that ended takes its place and counts on, so the folder never holds more places than processes stood
side by side. Pages that are kept lie in another one, read by nobody but the server's user: what one process has made,
all of them show.
"""

import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

from .prepared import prepare

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has names nobody can guess

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
threads = 2
timeout = 60
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None

folders = []


def on_reload(_server) -> None:
    """Pages the old code made are shown by none that run the new."""
    os.environ["KEPT_PAGES"] = folder_of_its_own("pages-")


def folder_of_its_own(prefix: str) -> str:
    folders.append(tempfile.mkdtemp(prefix=prefix, dir=worker_tmp_dir))
    return folders[-1]


os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder_of_its_own("measures-")
os.environ["KEPT_PAGES"] = folder_of_its_own("pages-")


def pre_fork(server, worker) -> None:
    taken = {getattr(one, "place", None) for one in server.WORKERS.values()}
    worker.place = next(place for place in count(1) if place not in taken)


def post_fork(server, worker) -> None:
    os.environ["MEASURES_PLACE"] = str(worker.place)


def post_worker_init(worker) -> None:
    prepare()


def on_exit(server) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
