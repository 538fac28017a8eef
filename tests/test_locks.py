"""What `.ci/audit.py` refuses and what it only tells, asked of an index that is made up here."""

import re
import runpy
from pathlib import Path

import pytest
from packaging.version import Version
from pypi_simple import ProjectPage

HOUSE = Path(__file__).parents[1]
AUDIT = runpy.run_path(str(HOUSE / ".ci/audit.py"))


def index_of(*files: tuple[str, bool | str], **status: str) -> ProjectPage:
    return ProjectPage.from_json_data(
        {
            "name": "lib",
            "meta": {"api-version": "1.4"} | ({"project-status": status["status"]} if status else {}),
            "project-status": status,
            "files": [
                {"filename": name, "url": f"https://index.invalid/{name}", "hashes": {}, "yanked": yanked}
                for name, yanked in files
            ],
        }
    )


def test_every_locked_library_is_asked_for():
    locks = "\n".join((HOUSE / name).read_text(encoding="utf-8") for name in AUDIT["LOCKS"])
    assert set(AUDIT["locked"](HOUSE)) == set(re.findall(r"^([a-z0-9_.-]+)(?:\[.*\])?==", locks, re.MULTILINE))


def test_a_version_that_stands_is_not_refused():
    page = index_of(("lib-1.2.0-py3-none-any.whl", False), ("lib-1.2.0.tar.gz", False))
    assert not list(AUDIT["against"](Version("1.2.0"), page))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (index_of(("lib-1.2.0.tar.gz", "a hole")), "withdrawn (a hole)"),
        (index_of(("lib-1.3.0.tar.gz", False)), "no file"),
        (index_of(("lib-1.2.0.tar.gz", False), status="quarantined", reason="malware"), "quarantined (malware)"),
    ],
)
def test_a_version_that_was_withdrawn_is_refused_with_the_reason(page, reason):
    assert reason in " ".join(AUDIT["against"](Version("1.2.0"), page))


def test_a_file_that_was_withdrawn_beside_one_that_stands_refuses_nothing():
    page = index_of(("lib-1.2.0-py3-none-any.whl", "wrong tag"), ("lib-1.2.0.tar.gz", False))
    assert not list(AUDIT["against"](Version("1.2.0"), page))


def test_a_later_release_of_the_series_is_told_and_no_other():
    later = [("lib-1.2.0.tar.gz", False), ("lib-1.2.2.tar.gz", False), ("lib-1.2.3.tar.gz", "broken")]
    page = index_of(
        *later, ("lib-1.2.4rc1.tar.gz", False), ("lib-2.0.0.tar.gz", False), ("lib-2004-oldest.tar.gz", False)
    )
    assert list(AUDIT["worth_knowing"](Version("1.2.0"), page)) == ["1.2.2 is out in the same series"]
