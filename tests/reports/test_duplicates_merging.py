"""A merge keeps every row, and undone it leaves the house as it was."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import models
from hypothesis import assume, given
from hypothesis import strategies as st

from activities.models import (
    Activity,
    ActivityCountry,
    ActivityScope,
    Cost,
    Delegation,
    FollowUp,
    Paper,
    Plan,
    PlanLine,
    Proposal,
    Realisation,
    SourceLink,
    UnionRole,
)
from activities.reports.audit import Outcome, Recount, compare_scopes
from activities.reports.duplicates.merging import Refused, twins_of
from activities.reports.duplicates.relations import DERIVED, pointers
from activities.reports.duplicates.unmerging import take_apart
from activities.reports.models import MERGEABLE, Merge, TermReport
from activities.reports.questions import Only, Question
from activities.reports.reports import Report
from partners.models import Agreement, AgreementParty, Contact, Partner, PartnerAffiliation, RelationEvent
from tests import factories as make
from tests.reports.merging import NOW, everything, merged, pairs_of
from tests.reports.worlds import built, on_fewer_worlds, plans
from tests.signing import signed_report
from unionrelations.accounts.models import Officer, OfficerLanguage
from unionrelations.kit.folding import Findable
from unionrelations.kit.kept_files import KeptFile
from unionrelations.kit.periods import Period
from unionrelations.kit.records import Record

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 3, 1)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit")


def trip(union, **more):
    return make.DelegationFactory(unions=[(union, 3)], **more)


# --- Nothing is lost, and nothing stays


@on_fewer_worlds
@given(plans, st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=4), st.randoms())
def test_merged_and_taken_apart_again_the_house_is_as_it_was(plan, picked, order):
    with built(plan) as world:
        before = everything()
        done = []
        for number, _flag in picked:
            there = [
                (one, other)
                for one, other in pairs_of(world)
                if type(one).objects.filter(pk__in=(one.pk, other.pk)).count() == 2
            ]
            if not there:
                break
            try:
                done.append(merged(*there[number % len(there)]))
            except Refused:
                continue
        assume(done)
        assert _disagreements() == []
        order.shuffle(done)
        left = list(done)
        for _round in range(len(done) ** 2):
            for one in list(left):
                try:
                    take_apart(one, None, NOW)
                except Refused as why:
                    assert "Take that apart first" in str(why) or "tách" in str(why)  # noqa: PT017
                    continue
                left.remove(one)
                assert _disagreements() == []
        assert left == []
        assert everything() == before


def _disagreements() -> list:
    """Derived rows that are not what is derived anew."""
    outcome = Outcome()
    compare_scopes(outcome, Recount().activities)
    return outcome.mismatches


@pytest.mark.parametrize("model", MERGEABLE.values(), ids=lambda model: model.__name__)
def test_no_relation_is_forgotten(model):
    """Every foreign key of the house to it, found the other way round: table by table, column by column."""
    kin = {model, *model._meta.all_parents}
    there = {
        (other, field.attname)
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.local_fields
        if field.is_relation and field.related_model in kin
        if other not in DERIVED and not getattr(field.remote_field, "parent_link", False)
    }
    assert {(one.model, one.name) for one in pointers(model)} == there
    assert there


def test_what_saving_a_row_derives_is_known_to_merging():
    """Rows change hands in one statement, past `save`. Whoever gives a model a `save` of its own sees here whether that
    derives anything from the record the row belongs to; merging then has to as well."""
    plain = {models.Model.save, Record.save, Findable.save, KeptFile.save}
    # A line of a plan derives its quarter from its own days alone; a row of a programme names whom it met when written.
    known = {
        "Activity",
        "ActivityCountry",
        "Paper",
        "PartnerRole",
        "PlanLine",
        "ProgrammeItem",
        "TermReport",
        "UnionRole",
    }
    of_their_own = {
        one.model.__name__ for model in MERGEABLE.values() for one in pointers(model) if one.model.save not in plain
    }
    assert of_their_own == known


def test_everything_of_a_partner_is_carried_along(union):
    kept, gone, third = (make.PartnerFactory(name=name) for name in ("Tổng LĐ Lào", "LFTU", "ITUC"))
    document = make.DocumentFactory()
    visit = trip(union, partners=[gone])
    contact = Contact.objects.create(partner=gone, name="Bà Bounma", phone="020")
    event = RelationEvent.objects.create(union=union, partner=gone, kind="established", starts_on=DAY)
    PartnerAffiliation.objects.create(partner=gone, federation=third)
    PartnerAffiliation.objects.create(partner=third, federation=gone)
    SourceLink.objects.create(document=document, place="đoạn 1", partner=gone)
    signed = make.AgreementFactory(unions=[union], partners=[gone])
    year = Report(Question(union, Period.years(2022), only=Only(partner=gone)))
    report = signed_report(year)
    before = everything()
    done = merged(kept, gone)
    assert not Partner.objects.filter(pk=gone.pk).exists()
    assert list(visit.partners.all()) == [kept]
    assert Contact.objects.get(pk=contact.pk).partner == RelationEvent.objects.get(pk=event.pk).partner == kept
    assert list(kept.federations.all()) == list(kept.affiliates.all()) == [third]
    assert kept.sources.count() == signed.parties.filter(partner=kept).count() == 1
    assert TermReport.objects.get(pk=report.pk).partner == kept
    assert "LFTU" in Partner.objects.get(pk=kept.pk).aliases
    take_apart(done, None, NOW)
    assert everything() == before


def test_everything_of_an_activity_is_carried_along(union):
    kept, gone, part = trip(union, title="Thăm Lào"), trip(union, title="Đoàn đi Lào"), trip(union, title="Hội thảo")
    Activity.objects.filter(pk=part.pk).update(part_of=gone.activity_ptr)
    of = {"activity_id": gone.pk}
    document = make.DocumentFactory()
    make.MemberFactory(activity=gone.activity_ptr, is_head=True)
    Paper.objects.create(kind="request", number="12/TLĐ", day=DAY, file="papers/2022/12.pdf", **of)
    Cost.objects.create(union=union, item="Vé", estimate=5, **of)
    FollowUp.objects.create(what="Gửi tài liệu", **of)
    SourceLink.objects.create(document=document, place="đoạn 1", **of)
    ActivityCountry.objects.create(country=make.CountryFactory(), **of)
    plan = Plan.objects.create(union=union, title="Kế hoạch", first_day=DAY, last_day=DAY)
    Realisation.objects.create(line=PlanLine.objects.create(plan=plan, title="Đi Lào"), **of)
    Proposal.objects.create(document=document, union=union, place="đoạn 2", text="Hỗ trợ", **of)
    before = everything()
    done = merged(kept, gone)
    one = Activity.objects.get(pk=kept.pk)
    for rows in ("members", "papers", "costs", "follow_ups", "sources", "activity_countries", "realisations"):
        assert getattr(one, rows).count() == 1, rows
    assert one.proposals.count() == one.parts.count() == one.union_roles.count() == 1
    assert one.own.head is not None
    take_apart(done, None, NOW)
    assert everything() == before


@pytest.mark.parametrize("keeps_first", [True, False])
def test_agreements_and_officers_can_be_one_as_well(union, keeps_first):
    partner, document = make.PartnerFactory(), make.DocumentFactory()
    signed = [make.AgreementFactory(unions=[union], partners=[partner]) for _number in range(2)]
    people = [Officer.objects.create(union=union, name=name) for name in ("Nguyễn Thị Lan", "Nguyễn T. Lan")]
    for one in people:
        OfficerLanguage.objects.create(officer=one, language="tiếng Lào")
        SourceLink.objects.create(document=document, place="đoạn 1", officer=one)
    before = everything()
    for one, other in (signed, people):
        done = merged(*((one, other) if keeps_first else (other, one)))
        take_apart(done, None, NOW)
        assert everything() == before
    merged(*people)
    assert people[0].languages.count() == 1
    assert people[0].sources.count() == 2


# --- Rows of which one can stand


def test_of_two_leading_unions_one_cooperates(union):
    other = make.UnionFactory()
    kept, gone = trip(union), make.DelegationFactory(unions=[(other, 4)])
    done = merged(kept, gone)
    assert {(one.union, one.part, one.people) for one in kept.union_roles.all()} == {
        (union, "lead", 3),
        (other, "cooperating", 4),
    }
    assert {(one.union, one.people) for one in ActivityScope.objects.filter(activity=kept.pk)} == {
        (union, 3),
        (other, 4),
    }
    take_apart(done, None, NOW)
    assert gone.union_roles.get().part == "lead"


@pytest.mark.parametrize(
    ("own", "others", "choice", "stands"),
    [(3, 5, "", 3), (3, 5, "gone", 5), (None, 5, "", 5), (3, None, "", 3), (None, None, "", None), (0, 5, "", 0)],
)
def test_of_two_headcounts_of_a_union_the_person_chooses_and_unknown_never_wins(union, own, others, choice, stands):
    kept, gone = (make.DelegationFactory(unions=[(union, people)]) for people in (own, others))
    (pair,) = twins_of(kept, gone)
    assert pair.differing() == (["people"] if None not in (own, others) else [])
    done = merged(kept, gone, choices={pair.choice("people"): choice})
    assert kept.union_roles.get().people == stands
    take_apart(done, None, NOW)
    assert (kept.union_roles.get().people, gone.union_roles.get().people) == (own, others)


def test_sources_of_a_row_that_stood_twice_go_to_the_one_that_stands(union):
    kept, gone = make.PartnerFactory(), make.PartnerFactory()
    document = make.DocumentFactory()
    events = [
        RelationEvent.objects.create(union=union, partner=one, kind="established", starts_on=DAY, note=note)
        for one, note in ((kept, ""), (gone, "Theo biên bản"))
    ]
    link = SourceLink.objects.create(document=document, place="đoạn 1", relation_event=events[1])
    before = everything()
    done = merged(kept, gone)
    link.refresh_from_db()
    assert link.relation_event == events[0]
    assert RelationEvent.objects.get().note == "Theo biên bản"
    take_apart(done, None, NOW)
    assert everything() == before


def test_partners_that_belonged_to_each_other_do_not_belong_to_themselves(union):
    kept, gone = make.PartnerFactory(), make.PartnerFactory()
    PartnerAffiliation.objects.create(partner=kept, federation=gone)
    PartnerAffiliation.objects.create(partner=gone, federation=kept)
    before = everything()
    done = merged(kept, gone)
    assert not PartnerAffiliation.objects.exists()
    take_apart(done, None, NOW)
    assert everything() == before


# --- Fields


def test_empty_fields_are_filled_and_names_become_aliases(union):
    kept = make.PartnerFactory(name="Công đoàn Phlen-đơ", aliases="Phlenđơ", note="Đối tác lâu năm")
    gone = make.PartnerFactory(
        name="Tổng Công đoàn Xã hội", name_en="ABVV", acronym="FGTB", licence_number="12", note="Có văn phòng"
    )
    before = everything()
    done = merged(kept, gone)
    one = Partner.objects.get()
    assert (one.name, one.name_en, one.acronym, one.licence_number) == ("Công đoàn Phlen-đơ", "ABVV", "FGTB", "12")
    assert one.aliases.splitlines() == ["Phlenđơ", "Tổng Công đoàn Xã hội"]
    assert one.note == "Đối tác lâu năm\n\nCó văn phòng"
    assert Partner.objects.find("tong cong doan xa hoi").get() == kept
    take_apart(done, None, NOW)
    assert everything() == before


def test_the_other_values_can_be_chosen_and_the_own_name_is_kept_as_an_alias(union):
    kept, gone = make.PartnerFactory(name="LFTU"), make.PartnerFactory(name="Liên hiệp Công đoàn Lào")
    merged(kept, gone, choices={"name": "gone"})
    one = Partner.objects.get()
    assert (one.name, one.aliases) == ("Liên hiệp Công đoàn Lào", "LFTU")


def test_a_date_is_taken_whole(union):
    kept = trip(union, starts_on=DAY)
    gone = trip(union, starts_on=dt.date(2022, 6, 1), ends_on=dt.date(2022, 6, 30), precision="month")
    done = merged(kept, gone, choices={"starts_on": "gone"})
    assert Delegation.objects.get().when == gone.when
    take_apart(done, None, NOW)
    assert Delegation.objects.get(pk=kept.pk).starts_on == DAY


def test_what_somebody_changed_since_stays_changed(union):
    kept, gone = trip(union, place=""), trip(union, place="Viêng Chăn", content="Trao đổi")
    done = merged(kept, gone)
    one = Delegation.objects.get()
    assert (one.place, one.content) == ("Viêng Chăn", "Trao đổi")
    one.place = "Luông Phabang"
    one.save()
    Paper.objects.create(activity_id=kept.pk, kind="request", number="1/TLĐ")
    take_apart(done, None, NOW)
    one = Delegation.objects.get(pk=kept.pk)
    assert (one.place, one.content, one.papers.count()) == ("Luông Phabang", "", 1)
    assert Delegation.objects.get(pk=gone.pk).papers.count() == 0


def test_rows_deleted_since_come_back_and_edits_of_them_stay(union):
    other = make.UnionFactory()
    kept, gone = trip(union), make.DelegationFactory(unions=[(other, 4)])
    paper = Paper.objects.create(activity_id=gone.pk, kind="request", number="1/TLĐ")
    done = merged(kept, gone)
    UnionRole.objects.get(union=other).delete()
    Paper.objects.filter(pk=paper.pk).update(number="2/TLĐ")
    take_apart(done, None, NOW)
    assert gone.union_roles.get().people == 4
    assert gone.papers.get().number == "2/TLĐ"
    assert _disagreements() == []


# --- Refusals


def test_a_whole_and_its_part_are_two(union):
    whole, part, far = trip(union), trip(union), trip(union)
    Activity.objects.filter(pk=part.pk).update(part_of=whole.activity_ptr)
    Activity.objects.filter(pk=far.pk).update(part_of=part.activity_ptr)
    before = everything()
    for kept, gone in ((whole, part), (part, whole), (whole, far), (far, whole)):
        with pytest.raises(Refused):
            merged(kept, gone)
    with pytest.raises(Refused):
        merged(whole, whole)
    assert everything() == before


def test_what_cannot_be_is_refused_with_its_rule(union):
    kept, gone = trip(union), trip(union, on_plan=False, off_plan_reason="Đột xuất")
    merged(kept, gone, choices={"on_plan": "gone"})
    hosted = make.ConferenceFactory(role="hosted", format="workshop", unions=[(union, 1)])
    talks = make.ConferenceFactory(role="", format="meeting", unions=[(union, 1)])
    with pytest.raises(Refused, match=r"hosted|chủ trì|đăng cai"):
        merged(hosted, talks, choices={"role": "gone"})


# --- One after the other


def test_a_chain_is_taken_apart_from_its_end_or_in_any_order_that_leaves_nothing_hanging(union):
    first, second, third = (make.PartnerFactory() for _number in range(3))
    visit = trip(union, partners=[first])
    before = everything()
    into_second = merged(second, first)
    into_third = merged(third, second)
    assert Merge.objects.survivors("partners.partner", [first.pk, second.pk]) == {
        first.pk: third.pk,
        second.pk: third.pk,
    }
    with pytest.raises(Refused, match=str(second)):
        take_apart(into_second, None, NOW)
    take_apart(into_third, None, NOW)
    assert Merge.objects.survivors("partners.partner", [first.pk]) == {first.pk: second.pk}
    assert list(visit.partners.all()) == [second]
    take_apart(into_second, None, NOW)
    assert everything() == before
    with pytest.raises(Refused):
        take_apart(into_second, None, NOW)


def test_two_merged_into_one_are_taken_apart_in_either_order(union):
    for order in ([0, 1], [1, 0]):
        kept, *others = (make.PartnerFactory() for _number in range(3))
        for one in others:
            trip(union, partners=[one])
        before = everything()
        done = [merged(kept, one) for one in others]
        for number in order:
            take_apart(done[number], None, NOW)
        assert everything() == before


def test_what_comes_back_names_the_survivor_of_a_partner_merged_meanwhile(union):
    partner, better = make.PartnerFactory(), make.PartnerFactory()
    kept, gone = trip(union, partners=[partner]), trip(union, partners=[partner])
    before = everything()
    trips = merged(kept, gone)  # the second role of the partner is dropped
    partners = merged(better, partner)
    take_apart(trips, None, NOW)
    assert list(gone.partners.all()) == list(kept.partners.all()) == [better]
    take_apart(partners, None, NOW)
    assert everything() == before


def test_versions_rise_so_that_an_open_form_notices(union):
    person = make.UserFactory(union=union)
    kept, gone = trip(union), trip(union)
    cost = Cost.objects.create(activity_id=gone.pk, union=union, item="Vé", estimate=5)
    done = merged(kept, gone, by=person)
    one = Delegation.objects.get()
    assert (one.version, one.changed_by) == (kept.version + 1, person)
    assert Cost.objects.get().version == cost.version + 1
    take_apart(done, person, NOW)
    assert Delegation.objects.get(pk=kept.pk).version == one.version + 1
    assert Delegation.objects.get(pk=gone.pk).version == gone.version + 1


def test_aliases_written_since_stay(union):
    kept, gone = make.PartnerFactory(name="LFTU"), make.PartnerFactory(name="Liên hiệp Công đoàn Lào")
    done = merged(kept, gone)
    one = Partner.objects.get()
    one.aliases += "\nCông đoàn Lào"
    one.save()
    take_apart(done, None, NOW)
    assert Partner.objects.get(pk=kept.pk).aliases == "Công đoàn Lào"


def test_parties_of_one_agreement_become_one_and_come_back(union):
    kept, gone = make.PartnerFactory(), make.PartnerFactory()
    signed = make.AgreementFactory(unions=[union], partners=[kept, gone])
    AgreementParty.objects.filter(partner=gone).update(signatory="Ông Khamla")
    before = everything()
    done = merged(kept, gone)
    assert signed.parties.get(partner=kept).signatory == "Ông Khamla"
    take_apart(done, None, NOW)
    assert everything() == before
    assert Agreement.objects.count() == 1


def test_no_field_of_a_mergeable_record_holds_files():
    """A file belongs to a row of its own, which is carried along; on the record itself it would need a choice."""
    for model in MERGEABLE.values():
        assert not any(isinstance(one, models.FileField) for one in model._meta.concrete_fields)
