"""What the processes of one server share, and what goes with it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests import factories as make
from tests.doors import enter
from unionrelations.web import kept_pages

SERVED = """
import json, os, stat
from unionrelations import serving
first = os.environ["KEPT_PAGES"]
os.environ["DJANGO_SETTINGS_MODULE"] = "unionrelations.settings"
from django.conf import settings
shared = settings.CACHES["pages"]["LOCATION"] == first
private = stat.S_IMODE(os.stat(first).st_mode) == 0o700
serving.on_reload(None)
folders = [first, os.environ["KEPT_PAGES"], os.environ["PROMETHEUS_MULTIPROC_DIR"]]
there = [os.path.isdir(one) for one in folders]
serving.on_exit(None)
print(json.dumps({"cache": shared, "private": private,
    "apart": len(set(folders)), "there": there, "left": [os.path.exists(one) for one in folders]}))
"""


def test_processes_of_one_server_share_a_private_folder_that_goes_with_it():
    environment = os.environ | {"ENV_FILE": os.devnull, "SECRET_KEY": "of a test"}
    done = subprocess.run(
        [sys.executable, "-c", SERVED], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "cache": True, "private": True, "apart": 3, "there": [True] * 3, "left": [False] * 3
    }  # fmt: skip


@pytest.mark.parametrize("place", ["set", "get"])
def test_a_page_is_shown_where_there_is_no_room_to_keep_it(db, monkeypatch, place):
    class Full:
        def get(self, _key):
            if place == "get":
                raise OSError

        def set(self, *_told):
            raise OSError

    monkeypatch.setattr(kept_pages, "caches", {"pages": Full()})
    browser = enter(make.UserFactory())
    for _time in range(2):
        assert browser.get("/delegations/").status_code == 200
