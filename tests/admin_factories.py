"""Rows for the tests of the back office: unions, and one row of any model that belongs to one of them."""

from __future__ import annotations

import datetime as dt
from itertools import count

from activities.models import (
    Activity,
    ActivityCountry,
    Attendance,
    CarriedOut,
    Conference,
    Cost,
    Course,
    Delegation,
    DocumentFile,
    FollowUp,
    GapExplanation,
    Interpreting,
    LineStep,
    Member,
    Overstep,
    Paper,
    PartnerRole,
    Plan,
    PlanEvent,
    PlanLine,
    ProgrammeItem,
    Proposal,
    Realisation,
    ReportedFigure,
    RuleSet,
    SourceDocument,
    SourceLink,
    StepTaken,
    Talk,
    Term,
    UnionRole,
)
from activities.reports.duplicates.merging import merge
from activities.reports.models import (
    AuditRun,
    Digest,
    Distinct,
    DuplicateSearch,
    Merge,
    Notice,
    PaperTemplate,
    ReportFile,
    ReportTemplate,
    SignedFile,
    Suspicion,
    TermReport,
)
from activities.reports.reports import Report
from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    Contact,
    Country,
    Coverage,
    Partner,
    PartnerAffiliation,
    RelationEvent,
)
from tests.signing import NOW, signed_report
from unionrelations.accounts.models import (
    OfficeDay,
    Officer,
    OfficerLanguage,
    ReminderSettings,
    Union,
    UnionSuccession,
    User,
)
from unionrelations.backups.models import Backup
from unionrelations.kit.periods import Period

DAY = dt.date(2023, 6, 15)
_numbers = count(1)


def number() -> int:
    return next(_numbers)


def a_pair() -> dict:
    one, other = (one_of(Partner, None) for _number in range(2))
    return {"label": "partners.partner", "first": one.pk, "second": other.pk}


def union(code: str, parent=None, **more) -> Union:
    return Union.objects.create(code=code, name=f"Union {code}", kind=Union.Kind.INDUSTRY, parent=parent, **more)


def person(username: str, union, role=User.Role.OFFICER, language="en", **more) -> User:
    one = User(username=username, union=union, role=role, language=language, **more)
    one.set_unusable_password()
    one.save()
    return one


