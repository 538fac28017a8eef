"""How many questions a page may ask the database. The numbers stand in `budgets.toml`; more rows never cost more."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from activities.entities import DELEGATIONS
from activities.models import (
    Attendance,
    CarriedOut,
    Cost,
    DocumentFile,
    FollowUp,
    Interpreting,
    LineStep,
    Member,
    Overstep,
    Paper,
    PartnerRole,
    Plan,
    PlanLine,
    ProgrammeItem,
    Realisation,
    RuleSet,
    SourceLink,
    StepTaken,
    Talk,
)
from activities.reports.duplicates.finding import find
from activities.reports.duplicates.merging import merge
from activities.reports.models import Distinct
from activities.reports.reports import Report
from activities.reports.tables import PARTS
from partners.models import AgreementEvent, Contact, Coverage, Partner, PartnerAffiliation
from tests import factories as make
from tests.doors import DAY, RECORDS, count_afresh, enter, entry_of
from tests.imports import read_import, stored_import
from tests.signing import NOW, drafted_report, signed_report, submitted_report
from tests.web.pages import NO_PAGES
from tests.web.test_pages import STEPS
from unionrelations.accounts.models import (
    AccessToken,
    Officer,
    OfficerLanguage,
    ReminderSettings,
    UnionSuccession,
    User,
)
from unionrelations.catalogue import ENTITIES
from unionrelations.hooks.models import TEST, Attempt, Call, Hook
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.periods import Period
from unionrelations.web import urls
from unionrelations.web.models import Invitation, KnownBrowser

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))
FEW, MANY = 2, 6
A_DAY = timedelta(days=1)


def world(rows: int):
    """A union and one below it with so many rows of everything; gives every page's address."""
    union = make.UnionFactory(code="tren")
    below = make.UnionFactory(code="duoi", parent=union)
    make.TermFactory(union=union)
    partner = make.PartnerFactory()
    last = {}
    for number in range(rows):
        for slug, record in RECORDS.items():
            if slug in ("terms", "countries", "rules", "reminders"):
                continue
            more = {"name": f"Cán bộ {number}"} if slug == "officers" else {}
            more |= {"title": f"Kế hoạch {number}"} if slug == "plans" else {}
            more |= {"text": f"Đề nghị {number}"} if slug == "proposals" else {}
            last[slug] = record(below if number % 2 else union, **more)
        _rows_under(last, union, below, partner, number)
    Contact.objects.create(partner=last["partners"], name="Ông Khamla")
    PartnerAffiliation.objects.create(partner=last["partners"], federation=partner)
    AgreementEvent.objects.create(agreement=last["agreements"], kind="extended", day=DAY)
    OfficerLanguage.objects.create(officer=last["officers"], language="tiếng Lào")
    UnionSuccession.objects.create(predecessor=last["unions"], successor=below, kind="absorption", day=DAY)
    for row in range(rows):
        content = f"hoạt động {row}".encode()
        DocumentFile.objects.keep(last["documents"], content, f"Hoạt động {row}.txt", None).keep_text("hoạt động")
    for slug in ("activities", "delegations", "conferences", "courses"):
        _parts_of(last[slug], union, last["documents"], rows)
        _talks_of(last[slug], union, last["partners"], rows)
    for number in range(rows):
        officer = Officer.objects.create(union=union, name=f"Người đi {number}")
        Attendance.objects.create(course=last["courses"], officer=officer)
        Attendance.objects.create(course=make.CourseFactory(unions=[(union, 3)]), officer=last["officers"])
        Coverage.objects.create(partner=last["partners"], officer=officer)
        Coverage.objects.create(partner=make.PartnerFactory(), officer=last["officers"])
        trip = make.DelegationFactory(unions=[(union, 3)], partners=[partner], starts_on=f"20{10 + number}-03-01")
        make.MemberFactory(activity=trip.activity_ptr, name=last["officers"].name)
        AgreementEvent.objects.create(agreement=last["agreements"], kind="amended", day=DAY)
        CarriedOut.objects.create(agreement=last["agreements"], activity=trip.activity_ptr)
    for number in range(rows):
        line = PlanLine.objects.create(plan=last["plans"], title=f"Dòng {number}", estimate=number, completion=DAY)
        Realisation.objects.create(line=line, activity_id=last["courses"].pk)
        LineStep.objects.create(line=last["plan-lines"], what=f"Bước {number}")
        done = make.DelegationFactory(unions=[(last["plan-lines"].plan.union, 1)])
        Realisation.objects.create(line=last["plan-lines"], activity=done.activity_ptr)
    last["kept plan"] = _approved(union, rows)
    last["terms"], last["countries"] = union.terms.get(), partner.country
    last["reminders"] = ReminderSettings.objects.create(union=below, quiet_months=7)
    last["rules"] = RuleSet.objects.create(union=below, most_days=7)
    last["ahead"] = make.DelegationFactory(unions=[(union, 3)], status="planned")
    _parts_of(last["ahead"], union, last["documents"], rows)
    last["ahead"].papers.all().delete()
    last["twice"] = _there_twice(union, rows)
    last["signing"] = _on_their_way(union, rows)
    reader = make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)
    last["imports"] = {"import": read_import(reader, rows), "import stored": stored_import(reader, rows)}
    for number in range(rows):
        known = {"union": below, "role": User.Role.OFFICER, "invited_by": reader, "invited_at": NOW}
        Invitation.objects.create(email=f"khach-{number}@example.vn", expires_at=timezone.now() + A_DAY, **known)
        _let_programs_in(reader, union, number)
        KnownBrowser.objects.create(person=reader, secret_hash=str(number), first_seen=NOW, last_seen=NOW)
    return dict(_addresses(last, reader))


