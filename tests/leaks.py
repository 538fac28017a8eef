"""A house with activities that only named people read, and every answer it gives, made comparable.

An answer is what a reader gets at an address: status, headers that tell something, and the body without what is new in
each answer (the secrets of forms and of the policy). Files are compared by what is packed in them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from django.apps import apps
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from activities.models import (
    Activity,
    Attendance,
    CarriedOut,
    Cost,
    FollowUp,
    Interpreting,
    Overstep,
    Paper,
    ProgrammeItem,
    Realisation,
    Restriction,
    SourceDocument,
    SourceLink,
    StepTaken,
    Talk,
)
from partners.models import Partner
from tests import factories as make
from tests.doors import typed_in
from tests.web.pages import pages
from unionrelations.accounts.models import Officer
from unionrelations.api.cursors import unsealed
from unionrelations.catalogue import ENTITIES
from unionrelations.web.models import CalendarFeed

WORD = "Zanzibar"  # in the name of everything that is hidden
CODE = "ZNZ-1"
DAY = "2022-06-14"
YEAR = "?from=2022-01-01&to=2022-12-31"
# Lists that hold the hidden ones or a number of them; the endpoints answer from the same rows for all entities.
NEAR = ("activities", "delegations", "courses", "costs", "promises", "talks", "partners", "countries", "plan-lines")
SECRETS = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'name="opened" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": ?"[^"]*"'),
    re.compile(rb"(?<=, )\d\d:\d\d \d\d/\d\d/\d{4}"),  # the moment of an error
    re.compile(rb"nonce-?=?[\"']?[A-Za-z0-9+/=_-]{16,}"),
)
CURSOR = re.compile(rb"cursor=([\w%=-]+)")  # sealed anew each time; what it holds is compared
# What a file says of the moment it was written at.
STAMPS = ("docProps/core.xml",)
PDF_STAMPS = re.compile(rb"/(CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^\]]*\]|<xmp:\w+Date>[^<]*")


def hide(union, beside, by, *, restrict: bool = True) -> list[Activity]:
    """What happened and nobody but `by` may know: a visit of two unions with all that stands under one, one that waits
    for leave, one that is to come, and a course."""
    partner = Partner.objects.order_by("pk").first()
    whole = Activity.objects.visible_to(by).filter(union_roles__union=union).order_by("pk").first()
    of = {"partners": [partner], "countries": [partner.country] if partner.country else []}
    visit = make.DelegationFactory(
        title=f"Đoàn {WORD}",
        code=CODE,
        place=WORD,
        starts_on=DAY,
        unions=[(union, 7), (beside, 2)],
        part_of=whole,
        **of,
    ).activity_ptr
    waiting = make.DelegationFactory(
        title=f"Đoàn {WORD} chờ duyệt", status="submitted", starts_on="2027-05-03", unions=[(union, 9)], **of
    ).activity_ptr
    late = make.ConferenceFactory(
        title=f"Hội nghị {WORD}", status="planned", starts_on="2026-01-05", unions=[(union, 4)], **of
    ).activity_ptr
    course = make.CourseFactory(title=f"Lớp {WORD}", starts_on=DAY, unions=[(union, 31)], **of)
    _furnish(visit, union, partner)
    officer = Officer.objects.filter(union=union).order_by("pk").first()
    if officer is not None:
        Attendance.objects.create(course=course, officer=officer)
    found = [visit, waiting, late, course.activity_ptr]
    if restrict:
        for one in found:
            Restriction(activity=one, set_by=by, reason=WORD).begin()
    return found


def _furnish(visit: Activity, union, partner) -> None:
    make.MemberFactory(activity=visit, name=f"Nguyễn {WORD}", is_head=True)
    Cost.objects.create(activity=visit, union=union, item=f"Vé {WORD}", estimate=987_654_321, settlement=987_654_321)
    FollowUp.objects.create(activity=visit, what=f"Hứa {WORD}", due_on="2024-01-31")
    FollowUp.objects.create(activity=visit, what=f"Hứa của bạn {WORD}", side="them", partner=partner)
    paper = Paper(activity=visit, kind="permission", number=WORD, file=ContentFile(WORD.encode(), name="giay-phep.txt"))
    paper.save()
    paper.keep_text(WORD)
    ProgrammeItem.objects.create(activity=visit, day=DAY, topic=f"Hội đàm {WORD}")
    Talk.objects.create(activity=visit, partner=partner, topics=WORD, agreed=WORD)
    Interpreting.objects.create(activity=visit, language=WORD)
    Overstep.objects.create(activity=visit, rule="most_people", number=99, limit=10, reason=WORD)
    StepTaken.objects.create(activity=visit, step="approve", before="submitted", after="approved", reason=WORD)
    SourceLink.objects.create(activity=visit, document=SourceDocument.objects.order_by("pk").first(), place=WORD)
    agreement = apps.get_model("partners", "Agreement").objects.order_by("pk").first()
    CarriedOut.objects.create(activity=visit, agreement=agreement)
    line = apps.get_model("activities", "PlanLine").objects.filter(plan__union=union).order_by("pk").first()
    if line is not None:
        Realisation.objects.create(activity=visit, line=line)


@contextmanager
def undone() -> Iterator[None]:
    """Rows made inside are gone afterwards, those an answer leaves behind as well."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def addresses() -> list[str]:
    """Where it would show first: each list and endpoint, searches, what is counted, due and drawn."""
    found = ["/", "/due/", "/due/late/", "/calendar.ics", "/calendar/?month=2022-06"]
    found += [f"/search/?q={WORD}", "/search/?q=lao"]
    found += [f"/api/{entity.slug}/" for entity in ENTITIES]
    found += [
        f"/api/{one}" for one in (f"search/?q={WORD}", "search/?q=lao", "due/?whose=below", "bin/", "duplicates/")
    ]
    found += [f"/api/reports/vuit/{YEAR}", "/api/reports/vgcl/2018-2023/?under=1", "/hooks/"]
    found += [f"/{slug}/?sheet=1" for slug in NEAR]
    found += [f"/pick/{slug}/?q={WORD}" for slug in ("activities", "delegations", "programme")]
    found += ["/money/?by=activity", "/officers/trips/?year=2022", f"/reports/vuit/{YEAR}&format=json"]
    return [*found, "/activities/?place=Zanzibar", "/delegations/?format=csv", "/costs/?format=xlsx"]


