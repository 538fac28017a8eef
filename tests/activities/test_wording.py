"""What a search finds hangs on its words alone, never on how many rows hold them."""

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from activities.entities import wording
from activities.entities.wording import Wording
from activities.models import Activity
from tests import factories as make
from unionrelations.generating import DataSet, Size
from unionrelations.kit.folding import words_of

SEARCHES = ("an toàn", "tiền lương", "lao động", "công đoàn kim loại", "trung quốc", "lào 1", "hà nội", "xyzzy", "a")


@pytest.fixture
def many(db):
    countries = [make.CountryFactory(code="VN", name="Việt Nam"), make.CountryFactory(code="LA", name="Lào")]
    countries.append(make.CountryFactory(code="CN", name="Trung Quốc"))
    DataSet(Size(300, 20), seed=3).store(countries, lambda _done: None)


def by_the_rule(words: list[str]) -> set[int]:
    """Each word in the activity's own names, or in those of a partner or a country of it, row by row."""
    found = Activity.objects.order_by()
    for word in words:
        own, partner, country = (
            Q(**{f"{path}folded__contains": word}) for path in ("", "partner_roles__partner__", "countries__")
        )
        found = found.filter(pk__in=Activity.objects.filter(own | partner | country).order_by().values("pk"))
    return set(found.values_list("pk", flat=True))


# How a word is judged: none common, all common; seldom together or not; few, not few; few partners, many.
@pytest.mark.parametrize("common", [0, 3, 10_000])
@pytest.mark.parametrize("seldom", [0, 10_000])
@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("few_partners", [0, 200])
def test_however_its_words_are_judged_a_search_finds_the_same(many, monkeypatch, common, seldom, few, few_partners):
    judged = {"COMMON": common, "SELDOM": seldom, "FEW": few, "FEW_PARTNERS": few_partners}
    for name, value in judged.items():
        monkeypatch.setattr(wording, name, value)
    for typed in SEARCHES:
        words = words_of(typed)
        found = set(Wording(words).narrow(Activity.objects.order_by()).values_list("pk", flat=True))
        assert found == by_the_rule(words), typed


def test_only_a_search_that_many_rows_answer_is_long_to_count(many, monkeypatch):
    def is_long(typed: str) -> bool:
        return Wording(words_of(typed)).narrow(Activity.objects.order_by()).is_long_to_count

    assert not is_long("lao động")  # all are read before anybody would notice
    monkeypatch.setattr(wording, "SOON_COUNTED", 100)
    assert is_long("lao động")
    assert not is_long("lao động xyzzy")  # cut to what one word names


def test_the_searches_find_some_and_not_all(many):
    """Else the test above would show little."""
    sizes = {typed: len(by_the_rule(words_of(typed))) for typed in SEARCHES}
    assert sizes["xyzzy"] == 0
    assert any(0 < one < 300 for one in sizes.values())
    assert sizes["trung quốc"]
    assert sizes["lào 1"]


@given(st.lists(st.text("abc ", max_size=4), max_size=5), st.text("abc", max_size=9))
def test_a_word_inside_another_takes_nothing_away(words, name):
    typed = " ".join(words)
    assert all(one in name for one in words_of(typed)) == all(one in name for one in typed.split())
