"""Cells read in the quick way are the cells the table library would make."""

import pytest
from django.utils import translation
from django_tables2.rows import BoundRow

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from partners.entities.partners import PARTNERS
from tests import factories as make
from tests.doors import both_languages
from tests.seeded import seed
from tests.web.pages import furnish
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.generating import DataSet, Size


@both_languages
def test_each_cell_is_what_the_library_makes_of_it(db, language):
    DataSet(Size(40, 12), seed=5).store(
        [make.CountryFactory(code="VN"), make.CountryFactory(code="LA")], lambda _n: None
    )
    reader = make.UserFactory(union=Union.objects.get(code="vgcl"), role=User.Role.OFFICER)
    seen = 0
    with translation.override(language):
        for entity in (ACTIVITIES, DELEGATIONS, CONFERENCES, COURSES, PARTNERS):
            table = entity.table(entity.queryset(reader), columns=entity.table.names())
            for row in table.rows:
                seen += compared(row, table)
    assert seen > 500


def compared(row, table) -> int:
    """How many cells of a row were looked at."""
    plain = BoundRow(row.record, table)
    for name in table.columns.names():
        assert str(row.get_cell(name)) == str(plain.get_cell(name)), (type(table), name)
        assert row.get_cell_value(name) == plain.get_cell_value(name), (type(table), name)
    return len(table.columns.names())


@pytest.mark.one_database
def test_so_are_those_of_what_stands_under_a_record(db):
    seed()
    union = Union.objects.get(code="vgcl")
    furnish(union)
    keeper = User.objects.create_superuser("keeper", union=union, role=User.Role.ADMINISTRATOR)
    links = 0
    for entity in ENTITIES:
        for record in entity.queryset(keeper)[:20]:
            for section in entity.sections:
                if section.table:
                    table = section.table(section.rows(record, keeper)[:20], orderable=False)
                    assert sum(compared(row, table) for row in table.rows) or not table.rows
                    links += sum("<a " in str(cell) for row in table.rows for cell in row)
    assert links > 20