def further() -> list[str]:
    """Every other file, filter, search and cut of the same."""
    found = ["/undo/", "/calendar/?month=2027-05&view=agenda", "/due/?format=xlsx", "/duplicates/?of=activities"]
    found += [f"/{entity.slug}/?sheet=1" for entity in ENTITIES if entity.slug not in NEAR]
    for entity in ENTITIES:
        found += [f"/{entity.slug}/?q={WORD}", f"/{entity.slug}/?format=xlsx", f"/{entity.slug}/?format=csv"]
        if entity.can_be_found:
            found += [f"/pick/{entity.slug}/?q=lao"]
    found += [f"/search/?q={one}" for one in (CODE, "Nguyễn")]
    found += [f"/api/search/?q={one}" for one in (CODE, "Nguyễn")]
    found += [f"/api/{one}/" for one in ("merges", "imports", "signed-reports")]
    found += [f"/money/?by={one}" for one in ("source", "union", "plan")]
    for code in ("vgcl", "vuit"):
        found += [f"/reports/{code}/2018-2023/?under=1", f"/reports/{code}/{YEAR}&under=1&format=xlsx"]
        found += [f"/delegations/?figure=delegations_out&union={code}&under=1&since=2022-01-01&until=2022-12-31"]
    return [
        *found,
        "/plans/year/?union=vuit&year=2023",
        "/partners/?sort=-last_contact",
        "/delegations/?sort=-own_people",
    ]


def back_office() -> list[str]:
    """The lists of the back office, each with a search where it has one."""
    lists = [(model, one) for model, one in admin.site._registry.items() if one.list_display]
    named = [
        (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), one) for model, one in lists
    ]
    return [address for address, _one in named] + [f"{address}?q={WORD}" for address, one in named if one.search_fields]


