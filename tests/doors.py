"""How tests come in: signed in as somebody, through the page or the endpoint; and one record of every entity."""

import csv
import datetime as dt
import io
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import count

import pytest
from django.db import connection, transaction
from django.test import Client
from openpyxl import load_workbook

from activities.models import Cost, FollowUp, Plan, PlanLine, ProgrammeItem, Proposal, RuleSet, Talk
from partners.models import RelationEvent
from tests import factories as make
from unionrelations.accounts.models import OfficeDay, Officer, ReminderSettings
from unionrelations.history.models import Entry

DAY = dt.date(2022, 3, 1)


# What is said in which words is no matter of the database: a second one is asked in Vietnamese.
both_languages = pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.one_database)])


def enter(person, **headers) -> Client:
    """A browser in which this person is signed in."""
    browser = Client(headers=headers)
    browser.force_login(person)
    return browser


def text(response) -> str:
    return response.content.decode()


numbers = count(1)


def plan_of(union, **more) -> Plan:
    """One that was entered as a document: read below, and its lines may be put right."""
    known = {"union": union, "title": "Kế hoạch đối ngoại", "first_day": DAY, "last_day": DAY, "state": "approved"}
    return Plan.objects.create(**known | more)


def entry_of(record) -> Entry:
    """The last thing the history tells of it."""
    return Entry.objects.filter(label=record._meta.label_lower, key=record.pk).latest("pk")


# One record of each entity, owned by a union where a union owns it at all.
RECORDS = {
    "activities": lambda union, **more: make.DelegationFactory(unions=[(union, 3)], **more).activity_ptr,
    "delegations": lambda union, **more: make.DelegationFactory(unions=[(union, 3)], **more),
    "conferences": lambda union, **more: make.ConferenceFactory(unions=[(union, 3)], **more),
    "courses": lambda union, **more: make.CourseFactory(unions=[(union, 3)], **more),
    "plans": lambda union, **more: plan_of(union, **more),
    "plan-lines": lambda union, **more: PlanLine.objects.create(
        **{"plan": plan_of(union, title=f"Kế hoạch có dòng {next(numbers)}"), "title": "Thăm Công đoàn Lào"} | more
    ),
    "costs": lambda union, **more: Cost.objects.create(
        **{"union": union, "activity": make.DelegationFactory(unions=[(union, 3)]).activity_ptr}
        | {"item": "Vé máy bay", "estimate": 30_000_000}
        | more
    ),
    "programme": lambda union, **more: ProgrammeItem.objects.create(
        **{"activity": make.DelegationFactory(unions=[(union, 3)]).activity_ptr, "topic": "Hội đàm"} | more
    ),
    "talks": lambda union, **more: Talk.objects.create(
        **{"activity": make.DelegationFactory(unions=[(union, 3)]).activity_ptr, "topics": "Trao đổi đoàn"} | more
    ),
    "promises": lambda union, **more: FollowUp.objects.create(
        **{"activity": make.DelegationFactory(unions=[(union, 3)]).activity_ptr, "what": "Gửi tài liệu"} | more
    ),
    "partners": lambda union, **more: make.PartnerFactory(**more),
    "agreements": lambda union, **more: make.AgreementFactory(unions=[union], partners=[make.PartnerFactory()], **more),
    "relations": lambda union, **more: RelationEvent.objects.create(
        **{"union": union, "partner": make.PartnerFactory(), "kind": "established", "starts_on": DAY} | more
    ),
    "countries": lambda union, **more: make.CountryFactory(**more),
    "unions": lambda union, **more: make.UnionFactory(parent=union, **more),
    "officers": lambda union, **more: Officer.objects.create(**{"union": union, "name": "Nguyễn Thị Lan"} | more),
    "documents": lambda union, **more: make.DocumentFactory(union=union, **more),
    "figures": lambda union, **more: make.FigureFactory(union=union, **more),
    "proposals": lambda union, **more: Proposal.objects.create(
        **{"union": union, "document": make.DocumentFactory(), "place": "đoạn 2", "text": "Đề nghị hỗ trợ"} | more
    ),
    "terms": lambda union, **more: make.TermFactory(union=union, **more),
    "rules": lambda union, **more: RuleSet.objects.create(**{"union": union, "most_days": 7} | more),
    "days-off": lambda union, **more: OfficeDay.objects.create(
        **{"day": DAY + dt.timedelta(days=next(numbers)), "kind": "off"} | more
    ),
    "history": lambda union, **more: entry_of(Officer.objects.create(union=union, name=f"Lê Văn Sử {next(numbers)}")),
    "reminders": lambda union, **more: ReminderSettings.objects.create(**{"union": union, "quiet_months": 9} | more),
}
# What everybody who signs in reads, whoever entered it.
SHARED = {"partners", "countries", "days-off"}


def xlsx_rows(response) -> list[tuple]:
    """The rows under the headings of a spreadsheet."""
    _headings, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return rows


def csv_rows(response) -> list[list[str]]:
    _headings, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    return rows


class _Form(HTMLParser):
    """The controls of the page's form that posts, by name, as a browser would send them."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._posts = False
        self._select = self._text = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._posts = given.get("method") == "post" and "action" not in given
        name = given.get("name")
        if not self._posts or (not name and tag != "option"):
            return
        if tag == "input" and given.get("type") not in ("submit", "file", "button"):
            ticked = given.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if ticked else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._text = name
            self.values[name] = [""]

    def handle_endtag(self, tag):
        if tag == "form":
            self._posts = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data):
        if self._text:
            self.values[self._text][0] += data


def typed_in(response) -> dict[str, list[str]]:
    """What the form of a page holds, ready to be sent back."""
    parser = _Form()
    parser.feed(text(response))
    return {name: [one.removeprefix("\n") for one in values] for name, values in parser.values.items()}


def alerts(response) -> str:
    """What a page says was wrong: with the form, its fields and the rows under it."""
    bound = [response.context["form"]] if response.context and response.context.get("form") else []
    said = [one for form in bound for errors in form.errors.values() for one in errors]
    for group in (response.context or {}).get("formsets") or ():
        rows = group["formset"]
        said += [*rows.non_form_errors(), *(one for row in rows.errors for errors in row.values() for one in errors)]
    return " ".join(said)


def count_afresh() -> None:
    """Tables that other tests filled and emptied mislead PostgreSQL's planner; a house in use counts them by itself.

    Its own tables alone: those that all databases of a server share would stay locked to the end of the transaction,
    and the process beside this one would wait for it. SQLite would keep what it counts in tables made for it: it then
    reads its whole schema anew after each step back.
    """
    if connection.vendor == "postgresql":
        tables = map(connection.ops.quote_name, connection.introspection.table_names())
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


@contextmanager
def lasting(blocker):
    """Rows made inside stay for all tests of a module and are gone after it; each test still undoes its own."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
