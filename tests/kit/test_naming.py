import unicodedata

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.naming import ALIKE, Names


def of_fixture(file, model, *fields):
    entries = yaml.safe_load((settings.BASE_DIR / "fixtures" / file).read_text(encoding="utf-8"))
    for entry in entries:
        one = entry["fields"]
        if entry["model"] == model:
            yield one["code"], one["name"], [line for field in fields for line in one.get(field, "").splitlines()]


ALL = ("name", "name_en", "short_name", "acronym", "original_name", "aliases")
COUNTRIES = Names(of_fixture("01_countries.yaml", "partners.country", *ALL))
UNIONS = Names(of_fixture("02_unions.yaml", "accounts.union", *ALL))
PARTNERS = Names(of_fixture("05_partners.yaml", "partners.partner", *ALL))

SPELLINGS = {
    "KH": "Canbodia|Cambodia|Campuchia|Căm-pu-chia|Cam-pu-chia|Vương quốc Campuchia",
    "LA": "Lào|Lao|nước Lào|CHDCND Lào|Cộng hòa Dân chủ Nhân dân Lào|LÀO",
    "GB": "VQ Anh|Vương quốc Anh|Anh|Anh quốc|nước Anh",
    "KR": "Hàn Quốc|Nam Hàn|Đại Hàn|Đại Hàn Dân Quốc",
    "KP": "Triều Tiên|CHDCND Triều Tiên|Bắc Triều Tiên",
    "JP": "Nhật|Nhật Bản|Nhật bản|Nhật Bản (Tokyo)",
    "CN": "Trung Quốc|TQ|Trung Hoa|CHND Trung Hoa",
    "US": "Mỹ|Mĩ|Hoa Kỳ|Hoa Kì|USA",
    "DE": "Đức|CHLB Đức|Cộng hòa Liên bang Đức",
    "RU": "Nga|LB Nga|Liên bang Nga",
    "CZ": "Séc|Tiệp|CH Séc|Cộng hòa Séc",
    "TR": "Thổ Nhĩ Kỳ|Thổ Nhĩ Kì|Turkey",
    "AU": "Úc|Ôxtrâylia|Ô-xtrây-li-a|Australia",
    "NZ": "Niu Di-lân|Niu-Di-lân|New Zealand",
    "SG": "Xinh-ga-po|Sing|Singapore",
    "MY": "Malaixia|Ma-lai-xi-a",
    "ID": "Inđônêxia|In-đô-nê-xi-a|In-đô-nê-si-a",
    "PH": "Phi-líp-pin|Philipin",
    "MM": "Mi-an-ma|Mianma|Myanmar",
    "BN": "Bru-nây",
    "TW": "Đài Loan",
    "HK": "Hồng Kông|Hồng Kông (Trung Quốc)",
    "AE": "UAE|U.A.E",
    "PL": "Ba Lan|Ba-lan",
    "VN": "Việt Nam|VN|Vietnam|CHXHCN Việt Nam",
}


@pytest.mark.parametrize(
    ("code", "words"), [(code, one) for code, line in SPELLINGS.items() for one in line.split("|")]
)
def test_a_country_is_known_however_it_is_usually_written(code, words):
    for one in (words, unicodedata.normalize("NFD", words), f"  {words} ", words.upper()):
        assert COUNTRIES.match(one).key == code


@pytest.mark.parametrize(
    "words",
    ["Cộng hòa Trung Hoa", "Republic of China", "Cộng hòa Dân chủ Đức", "Liên Xô", "Tiệp Khắc", "Bắc Hàn", "abc", ""],
)
def test_what_may_be_another_country_is_never_taken_for_certain(words):
    assert COUNTRIES.match(words).key is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Công đoàn Kim khí Đức (IG Metall)", "ig-metall"),
        ("CĐ Kim khí Đức", "ig-metall"),
        ("Công đoàn Kim loại Đức (IG Metall, IGM)", None),
        ("IG-BCE", "ig-bce"),
        ("ABVV-Metaal (Bỉ)", "abvv-metaal"),
        ("Công đoàn Kim khí Phlenđơ, Bỉ", "abvv-metaal"),
        ("Công đoàn Kim khí Phlen-đơ, Bỉ", "abvv-metaal"),
        ("Tổ chức Lao động Quốc tế (ILO)", "ilo"),
        ("Viện Friedrich Ebert, Đức (FES)", "fes"),
    ],
)
def test_a_partner_is_certain_by_name_acronym_or_both(words, code):
    assert PARTNERS.match(words).key == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("TLĐ", "vgcl"),
        ("TLĐLĐVN", "vgcl"),
        ("Tổng LĐLĐ VN", "vgcl"),
        ("CĐ ngành Giáo dục", "veu"),
        ("CĐ Giáo dục VN", "veu"),
        ("Công đoàn ngành Công thương", "vuit"),
        ("Cong doan Cong Thuong Viet Nam", "vuit"),
        ("CĐ NN&PTNT VN", "agriculture"),
        ("LĐLĐ TP Hà Nội", "ha-noi"),
        ("LĐLĐ TP. Hà Nội", "ha-noi"),
        ("LĐLĐ Bắc Ninh", "bac-ninh"),
        ("LĐLĐ thành phố Hà Tĩnh", None),  # the federation of the town is not that of the province
    ],
)
def test_a_union_is_certain_by_the_field_s_abbreviations(words, code):
    assert UNIONS.match(words).key == code


