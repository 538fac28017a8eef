"""Plans for tests: a union with one below it and one above, an officer and a leader, a plan of 2026 with its lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from activities.models import Cost, Plan, PlanLine, Realisation
from tests import factories as make
from unionrelations.accounts.models import Union, User

NOW = dt.datetime(2026, 1, 12, 9, 0, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
QUARTERS = [(dt.date(2026, 3 * one + 1, 1), dt.date(2026, 3 * one + 3, 30)) for one in range(4)]


@dataclass
class House:
    above: Union
    union: Union
    below: Union
    officer: User
    leader: User
    leader_above: User
    officer_below: User

    def plan(self, union: Union | None = None, **more) -> Plan:
        known = {"title": "Kế hoạch đối ngoại năm 2026", "first_day": FIRST, "last_day": LAST}
        return Plan.objects.create(**{"union": union or self.union, **known, **more})

    def approved(self, plan: Plan, refusals=None) -> Plan:
        plan.submit(self.officer, NOW)
        plan.approve(self.leader, NOW, refusals=refusals or {})
        return plan


def a_house() -> House:
    above = make.UnionFactory(code="tren")
    union = make.UnionFactory(code="giua", parent=above)
    below = make.UnionFactory(code="duoi", parent=union)
    return House(
        above,
        union,
        below,
        make.UserFactory(union=union),
        make.UserFactory(union=union, role=User.Role.LEADER),
        make.UserFactory(union=above, role=User.Role.LEADER),
        make.UserFactory(union=below),
    )


def line_of(plan: Plan, title="Thăm Công đoàn Lào", *, quarter: int = 0, **more) -> PlanLine:
    """A delegation out, planned in a quarter of 2026 where one is said."""
    when = {}
    if quarter:
        first = dt.date(2026, 3 * quarter - 2, 1)
        last = dt.date(2026, 3 * quarter, 30 if quarter in (2, 3) else 31)
        when = {"starts_on": first, "ends_on": last, "precision": "quarter"}
    return PlanLine.objects.create(
        **{"plan": plan, "title": title, "kind": "delegation", "direction": "out"} | when | more
    )


def became(line: PlanLine, union: Union | None = None, *, people=3, spent=None, currency="VND", **more):
    """A delegation that realises the line, with the union's own people and what it cost."""
    union = union or line.plan.union
    known = {"starts_on": dt.date(2026, 5, 4), "status": "held"}
    trip = make.DelegationFactory(unions=[(union, people)], **known | more)
    Realisation.objects.create(line=line, activity=trip.activity_ptr)
    if spent is not None:
        Cost.objects.create(activity=trip.activity_ptr, union=union, item="Vé", settlement=spent, currency=currency)
    return trip
