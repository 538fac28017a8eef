"""How many questions a page may ask the database. The numbers stand in `budgets.toml`; more rows never cost more."""

import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from activities.entities import DELEGATIONS
from activities.models import Cost, FollowUp, Member, Paper, PlanLine, SourceLink
from activities.reports.reports import Report
from partners.models import AgreementEvent, Contact, PartnerAffiliation
from tests import factories as make
from tests.doors import DAY, RECORDS, count_afresh, enter
from tests.signing import drafted_report, signed_report, submitted_report
from tests.web.pages import NO_PAGES
from tests.web.test_pages import STEPS
from unionrelations.accounts.models import OfficerLanguage, Union, UnionSuccession, User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.periods import Period
from unionrelations.web import urls

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))
FEW, MANY = 3, 30


def world(rows: int):
    """A union and one below it with so many rows of everything; gives every page's address."""
    union = make.UnionFactory(code="tren")
    below = make.UnionFactory(code="duoi", parent=union)
    make.TermFactory(union=union)
    partner = make.PartnerFactory()
    last = {}
    for number in range(rows):
        for slug, record in RECORDS.items():
            if slug in ("terms", "countries"):
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
    for slug in ("activities", "delegations", "conferences", "courses"):
        _parts_of(last[slug], union, last["documents"], rows)
    for number in range(rows):
        PlanLine.objects.create(plan=last["plans"], title=f"Dòng {number}", activity_id=last["courses"].pk)
    last["terms"], last["countries"] = union.terms.get(), partner.country
    last["signing"] = _on_their_way(union, rows)
    return dict(_addresses(last, make.UserFactory(union=union, role=User.Role.ADMINISTRATOR)))


def _rows_under(last, union, below, partner, number):
    """What stands under the records on their pages."""
    document = make.DocumentFactory(union=union)
    trip = make.DelegationFactory(unions=[(union, 3), (below, None)], partners=[partner], countries=[partner.country])
    for kind in (make.DelegationFactory, make.ConferenceFactory, make.CourseFactory):
        one = kind(unions=[(below, number)], partners=[partner], countries=[partner.country])
        make.MemberFactory(activity=one.activity_ptr, name=f"Thành viên {number}")
        SourceLink.objects.create(document=document, place="đoạn 1", activity_id=one.pk)
    PlanLine.objects.create(plan=last["plans"], title=f"Việc {number}", activity_id=trip.pk)
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


def _on_their_way(union, rows) -> dict:
    """A report at each step, the signed one with so many changes since and so many versions."""
    year = Report.of_days(union, Period.years(2022), under=True)
    signed = [signed_report(year) for _version in range(rows)][-1]
    for _change in range(rows):
        make.DelegationFactory(unions=[(union, 3)])
    return {"signed": signed, "submitted": submitted_report(year), "drafted": drafted_report(year, language="en")}


def _addresses(last, reader):
    yield ("pages", "home"), "/"
    yield ("pages", "search"), "/search/?q=hoat+dong"
    yield ("pages", "undo"), "/undo/"
    yield ("pages", "duplicates"), "/duplicates/"
    yield ("pages", "help"), "/help/"
    yield ("pages", "keys"), "/keys/"
    yield ("pages", "profile"), "/profile/"
    yield ("pages", "when"), "/when/?when=6/2022"
    yield ("pages", "reports"), "/reports/"
    yield ("pages", "report"), "/reports/tren/2018-2023/"
    yield ("pages", "report under"), "/reports/tren/2018-2023/?under=1"
    yield ("pages", "report json"), "/reports/tren/2018-2023/?format=json"
    yield ("pages", "report free days"), "/reports/tren/?from=2022-01-01&to=2022-12-31"
    for name, row in last["signing"].items():
        yield ("pages", f"report {name}"), row.url
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
    yield ("pages", "password"), "/password/"
    yield ("pages", "search empty"), "/search/"
    yield ("pages", "list finding nothing"), "/delegations/?period=this-term&country=LA&q=lao"
    yield ("pages", "list in every column"), f"/delegations/?columns={','.join(DELEGATIONS.table.names())}"
    for entity in ENTITIES:
        slug, pk = entity.slug, last[entity.slug].pk
        yield (slug, "list"), f"/{slug}/"
        yield (slug, "kept lists"), f"/{slug}/views/"
        yield (slug, "file"), f"/{slug}/?format=xlsx"
        yield (slug, "record"), f"/{slug}/{pk}/"
        yield (slug, "api list"), f"/api/{slug}/"
        yield (slug, "api record"), f"/api/{slug}/{pk}/"
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
            if row := section.rows(record, reader).first():
                for page in ("edit", "delete"):
                    yield (entity.slug, f"{section.slug} {page}"), reverse(f"{name}-{page}", args=[record.pk, row.pk])


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


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_no_page_asks_more_than_its_budget(db, rows):
    addresses = world(rows)
    count_afresh()
    union = Union.objects.get(code="tren")
    browser = enter(make.UserFactory(union=union, role=User.Role.ADMINISTRATOR))
    browser.get("/")  # what is remembered for the whole process
    asked = {page: questions(browser, address) for page, address in addresses.items()}
    allowed = {(group, page): number for group, pages in BUDGETS.items() for page, number in pages.items()}
    assert set(asked) == set(allowed)
    assert {page: number for page, number in asked.items() if number > allowed[page]} == {}
