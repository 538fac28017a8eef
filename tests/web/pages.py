"""Every page of the house by a name, for whoever looks at all of them: axe, the scales, the camera."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from activities.models import (
    Activity,
    Attendance,
    CarriedOut,
    Cost,
    FollowUp,
    Interpreting,
    Overstep,
    Paper,
    Plan,
    PlanLine,
    ProgrammeItem,
    Realisation,
    RuleSet,
    SourceDocument,
    StepTaken,
    Talk,
)
from activities.reports.duplicates.finding import find
from activities.reports.duplicates.merging import merge
from activities.reports.models import Distinct, Suspicion, TermReport
from activities.reports.reports import Report
from activities.reports.tables import PARTS
from partners.models import Coverage, Partner
from tests import factories as make
from tests.imports import read_import, stored_import
from tests.signing import NOW, drafted_report, signed_report, submitted_report
from unionrelations.accounts.models import OfficeDay, Officer, OfficerLanguage, ReminderSettings, Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.history.models import Entry
from unionrelations.hooks.models import TEST, Attempt, Call, Hook, Kind, Problem
from unionrelations.importing.models import Import
from unionrelations.kit.periods import Period
from unionrelations.web.door.addresses import SALT
from unionrelations.web.models import Invitation

WITH_ALL, AHEAD = "Đoàn có đủ giấy tờ", "Đoàn đang chờ trình"
NOWHERE = "/no-such-page/"
# Addresses that answer with a file, a part of a page or a step of a form, or only take a POST.
READERS_OWN = (
    "sessions",
    "tokens",
    "hooks",
    "invitations",
    "stand-ins",
    "sign-in-anew",
    "profile",
    "help",
    "keys",
    "duplicates",
    "merges",
)
NO_PAGES = frozenset(
    {
        *("healthz", "readyz", "metrics", "back-up-now"),
        *("kept-file", "calendar-file", "calendar-feed", "calendar-feed-rename", "calendar-feed-revoke"),
        *("paper-file", "document-file"),
        *("paper-make", "paper-template-house", "paper-template-gone"),
        *("report-file", "report-file-new", "audit-new", "report-days"),
        *("signing-start", "signing-return", "signing-sign", "signing-drop", "signed-file-again"),
        *("import-decide", "import-give-up", "import-undo", "import-original", "import-refused"),
        *("sign-out", "language", "theme", "when", "advice", "pick", "draft", "draft-drop", "undo", "tour"),
        *("duplicates-search", "merge-undo", "tell-apart", "due-late"),
        *("session-end", "sessions-end-others", "browser-forget", "browser-mine", "browser-not-mine", "token-revoke"),
        *("hook-test", "hook-secret", "hook-switch", "hook-remove", "hook-again"),
        *("invitation", "invitation-again", "invitation-withdraw", "address"),  # steps behind a letter
        *("plan-submit", "plan-return", "plan-approve", "plan-revise", "plan-next-year", "activity-restriction-lift"),
        *("stand-in-act", "stand-in-end", "stand-in-stop"),
    }
)


def furnish(union: Union) -> None:
    """What the seed data lack, so that every page has something to show."""
    make.AgreementFactory(title="Bản ghi nhớ hợp tác", unions=[union], partners=Partner.objects.all()[:1])
    partner = Partner.objects.first()
    met = {"unions": [(union, 3)], "partners": [partner]}
    trip = make.DelegationFactory(title=WITH_ALL, starts_on="2023-12-20", **met).activity_ptr
    make.MemberFactory(activity=trip, name="Nguyễn Thị Lan")
    _furnish_talks(union, trip, partner, make.DelegationFactory(title="Đoàn thăm lại", **met).activity_ptr)
    Paper.objects.create(activity=trip, kind="request", number="12/TLĐ")
    FollowUp.objects.create(activity=trip, what="Gửi tài liệu tập huấn")
    Cost.objects.create(activity=trip, union=union, item="Vé máy bay", estimate=30_000_000)
    signer = make.UserFactory(union=union, role=User.Role.LEADER, username="ky-bao-cao")
    signed_report(Report.of_days(union, Period.years(2022)), by=signer)
    make.DelegationFactory(title="Đoàn ghi sau khi ký", unions=[(union, 4)])
    submitted_report(Report.of_days(union, Period.years(2021)), by=signer)
    drafted_report(Report.of_days(union, Period.years(2020)), by=signer)
    _furnish_twice(union, signer)
    _furnish_plans(union, signer, trip)
    RuleSet.objects.create(union=union, most_days=12)
    OfficeDay.objects.create(day="2026-08-31", kind="off", name="Hoán đổi cho thứ Bảy 22/8")
    ReminderSettings.objects.create(union=union, quiet_months=18)
    ahead = make.DelegationFactory(title=AHEAD, status="planned", starts_on="2027-03-01", unions=[(union, 14)])
    Overstep.objects.create(activity=ahead, rule="most_people", number=14, limit=10, reason="Bạn mời thêm")
    StepTaken.objects.create(activity=ahead, step="return", before="submitted", after="planned", reason="Rút gọn")


def _furnish_plans(union: Union, signer: User, trip) -> None:
    """A plan approved by line, with something held of it, and the same submitted anew."""
    officer = make.UserFactory(union=union, username="lap-ke-hoach")
    plan = Plan.objects.create(
        union=union, title="Kế hoạch đối ngoại năm 2023", first_day=date(2023, 1, 1), last_day=date(2023, 12, 31)
    )
    of = {"plan": plan, "partner": Partner.objects.first(), "people": 5, "estimate": 340_000_000}
    out = PlanLine.objects.create(title="Trao đổi công tác", kind="delegation", direction="out", **of)
    PlanLine.objects.create(
        plan=plan,
        title="Tập huấn đàm phán",
        kind="course",
        starts_on=date(2023, 4, 1),
        ends_on=date(2023, 6, 30),
        precision="quarter",
    )
    refused = PlanLine.objects.create(plan=plan, title="Dự hội nghị ngành", kind="conference", estimate=280_000_000)
    Realisation.objects.create(line=out, activity=trip)
    plan.refresh_from_db()
    plan.submit(officer, NOW)
    plan.approve(signer, NOW, refusals={refused.pk: "Chưa có nguồn kinh phí"})
    again = plan.begin_next_year(officer)
    again.submit(officer, NOW)
    again.approve(signer, NOW)
    again.revise(officer, NOW, "Bổ sung một đoàn ra")
    again.submit(officer, NOW)


def _furnish_talks(union: Union, trip: Activity, partner: Partner, later: Activity) -> None:
    """A programme, a talk, promises open and kept, an interpreter missing, officers at work."""
    officer = Officer.objects.create(union=union, name="Nguyễn Thị Lan", title="Trưởng ban")
    OfficerLanguage.objects.create(officer=officer, language="tiếng Lào", level="working")
    Attendance.objects.create(course=make.CourseFactory(unions=[(union, 9)]), officer=officer)
    Coverage.objects.create(partner=partner, officer=officer)
    ProgrammeItem.objects.create(activity=trip, day="2023-12-20", begins_at="09:00", topic="Hội đàm")
    Talk.objects.create(activity=trip, partner=partner, topics="Trao đổi kinh nghiệm", agreed="Cử cán bộ sang học")
    Interpreting.objects.create(activity=trip, language="Lào")
    CarriedOut.objects.create(activity=trip, agreement=make.AgreementFactory(unions=[union], partners=[partner]))
    FollowUp.objects.create(activity=trip, what="Mời sang thăm", side="them", due_on="2024-01-31")
    FollowUp.objects.create(activity=trip, what="Gửi sách", done_on=later.starts_on, kept_at=later)


def _furnish_twice(union: Union, person: User) -> None:
    """One visit logged twice, a pair told apart, and two partners that were merged."""
    partner = make.PartnerFactory(name="Liên hiệp Công đoàn Bru-nây")
    of = {"direction": "in", "partners": [partner], "countries": [partner.country], "starts_on": "2022-05-04"}
    for title, guests in (("Đoàn Liên hiệp Công đoàn Bru-nây thăm", None), ("Đón đoàn Liên hiệp Công đoàn Bru-nây", 5)):
        make.DelegationFactory(title=title, guests=guests, unions=[(union, 2)], **of)
    kept, gone, other = (make.PartnerFactory(name=f"Công đoàn Phi-gi {name}") for name in ("A", "B", "C"))
    merge(Partner, kept.pk, gone.pk, person, NOW, {})
    Distinct.objects.keep(person, "partners.partner", kept.pk, other.pk)
    find()


def pages(reader: User) -> Iterator[tuple[str, str]]:
    """(name, address) of what this reader finds in a seeded house; a page with two faces stands in it twice."""
    yield "sign-in", reverse("sign-in")
    for name in ("home", "due", "search", "report-index", "calendar-feeds", "undo-list", "password", *READERS_OWN):
        yield name, reverse(name)
    yield "hook", reverse("hook", args=[told_hook(reader).pk])
    yield "paper-templates", reverse("paper-templates")
    yield "paper-template", reverse("paper-template", args=["submission", "vi"])
    for cut in ("source", "union", "activity", "plan"):
        yield f"money-{cut}", f"{reverse('money')}?by={cut}"
    yield "second-factor", reverse("mfa_index")
    yield "second-factor-app", reverse("mfa_activate_totp")
    yield "second-factor-passkey", reverse("mfa_add_webauthn")
    yield "prove-again", reverse("account_reauthenticate")
    yield "password-forgotten", reverse("account_reset_password")
    yield "password-letter-sent", reverse("account_reset_password_done")
    yield "password-link-gone", reverse("account_reset_password_from_key", args=["1", "cu-roi"])
    yield "invitation", reverse("invitation", args=[invitation_of(reader).token])
    asked = {"pk": reader.pk, "from": reader.email, "to": "moi@example.vn"}
    yield "address", reverse("address", args=[signing.dumps(asked, salt=SALT)])
    yield "money-empty", f"{reverse('money')}?until=1950-01-01"
    yield "search-found", f"{reverse('search')}?q=lao"
    yield "calendar", f"{reverse('calendar')}?month=2023-11"
    yield "calendar-agenda", f"{reverse('calendar')}?month=2023-11&view=agenda"
    yield "calendar-empty", f"{reverse('calendar')}?month=1990-01"
    yield "design", reverse("design")
    if reader.keeps_the_house:
        yield "operations", reverse("operations")
        yield "privacy", reverse("privacy")
        yield "privacy-found", f"{reverse('privacy')}?name=nguyen+thi+lan"
    yield "duplicates-activities", f"{reverse('duplicates')}?of=activities"
    yield from twice(reader)
    ahead = Activity.objects.visible_to(reader).filter(title=AHEAD).first()
    if ahead is not None:
        yield "activity-ahead", reverse("delegations-detail", args=[ahead.pk])
        yield "activity-step", reverse("activity-step", args=[ahead.pk, "submit"])
        yield "activity-restriction", reverse("activity-restriction", args=[ahead.pk])
    yield "officer-trips", f"{reverse('officer-trips')}?year=2023"
    later = Activity.objects.visible_to(reader).filter(promises_kept__isnull=False).first()
    if promise := FollowUp.objects.visible_to(reader).open().filter(activity__title=WITH_ALL).first():
        yield "promise-kept", reverse("promise-kept", args=[promise.pk, later.pk])
    yield "report", "/reports/vuit/2018-2023/"
    yield "report-under", "/reports/vgcl/2018-2023/?under=1"
    yield "report-narrowed", "/reports/vuit/?from=2023-01-01&to=2023-12-31&kind=course&compare=preceding"
    for part in (*PARTS, "reasons"):
        yield f"report-{part}", f"/reports/vgcl/2018-2023/?under=1&part={part}"
    yield "plans-year", f"{reverse('plans-year')}?union=vgcl&year=2025"
    for state in Plan.State.values:
        if plan := Plan.objects.visible_to(reader).filter(state=state, number__gt=0).first():
            yield f"plan-{state}", reverse("plans-detail", args=[plan.pk])
            yield f"plan-{state}-version", reverse("plan-version", args=[plan.pk, 1])
    yield "imports", reverse("imports")
    yield "import-workbook", reverse("import-workbook")
    own = Import.objects.filter(asked_by=reader)
    if reader.has_perm("importing.add_import"):
        yield "import", (own.filter(written_at=None).first() or read_import(reader)).get_absolute_url()
        yield "import-stored", (own.exclude(written_at=None).first() or stored_import(reader)).get_absolute_url()
    yield "signed-list", reverse("signed-list")
    mine = TermReport.objects.visible_to(reader)
    for state in TermReport.State.values:
        if row := mine.filter(state=state).first():
            yield f"report-{state}", row.url
    behind = "union=vuit&under=0&since=2018-09-26&until=2023-12-02"
    yield "rows-behind-a-number", f"{reverse('delegations-list')}?figure=delegations_in&{behind}"
    yield "list-filters", f"{reverse('delegations-list')}?sheet=1"
    yield "list-filtered", f"{reverse('delegations-list')}?country=LA&status=held"
    yield "list-empty", f"{reverse('partners-list')}?q=khongcoaitennhuthe"
    for entity in ENTITIES:
        yield f"{entity.slug}-list", reverse(f"{entity.slug}-list")
        yield f"{entity.slug}-views", reverse(f"{entity.slug}-views")
        if entity.form:
            yield f"{entity.slug}-new", reverse(f"{entity.slug}-new")
        if record := entity.model._default_manager.visible_to(reader).first():
            yield f"{entity.slug}-detail", reverse(f"{entity.slug}-detail", args=[record.pk])
            further = ("history",) if entity.slug != "history" else ()
            for page in (*further, "edit", "delete") if entity.form else further:
                yield f"{entity.slug}-{page}", reverse(f"{entity.slug}-{page}", args=[record.pk])
            yield from parts(entity, record, reader)
    yield "history-bin", reverse("history-bin")
    if change := Entry.objects.visible_to(reader).filter(label="partners.partner").first():
        yield "history-undo", reverse("history-undo", args=[change.pk])
    yield "documents-read", reverse("documents-read", args=[SourceDocument.objects.visible_to(reader).first().pk])
    yield "nowhere", NOWHERE


def invitation_of(reader: User) -> Invitation:
    """One that waits for its answer."""
    known = {"email": "khach.moi@example.vn", "union": reader.union, "role": User.Role.OFFICER, "invited_by": reader}
    days = {"invited_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=7)}
    return Invitation.objects.filter(**known).first() or Invitation.objects.create(**known, **days)


def told_hook(reader: User) -> Hook:
    """A webhook that was told once, and once in vain."""
    if hook := Hook.objects.filter(person=reader).first():
        return hook
    union = reader.union or Union.objects.filter(parent=None).first()
    hook = Hook(union=union, name="Sổ văn bản", address="https://vanban.example.vn/", kinds=list(Kind.values))
    hook.make(reader, NOW)
    for status in (204, None):
        call = Call.objects.create(hook=hook, kind=TEST, happened_at=NOW, due_at=NOW, state=Call.State.DONE)
        Attempt.objects.create(call=call, at=NOW, took=120, status=status, problem="" if status else Problem.NOBODY)
    return hook


def twice(reader: User) -> Iterator[tuple[str, str]]:
    """Where two records are made one."""
    if pair := Suspicion.objects.visible_to(reader).filter(label="activities.delegation").first():
        yield "merge", reverse("merge", args=["delegations", *pair.pks])
    if partner := Partner.objects.visible_to(reader).first():
        yield "merge-choose", reverse("merge-choose", args=["partners", partner.pk])


def parts(entity, record, reader: User) -> Iterator[tuple[str, str]]:
    """Where the rows under a record are entered."""
    for section in entity.sections:
        if section.form:
            yield f"{entity.slug}-{section.slug}-new", reverse(f"{entity.slug}-{section.slug}-new", args=[record.pk])
            if section.lines:
                name = f"{entity.slug}-{section.slug}-lines"
                yield name, reverse(name, args=[record.pk])
            if row := section.rows(record, reader).first():
                for page in ("edit", "delete"):
                    name = f"{entity.slug}-{section.slug}-{page}"
                    yield name, reverse(name, args=[record.pk, row.pk])
