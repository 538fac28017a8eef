"""Names are found as people type them, in lists and while choosing."""

import pytest

from activities.models import Activity, Delegation, Member, Paper, PartnerRole, ReportedFigure
from partners.models import Partner
from tests import admin_factories as make
from unionrelations.accounts.models import Officer, User

from .pages import address, found, text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Nguyễn Thị Đỗ", "nguyen"),
        ("Nguyễn Thị Đỗ", "do"),
        ("Công đoàn Phlen-đơ", "phlenđơ"),
        ("Công đoàn Phlen-đơ", "PHLENDO cong"),
    ],
)
def test_a_name_is_found_without_marks_capitals_or_hyphens(name, typed, vuit, officer):
    make.officer(vuit, name=name)
    make.officer(vuit, name="Trần Văn Khác")
    page = text(officer.get(address(Officer, "changelist"), {"q": typed}))
    assert name in page
    assert "Trần Văn Khác" not in page
    make.partner(name=name)
    assert found(officer, PartnerRole, "partner", typed) == [name]


def test_the_exact_spelling_comes_first_while_choosing(officer):
    for name in ("Doa Union", "Đỏ", "Đô", "Do"):
        make.partner(name=name)
    assert found(officer, PartnerRole, "partner", "đô")[0] == "Đô"
    assert found(officer, PartnerRole, "partner", "đỏ")[0] == "Đỏ"
    assert len(found(officer, PartnerRole, "partner", "do")) == 4


def test_an_activity_is_found_by_its_people_and_partners(vuit, officer):
    one = make.delegation(vuit, title="Working visit")
    Member.objects.create(activity_id=one.pk, name="Vũ Tiến Lộc")
    PartnerRole.objects.create(activity_id=one.pk, partner=make.partner(name="Phòng Thương mại"))
    make.delegation(vuit, title="Another")
    for typed in ("vu tien loc", "phong thuong mai", "working"):
        for model in (Delegation, Activity):
            page = text(officer.get(address(model, "changelist"), {"q": typed}))
            assert "Working visit" in page
            assert "Another" not in page


def test_rows_without_names_are_found_by_what_they_belong_to(vuit, officer):
    one = make.delegation(vuit, title="Đoàn sang Lào")
    Paper.objects.create(activity_id=one.pk, kind="request", number="12/TLĐ-QT")
    for typed in ("12/TLĐ", "doan sang lao"):
        assert "12/TLĐ-QT" in text(officer.get(address(Paper, "changelist"), {"q": typed}))
    assert "12/TLĐ-QT" not in text(officer.get(address(Paper, "changelist"), {"q": "khac"}))


def test_figures_are_found_by_their_document(vuit, officer):
    make.figure(vuit, document=make.document(vuit, title="Tổng kết nhiệm kỳ"), printed="36 đoàn")
    page = text(officer.get(address(ReportedFigure, "changelist"), {"q": "tong ket"}))
    assert "36 đoàn" in page


def test_accounts_are_found_by_name_without_marks(vuit, administrator):
    make.person("one", vuit, last_name="Nguyễn", first_name="Đức")
    page = text(administrator.get(address(User, "changelist"), {"q": "nguyen duc"}))
    assert "Nguyễn Đức" in page


def test_a_partner_is_found_by_its_country(officer):
    make.partner(name="Union", country=make.country(name="Cộng hòa Séc"))
    assert "Union" in text(officer.get(address(Partner, "changelist"), {"q": "cong hoa sec"}))