def _let_programs_in(reader, union, number):
    other = make.UserFactory(union=union)
    for person in (reader, other):
        token = AccessToken(union=union, name=f"Chương trình {number}", expires_on=NOW.date() + 99 * A_DAY)
        token.make(person, NOW)
        hook = Hook(union=union, name=f"Chương trình {number}", address="https://vanban.example.vn/", kinds=[])
        hook.make(person, NOW)
        for one in Hook.objects.filter(person=reader):
            call = Call.objects.create(hook=one, kind=TEST, happened_at=NOW, due_at=NOW)
            Attempt.objects.create(call=call, at=NOW, took=120, status=500)


def _rows_under(last, union, below, partner, number):
    """What stands under the records on their pages."""
    document = make.DocumentFactory(union=union)
    trip = make.DelegationFactory(unions=[(union, 3), (below, None)], partners=[partner], countries=[partner.country])
    for kind in (make.DelegationFactory, make.ConferenceFactory, make.CourseFactory):
        one = kind(unions=[(below, number)], partners=[partner], countries=[partner.country])
        make.MemberFactory(activity=one.activity_ptr, name=f"Thành viên {number}")
        SourceLink.objects.create(document=document, place="đoạn 1", activity_id=one.pk)
    line = PlanLine.objects.create(plan=last["plans"], title=f"Việc {number}")
    Realisation.objects.create(line=line, activity_id=trip.pk)
    Contact.objects.create(partner=partner, name=f"Bà {number}")
    make.FigureFactory(union=union, document=document, printed=f"{number} đoàn")
    make.GapExplanationFactory(figure=last["figures"], number=number + 1)
    make.AgreementFactory(unions=[union, below], partners=[partner])


