"""What the scope rows of an activity say, worked out from it and its roles alone. Never asks the database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from unionrelations.kit.windows import Precision

from .left import awaits, headcount_known


def scope_columns(activity, restricted: Container[int] = ()) -> Iterator[dict[str, object]]:
    """What each of them says, by column. Roles and their unions are read from `activity`.

    What is `restricted` has none, and is nobody's whole.
    """
    if activity.pk in restricted:
        return
    roles = [(role, _nodes(role)) for role in activity.union_roles.all()]
    whole = None if activity.part_of_id in restricted else activity.part_of
    own_row, alike = activity.own, _alike(activity)
    for node in sorted({node for _role, nodes in roles for node in nodes}):
        mine = [role for role, nodes in roles if node in nodes]
        own = [role for role in mine if role.union_id == node]
        yield {
            **alike,
            **_of_whole(whole, node),
            "union_id": node,
            "own": bool(own),
            "people": (people := _known(role.people for role in mine)),
            "headcount_known": headcount_known(own_row, people),
            "people_unknown": any(role.people is None for role in mine),
            "own_people": _known(role.people for role in own),
            "own_people_unknown": any(role.people is None for role in own),
        }


def _alike(activity) -> dict[str, object]:
    """What the rows of all its unions say."""
    own_row, window = activity.own, activity.window
    return {
        "activity_id": activity.pk,
        "window_first": window.start,
        "window_last": window.last,
        "long_window": window.days > 366,
        "counts_as": activity.counts_as,
        "held": activity.status == activity.Status.HELD,
        "roles_dated": True,
        "online": activity.mode == activity.Mode.ONLINE,
        "kind": activity.kind,
        "awaits": awaits(activity),
        "day_known": activity.precision == Precision.DAY,
        "guests": getattr(own_row, "guests", None),
        "trainees": getattr(own_row, "trainees", None),
        "certificates": getattr(own_row, "certificates", None),
    }


def _of_whole(whole, node: int) -> dict[str, object]:
    """What a scope row of a union says of the activity its own is part of, where that belongs to the same union."""
    mine = [role for role in whole.union_roles.all() if node in _nodes(role)] if whole else []
    return {
        "whole_first": whole.window.start if mine else None,
        "whole_last": whole.window.last if mine else None,
        "whole_counts": bool(mine) and whole.status == whole.Status.HELD and whole.counts_as != "",
        "whole_own": any(role.union_id == node for role in mine),
    }


def _nodes(role) -> set[int]:
    """The union of a role and every union above it."""
    return {*role.union.ancestor_ids(), role.union_id}


def _known(numbers: Iterable[int | None]) -> int | None:
    """The sum of those written down; None where none is."""
    stated = [one for one in numbers if one is not None]
    return sum(stated) if stated else None
