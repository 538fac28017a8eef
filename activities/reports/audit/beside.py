"""What a report tells beside activities, told again from the records: registers and money. Never asks the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from activities.reports.questions import Question
from activities.reports.registers import NONE
from partners.models import Agreement, AgreementEvent
from unionrelations.kit.periods import Period
from unionrelations.kit.windows import EARLIEST, Precision

from .records import Records
from .taken import Taken

Key = str


@dataclass
class Rows:
    """The keys of the rows in one line: those that surely belong, and those that may."""

    sure: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.sure), len(self.perhaps)


def register(code: str, question: Question, taken: Taken, records: Records) -> dict[Key, tuple[int, int]]:
    """By line of one register: how many rows surely belong, and how many perhaps."""
    found: dict[Key, Rows] = defaultdict(Rows)
    for key, pk, is_sure in REGISTERS[code](question, taken, records):
        (found[key].sure if is_sure else found[key].perhaps).add(pk)
    return {key: rows.counts for key, rows in found.items()}


def signed(question: Question, taken: Taken, records: Records) -> tuple[int, int, int]:
    """Agreements signed in the period, as a finding."""
    rows = Rows()
    for one in _agreements(question, taken, records):
        if one.signed_from is None:
            continue
        window = Period(one.signed_from, one.signed_to)
        if question.period.covers(window):
            rows.sure.add(one.pk)
        elif question.period.overlaps(window):
            rows.perhaps.add(one.pk)
    return (*rows.counts, 0)


def money(taken: Taken, records: Records) -> dict[Key, tuple[Decimal | None, Decimal | None, int]]:
    """By source and currency: estimates, settlements and items not settled, in the accounts of the unions asked for."""
    lines: dict[Key, list] = defaultdict(list)
    for deed in taken.sure:
        for cost in records.costs[deed.activity.pk]:
            if cost.union_id in taken.ours:
                lines[f"{cost.source}/{cost.currency}"].append(cost)
    return {
        key: (
            _sum(one.estimate for one in costs),
            _sum(one.settlement for one in costs),
            sum(one.settlement is None for one in costs),
        )
        for key, costs in lines.items()
    }


def _sum(amounts) -> Decimal | None:
    stated = [one for one in amounts if one is not None]
    return sum(stated, Decimal(0)) if stated else None


Told = Iterator[tuple[Key, int, bool]]  # (line, key of the row, whether it surely belongs)


def _relations(question: Question, taken: Taken, records: Records) -> Told:
    partner, country = question.only.partner, question.only.country
    for one in records.relations:
        known = records.partners.get(one.partner_id)
        if one.union_id not in taken.ours or (partner and known != partner):
            continue
        if country and (known is None or known.country_id != country.pk):
            continue
        window = Period(one.starts_on, one.starts_on if one.precision == Precision.DAY else one.ends_on)
        if question.period.overlaps(window):
            yield one.kind, one.pk, question.period.covers(window)


def _dormant(question: Question, taken: Taken, records: Records) -> Told:
    if question.period.start <= EARLIEST:
        return
    before = question.but(period=Period(EARLIEST, question.period.start - timedelta(days=1)))
    earlier = Taken.of(before, records).sure
    now = {partner.pk for one in (*taken.sure, *taken.perhaps) for partner in one.partners}
    for pk in {partner.pk for one in earlier for partner in one.partners} - now:
        yield "dormant", pk, True


def _agreements(question: Question, taken: Taken, records: Records) -> Iterator[Agreement]:
    """Those one of our unions is a party to, with the partner and of the country asked for."""
    for one in records.agreements:
        if _is_party(one, taken, records) and _is_asked(one, question, records):
            yield one


def _is_party(one: Agreement, taken: Taken, records: Records) -> bool:
    return any(party.union_id in taken.ours for party in records.parties[one.pk])


def _is_asked(one: Agreement, question: Question, records: Records) -> bool:
    others = [records.partners[party.partner_id] for party in records.parties[one.pk] if party.partner_id]
    partner, country = question.only.partner, question.only.country
    return (partner is None or partner in others) and (
        country is None or any(other.country_id == country.pk for other in others)
    )


def _expiring(question: Question, taken: Taken, records: Records) -> Told:
    for one in _agreements(question, taken, records):
        if one.in_force_to and one.in_force_to in question.period:
            yield "expiring", one.pk, True


def _agreement_events(question: Question, taken: Taken, records: Records) -> Told:
    """What a union inherits is told by the heir, anything else by the parties."""
    for one in records.agreements:
        if not _is_asked(one, question, records):
            continue
        for event in records.agreement_events[one.pk]:
            inherited = event.kind == AgreementEvent.Kind.INHERITED and event.heir_id is not None
            ours = event.heir_id in taken.ours if inherited else _is_party(one, taken, records)
            if ours and event.day in question.period:
                yield event.kind, one.pk, True


def _officers(question: Question, taken: Taken, records: Records) -> Told:
    for one in records.officers:
        if one.union_id in taken.ours:
            yield {True: "full", False: "part", None: NONE}[one.full_time], one.pk, True


def _languages(question: Question, taken: Taken, records: Records) -> Told:
    for one in records.officers:
        if one.union_id in taken.ours:
            for language in [row.language for row in records.languages[one.pk]] or [NONE]:
                yield language, one.pk, True


def _trained(question: Question, taken: Taken, records: Records) -> Told:
    for one in records.officers:
        if one.union_id in taken.ours:
            yield "trained" if one.trainings or records.attendances[one.pk] else NONE, one.pk, True


def _proposals(question: Question, taken: Taken, records: Records) -> Told:
    """Made at the activity that is named, else by the day its document was published."""
    for one in records.proposals:
        at, published = records.deeds.get(one.activity_id), one.document.published_on
        window = at.started if at else published and Period(published, published)
        if one.union_id in taken.ours and window and question.period.overlaps(window):
            yield one.outcome or NONE, one.pk, question.period.covers(window)


REGISTERS: dict[str, Callable[[Question, Taken, Records], Told]] = {
    "relations": _relations,
    "dormant": _dormant,
    "agreement-events": _agreement_events,
    "agreements-expiring": _expiring,
    "officers": _officers,
    "languages": _languages,
    "trained": _trained,
    "proposals": _proposals,
}
