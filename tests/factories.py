"""Records for tests, as few fields as a test has to care about. Never random: a failing test fails again."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from activities.models import (
    ActivityCountry,
    Conference,
    Course,
    Delegation,
    GapExplanation,
    Member,
    PartnerRole,
    ReportedFigure,
    SourceDocument,
    Term,
    UnionRole,
)
from partners.models import Agreement, AgreementParty, Country, Partner
from unionrelations.accounts.models import Union, User

HELD = "held"
PASSWORD = "cong-doan-viet-nam"


class UnionFactory(DjangoModelFactory):
    class Meta:
        model = Union

    code = factory.Sequence("union-{}".format)
    name = factory.Sequence("Công đoàn thứ {}".format)
    name_en = factory.Sequence("Union {}".format)
    kind = Union.Kind.INDUSTRY


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("user{}".format)
    union = factory.SubFactory(UnionFactory)
    role = User.Role.OFFICER
    password = factory.django.Password(PASSWORD)


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "LA"
    name = "Lào"
    name_en = "Laos"
    region = Country.Region.ASEAN


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    name = factory.Sequence("Đối tác thứ {}".format)
    kind = Partner.Kind.NATIONAL_CENTRE
    country = factory.SubFactory(CountryFactory)


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    union = factory.SubFactory(UnionFactory)
    name = "2018-2023"
    first_day = dt.date(2018, 9, 26)
    last_day = dt.date(2023, 12, 2)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = SourceDocument

    code = factory.Sequence("document-{}".format)
    title = factory.Sequence("Báo cáo thứ {}".format)


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = ReportedFigure

    document = factory.SubFactory(DocumentFactory)
    place = "đoạn 1"
    union = factory.SubFactory(UnionFactory)
    indicator = "delegations_out"
    low = 6
    high = factory.SelfAttribute("low")
    printed = factory.Sequence("6 đoàn ra ({})".format)
    first_day = dt.date(2018, 1, 1)
    last_day = dt.date(2023, 12, 31)
    period_printed = "2018–2023"


class GapExplanationFactory(DjangoModelFactory):
    class Meta:
        model = GapExplanation

    figure = factory.SubFactory(FigureFactory)
    reason = GapExplanation.Reason.UNNAMED
    number = 2
    note = "Văn phòng công đoàn cho biết"


class ActivityFactory(DjangoModelFactory):
    """`unions` takes (union, own people) pairs, the first one leading; `partners` and `countries` take records."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title = factory.Sequence("Hoạt động thứ {}".format)
    status = HELD
    starts_on = dt.date(2022, 3, 1)

    @factory.post_generation
    def unions(self, create, pairs, **kwargs):
        for number, (union, people) in enumerate(pairs or ()):
            part = UnionRole.Part.COOPERATING if number else UnionRole.Part.LEAD
            UnionRole.objects.create(activity_id=self.pk, union=union, people=people, part=part)

    @factory.post_generation
    def partners(self, create, partners, **kwargs):
        for partner in partners or ():
            PartnerRole.objects.create(activity_id=self.pk, partner=partner)

    @factory.post_generation
    def countries(self, create, countries, **kwargs):
        for country in countries or ():
            ActivityCountry.objects.create(activity_id=self.pk, country=country)


class DelegationFactory(ActivityFactory):
    class Meta:
        model = Delegation

    direction = Delegation.Direction.OUT


class ConferenceFactory(ActivityFactory):
    class Meta:
        model = Conference

    role = Conference.Part.HOSTED
    international = True


class CourseFactory(ActivityFactory):
    class Meta:
        model = Course


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    activity = factory.SubFactory(DelegationFactory)
    name = factory.Sequence("Nguyễn Văn {}".format)


class AgreementFactory(DjangoModelFactory):
    """`unions` and `partners` take its parties."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    title = factory.Sequence("Thỏa thuận thứ {}".format)
    signed_from = dt.date(2022, 3, 1)

    @factory.post_generation
    def unions(self, create, unions, **kwargs):
        for union in unions or ():
            AgreementParty.objects.create(agreement=self, union=union)

    @factory.post_generation
    def partners(self, create, partners, **kwargs):
        for partner in partners or ():
            AgreementParty.objects.create(agreement=self, partner=partner)
