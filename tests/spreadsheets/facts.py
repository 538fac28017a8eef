"""What can be expected of stored records, as plain values: {"head": …, "starts_on": …, "countries": ["LA"], …}.

An expectation names some facts of a record. `x_has` asks for words within x, `keeps` for words anywhere in the record,
`x_include` for some of a list;
`partners`, `countries`, `papers` and `money` are compared whole, in any order; names without regard to marks or case.
"""

from __future__ import annotations

from activities.models import (
    Conference,
    Cost,
    Course,
    Delegation,
    FollowUp,
    Plan,
    PlanLine,
    ProgrammeItem,
    Proposal,
    ReportedFigure,
    RuleSet,
    SourceDocument,
    Talk,
    Term,
)
from partners.models import Agreement, Country, Partner, RelationEvent
from unionrelations.accounts.models import OfficeDay, Officer, ReminderSettings, Union
from unionrelations.kit.folding import fold

MODELS = {
    "delegations": Delegation,
    "conferences": Conference,
    "courses": Course,
    "agreements": Agreement,
    "relations": RelationEvent,
    "figures": ReportedFigure,
    "partners": Partner,
    "officers": Officer,
    "plans": Plan,
    "costs": Cost,
    "plan-lines": PlanLine,
    "promises": FollowUp,
    "unions": Union,
    "terms": Term,
    "rules": RuleSet,
    "programme": ProgrammeItem,
    "talks": Talk,
    "days-off": OfficeDay,
    "reminders": ReminderSettings,
    "documents": SourceDocument,
    "proposals": Proposal,
    "countries": Country,
}


def facts_of(record) -> dict:
    """Every fact of a record: its own columns, then what stands around it."""
    told = {one.name: getattr(record, one.attname) for one in record._meta.concrete_fields}
    if "activity_ptr" in told:
        told |= _of_activity(record)
    elif isinstance(record, Agreement):
        told |= _of_agreement(record)
    if told.get("union"):
        told["union"] = Union.objects.get(pk=told["union"]).code
    if isinstance(record, RelationEvent):
        told["partners"] = [record.partner.name] if record.partner else []
    if isinstance(record, Partner | RelationEvent):
        country = getattr(record, "country", None)
        told["countries"] = [country.code] if country else []
    if isinstance(record, Plan):
        told["lines"] = [one.title for one in record.lines.all()]
    if isinstance(record, Union):
        told["parent"] = record.parent.code if record.parent else None
    if isinstance(record, Officer):
        told["languages"] = [str(one) for one in record.languages.all()]
    told["keeps"] = " ".join(_words(told))
    return told


def _of_activity(record) -> dict:
    head = next((one for one in record.members.all() if one.is_head), None)
    people = [one.people for one in record.union_roles.all()]
    told = {
        "head": head.name if head else None,
        "head_title": head.title if head else "",
        "members": [f"{one.name} {one.title}" for one in record.members.all()],
        "people": sum(one for one in people if one is not None) if any(one is not None for one in people) else None,
        "unions": [one.union.code for one in record.union_roles.all()],
        "countries": [one.country.code for one in record.activity_countries.all()],
        "partners": list(dict.fromkeys(one.partner.name for one in record.partner_roles.all())),
        "inviting": [one.partner.name for one in record.partner_roles.all() if one.part == "inviting"],
        "papers": [{"kind": one.kind, "number": one.number, "day": one.day} for one in record.papers.all()],
        "paper_notes": [one.note for one in record.papers.all()],
        "money": [(_amount(one), one.currency, one.source) for one in record.costs.all()],
        "cost_notes": [f"{one.item} {one.note}" for one in record.costs.all()],
    }
    if isinstance(record, Course):
        told["trainees"] = record.trainees
    return told


def _amount(cost):
    return cost.settlement if cost.settlement is not None else cost.estimate


def _of_agreement(record) -> dict:
    parties = list(record.parties.all())
    return {
        "partners": [one.partner.name for one in parties if one.partner],
        "unions": [one.union.code for one in parties if one.union],
        "signatories": [f"{one.signatory} {one.signatory_title}" for one in parties],
    }


def _words(told: dict) -> list[str]:
    lists = ("members", "paper_notes", "cost_notes", "signatories", "partners", "lines", "languages")
    flat = [one for name, one in told.items() if isinstance(one, str) and name not in ("folded", "spelled")]
    return [*flat, *(word for name in lists for word in told.get(name, ())), *_of_papers(told)]


def _of_papers(told: dict) -> list[str]:
    return [one["number"] for one in told.get("papers", ())]


# --- Comparing


def differences(expected: dict, told: dict) -> list[str]:
    """What of the expected facts is not so, in words."""
    return [
        f"{name}: expected {wanted!r}, found {_found(name, told)!r}"
        for name, wanted in expected.items()
        if not _agrees(name, wanted, told)
    ]


def _found(name: str, told: dict):
    return told.get(name.removesuffix("_has").removesuffix("_include"), "no such fact")


def _agrees(name: str, wanted, told: dict) -> bool:
    found = _found(name, told)
    if name == "keeps" or name.endswith("_has"):
        return all(_flat(one) in _flat(str(found)) for one in ([wanted] if isinstance(wanted, str) else wanted))
    if name.endswith("_include"):
        return {_flat(one) for one in wanted} <= {_flat(one) for one in found}
    if name in ("countries", "partners", "inviting", "unions"):
        return sorted(map(_flat, wanted)) == sorted(map(_flat, found))
    if name == "papers":
        return len(wanted) == len(found) and all(any(_same_paper(one, other) for other in found) for one in wanted)
    if name == "money":
        return len(wanted) == len(found) and all(any(_same_money(one, other) for other in found) for one in wanted)
    if isinstance(wanted, str):
        return isinstance(found, str) and _flat(wanted) == _flat(found)
    return wanted == found


def _same_paper(wanted: dict, found: dict) -> bool:
    return all(
        _flat(str(value)) == _flat(str(found[name])) if name == "number" else value == found[name]
        for name, value in wanted.items()
    )


def _same_money(wanted, found) -> bool:
    return float(wanted[0]) == float(found[0]) and list(wanted[1:]) == list(found[1 : len(wanted)])


def _flat(words: str) -> str:
    return " ".join(fold(words).split())


def unmatched(expected: list[dict], told: list[dict]) -> list[str]:
    """Each expected record that no stored one agrees with, beside the one that comes nearest; each is taken once."""
    free, problems = list(told), []
    for wanted in expected:
        ranked = sorted(free, key=lambda one: len(differences(wanted, one)))
        if ranked and not differences(wanted, ranked[0]):
            free.remove(ranked[0])
        else:
            said = "; ".join(differences(wanted, ranked[0])) if ranked else "nothing is stored"
            problems.append(f"{wanted.get('head') or wanted.get('title') or wanted}: {said}")
    return problems
