"""The examples of the guide to the API run, one after another, from the very text of the page."""

import re
from pathlib import Path

import pytest

from tests import factories as make
from tests.api.programs import token_of

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_example_does_what_it_says(live_server, monkeypatch, language):
    union = make.UnionFactory(name="Công đoàn Công Thương Việt Nam")
    for name in ("Tổng Công đoàn Lào", "Liên hiệp Công đoàn Cam-pu-chia", "Tổng Công hội Trung Quốc"):
        make.PartnerFactory(name=name)
    _token, secret = token_of(make.UserFactory(union=union, language=language))
    monkeypatch.setenv("HOUSE", live_server.url)
    monkeypatch.setenv("TOKEN", secret)
    assert len(EXAMPLES) >= 6
    told: dict = {}
    for number, example in enumerate(EXAMPLES):
        exec(compile(example, f"docs/api.md, example {number + 1}", "exec"), told)
    assert next(one["name"] for one in told["partners"]) == "Liên hiệp Công đoàn Cam-pu-chia"
