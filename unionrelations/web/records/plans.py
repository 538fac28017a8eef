"""The pages of a plan and of one line: what was meant, what became of it, and what may be done next.

Whoever only has the plan handed down reads what is planned: neither its money nor what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.entities import ACTIVITIES, PLAN_LINES
from activities.entities.plan_lines import OFFICE_COLUMNS, OUTCOME_PILLS
from activities.entities.plans import STATE_PILLS
from activities.models import Activity, Outcome, Plan, PlanEvent, PlanLine
from activities.reports.plans import Beside
from unionrelations.kit.periods import Period
from unionrelations.kit.typed_dates import to_type
from unionrelations.kit.windows import in_words
from unionrelations.kit.writers import FORMATS
from unionrelations.web.files import download
from unionrelations.web.plan_table import as_document

from .numbers import Listed, listed
from .pages import EntityDetail

LIST_FORMATS = ("xlsx", "csv")
SLUG_OF = {"delegation": "delegations", "conference": "conferences", "course": "courses"}
ICONS = {"delegation": "out", "conference": "conference", "course": "course"}


@dataclass(frozen=True)
class Quarters:
    """One year's four quarters: those a line is planned in, and those in which something was held."""

    planned: frozenset[int]
    held: frozenset[int]

    @classmethod
    def of(cls, line: PlanLine, year: int) -> Quarters:
        spans = [Period.months(year, 3 * number + 1, 3) for number in range(4)]
        planned = line.window
        held = [one.activity.window for one in line.held]
        return cls(
            frozenset(number for number, one in enumerate(spans, 1) if planned and one.overlaps(planned)),
            frozenset(number for number, one in enumerate(spans, 1) if any(one.overlaps(window) for window in held)),
        )

    @property
    def boxes(self) -> list[tuple[int, bool, bool]]:
        """(left edge, whether planned there, whether held there) of each."""
        return [(1 + 33 * (number - 1), number in self.planned, number in self.held) for number in range(1, 5)]


class Asked:
    """The addresses of lists that hold exactly the lines a number counts."""

    def __init__(self, **of):
        self.of = of

    def url(self, **more) -> str:
        return f"{reverse('plan-lines-list')}?{urlencode(self.of | more)}"


def slots_of(beside: Beside, ask: Asked) -> list[tuple]:
    """(slot, addresses of what was planned in it, of what was held in it)."""
    return [(one, addresses(ask, quarter=one.key), addresses(ask, held_in=one.key)) for one in beside.slots]


def addresses(ask: Asked, **of) -> dict[str, str]:
    """Of some lines: where each number counted of them opens."""
    own = {one: ask.url(**of, outcome=one) for one in Outcome.values}
    people = {
        "planned": ask.url(**of, columns="title,plan,when,people"),
        "unsaid": ask.url(**of, planned="unknown"),
        "in_fact": ask.url(**of, columns="title,plan,when,people,people_brought,became"),
        "missing": ask.url(**of, brought="unknown", columns="title,plan,when,people,people_brought,became"),
    }
    return own | people | {"lines": ask.url(**of)}


