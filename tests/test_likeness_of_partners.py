"""Which partners are taken for one organisation and which are not; and what is found at night is said on entry too."""

import pytest

from partners.likeness import Names, pairs_alike, same_partner
from partners.models import Partner
from tests import factories as make
from unionrelations.kit.folding import fold

SAME = [
    ("Công đoàn Phlen-đơ", "Công đoàn Phlenđơ"),
    ("Friedrich Ebert Stiftung", "Viện Friedrich Ebert\nFRIEDRICH-EBERT STIFTUNG"),
    ("Friedrich Ebert Stiftung", "Fridrich Ebert Stiftung"),
    ("Liên đoàn Lao động Campuchia", "Liên đoàn Lao động Cămpuchia"),
    ("Confederation of Trade Unions Myanmar", "Myanmar Confederation of Trade Union"),
    ("Tổ chức Lao động Quốc tế\nILO", "Văn phòng Tổ chức Lao động Quốc tế tại Việt Nam\nILO"),
    ("IndustriALL Global Union", "Công đoàn Công nghiệp và Sản xuất Toàn cầu\nIndustriALL Global Union"),
    ("Rosa Luxemburg Stiftung", "Rosa Luxemburg-Stiftung"),
]
TWO = [
    ("Công đoàn Lào", "Công đoàn Xây dựng Lào"),
    ("Trung ương Liên hiệp Công đoàn Lào", "Tổ chức Lao động Quốc tế"),
    ("LFTU", "LFTUX"),
    ("Tổng Liên đoàn Campuchia", "Công đoàn Campuchia"),
    ("Công đoàn Xây dựng Lào", "Công đoàn Giáo dục Lào"),
    ("Công đoàn Thụy Điển", "Công đoàn Thụy Sĩ"),
    ("Tổng Liên đoàn Lao động Úc", "Tổng Liên đoàn Lao động Áo"),
    ("Trường Công đoàn số 1", "Trường Công đoàn số 2"),
    ("Friedrich Ebert Stiftung", "Friedrich Naumann Stiftung"),
    ("IG Metall", "IG BCE"),
    ("Liên đoàn Lao động Seoul", "Liên đoàn Lao động Busan"),
    ("Liên đoàn Lao động Quảng Đông", "Liên đoàn Lao động Quảng Tây"),
]
LAOS, JAPAN = 1, 2


def names(pk, lines, country=None):
    return Names.of(pk, fold(lines), country)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_taken_for_one(one, other):
    found = same_partner(names(1, one), names(2, other))
    assert found is not None
    assert same_partner(names(2, other), names(1, one)).score == found.score
    assert [pair[:2] for pair in pairs_alike([names(1, one), names(2, other)])] == [(1, 2)]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_taken_for_two(one, other):
    assert same_partner(names(1, one), names(2, other)) is None


def test_a_country_strengthens_and_weakens():
    free, same, other = (
        same_partner(names(1, "Liên hiệp Công nhân", mine), names(2, "LIÊN HIỆP CÔNG NHÂN", theirs))
        for mine, theirs in ((None, None), (LAOS, LAOS), (LAOS, JAPAN))
    )
    assert same.score > free.score
    assert other is None
    assert dict(same.evidence)["same_country"] == (LAOS, LAOS)


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_found_at_night_is_said_on_entry(one, other):
    stored = make.PartnerFactory(name=other.splitlines()[0], aliases="\n".join(other.splitlines()[1:]))
    for number in range(5):
        make.PartnerFactory(name=f"Công đoàn Dệt may {number}")
    assert stored in Partner.objects.near(one.splitlines()[0]) or "\n" in one
