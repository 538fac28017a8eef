"""A small house to write history in, and what the history says of it, told without the code that is tested."""

from __future__ import annotations

from django.db import connection, models

from activities.models import Cost
from partners.models import Contact
from tests import factories as make
from unionrelations.accounts.models import Union, User
from unionrelations.history.kept import KEPT, NO_CHANGE
from unionrelations.history.models import Entry
from unionrelations.history.values import read


class House:
    """A union above two others; a trip of each of them, and one of both with money and members."""

    def __init__(self):
        self.top = make.UnionFactory(code="tren")
        self.one, self.other = (make.UnionFactory(code=code, parent=self.top) for code in ("mot", "hai"))
        self.keeper = make.UserFactory(union=self.top, role=User.Role.ADMINISTRATOR, username="quan-tri")
        self.partners = [make.PartnerFactory(name=f"Đối tác {number}") for number in range(2)]
        with_partner = {"partners": [self.partners[0]], "countries": [make.CountryFactory()]}
        self.joint = make.DelegationFactory(title="Đoàn chung", unions=[(self.one, 5), (self.other, 7)], **with_partner)
        self.mine = make.DelegationFactory(title="Đoàn riêng", unions=[(self.one, 3)])
        for trip in (self.joint, self.mine):
            make.MemberFactory(activity=trip.activity_ptr, name=f"Người đi {trip.pk}")
        Cost.objects.create(activity=self.joint.activity_ptr, union=self.one, item="Vé", estimate="30000000.50")
        Cost.objects.create(activity=self.joint.activity_ptr, union=self.other, item="Phòng", estimate=900)
        Contact.objects.create(partner=self.partners[0], name="Bà Khamla")


def person(union: Union, role=User.Role.OFFICER) -> User:
    return make.UserFactory(union=union, role=role)


def as_told(model: type[models.Model]) -> dict[int, dict]:
    """Every row the history still knows of, its changes laid one upon the other."""
    rows: dict[int, dict] = {}
    for one in Entry.objects.filter(label=model._meta.label_lower).order_by("pk"):
        if one.what == "deleted":
            rows.pop(one.key)
        else:
            rows[one.key] = rows.get(one.key, {}) | one.after
    fields = {str(field.column): field for field in KEPT[model._meta.label_lower].fields}
    told = fields.keys() - NO_CHANGE  # old code's columns may still be in the table
    return {
        key: {column: read(fields[column], value) for column, value in row.items() if column in told}
        for key, row in rows.items()
    }


def as_it_stands(model: type[models.Model]) -> dict[int, dict]:
    fields = [one for one in KEPT[model._meta.label_lower].fields if one.column not in NO_CHANGE]
    rows = model._base_manager.order_by().values_list("pk", *(one.attname for one in fields))
    columns = [str(one.column) for one in fields]
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def sql(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
