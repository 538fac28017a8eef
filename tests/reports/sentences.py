"""Findings nobody measured, for the sentences that tell them: as any report could have them, unknown headcounts too."""

from hypothesis import strategies as st

from activities.reports.findings import Finding
from activities.reports.indicators import BY_CODE

BROUGHT = {  # whom or what events bring along
    "delegations_out": ["officials_out"],
    "delegations_in": ["guests_in"],
    "conferences_abroad": ["officials_conferences_abroad"],
    "conferences_home": ["officials_conferences_home"],
    "courses": ["trainees", "certificates"],
}
HOST = {people: events for events, some in BROUGHT.items() for people in some}
numbers = st.sampled_from([0, 0, 1, 2, 6, 17, 999, 1000, 1909, 2023, 12345, 1234567]) | st.integers(0, 5000)


def findings(logged=None, undetermined=None, unknown=None) -> dict[str, Finding]:
    """Findings with the numbers given by code, 0 where nothing is given."""
    logged, undetermined, unknown = logged or {}, undetermined or {}, unknown or {}
    return {
        code: Finding(one, logged.get(code, 0), undetermined.get(code, 0), unknown.get(code, 0))
        for code, one in BY_CODE.items()
    }


@st.composite
def found(draw):
    """Findings that agree among themselves: no people without events, none unknown of more events than there are."""
    logged = {code: draw(numbers) for code, one in BY_CODE.items() if one.sums is None}
    logged["delegations_out_online"] = draw(st.integers(0, logged["delegations_out"]))
    undetermined = {code: draw(st.integers(0, 3)) for code in logged}
    unknown = {}
    for people, events in HOST.items():
        unknown[people] = draw(st.integers(0, logged[events]) | st.just(0))
        logged[people] = draw(numbers) if logged[events] > unknown[people] else None if unknown[people] else 0
        undetermined[people] = draw(st.none() | st.just(0))
    return findings(logged, undetermined, unknown)


def said_of(some: dict[str, Finding]) -> dict[str, tuple[int, bool]]:
    """What sentences owe: by code the number, and whether it is only "at least" so many. A zero of events is silent."""
    owed = {}
    for code, one in some.items():
        if host := HOST.get(code):
            if some[host].logged and one.logged is not None and (one.logged or not one.unknown_people):
                owed[code] = (one.logged, one.unknown_people > 0)
        elif one.logged and (code != "delegations_out_online" or some["delegations_out"].logged):
            owed[code] = (one.logged, False)
    return owed