def country(**more) -> Country:
    taken = number()
    code = chr(65 + taken // 26 % 26) + chr(65 + taken % 26)
    known = Country.objects.filter(code=code).first()
    return known or Country.objects.create(
        **{"code": code, "name": f"Nước {taken}", "name_en": f"Country {taken}", "region": "asean"} | more
    )


def partner(**more) -> Partner:
    return Partner.objects.create(
        **{"name": f"Đối tác {number()}", "kind": Partner.Kind.NATIONAL_CENTRE, "country": country()} | more
    )


def _activity(model, of, people=3, **more):
    one = model.objects.create(**{"title": f"Activity {number()}", "starts_on": DAY, "status": "held"} | more)
    if of is not None:
        UnionRole.objects.create(activity_id=one.pk, union=of, people=people)
    return one


def delegation(of=None, **more) -> Delegation:
    return _activity(Delegation, of, **{"direction": "out"} | more)


def conference(of=None, **more) -> Conference:
    return _activity(Conference, of, **{"role": "abroad"} | more)


def course(of=None, **more) -> Course:
    return _activity(Course, of, **more)


def document(of=None, **more) -> SourceDocument:
    taken = number()
    return SourceDocument.objects.create(**{"code": f"paper-{taken}", "title": f"Bài báo {taken}", "union": of} | more)


def officer(of, **more) -> Officer:
    return Officer.objects.create(**{"union": of, "name": f"Nguyễn Văn {number()}"} | more)


def agreement(of, **more) -> Agreement:
    one = Agreement.objects.create(**{"title": f"Thỏa thuận {number()}", "signed_from": DAY} | more)
    AgreementParty.objects.create(agreement=one, union=of)
    return one


def figure(of, **more) -> ReportedFigure:
    words = f"{number()} đoàn"
    given = {"document": document(of), "place": "paragraph 1", "union": of, "low": 6, "high": 6, "printed": words}
    given |= {"indicator": "delegations_out"}
    years = {"first_day": dt.date(2018, 1, 1), "last_day": dt.date(2020, 12, 31), "period_printed": "2018–2020"}
    return ReportedFigure.objects.create(**given | years | more)


def plan(of, **more) -> Plan:
    return Plan.objects.create(
        **{"union": of, "title": f"Plan {number()}", "first_day": DAY, "last_day": dt.date(2023, 12, 31)} | more
    )


def term(of, **more) -> Term:
    year = 1900 + 2 * number()
    days = {"name": f"{year}-{year + 1}", "first_day": dt.date(year, 1, 1), "last_day": dt.date(year + 1, 12, 31)}
    return Term.objects.create(**{"union": of} | days | more)


def relation_event(of, **more) -> RelationEvent:
    return RelationEvent.objects.create(
        **{"union": of, "partner": partner(), "kind": RelationEvent.Kind.ESTABLISHED, "starts_on": DAY} | more
    )


def a_notice(digest) -> Notice:
    what = {"rule": "agreement", "key": f"{number()}", "due_on": DAY, "stage": 30, "title": "Bản ghi nhớ"}
    return Notice.objects.create(digest=digest, person=digest.person, **what)


def one_of(model, of):
    """A row of this model that people of the union see."""
    return MAKERS[model](of)


MAKERS = {
    Backup: lambda of: Backup.objects.create(),
    Union: lambda of: union(f"below-{number()}", of),
    UnionSuccession: lambda of: UnionSuccession.objects.create(
        predecessor=union(f"before-{number()}", of), successor=of, kind="absorption", day=DAY
    ),
    Officer: officer,
    OfficerLanguage: lambda of: OfficerLanguage.objects.create(officer=officer(of), language="Anh"),
    OfficeDay: lambda of: OfficeDay.objects.create(day=DAY + dt.timedelta(days=number()), kind="off"),
    ReminderSettings: lambda of: ReminderSettings.objects.create(union=union(f"asks-{number()}", of), quiet_months=9),
    User: lambda of: person(f"person-{number()}", of),
    Country: lambda of: country(),
    Partner: lambda of: partner(),
    PartnerAffiliation: lambda of: PartnerAffiliation.objects.create(partner=partner(), federation=partner()),
    Coverage: lambda of: Coverage.objects.create(partner=partner(), officer=officer(of)),
    Contact: lambda of: Contact.objects.create(partner=partner(), name=f"Trần {number()}"),
    RelationEvent: relation_event,
    Agreement: agreement,
    AgreementParty: lambda of: agreement(of).parties.get(),
    AgreementEvent: lambda of: AgreementEvent.objects.create(agreement=agreement(of), kind="extended", day=DAY),
    Activity: lambda of: delegation(of).activity_ptr,
    Delegation: delegation,
    Conference: conference,
    Course: course,
    UnionRole: lambda of: delegation(of).union_roles.get(),
    PartnerRole: lambda of: PartnerRole.objects.create(activity=delegation(of), partner=partner()),
    ActivityCountry: lambda of: ActivityCountry.objects.create(activity=delegation(of), country=country()),
    Member: lambda of: Member.objects.create(activity=delegation(of), union=of, name=f"Lê {number()}"),
    Cost: lambda of: Cost.objects.create(activity=delegation(of), union=of, item=f"Item {number()}", estimate=1),
    FollowUp: lambda of: FollowUp.objects.create(activity=delegation(of), what=f"Send paper {number()}"),
    ProgrammeItem: lambda of: ProgrammeItem.objects.create(activity=delegation(of), topic=f"Visit {number()}"),
    Talk: lambda of: Talk.objects.create(activity=delegation(of), topics=f"Work safety {number()}"),
    Interpreting: lambda of: Interpreting.objects.create(activity=delegation(of), language=f"Language {number()}"),
    CarriedOut: lambda of: CarriedOut.objects.create(activity=delegation(of), agreement=agreement(of)),
    Attendance: lambda of: Attendance.objects.create(course=course(of), officer=officer(of)),
    Paper: lambda of: Paper.objects.create(activity=delegation(of), kind="request", number=f"{number()}/TLĐ"),
    DocumentFile: lambda of: DocumentFile.objects.keep(document(of), b"%d words" % number(), "words.txt", None),
    SourceDocument: document,
    SourceLink: lambda of: SourceLink.objects.create(
        document=document(of), place=f"paragraph {number()}", relation_event=relation_event(of)
    ),
    ReportedFigure: figure,
    GapExplanation: lambda of: GapExplanation.objects.create(
        figure=figure(of), reason="unnamed", number=number(), note="Said by the union"
    ),
    Proposal: lambda of: Proposal.objects.create(
        document=document(of), union=of, place="paragraph 2", text=f"More {number()}", activity=conference(of)
    ),
    Plan: plan,
    PlanLine: lambda of: PlanLine.objects.create(plan=plan(of), title=f"Line {number()}"),
    PlanEvent: lambda of: PlanEvent.objects.create(
        plan=plan(of), kind="submitted", by=person(f"submits-{number()}", of), at=NOW
    ),
    LineStep: lambda of: LineStep.objects.create(line=one_of(PlanLine, of), what=f"Step {number()}"),
    Realisation: lambda of: Realisation.objects.create(line=one_of(PlanLine, of), activity=delegation(of).activity_ptr),
    Term: term,
    RuleSet: lambda of: RuleSet.objects.create(union=union(f"ruled-{number()}", of), most_days=7),
    Overstep: lambda of: Overstep.objects.create(
        activity=delegation(of), rule="most_days", number=12, limit=10, reason="Hội nghị dài ngày", at=NOW
    ),
    StepTaken: lambda of: StepTaken.objects.create(
        activity=delegation(of), step="postpone", before="planned", after="postponed", reason="Bão", at=NOW
    ),
    ReportFile: lambda of: ReportFile.objects.create(
        union=of, term=term(of), first_day=DAY, format="xlsx", language="vi", asked_by=person(f"asks-{number()}", of)
    ),
    Digest: lambda of: Digest.objects.create(person=person(f"told-{number()}", of), slot=DAY, day=DAY),
    Notice: lambda of: a_notice(one_of(Digest, of)),
    AuditRun: lambda of: AuditRun.objects.create(),
    DuplicateSearch: lambda of: DuplicateSearch.objects.create(),
    Suspicion: lambda of: Suspicion.objects.create(score=80, **a_pair()),
    Distinct: lambda of: Distinct.objects.create(why="Hai tổ chức", **a_pair()),
    Merge: lambda of: merge(Partner, one_of(Partner, of).pk, one_of(Partner, of).pk, None, NOW, {}),
    ReportTemplate: lambda of: ReportTemplate.objects.create(
        union=union(f"own-{number()}", of), file="templates/report.docx"
    ),
    PaperTemplate: lambda of: PaperTemplate.objects.create(
        union=union(f"own-{number()}", of), kind="submission", language="vi", file="templates/submission.docx"
    ),
    TermReport: lambda of: signed_report(Report.of_days(of, Period(DAY, DAY)), by=person(f"signs-{number()}", of)),
    SignedFile: lambda of: one_of(TermReport, of).files.first(),
}


def rows_under(one, of) -> None:
    """Rows of every inline that stands on this record's page."""
    if isinstance(one, Activity):
        PartnerRole.objects.create(activity_id=one.pk, partner=partner())
        ActivityCountry.objects.create(activity_id=one.pk, country=country())
        Member.objects.create(activity_id=one.pk, union=of, name=f"Member {number()}")
        Paper.objects.create(activity_id=one.pk, kind="request", number=f"{number()}")
        Cost.objects.create(activity_id=one.pk, union=of, item=f"Item {number()}", estimate=1)
        FollowUp.objects.create(activity_id=one.pk, what=f"Send paper {number()}")
        ProgrammeItem.objects.create(activity_id=one.pk, day=DAY, topic=f"Visit {number()}")
        Talk.objects.create(activity_id=one.pk, partner=partner(), topics=f"Wages {number()}")
        Interpreting.objects.create(activity_id=one.pk, language=f"Language {number()}", officer=officer(of))
        CarriedOut.objects.create(activity_id=one.pk, agreement=agreement(of))
        if isinstance(one, Course):
            Attendance.objects.create(course=one, officer=officer(of))
        SourceLink.objects.create(document=document(of), place="paragraph 3", activity_id=one.pk)
        UnionRole.objects.create(activity_id=one.pk, union=union(f"helps-{number()}", of), part="cooperating")
        delegation(of, part_of_id=one.pk)
    elif isinstance(one, SourceDocument):
        figure(of, document=one)
        DocumentFile.objects.keep(one, b"%d words" % number(), "words.txt", None)
        for record in ({"relation_event": relation_event(of)}, {"activity": delegation(of)}, {"officer": officer(of)}):
            SourceLink.objects.create(document=one, place=f"paragraph {number()}", **record)
    elif isinstance(one, ReportedFigure):
        GapExplanation.objects.create(figure=one, reason="error", number=-1, note=f"Paper {number()}")
    elif isinstance(one, Plan):
        PlanLine.objects.create(plan=one, title=f"Line {number()}")
    elif isinstance(one, PlanLine):
        LineStep.objects.create(line=one, what=f"Step {number()}")
        Realisation.objects.create(line=one, activity=delegation(of).activity_ptr)
    elif isinstance(one, Partner):
        Contact.objects.create(partner=one, name=f"Trần {number()}")
        PartnerAffiliation.objects.create(partner=one, federation=partner())
        Coverage.objects.create(partner=one, officer=officer(of))
        SourceLink.objects.create(document=document(of), place="paragraph 3", partner=one)
    elif isinstance(one, Agreement):
        AgreementParty.objects.create(agreement=one, partner=partner())
        AgreementEvent.objects.create(agreement=one, kind="inherited", heir=of, day=DAY)
        SourceLink.objects.create(document=document(of), place="paragraph 3", agreement=one)
    elif isinstance(one, Officer):
        OfficerLanguage.objects.create(officer=one, language=f"Language {number()}")
        SourceLink.objects.create(document=document(of), place="paragraph 3", officer=one)
    elif isinstance(one, Union):
        after = union(f"after-{number()}", of)
        UnionSuccession.objects.create(predecessor=one, successor=after, kind="absorption", day=DAY)
        SourceLink.objects.create(document=document(of), place="paragraph 3", union=one)
    elif isinstance(one, RelationEvent):
        SourceLink.objects.create(document=document(of), place="paragraph 3", relation_event=one)