def _parts_of(one, union, document, rows):
    """What is entered row by row on an activity's page."""
    for row in range(rows):
        Member.objects.create(activity_id=one.pk, name=f"Người đi {row}")
        Cost.objects.create(activity_id=one.pk, union=union, item=f"Vé {row}", estimate=row)
        FollowUp.objects.create(activity_id=one.pk, what=f"Hứa {row}")
        Paper.objects.create(activity_id=one.pk, kind="request", number=f"{row}/TLĐ")
        SourceLink.objects.create(document=document, place=f"đoạn {row}", activity_id=one.pk)
        StepTaken.objects.create(activity_id=one.pk, step="postpone", before="planned", after="postponed")
    for rule in Overstep.Rule.values[:rows]:
        Overstep.objects.create(activity_id=one.pk, rule=rule, number=12, limit=10, reason="Hội nghị dài ngày")


def _talks_of(one, union, partner, rows):
    """Its programme, talks and interpreters, and promises made before with the same partner."""
    PartnerRole.objects.create(activity_id=one.pk, partner=partner)
    before = make.DelegationFactory(unions=[(union, 3)], partners=[partner], starts_on="2019-03-01").activity_ptr
    for row in range(rows):
        FollowUp.objects.create(activity=before, what=f"Hứa trước {row}", side="us" if row % 2 else "them", due_on=DAY)
        contact = Contact.objects.create(partner=partner, name=f"Ông {row} của {one.pk}")
        ProgrammeItem.objects.create(activity_id=one.pk, topic=f"Việc {row}", contact=contact)
        Talk.objects.create(activity_id=one.pk, topics=f"Trao đổi {row}", partner=partner)
        Interpreting.objects.create(activity_id=one.pk, language=f"Tiếng số {row}")
        CarriedOut.objects.create(activity_id=one.pk, agreement=make.AgreementFactory(unions=[union]))


def _there_twice(union, rows) -> list:
    """Pairs that are suspected, told apart and merged; gives two partners of so many visits, contacts and sources."""
    person = make.UserFactory(union=union)
    document = make.DocumentFactory(union=union)
    for number in range(rows):
        one, other, apart, gone = (make.PartnerFactory(name=f"Công đoàn Phi-gi số {number}") for _each in range(4))
        Distinct.objects.keep(person, "partners.partner", one.pk, apart.pk)
        merge(Partner, other.pk, gone.pk, person, NOW, {})
    pair = [make.PartnerFactory(name="Liên hiệp Công đoàn Bru-nây") for _number in range(2)]
    for number in range(rows):
        for one in pair:
            make.DelegationFactory(unions=[(union, 1)], partners=[one], starts_on=DAY)
            Contact.objects.create(partner=one, name=f"Bà {number}")
            SourceLink.objects.create(document=document, place=f"đoạn {number}", partner=one)
    find()
    return pair


def _on_their_way(union, rows) -> dict:
    """A report at each step, the signed one with so many changes since and so many versions."""
    year = Report.of_days(union, Period.years(2022), under=True)
    signed = [signed_report(year) for _version in range(rows)][-1]
    for _change in range(rows):
        make.DelegationFactory(unions=[(union, 3)])
    return {"signed": signed, "submitted": submitted_report(year), "drafted": drafted_report(year, language="en")}


def _approved(union, rows) -> Plan:
    """A plan with so many lines that went its way so many times."""
    officer, leader = make.UserFactory(union=union), make.UserFactory(union=union, role=User.Role.LEADER)
    plan = Plan.objects.create(union=union, title="Kế hoạch đã duyệt", first_day=DAY, last_day=DAY)
    for number in range(rows):
        PlanLine.objects.create(plan=plan, title=f"Dòng {number}", people=number)
    for number in range(rows):
        if number:
            plan.revise(officer, NOW, "Điều chỉnh")
        plan.submit(officer, NOW)
        plan.approve(leader, NOW)
    return plan


