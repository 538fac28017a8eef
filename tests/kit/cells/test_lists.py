import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit.cells import spellings
from unionrelations.kit.written import split_names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Lào", ["Lào"]),
        ("Lào, Campuchia", ["Lào", "Campuchia"]),
        ("Lào,Campuchia;Thái Lan", ["Lào", "Campuchia", "Thái Lan"]),
        ("Lào và Campuchia", ["Lào", "Campuchia"]),
        ("Thái Lan - Campuchia", ["Thái Lan", "Campuchia"]),
        ("Hàn Quốc – Nhật Bản", ["Hàn Quốc", "Nhật Bản"]),
        ("Nhật Bản/Hàn Quốc & Lào", ["Nhật Bản", "Hàn Quốc", "Lào"]),
        ("Lào\nCampuchia", ["Lào", "Campuchia"]),
        ("1. Lào 2. Campuchia", ["Lào", "Campuchia"]),
        ("1.Lào\n2.Campuchia", ["Lào", "Campuchia"]),
        ("- Lào\n- Campuchia", ["Lào", "Campuchia"]),
        ("• Lào\n• Campuchia", ["Lào", "Campuchia"]),
        ("Trung Quốc (Quảng Tây, Vân Nam), Lào", ["Trung Quốc (Quảng Tây, Vân Nam)", "Lào"]),
        ("Niu Di-lân, Xinh-ga-po", ["Niu Di-lân", "Xinh-ga-po"]),
        ("", []),
        ("-", []),
    ],
)
def test_countries_are_taken_apart(words, names):
    for one in spellings(words):
        assert split_names(one, is_country=True) == names


def test_a_country_with_and_in_its_name_stays_one_where_somebody_knows_it():
    known = {"Bosnia và Herzegovina", "Trinidad và Tobago"}
    cell = "Lào, Bosnia và Herzegovina, Trinidad và Tobago và Cuba"
    assert split_names(cell, is_country=True, is_one=known.__contains__) == [
        "Lào",
        "Bosnia và Herzegovina",
        "Trinidad và Tobago",
        "Cuba",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Công đoàn Kim khí Phlen-đơ",
        "Friedrich-Ebert-Stiftung",
        "Công đoàn Mỏ, Hóa chất và Năng lượng Đức",
        "CÔNG ĐOÀN MỎ, HÓA CHẤT VÀ NĂNG LƯỢNG ĐỨC",
        "Công đoàn Công nghiệp và Sản xuất Toàn cầu",
        "Công đoàn Kim khí Đức (IG Metall, Đức)",
        "Tổ chức nhân dân Úc vì Y tế, Giáo dục và Phát triển hải ngoại",
        "Bộ Lao động, Thương binh và Xã hội",
        "Trung tâm Hợp tác và Hội nhập",
        "Hội Hữu nghị Việt Nam - Lào",
        "Union Aid Abroad – APHEDA",
        "Building and Wood Workers' International",
        "Ministry of Labour and International Relations",
        "Quỹ Rosa Luxemburg và các đối tác",
    ],
)
def test_the_name_of_one_organisation_stays_one(name):
    for one in spellings(name):
        assert split_names(one) == [name]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Viện Friedrich Ebert và Công đoàn Kim khí Đức", ["Viện Friedrich Ebert", "Công đoàn Kim khí Đức"]),
        (
            "Công đoàn Mỏ, Hóa chất và Năng lượng Đức, Công đoàn Kim khí Đức",
            ["Công đoàn Mỏ, Hóa chất và Năng lượng Đức", "Công đoàn Kim khí Đức"],
        ),
        ("IG Metall, IG BCE", ["IG Metall", "IG BCE"]),
        ("IG BCE và IG Metall", ["IG BCE", "IG Metall"]),
        ("ILO/ITUC", ["ILO", "ITUC"]),
        ("Union Aid Abroad - APHEDA, FES", ["Union Aid Abroad - APHEDA", "FES"]),
        ("Công đoàn Kim khí Đức, Viện FES", ["Công đoàn Kim khí Đức", "Viện FES"]),
        ("CÔNG ĐOÀN LÀO, CÔNG ĐOÀN CAMPUCHIA", ["CÔNG ĐOÀN LÀO", "CÔNG ĐOÀN CAMPUCHIA"]),
        ("Công đoàn Lào & Tổng Liên đoàn Lao động Cuba", ["Công đoàn Lào", "Tổng Liên đoàn Lao động Cuba"]),
        ("Tổng Liên đoàn A - Liên đoàn B", ["Tổng Liên đoàn A", "Liên đoàn B"]),
        ("Đại sứ quán Đức, Bộ Công Thương", ["Đại sứ quán Đức", "Bộ Công Thương"]),
        (
            "Korean Metal Workers' Union and Japan Council of Metalworkers",
            ["Korean Metal Workers' Union", "Japan Council of Metalworkers"],
        ),
        ("1. Công đoàn Lào\n2. Hội Nông dân", ["Công đoàn Lào", "Hội Nông dân"]),
    ],
)
def test_organisations_are_taken_apart_where_a_name_begins(words, names):
    for one in spellings(words):
        assert split_names(one) == names


plain_names = st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8}){0,3}", fullmatch=True)


@given(st.lists(plain_names, min_size=1, max_size=6), st.sampled_from([";", "; ", "\n", "\n- "]), st.booleans())
def test_names_without_signs_of_their_own_come_back(names, sign, is_country):
    assert split_names(sign.join(names), is_country=is_country) == names


@given(st.lists(plain_names, min_size=1, max_size=6), st.sampled_from([", ", ",", " và ", " - ", " / ", " & "]))
def test_countries_come_back_from_any_sign(names, sign):
    assert split_names(sign.join(names), is_country=True) == names


@given(st.text(max_size=120), st.booleans())
def test_whatever_stands_in_the_cell_gives_names_without_blanks_around(words, is_country):
    assert all(name and name == name.strip() for name in split_names(words, is_country=is_country))


def test_a_question_mark_beside_a_known_name_stays_a_name_nobody_knows():
    known = {"Lào", "Thái Lan", "Lào - ?", "Thái Lan - ?"}
    assert split_names("Lào - Thái Lan - ?", is_country=True, is_one=known.__contains__) == ["Lào", "Thái Lan", "?"]
    assert split_names("Lào - ?", is_country=True, is_one=known.__contains__) == ["Lào", "?"]
