"""Records an expectation asks for before its file comes in. Names records of the seed data by their codes."""

from activities.models import Member, PartnerRole
from partners.models import Country, Partner, RelationEvent
from tests import factories as make
from unionrelations.accounts.models import Officer, Union

ACTIVITIES = {
    "delegation": make.DelegationFactory,
    "conference": make.ConferenceFactory,
    "course": make.CourseFactory,
}


def give(union: str, record: dict) -> None:
    """Makes one record of this union: `{make: delegation, title: …, head: …, countries: [LA], partners: [ilo]}`."""
    told = dict(record)
    kind, ours = told.pop("make"), Union.objects.get(code=union)
    if kind in ACTIVITIES:
        _give_activity(ACTIVITIES[kind], ours, told)
    elif kind == "agreement":
        partners = [Partner.objects.get(code=one) for one in told.pop("partners", ())]
        make.AgreementFactory(unions=[ours], partners=partners, **told)
    elif kind == "relation":
        RelationEvent.objects.create(union=ours, partner=Partner.objects.get(code=told.pop("partner")), **told)
    elif kind == "officer":
        Officer.objects.create(union=ours, **told)
    else:
        raise ValueError(f"Nothing is known of {kind}.")


def _give_activity(factory, ours: Union, told: dict) -> None:
    head, people = told.pop("head", ""), told.pop("people", None)
    countries = [Country.objects.get(code=one) for one in told.pop("countries", ())]
    partners, inviting = told.pop("partners", ()), told.pop("inviting", ())
    activity = factory(unions=[(ours, people)], countries=countries, **told)
    for part, codes in (("counterpart", partners), ("inviting", inviting)):
        for code in codes:
            PartnerRole.objects.create(activity=activity, partner=Partner.objects.get(code=code), part=part)
    if head:
        Member.objects.create(activity=activity, name=head, is_head=True, union=ours)
