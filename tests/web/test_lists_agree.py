"""Page, files and endpoint hold the same rows, whatever a list is asked."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.entities.spans import spans_for
from tests import factories as make
from tests.doors import count_afresh, csv_rows, enter, lasting, xlsx_rows
from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        seed()
        count_afresh()
        yield


@st.composite
def questions(draw):
    """A list and a choice for some of its filters, each a word that filter offers."""
    entity = draw(st.sampled_from(ENTITIES))
    return entity, draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3))


def answer_of(entity, picks, reader, rf):
    """Those picks as parameters: (which filter, which of its choices)."""
    request = rf.get("/")
    request.user = reader
    form = entity.filterset(
        {}, queryset=entity.queryset(reader), request=request, spans=spans_for(reader, timezone.localdate())
    ).form
    asked = {}
    for which, choice in picks:
        bound = list(form.visible_fields())[which % len(form.fields)]
        choices = getattr(bound.field.widget, "choices", None)
        words = _values(choices) if choices is not None else ["2022-06-01"] if bound.name != "q" else ["lao", "cong"]
        if words:
            asked[bound.name] = words[choice % len(words)]
    return asked


def _values(choices):
    flat = []
    for key, label in choices:
        flat += _values(label) if isinstance(label, list | tuple) else [str(key)] if str(key) else []
    return flat


@given(question=questions())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_page_files_and_endpoint_hold_the_same_rows(house, db, rf, question):
    entity, picks = question
    reader = User.objects.filter(username="reader").first() or make.UserFactory(
        username="reader", union=Union.objects.get(code="vgcl"), role=User.Role.ADMINISTRATOR
    )
    asked, browser = answer_of(entity, picks, reader, rf), enter(reader)
    page = browser.get(f"/{entity.slug}/", asked)
    answer = browser.get(f"/api/{entity.slug}/", {**asked, "count": "true"})
    if page.context["notes"]:  # two choices that contradict each other
        assert answer.status_code == 400
        return
    total = page.context["total"]
    sheet = browser.get(f"/{entity.slug}/", asked | {"format": "xlsx"})
    lines = browser.get(f"/{entity.slug}/", asked | {"format": "csv"})
    assert (urlencode(asked), len(xlsx_rows(sheet)), len(csv_rows(lines)), answer.json()["count"]) == (
        urlencode(asked), total, total, total,
    )  # fmt: skip