class PlanPage(EntityDetail):
    template_name = "records/plan.html"
    shown_apart = frozenset({"state", "number"})

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        asked = request.GET.get("format")
        if asked is None:
            return self.render_to_response(self.get_context_data(object=self.object))
        if asked not in LIST_FORMATS or not self.is_reached:
            raise BadRequest(_("This table is written as XLSX or CSV."))
        return download(as_document(str(self.object), self.beside), FORMATS[asked])

    @cached_property
    def is_reached(self) -> bool:
        return (
            Plan.objects.visible_to(self.request.user).reached_by(self.request.user).filter(pk=self.object.pk).exists()
        )

    @cached_property
    def lines(self) -> QuerySet:
        return PLAN_LINES.queryset(self.request.user).filter(plan=self.object.pk).order_by("pk")

    @cached_property
    def beside(self) -> Beside:
        return Beside(self.lines)

    @cached_property
    def year(self) -> int | None:
        """The one calendar year the plan is of; None where it is of more."""
        first, last = self.object.first_day, self.object.last_day
        return first.year if first.year == last.year else None

    def get_context_data(self, **context):
        plan, ask = self.object, Asked(plan=self.object.pk)
        events = list(PlanEvent.objects.visible_to(self.request.user).filter(plan=plan.pk).for_listing())
        return super().get_context_data(
            state=(capfirst(plan.get_state_display()), STATE_PILLS[plan.state]),
            is_reached=self.is_reached,
            beside=self.beside,
            groups=self.groups(),
            slots=slots_of(self.beside, ask),
            whole=addresses(ask),
            ask=ask,
            off_plan=self.aside(on_plan="false"),
            unsaid=self.aside(on_plan="unknown"),
            year=self.year,
            events=events,
            returned=self.returned(events),
            in_force=self.in_force(events),
            office_url=ask.url(format="xlsx", columns=",".join(OFFICE_COLUMNS)),
            steps=self.steps,
            **context,
        )

    def groups(self) -> list[tuple]:
        """(kind in words, icon, rows) where a row is a line with its quarters and the words of its outcome."""
        kinds = dict(Activity.Kind.choices)
        found = []
        for kind, direction, share in self.beside.kinds:
            words = {"out": _("outbound delegations"), "in": _("inbound delegations")}.get(direction)
            words = words or (kinds.get(kind) if kind else _("other work"))
            icon = "in" if direction == "in" else ICONS.get(kind, "flag")
            found.append((capfirst(str(words)), icon, [self.row(line) for line in share.lines]))
        return found

    def row(self, line: PlanLine) -> dict:
        quarters = Quarters.of(line, self.year) if self.year and self.is_reached else None
        outcome = (capfirst(Outcome(line.outcome).label), OUTCOME_PILLS[line.outcome]) if self.is_reached else None
        status = ", ".join(
            capfirst(one.activity.get_status_display()) for one in line.realised if line.outcome != "held"
        )
        return {"line": line, "quarters": quarters, "outcome": outcome, "status": status}

    def aside(self, **more) -> Listed | None:
        """What the union itself held in the plan's days without a line of the plan, as its own list says it."""
        if not self.is_reached:
            return None
        plan = self.object
        days = {"since": plan.first_day.isoformat(), "until": plan.last_day.isoformat()}
        return listed(ACTIVITIES, self.request, union=plan.union.code, under=0, status="held", **days, **more)

    def returned(self, events) -> PlanEvent | None:
        """Why a draft came back, while it is one."""
        last = events[-1] if events else None
        return last if last and last.kind == "returned" and self.object.is_draft else None

    def in_force(self, events) -> PlanEvent | None:
        """The version that holds while the plan is revised."""
        kept = [one for one in events if one.number]
        return kept[-1] if kept and self.object.is_revised else None

    @cached_property
    def steps(self) -> dict[str, bool]:
        """Which steps this reader may take with the plan as it stands."""
        plan, user = self.object, self.request.user
        may = {one: self.writes and user.has_perm(f"activities.{one}_plan") for one in ("submit", "approve", "add")}
        own = plan.is_submitted and may["approve"] and bool(plan.last_submission.persons & user.persons)
        return {
            "submit": plan.is_draft and may["submit"],
            "approve": plan.is_submitted and may["approve"] and not own,
            "own": own,
            "revise": plan.is_approved and may["submit"],
            "copy": may["add"],
            "add_line": plan.is_open and self.writes and user.has_perm("activities.add_planline"),
        }


class PlanLinePage(EntityDetail):
    template_name = "records/plan_line.html"

    @property
    def shown_apart(self) -> frozenset[str]:
        return frozenset() if self.object.in_reach else frozenset({"estimate", "currency", "paid_from"})

    @cached_property
    def writes(self) -> bool:
        """Its steps and what became of it move on whatever the plan's state is; the line itself may be locked."""
        return PlanLine.objects.writable_by(self.request.user).filter(pk=self.object.pk).exists()

    def _acts(self):
        if self.writes and self.object.plan.is_open:
            yield from super()._acts()

    def get_context_data(self, **context):
        one = self.object
        outcome = (capfirst(Outcome(one.outcome).label), OUTCOME_PILLS[one.outcome]) if one.in_reach else None
        return super().get_context_data(outcome=outcome, logs=list(self.logs()), **context)

    def logs(self):
        """(words, address) of the quick forms that say what became of it, filled in from the line."""
        line, user = self.object, self.request.user
        if not self.writes:
            return
        kinds = [line.kind] if line.kind else list(SLUG_OF)
        for kind in kinds:
            if user.has_perm(f"activities.add_{kind}"):
                words = _("Log what became of it") if line.kind else capfirst(str(dict(Activity.Kind.choices)[kind]))
                yield words, f"{reverse(f'{SLUG_OF[kind]}-new')}?{urlencode(self.filled_in())}"

    def filled_in(self) -> dict[str, str | int]:
        line = self.object
        told = {
            "realises": line.pk,
            "on_plan": "true",
            "title": line.title,
            "direction": line.direction,
            "partners": line.partner_id,
            "countries": line.country_id,
            "when": self._day(),
        }
        return {name: value for name, value in told.items() if value}

    def _day(self) -> str:
        """The planned day where it is one; a quarter is not yet the day on which it was held."""
        line = self.object
        if line.starts_on is None or line.precision != "day":
            return ""
        return to_type(line.starts_on, line.ends_on, line.precision)


def kept_when(line: dict) -> str:
    """When a kept line was planned for, in the reader's language."""
    if not line["starts_on"]:
        return ""
    start = date.fromisoformat(line["starts_on"])
    end = date.fromisoformat(line["ends_on"]) if line["ends_on"] else None
    return in_words(start, end, line["precision"])