def _addresses(last, reader):
    yield ("pages", "home"), "/"
    yield ("pages", "due"), "/due/?whose=below"
    yield ("pages", "due file"), "/due/?format=xlsx"
    yield ("pages", "search"), "/search/?q=hoat+dong"
    yield ("pages", "undo"), "/undo/"
    yield ("pages", "history bin"), "/history/bin/"
    with doing(Way.PAGE):
        FollowUp.objects.update(note="sửa hàng loạt")
        make.PartnerFactory()
    yield ("pages", "history undo"), f"/history/{entry_of(FollowUp.objects.last()).pk}/undo/"
    yield ("pages", "duplicates"), "/duplicates/"
    yield ("pages", "duplicates activities"), "/duplicates/?of=activities"
    yield ("pages", "merges"), "/duplicates/merges/"
    first, second = (one.pk for one in last["twice"])
    yield ("pages", "merge"), f"/duplicates/partners/{first}/{second}/"
    yield ("pages", "merge choose"), f"/duplicates/partners/{first}/"
    yield ("pages", "activity step"), f"/activities/{last['ahead'].pk}/steps/submit/"
    yield ("pages", "activity restriction"), f"/activities/{last['ahead'].pk}/restriction/"
    for cut in ("source", "payer", "union", "activity", "plan"):
        yield ("pages", f"money by {cut}"), f"/money/?by={cut}&period=this-term"
    yield ("pages", "money file"), "/money/?by=plan&format=xlsx"
    yield ("pages", "templates"), "/templates/"
    yield ("pages", "template"), "/templates/submission/vi/"
    yield ("pages", "help"), "/help/"
    yield ("pages", "keys"), "/keys/"
    yield ("pages", "profile"), "/profile/"
    yield ("pages", "sessions"), "/sessions/"
    yield ("pages", "tokens"), "/tokens/"
    yield ("pages", "hooks"), "/hooks/"
    yield ("pages", "hook"), reverse("hook", args=[Hook.objects.filter(person=reader).first().pk])
    yield ("pages", "invitations"), "/invitations/"
    yield ("pages", "stand-ins"), "/stand-ins/"
    yield ("pages", "sign in anew"), "/sign-in/anew/"
    yield ("pages", "when"), "/when/?when=6/2022"
    yield ("pages", "reports"), "/reports/"
    yield ("pages", "report"), "/reports/tren/2018-2023/"
    yield ("pages", "report under"), "/reports/tren/2018-2023/?under=1"
    yield ("pages", "report json"), "/reports/tren/2018-2023/?format=json"
    yield ("pages", "report free days"), "/reports/tren/?from=2022-01-01&to=2022-12-31"
    yield ("pages", "report compared and narrowed"), "/reports/tren/2018-2023/?under=1&kind=delegation&compare=term"
    yield ("pages", "report as organised"), "/reports/tren/2018-2023/?under=1&organised=2025-01-01&rule=end"
    for part in (*PARTS, "reasons"):
        yield ("pages", f"report part {part}"), f"/reports/tren/2018-2023/?under=1&part={part}"
    for name, row in last["signing"].items():
        yield ("pages", f"report {name}"), row.url
    for name, batch in last["imports"].items():
        yield ("pages", name), batch.get_absolute_url()
    yield ("pages", "imports"), "/import/"
    yield ("pages", "import workbook"), "/import/workbook/"
    yield ("pages", "signed reports"), "/reports/signed/"
    figure = "union=tren&under=1&since=2018-09-26&until=2023-12-02"
    yield ("pages", "rows behind a number"), f"/delegations/?figure=delegations_out&{figure}"
    yield ("pages", "rows behind people"), f"/delegations/?figure=officials_out&{figure}"
    for name, address in (("calendar", "?month=2022-03"), ("calendar agenda", "?month=2022-03&view=agenda")):
        yield ("pages", name), f"/calendar/{address}"
    yield ("pages", "calendar empty"), "/calendar/?month=1990-01&union=tren"
    yield ("pages", "calendar file"), "/calendar.ics"
    yield ("pages", "calendar feeds"), "/calendar/feeds/"
    yield ("pages", "design"), "/design/"
    yield ("pages", "operations"), "/operations/"
    yield ("pages", "privacy"), "/privacy/?name=nguyen+van+khong+co"
    yield ("pages", "password"), "/password/"
    yield ("pages", "search empty"), "/search/"
    yield ("officers", "trips"), "/officers/trips/?year=2022"
    promise = FollowUp.objects.filter(what__startswith="Hứa trước").first()
    yield ("promises", "kept"), f"/promises/{promise.pk}/kept/{last['delegations'].pk}/"
    yield ("plans", "approved"), f"/plans/{last['kept plan'].pk}/"
    yield ("plans", "version"), f"/plans/{last['kept plan'].pk}/versions/1/"
    yield ("plans", "results file"), f"/plans/{last['plans'].pk}/?format=xlsx"
    yield ("plans", "year"), "/plans/year/?union=tren&year=2022"
    yield ("documents", "read"), f"/documents/{last['documents'].pk}/read/"
    yield ("pages", "list finding nothing"), "/delegations/?period=this-term&country=LA&q=lao"
    yield ("pages", "list in every column"), f"/delegations/?columns={','.join(DELEGATIONS.table.names())}"
    for entity in ENTITIES:
        slug, pk = entity.slug, last[entity.slug].pk
        yield (slug, "list"), f"/{slug}/"
        yield (slug, "list and filters"), f"/{slug}/?sheet=1"
        yield (slug, "kept lists"), f"/{slug}/views/"
        yield (slug, "file"), f"/{slug}/?format=xlsx"
        yield (slug, "record"), f"/{slug}/{pk}/"
        yield (slug, "api list"), f"/api/{slug}/"
        yield (slug, "api record"), f"/api/{slug}/{pk}/"
        if slug != "history":
            yield (slug, "history"), f"/{slug}/{pk}/history/"
        if entity.form:
            yield (slug, "new"), f"/{slug}/new/"
            yield (slug, "edit"), f"/{slug}/{pk}/edit/"
            yield (slug, "delete"), f"/{slug}/{pk}/delete/"
        yield from _parts_addresses(entity, last[slug], reader)


