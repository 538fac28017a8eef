"""The whole synthetic data set, all or nothing. Refuses a database that holds records: nobody could part them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core import serializers
from django.db import connection, transaction
from django.db.models import Model
from django.utils import translation

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Conference,
    Course,
    Delegation,
    Member,
    Paper,
    PartnerRole,
    ReportedFigure,
    ScopeChange,
    SourceDocument,
    SourceLink,
    Term,
    UnionRole,
)
from partners.models import Agreement, AgreementEvent, AgreementParty, Country, Partner, PartnerAffiliation
from unionrelations.accounts.models import Union, UnionSuccession
from unionrelations.kit.acts import untold
from unionrelations.kit.folding import Findable
from unionrelations.kit.records import Record

from .chance import Chance
from .deeds import ENTERED, Deeds
from .house import House
from .shelves import Shelves, shelves

AT_ONCE = 5000  # activities in memory together
FILLED = (
    *(Country, Union, UnionSuccession, Term, Partner, PartnerAffiliation, Agreement, AgreementParty, AgreementEvent),
    *(SourceDocument, ReportedFigure, Activity, Delegation, Conference, Course, UnionRole, PartnerRole),
    *(ActivityCountry, ActivityScope, ScopeChange, Member, Paper, SourceLink),
)
# Whose rows are no records of anybody: countries are the world's, accounts and their sessions the house's.
NO_RECORDS = ("accounts.user", "accounts.officeday", "partners.country", "reports.auditrun")

Told = Callable[[int], None]


class NotEmpty(Exception):
    """`kind` says of what there are records."""

    def __init__(self, kind: type[Model]):
        super().__init__(str(kind._meta.verbose_name_plural))
        self.kind = kind


@dataclass(frozen=True)
class Size:
    activities: int
    unions: int

    @property
    def partners(self) -> int:
        return max(20, self.activities // 50)

    @property
    def documents(self) -> int:
        return max(5, min(2000, self.activities // 500))


@dataclass(frozen=True)
class DataSet:
    size: Size
    seed: int

    def store(self, countries: Iterable[Country], told: Told) -> None:
        """All of it in one transaction; `told` hears how many activities are stored. Raises NotEmpty.

        The history tells nothing of it: nobody ever did what these records say.
        """
        with untold(), translation.override("vi"), transaction.atomic():
            refuse_records()
            known = self._countries(countries)
            with shelves(FILLED) as shelf:
                self._fill(shelf, known, told)
        self._count_rows()

    def _fill(self, shelf: Shelves, countries: list[Country], told: Told) -> None:
        chance, size = Chance(self.seed), self.size
        house = House(chance, unions=size.unions, partners=size.partners, documents=size.documents, countries=countries)
        for model, some in house.rows():
            for key, one in enumerate(some, 1):
                one.pk = one.pk or key
                _complete(one)
            shelf.put(model, some)
        deeds = Deeds(chance, house, size.activities)
        for first in range(1, size.activities + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, size.activities)
            done = deeds.some(first, last)
            every = sorted((one for kind in (Delegation, Conference, Course) for one in done[kind]), key=_key)
            shelf.put(Activity, every)
            for model, some in done.items():
                shelf.put(model, some)
            told(last)

    @staticmethod
    def _countries(given: Iterable[Country]) -> list[Country]:
        """Those that are there, with those given that are not, in the order of their codes."""
        there = set(Country.objects.values_list("code", flat=True))
        for number, one in enumerate(given, 1):
            if one.code not in there:
                one.pk = one.pk if there else number  # so that the same seed gives the same keys
                one.save(force_insert=True)
        return list(Country.objects.order_by("code"))

    @staticmethod
    def _count_rows() -> None:
        """Lets the database look at what it holds now; PostgreSQL reads indexes alone only after a vacuum."""
        vacuums = connection.vendor == "postgresql" and not connection.in_atomic_block
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if vacuums else "ANALYZE")


def countries_in(yaml: str) -> list[Country]:
    """The countries of a fixture file, those that are stored already with their keys."""
    return [one.object for one in serializers.deserialize("yaml", yaml)]


def refuse_records() -> None:
    for label in ("accounts", "partners", "activities", "reports"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.label_lower not in NO_RECORDS and model._base_manager.exists():
                raise NotEmpty(model)


def _key(one: Model) -> int:
    return one.pk


def _complete(one: Model) -> None:
    """What `save` would fill."""
    if isinstance(one, Findable):
        one.keep_names()
    if isinstance(one, Record):
        one.version, one.created_at, one.changed_at = 1, ENTERED, ENTERED
