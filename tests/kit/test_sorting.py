"""Names in the order Vietnamese readers look them up, the same on both databases and in Python."""

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import Country, Partner
from tests import factories as make
from tests.doors import enter
from unionrelations.accounts.models import Union
from unionrelations.kit.sorting import COLLATION, compare, sort_key

# As a Vietnamese index has them: letters over the whole name first, then tones, then capitals.
IN_ORDER = [
    *("“Lá lành” ở Huế", "1 Mai", "An", "án", "An Bình", "Anh", "ăn", "Ân", "Ấn Độ"),
    *("Ba", "bà", "bả", "bã", "bá", "bạ", "Bạ", "Ba Lan", "Ba Tơ", "Bắc Kạn"),
    *("Cu Ba", "Duy", "Dương", "Đào", "Đặng", "E", "Ê-đê", "Gia Lai", "Hòa", "Hoa Kỳ", "Hồng", "Huế"),
    *("Lào", "Oai", "Ôn", "Ơn", "Phú", "Thái Lan", "Ung", "Ưng", "Vĩnh Long", "Ý", "Zambia"),
]
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
NAMES = st.text(LETTERS + LETTERS.upper() + "0123456789 -,.()“”/&–", min_size=1, max_size=8)


def shuffled(names) -> list[str]:
    return sorted(names, key=lambda one: one[::-1])


def sorted_by_the_database(names) -> list[str]:
    rows = ", ".join(["(%s)"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT column1 FROM (VALUES {rows}) AS named ORDER BY column1 COLLATE "{COLLATION}"', names)
        return [name for (name,) in cursor.fetchall()]


def test_a_vietnamese_index_in_python_and_in_the_database(db):
    assert sorted(shuffled(IN_ORDER), key=sort_key) == IN_ORDER
    assert sorted_by_the_database(shuffled(IN_ORDER)) == IN_ORDER


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=2, max_size=15, unique=True))
def test_any_names_are_sorted_alike_by_both(db, names):
    assert sorted_by_the_database(names) == sorted(names, key=sort_key)


@given(NAMES, NAMES)
def test_only_the_same_name_compares_as_equal(one, other):
    assert (compare(one, other) == 0) == (one == other)
    assert compare(one, other) == -compare(other, one)


def test_lists_follow_it_up_and_down(db):
    for name in shuffled(IN_ORDER):
        make.PartnerFactory(name=name, country=None)
    browser = enter(make.UserFactory())
    for sort, expected in (("", IN_ORDER), ("name", IN_ORDER), ("-name", IN_ORDER[::-1])):
        rows = browser.get("/partners/", {"sort": sort}).context["table"].rows
        assert [row.record.name for row in rows] == expected


def test_activities_are_sorted_by_title(db):
    union = make.UnionFactory()
    for name in ("Đoàn đi Lào", "Dự Đại hội", "Ân tình", "Anh em"):
        make.DelegationFactory(title=name, unions=[(union, 1)])
    rows = enter(make.UserFactory(union=union)).get("/delegations/", {"sort": "title"}).context["table"].rows
    assert [row.record.title for row in rows] == ["Anh em", "Ân tình", "Dự Đại hội", "Đoàn đi Lào"]


def test_an_english_reader_finds_names_where_english_puts_them(db):
    for code, name, english in (("DE", "Đức", "Germany"), ("LA", "Lào", "Laos"), ("US", "Hoa Kỳ", "United States")):
        make.CountryFactory(code=code, name=name, name_en=english)
    found = Country.objects.filter(code__in=["DE", "LA", "US"])
    assert [one.code for one in found] == ["DE", "US", "LA"]
    with translation.override("en"):
        assert [one.code for one in found.all()] == ["DE", "LA", "US"]


def test_what_has_no_english_name_is_sorted_by_its_own(db):
    make.PartnerFactory(name="Bốn bể", name_en="")
    make.PartnerFactory(name="Một nhà", name_en="Alpha")
    with translation.override("en"):
        assert [str(one) for one in Partner.objects.all()] == ["Alpha", "Bốn bể"]


def test_choices_of_unions_follow_it_too(db):
    top = make.UnionFactory(name="Tổng Liên đoàn")
    for name in ("Đà Nẵng", "Điện Biên", "An Giang"):
        make.UnionFactory(name=name, parent=top)
    assert [one.name for one in Union.objects.for_choosing()] == ["An Giang", "Đà Nẵng", "Điện Biên", "Tổng Liên đoàn"]
    page = enter(make.UserFactory(union=top)).get("/delegations/?sheet=1").context["filter"].form["union"]
    assert [str(words) for _key, words in page.field.choices][1:] == [
        *("An Giang", "Đà Nẵng", "Điện Biên", "Tổng Liên đoàn")
    ]


@pytest.mark.parametrize(("language", "shown", "beside"), [("vi", "Lào", "Laos"), ("en", "Laos", "Lào")])
def test_the_other_name_stands_beside_the_one_read(language, shown, beside):
    with translation.override(language):
        country = Country(name="Lào", name_en="Laos")
        assert (str(country), country.other_name) == (shown, beside)
        assert Partner(name="ITUC", name_en="ITUC").other_name == ""
        assert Partner(name="Lào", name_en="").other_name == ""
