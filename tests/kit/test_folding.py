import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.models import Partner
from tests.factories import PartnerFactory
from unionrelations.kit.folding import fold, spell

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Công đoàn Kim khí Phlen-đơ, Bỉ", "cong doan kim khi phlendo bi"),
        ("PHLENĐƠ", "phlendo"),
        ("IG BCE", "ig bce"),
        ("Đỗ Tiến Dũng", "do tien dung"),
        ("Friedrich-Ebert-Stiftung", "friedrichebertstiftung"),
        ("Union Aid Abroad – APHEDA", "union aid abroad apheda"),
    ],
)
def test_marks_case_hyphens_and_d_bar_do_not_matter(written, folded):
    assert fold(written) == folded


@given(words)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(words)
def test_composed_and_decomposed_spellings_fold_and_spell_alike(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert spell(composed) == spell(decomposed)


@pytest.fixture
def partners(db):
    return [
        PartnerFactory(name="Hội Dô ta", acronym="DT"),
        PartnerFactory(name="Công đoàn Đỗ", acronym="CDD"),
        PartnerFactory(name="Công đoàn Kim khí Phlen-đơ", acronym="ABVV-Metaal", aliases="Flemish Metalworkers"),
    ]


@pytest.mark.parametrize("typed", ["phlenđơ", "Phlen-đơ", "phlendo", "flemish", "kim phlen", "abvv", "ABVV-Metaal"])
def test_a_partner_is_found_however_it_is_typed(partners, typed):
    assert [one.acronym for one in Partner.objects.find(typed)] == ["ABVV-Metaal"]


def test_the_exact_spelling_comes_first(partners):
    assert Partner.objects.find("đỗ").first().acronym == "CDD"
    assert Partner.objects.find("dô").first().acronym == "DT"
    assert {one.acronym for one in Partner.objects.find("do")} == {"CDD", "DT", "ABVV-Metaal"}


@pytest.mark.parametrize("typed", ["", "  ", "---", "%", "_", "'"])
def test_signs_alone_find_nothing(partners, typed):
    assert not Partner.objects.find(typed).exists()


def test_a_name_that_changes_is_found_by_the_new_one(partners):
    one = partners[0]
    one.name = "Tổng hội Ngư dân"
    one.save(update_fields=["name"])
    assert Partner.objects.find("ngu dan").get() == one
    assert not Partner.objects.find("ta").filter(pk=one.pk).exists()
