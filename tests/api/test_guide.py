"""The examples of the guide to the API run, one after another, from the very text of the page."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone

from tests import factories as make
from tests.api.programs import token_of
from tests.hooks.listening import hook_of
from unionrelations.accounts.models import User
from unionrelations.hooks.models import TEST, Call
from unionrelations.hooks.signing import body_of, headers_of

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
    hook, secret = hook_of(User.objects.get(), "https://vanban.example.vn/")
    now = timezone.now()
    call = Call(hook=hook, kind=TEST, happened_at=now)
    body = body_of(call)
    assert told["verified"](secret, headers_of(call, body, now), body)["type"] == "test"
    with pytest.raises(ValueError, match="not signed"):
        told["verified"](secret, headers_of(call, body, now), body + b" ")
    with pytest.raises(ValueError, match="too old"):
        told["verified"](secret, headers_of(call, body, now - dt.timedelta(minutes=6)), body)
    assert next(one["name"] for one in told["partners"]) == "Liên hiệp Công đoàn Cam-pu-chia"
