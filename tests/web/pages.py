"""Every page of the house by a name, for whoever looks at all of them: axe, the scales, the camera."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from activities.models import Cost, FollowUp, Paper
from activities.reports.models import TermReport
from activities.reports.reports import Report
from activities.reports.tables import PARTS
from partners.models import Partner
from tests import factories as make
from tests.signing import drafted_report, signed_report, submitted_report
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.periods import Period

NOWHERE = "/no-such-page/"
# Addresses that answer with a file, a part of a page or a step of a form, or only take a POST.
READERS_OWN = ("profile", "help", "keys", "duplicates")
NO_PAGES = frozenset(
    {
        *("healthz", "kept-file", "calendar-file", "calendar-feed", "calendar-feed-rename", "calendar-feed-revoke"),
        *("report-file", "report-file-new", "audit-new", "report-days"),
        *("signing-start", "signing-return", "signing-sign", "signing-drop", "signed-file-again"),
        *("sign-out", "language", "theme", "when", "advice", "pick", "draft", "draft-drop", "undo", "tour"),
    }
)


def furnish(union: Union) -> None:
    """What the seed data lack, so that every page has something to show."""
    make.AgreementFactory(title="Bản ghi nhớ hợp tác", unions=[union], partners=Partner.objects.all()[:1])
    trip = make.DelegationFactory(title="Đoàn có đủ giấy tờ", unions=[(union, 3)], starts_on="2023-12-20").activity_ptr
    make.MemberFactory(activity=trip, name="Nguyễn Thị Lan")
    Paper.objects.create(activity=trip, kind="request", number="12/TLĐ")
    FollowUp.objects.create(activity=trip, what="Gửi tài liệu tập huấn")
    Cost.objects.create(activity=trip, union=union, item="Vé máy bay", estimate=30_000_000)
    signer = make.UserFactory(union=union, role=User.Role.LEADER, username="ky-bao-cao")
    signed_report(Report.of_days(union, Period.years(2022)), by=signer)
    make.DelegationFactory(title="Đoàn ghi sau khi ký", unions=[(union, 4)])
    submitted_report(Report.of_days(union, Period.years(2021)), by=signer)
    drafted_report(Report.of_days(union, Period.years(2020)), by=signer)


def pages(reader: User) -> Iterator[tuple[str, str]]:
    """(name, address) of what this reader finds in a seeded house; a page with two faces stands in it twice."""
    yield "sign-in", reverse("sign-in")
    for name in ("home", "search", "report-index", "calendar-feeds", "undo-list", "password", *READERS_OWN):
        yield name, reverse(name)
    yield "search-found", f"{reverse('search')}?q=lao"
    yield "calendar", f"{reverse('calendar')}?month=2023-11"
    yield "calendar-agenda", f"{reverse('calendar')}?month=2023-11&view=agenda"
    yield "calendar-empty", f"{reverse('calendar')}?month=1990-01"
    yield "design", reverse("design")
    yield "report", "/reports/vuit/2018-2023/"
    yield "report-under", "/reports/vgcl/2018-2023/?under=1"
    yield "report-narrowed", "/reports/vuit/?from=2023-01-01&to=2023-12-31&kind=course&compare=preceding"
    for part in (*PARTS, "reasons"):
        yield f"report-{part}", f"/reports/vgcl/2018-2023/?under=1&part={part}"
    yield "signed-list", reverse("signed-list")
    mine = TermReport.objects.visible_to(reader)
    for state in TermReport.State.values:
        if row := mine.filter(state=state).first():
            yield f"report-{state}", row.url
    behind = "union=vuit&under=0&since=2018-09-26&until=2023-12-02"
    yield "rows-behind-a-number", f"{reverse('delegations-list')}?figure=delegations_in&{behind}"
    yield "list-filtered", f"{reverse('delegations-list')}?country=LA&status=held"
    yield "list-empty", f"{reverse('partners-list')}?q=khongcoaitennhuthe"
    for entity in ENTITIES:
        yield f"{entity.slug}-list", reverse(f"{entity.slug}-list")
        yield f"{entity.slug}-views", reverse(f"{entity.slug}-views")
        if entity.form:
            yield f"{entity.slug}-new", reverse(f"{entity.slug}-new")
        if record := entity.model._default_manager.visible_to(reader).first():
            yield f"{entity.slug}-detail", reverse(f"{entity.slug}-detail", args=[record.pk])
            for page in ("edit", "delete") if entity.form else ():
                yield f"{entity.slug}-{page}", reverse(f"{entity.slug}-{page}", args=[record.pk])
            yield from parts(entity, record, reader)
    yield "nowhere", NOWHERE


def parts(entity, record, reader: User) -> Iterator[tuple[str, str]]:
    """Where the rows under a record are entered."""
    for section in entity.sections:
        if section.form:
            yield f"{entity.slug}-{section.slug}-new", reverse(f"{entity.slug}-{section.slug}-new", args=[record.pk])
            if row := section.rows(record, reader).first():
                for page in ("edit", "delete"):
                    name = f"{entity.slug}-{section.slug}-{page}"
                    yield name, reverse(name, args=[record.pk, row.pk])