def _parts_addresses(entity, record, reader):
    """Where the rows under a record are entered."""
    for section in entity.sections:
        if section.form:
            name = f"{entity.slug}-{section.slug}"
            yield (entity.slug, f"{section.slug} new"), reverse(f"{name}-new", args=[record.pk])
            if section.lines:
                yield (entity.slug, f"{section.slug} lines"), reverse(f"{name}-lines", args=[record.pk])
            if row := section.rows(record, reader).first():
                for page in ("edit", "delete"):
                    yield (entity.slug, f"{section.slug} {page}"), reverse(f"{name}-{page}", args=[record.pk, row.pk])


@pytest.mark.one_database
def test_every_page_has_a_budget(db):
    """But the door, which asks nothing, and what only takes a POST."""
    known = {one.name for one in urls.urlpatterns} - NO_PAGES - {"sign-in"}
    posted = {f"{entity.slug}-{step}" for entity in ENTITIES for step in STEPS}
    weighed = {resolve(address.partition("?")[0]).url_name for address in world(FEW).values()}
    assert known - posted - weighed == set()


def questions(browser, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(address)
    assert response.status_code == 200, address
    return len(asked)


@pytest.mark.one_database  # as many questions are asked of either
def test_no_page_asks_more_than_its_budget(db):
    addresses = world(MANY)
    count_afresh()
    browser = enter(Hook.objects.earliest("pk").person)  # whose pages some of them are
    browser.get("/")  # what is remembered for the whole process
    asked = {page: questions(browser, address) for page, address in addresses.items()}
    allowed = {(group, page): number for group, pages in BUDGETS.items() for page, number in pages.items()}
    assert set(asked) == set(allowed)
    assert {page: number for page, number in asked.items() if number > allowed[page]} == {}
