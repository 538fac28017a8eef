"""A spreadsheet brought in by keyboard alone: handed in, a name decided, a cell mended, stored, taken back."""

import pytest
from playwright.sync_api import expect

from activities.models import Delegation
from tests import factories as make
from tests.imports import sheet
from tests.web.browsing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_spreadsheet_is_brought_in_and_taken_back_by_keyboard_alone(page, context, client, live_server, tmp_path):
    officer = make.UserFactory(union=make.UnionFactory())
    make.CountryFactory(code="KH", name="Campuchia", name_en="Cambodia")
    rows = (
        (1, "Đoàn đi Campuchia", "12/06/2023", "15/06/2023", "Canbodia", "", 4, ""),
        (2, "Đoàn ghi sai ngày", "31/02/2023", "05/03/2023", "Campuchia", "", 3, ""),
    )
    (tmp_path / "doan-ra.xlsx").write_bytes(sheet(*rows))
    let_in(context, client, officer, live_server.url)
    page.goto(f"{live_server.url}/import/")
    page.locator("input[type=file]").set_input_files(tmp_path / "doan-ra.xlsx")
    page.locator("main .save-bar .btn-primary").press("Enter")

    page.locator("input[name=who-0]").first.press("Space")
    field = page.locator("input[name^=cell-]").last
    field.press("Control+A")
    field.type("28/02/2023")
    page.locator("button[value=read]").press("Enter")
    expect(page.locator("input[name^=cell-]")).to_have_count(0)
    assert not Delegation.objects.exists()

    page.locator("button[value=all]").press("Enter")
    expect(page.locator(".note-ok")).to_have_count(1)
    assert Delegation.objects.count() == 2

    page.locator("details.menu > summary", has=page.locator("svg")).last.press("Enter")
    page.locator("details.menu .btn-late").last.press("Enter")
    expect(page.locator(".note-ok")).to_have_count(1)
    expect(page.locator("th a.row-link")).to_have_count(0)
    assert not Delegation.objects.exists()