def of_hidden(hidden: list[Activity]) -> list[str]:
    """Addresses somebody guesses, and the pages of what stands beside the hidden ones."""
    found = []
    for one in hidden:
        slug = {"delegation": "delegations", "conference": "conferences", "course": "courses"}[one.kind]
        found += [f"/activities/{one.pk}/", f"/api/{slug}/{one.pk}/", f"/activities/{one.pk}/restriction/"]
        found += [f"/api/activities/{one.pk}/{part}/" for part in ("steps", "members", "papers")]
    visit = hidden[0]
    found += [f"/delegations/{visit.pk}/{page}" for page in ("", "edit/", "costs/new/")]
    found += [f"/delegations/new/?after={visit.pk}", f"/activities/{visit.pk}/steps/approve/"]
    for paper in visit.papers.all():
        found += [f"/papers/{paper.pk}/file/", f"/files/{paper.file.name}"]
    found += [f"/countries/{row.country_id}/" for row in visit.activity_countries.all()]
    for role in visit.partner_roles.all():
        found += [f"/partners/{role.partner_id}/", f"/partners/{role.partner_id}/delete/"]
    for row in visit.carries_out.all():
        found += [f"/api/agreements/{row.agreement_id}/carried-out/"]
    for row in visit.realisations.all():
        found += [f"/api/plan-lines/{row.line_id}/activities/"]
    found += [f"/api/officers/{one}/attended/" for one in Attendance.objects.values_list("officer", flat=True)[:1]]
    if visit.part_of_id:
        found += [f"/activities/{visit.part_of_id}/"]
    return found + [f"/unions/{union}/" for union in visit.union_roles.values_list("union", flat=True)]


def typed(browser: Client) -> Iterator[tuple[str, bytes]]:
    """Forms sent with the hidden record's own number, day and partner: what is refused, and what warns."""
    page = browser.get("/delegations/new/?direction=out")
    if page.status_code != 200:
        return
    partner = Partner.objects.order_by("pk").first()
    sent = typed_in(page) | {
        "when": "14/06/2022",
        "partners": [str(partner.pk)],
        "code": CODE,
        "place": "",
        "title": "",
    }
    sent |= {"direction": "out", "status": "nothing of the kind"}
    yield "advice", answer(browser.post("/advice/delegations/", sent))
    yield "refused", answer(browser.post("/delegations/new/", sent))
    yield "drafted", answer(browser.post("/drafts/delegations/", sent))


def answers(browser: Client, asked: list[str]) -> dict[str, bytes]:
    """Each answer, asked of the same house: what one answer writes down is undone before the next.

    But for the number of late ones in the menu: it is counted once for this house and kept in the reader's session.
    """
    browser.get("/")
    found = {}
    for address in asked:
        with undone():
            found[address] = answer(browser.get(address))
    with undone():
        found |= dict(typed(browser))
    return found


def answer(response) -> bytes:
    """What tells one answer from another."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = f"{response.status_code} {response.headers.get('Location', '')} {response.headers.get('Content-Type')}\n"
    return head.encode() + plain(body)


def plain(body: bytes) -> bytes:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = [one for one in packed.namelist() if one not in STAMPS]
            return b"\n".join(one.encode() + packed.read(one) for one in names)
    if body.startswith(b"%PDF"):
        return PDF_STAMPS.sub(b"", body)
    for secret in SECRETS:
        body = secret.sub(b"", body)
    return CURSOR.sub(lambda found: json.dumps(unsealed(unquote(found[1].decode()))).encode(), body)


def feed_of(person) -> str:
    return reverse("calendar-feed", args=[CalendarFeed.objects.create(owner=person, secret=f"s-{person.pk}").secret])


def every_page(reader) -> list[str]:
    return [address for _name, address in pages(reader)]


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    assert one.keys() == other.keys()
    return [address for address, said in one.items() if said != other[address]]