# What people wrote for what they meant, and names that only look alike. ALIKE stands where these two part.
SLIPS = [
    (COUNTRIES, "Kampuchia", "KH"),
    (COUNTRIES, "Malaisia", "MY"),
    (COUNTRIES, "Tailand", "TH"),
    (COUNTRIES, "Singapo", "SG"),
    (COUNTRIES, "Xri Lanka", "LK"),
    (COUNTRIES, "Cộng hòa Trung Hoa", "CN"),
    (PARTNERS, "Công đoàn Kim khí Phlenđơ", "abvv-metaal"),
    (PARTNERS, "Công đoàn Mỏ Hoá chất Năng lượng Đức", "ig-bce"),
    (PARTNERS, "Công đoàn Công nghiệp và SX Toàn cầu", "industriall"),
    (PARTNERS, "Industrial Global Union", "industriall"),
    (PARTNERS, "Viện Fredrich Ebert", "fes"),
    (PARTNERS, "Viện FES", "fes"),
    (PARTNERS, "Liên đoàn Công đoàn Lào", "lao-federation"),
    (UNIONS, "Công đoàn Công Thươn Việt Nam", "vuit"),
    (UNIONS, "Công đoàn Nông nghiệp và PT nông thôn Việt Nam", "agriculture"),
    (UNIONS, "LĐLĐ thành phố Hà Tĩnh", "ha-tinh"),
]
OTHERS = [
    (UNIONS, "Công đoàn Y tế Việt Nam"),
    (UNIONS, "Công đoàn Xăng dầu Việt Nam"),
    (UNIONS, "Công đoàn Dầu khí Việt Nam"),
    (UNIONS, "Công đoàn Ngân hàng Việt Nam"),
    (UNIONS, "LĐLĐ tỉnh Quảng Ngãi"),
    (UNIONS, "LĐLĐ tỉnh Bắc Giang"),
    (UNIONS, "LĐLĐ tỉnh Hà Giang"),
    (PARTNERS, "Công đoàn Kim loại Hàn Quốc"),
    (PARTNERS, "Liên đoàn Lao động Thái Lan"),
    (PARTNERS, "Tổng Công đoàn Trung Quốc"),
    (PARTNERS, "Building and Wood Workers' International"),
    (PARTNERS, "Union Network International"),
    (COUNTRIES, "Liên Xô"),
    (COUNTRIES, "Quảng Tây"),
    (COUNTRIES, "Nhiều nước"),
]


@pytest.mark.parametrize(("names", "words", "code"), SLIPS)
def test_a_slip_is_offered_first_and_never_taken(names, words, code):
    found = names.match(words)
    assert found.key is None
    assert found.near[0].key == code
    assert ALIKE <= found.near[0].score < 100


@pytest.mark.parametrize(("names", "words"), OTHERS)
def test_another_name_is_not_offered(names, words):
    assert names.match(words).key is None
    assert names.match(words).near == ()


def test_words_all_share_do_not_make_names_near():
    two = Names([("veu", "GD", ["Công đoàn Giáo dục Việt Nam"]), ("vuit", "CT", ["Công đoàn Công Thương Việt Nam"])])
    assert two.match("Công đoàn Giáo dục Việt Nam").key == "veu"
    assert [one.key for one in two.match("Công đoàn Giáo dụ Việt Nam").near] == ["veu"]
    assert two.match("Công đoàn").near == two.match("Công đoàn Việt Nam").near == ()


def test_a_name_of_several_records_is_ambiguous_and_all_are_offered():
    twins = Names([(1, "Một", ["Công đoàn Kim khí"]), (2, "Hai", ["CĐ Kim khí"]), (3, "Ba", ["Công đoàn Gỗ"])])
    found = twins.match("Công đoàn kim khí")
    assert (found.key, found.ambiguous) == (1, False)  # its very name goes before an abbreviation written out
    twins = Names([(1, "Một", ["Công đoàn Kim khí"]), (2, "Hai", ["công đoàn kim-khí", "Công đoàn Kim khí"])])
    found = twins.match("Công đoàn Kim khí")
    assert (found.key, found.ambiguous) == (None, True)
    assert {(one.key, one.score) for one in found.near} == {(1, 100), (2, 100)}


def test_an_acronym_that_belongs_to_another_is_not_overruled_by_the_name_before_it():
    two = Names([(1, "Kim khí", ["Công đoàn Kim khí Đức", "IG Metall"]), (2, "Mỏ", ["Công đoàn Mỏ Đức", "IG BCE"])])
    found = two.match("Công đoàn Kim khí Đức (IG BCE)")
    assert found.key is None
    assert {one.key for one in found.near} == {1, 2}
    assert two.match("Đoàn đại biểu cấp cao (IG BCE)").key is None


def test_at_most_five_are_offered_best_first():
    many = Names((number, f"Kim khí {number}", [f"Công đoàn Kim khí Miền {number}"]) for number in range(20))
    near = many.match("Công đoàn Kim khí Miền").near
    assert len(near) == 5
    assert [one.score for one in near] == sorted((one.score for one in near), reverse=True)


def test_words_met_before_are_not_compared_again():
    assert PARTNERS.match("Công đoàn Chưa ai biết") is PARTNERS.match("Công đoàn Chưa ai biết")


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30), max_size=8),
    st.text(max_size=30),
)
def test_any_name_finds_its_own_record_or_says_that_several_have_it(names, other):
    index = Names((place, name, [name]) for place, name in enumerate(names))
    for place, name in enumerate(names):
        found = index.match(name)
        assert found.key == place or found.ambiguous or found == type(found)()
    assert len(index.match(other).near) <= 5
