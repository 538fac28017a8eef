"""Cells read in the quick way are the cells the table library would make."""

import pytest
from django.utils import translation
from django_tables2.rows import BoundRow

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from partners.entities.partners import PARTNERS
from tests import factories as make
from unionrelations.accounts.models import Union, User
from unionrelations.generating import DataSet, Size


@pytest.mark.parametrize("language", ["vi", "en"])
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
                plain = BoundRow(row.record, table)
                for name in entity.table.names():
                    assert str(row.get_cell(name)) == str(plain.get_cell(name)), (entity.slug, name)
                    assert row.get_cell_value(name) == plain.get_cell_value(name), (entity.slug, name)
                    seen += 1
    assert seen > 500
