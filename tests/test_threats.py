"""The page of threats names tests that are there, and the tests that guard the house are named on it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_is_named_is_there(name):
    path, _colons, test = name.partition("::")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert f"def {test}(" in text if test else "\ndef test_" in text


def test_every_threat_has_an_answer_and_a_test():
    table = PAGE.partition("| threat | answer | shown by |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) > 15
    assert [row[0] for row in rows if len(row) != 3 or "`tests/" not in row[2]] == []
