"""A small world with one of everything that can be counted wrongly, and the questions asked of it."""

from __future__ import annotations

from datetime import date, timedelta

from activities.models import Activity, Cost, PartnerRole
from activities.reports.questions import Only, Question, Rule
from partners.models import AgreementEvent
from tests import factories as make
from unionrelations.accounts.models import Officer, UnionSuccession
from unionrelations.kit.periods import Period

YEAR = Period.years(2022)
TODAY = date(2024, 1, 1)


class World:
    """Three unions under one, and one of them carried on by another since; joint visits, parts, edges, money."""

    def __init__(self):
        self.root = make.UnionFactory(code="root")
        self.a, self.b, self.ended = (make.UnionFactory(code=one, parent=self.root) for one in ("a", "b", "ended"))
        self.outside = make.UnionFactory(code="outside")
        for one in (self.ended, self.outside):
            UnionSuccession.objects.create(predecessor=one, successor=self.a, kind="absorption", day=date(2023, 7, 1))
        self.laos, self.home = make.CountryFactory(code="LA"), make.CountryFactory(code="VN", name="Việt Nam")
        self.ilo = make.PartnerFactory(name="ILO", country=None, kind="intergovernmental")
        self.lftu = make.PartnerFactory(name="LFTU", country=self.laos)
        self._activities()
        self._beside()

    def _activities(self):
        both = {"partners": [self.ilo, self.lftu], "countries": [self.laos, self.home]}
        joint = [(self.a, 3), (self.b, 4)]
        self.visit = make.DelegationFactory(unions=joint, direction="in", guests=8, **both)
        PartnerRole.objects.create(activity_id=self.visit.pk, partner=self.lftu, part="funder")
        self.trip = make.DelegationFactory(unions=[(self.a, 5), (self.root, 2)], **both)
        make.CourseFactory(unions=[(self.a, 1)], part_of=Activity.objects.get(pk=self.trip.pk), trainees_ours=30)
        make.DelegationFactory(unions=[(self.ended, 2)], countries=[self.laos])
        make.DelegationFactory(unions=[(self.outside, 9)], partners=[self.lftu])
        make.DelegationFactory(unions=[(self.root, 6)], mode="online", starts_on=YEAR.start)
        make.DelegationFactory(unions=[(self.b, 7)], starts_on=YEAR.end, ends_on=date(2023, 1, 5))
        loose = {"starts_on": date(2022, 7, 1), "ends_on": date(2023, 6, 30), "precision": "span"}
        make.DelegationFactory(unions=[(self.a, 10)], **loose)
        make.DelegationFactory(unions=[(self.a, 11)], status="planned")
        make.DelegationFactory(unions=[(self.a, 12)], status="cancelled")
        make.DelegationFactory(unions=[(self.a, None)])
        make.DelegationFactory(unions=[(self.a, 13)], starts_on=YEAR.start - timedelta(days=1), partners=[self.ilo])
        make.ConferenceFactory(unions=[(self.a, 2)], format="forum", countries=[self.home], on_plan=True)

    def _beside(self):
        for currency, amount in (("VND", 5_000_000), ("USD", 300)):
            of = {"activity_id": self.trip.pk, "union": self.a, "currency": currency, "source": "union"}
            Cost.objects.create(item="Vé", estimate=amount, settlement=amount, **of)
        Cost.objects.create(activity_id=self.visit.pk, union=self.b, item="Khách sạn", settlement=7, source="union")
        signed = make.AgreementFactory(unions=[self.a, self.b], partners=[self.lftu])
        AgreementEvent.objects.create(agreement=signed, kind="extended", day=date(2022, 5, 1))
        make.AgreementFactory(unions=[self.a], signed_from=YEAR.end)
        for union in (self.a, self.outside):
            Officer.objects.create(union=union, name="Nguyễn Văn A", full_time=True)
        make.FigureFactory(union=self.a, first_day=YEAR.start, last_day=YEAR.end)

    def question(self, **more) -> Question:
        return Question(**{"union": self.root, "period": YEAR, "under": True} | more)

    @property
    def questions(self) -> list[Question]:
        """Whose numbers are checked: a branch and a union alone, under each filter, rule and organisation."""
        return [
            self.question(),
            self.question(under=False),
            self.question(union=self.a, under=False),
            self.question(rule=Rule.END),
            self.question(only=Only(partner=self.lftu)),
            self.question(union=self.a, under=False, organised_on=TODAY),
            self.question(union=self.ended, under=False, organised_on=TODAY),
        ]
