"""A list of any length becomes a file in the memory of some rows."""

import csv
import io
import tracemalloc
from tempfile import TemporaryFile

import openpyxl
import pytest

from activities.entities import ACTIVITIES
from activities.models import Activity
from tests import factories as make
from unionrelations.accounts.models import Union, User
from unionrelations.generating import DataSet, Size
from unionrelations.kit import cells
from unionrelations.kit.writers import FORMATS
from unionrelations.web import files

FEW, MANY, AT_ONCE = 800, 1_600, 200  # two rounds of rows are held while one follows the other


@pytest.fixture
def many(db):
    DataSet(Size(MANY, 20), seed=1).store(
        [make.CountryFactory(code="VN"), make.CountryFactory(code="LA")], lambda _n: None
    )
    return Activity.objects.order_by("pk").for_listing()


def peak(rows, name: str) -> int:
    """Bytes held at once while the rows are written."""
    with TemporaryFile() as file:
        tracemalloc.start()
        try:
            FORMATS[name].write_to(file, ACTIVITIES.table(rows).as_document())
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("name", ["csv", pytest.param("xlsx", marks=pytest.mark.one_database)])  # rows come alike
def test_more_rows_need_no_more_memory(many, name, monkeypatch):
    monkeypatch.setattr(cells, "AT_ONCE", AT_ONCE)
    peak(many, name)  # what is imported and remembered once
    assert peak(many, name) < 1.3 * peak(many[:FEW], name)


def test_a_long_file_holds_what_a_short_one_would(many, client, monkeypatch):
    """Whether it is answered from memory or from a file on the disk."""
    keeper = make.UserFactory(union=Union.objects.get(code="vgcl"), role=User.Role.OFFICER)
    client.force_login(keeper, backend="unionrelations.accounts.roles.RoleBackend")
    whole = client.get("/activities/?format=csv")
    monkeypatch.setattr(files, "LONG", 100)
    from_disk = client.get("/activities/?format=csv")
    assert from_disk.streaming
    assert not whole.streaming
    assert b"".join(from_disk.streaming_content) == whole.content
    assert from_disk["Content-Type"] == whole["Content-Type"]
    assert from_disk["Content-Disposition"] == whole["Content-Disposition"]
    assert len(list(csv.reader(io.StringIO(whole.content.decode("utf-8-sig"))))) == MANY + 1
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/activities/?format=xlsx").streaming_content))
    ).active
    assert sheet.max_row == MANY + 1
