"""Cells read in the quick way are the cells the table library would make."""

import pytest
from django.utils import translation
from django_tables2.rows import BoundRow

from activities.entities import ACTIVITIES, CONFERENCES, COURSES, DELEGATIONS
from activities.models import Activity
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


@both_languages
def test_names_asked_for_with_a_row_are_those_of_its_records(db, language):
    DataSet(Size(30, 12), seed=6).store(
        [make.CountryFactory(code="VN"), make.CountryFactory(code="LA", name="Lào", name_en="Laos")], lambda _n: None
    )
    twice = make.DelegationFactory()
    for partner in (make.PartnerFactory(acronym="TLĐ <Lào>"), make.PartnerFactory(name="Việt", name_en="")):
        for part in ("host", "funder"):
            twice.partner_roles.create(partner=partner, part=part)
    alone = make.DelegationFactory(countries=[])
    shown = several = 0
    with translation.override(language):
        for record in ACTIVITIES.table(Activity.objects.order_by("pk").for_listing()).data.data:
            unions = [one.union.label for one in record.union_roles.select_related("union")]
            partners = [one.partner.label for one in record.partner_roles.select_related("partner")]
            countries = [str(one.country) for one in record.activity_countries.select_related("country")]
            assert record.names_of_union_roles == unions
            assert record.names_of_partner_roles == partners
            assert record.names_of_activity_countries == countries
            shown += 1
            several += len(unions) > 1
        row = next(one for one in ACTIVITIES.table(Activity.objects.filter(pk=twice.pk)).rows)
        assert row.get_cell_value("partners") == "TLĐ <Lào>; Việt"
        assert "TLĐ &lt;Lào&gt;" in row.get_cell("partners")
        assert ACTIVITIES.table(Activity.objects.filter(pk=alone.pk)).data.data[0].names_of_partner_roles == []
    assert shown > 30
    assert several
