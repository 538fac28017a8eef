"""Whether a record keeps its model's rules, asked of twenty thousand rows without twenty thousand questions.

The rules and their sentences are the model's; this only spares the database what arithmetic can tell. What it cannot
tell, the database is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, ForeignKey, Model, Q
from django.db.models.constraints import BaseConstraint


class CannotTell(Exception):
    """A condition that only the database can judge."""


LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda held, given: held == given,
    "gte": lambda held, given: held >= given,
    "gt": lambda held, given: held > given,
    "lte": lambda held, given: held <= given,
    "lt": lambda held, given: held < given,
    "in": lambda held, given: held in given,
    "range": lambda held, given: given[0] <= held <= given[1],
    "regex": lambda held, given: re.search(given, str(held)) is not None,
}


def judge(record: Model, *, exclude: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """(field, sentence) of every rule the unsaved or changed record breaks; "" where it is nobody's field.

    Foreign keys are taken as given: whoever set them looked them up. Uniqueness is asked of the database.
    """
    keys = {one.name for one in record._meta.fields if isinstance(one, ForeignKey)}
    for ask in (
        lambda: record.clean_fields(exclude={*keys, *exclude}),
        record.clean,
        lambda: _ask_unique(record, exclude),
        lambda: _ask_constraints(record),
    ):
        try:
            ask()
        except ValidationError as refused:
            yield from _sentences(refused)


def _sentences(refused: ValidationError) -> Iterator[tuple[str, str]]:
    if hasattr(refused, "error_dict"):
        for name, errors in refused.error_dict.items():
            for one in errors:
                yield from (("" if name == "__all__" else name, words) for words in one.messages)
    else:
        yield from (("", words) for words in refused.messages)


def _ask_unique(record: Model, exclude: frozenset[str]) -> None:
    unique = {one.name for one in record._meta.fields if one.unique and not one.primary_key}
    if any(getattr(record, one) not in (None, "") for one in unique - exclude):
        record.validate_unique(exclude={one.name for one in record._meta.fields} - unique)


def _ask_constraints(record: Model) -> None:
    broken = []
    for model, constraints in record.get_constraints():
        for one in constraints:
            try:
                _ask(one, model, record)
            except ValidationError as refused:
                broken.append(refused)
    if broken:
        raise _together(broken)


def _ask(constraint: BaseConstraint, model: type[Model], record: Model) -> None:
    if isinstance(constraint, CheckConstraint):
        try:
            if holds(constraint.condition, record) is False:
                sentence = constraint.get_violation_error_message()
                raise ValidationError({_subject(constraint.condition): sentence})
            return
        except CannotTell:
            pass
    constraint.validate(model, record)


def _together(broken: list[ValidationError]) -> ValidationError:
    whole = ValidationError({})
    for one in broken:
        whole.error_dict = one.update_error_dict(whole.error_dict)
    return whole


def _subject(condition: Any) -> str:
    """The field a condition is about: the first it compares."""
    if isinstance(condition, tuple):
        return condition[0].partition("__")[0]
    compared = [one for one in condition.children if not (isinstance(one, tuple) and one[0].endswith("__isnull"))]
    return _subject((compared or condition.children)[0])


def holds(condition: Any, record: Model) -> bool | None:
    """As SQL judges it: True, False, or None where an empty value leaves it open, which breaks no rule."""
    if not isinstance(condition, Q):
        if isinstance(condition, tuple):
            path, given = condition
            return _compare(path, given, record)
        raise CannotTell
    told = [holds(one, record) for one in condition.children]
    decides = condition.connector == Q.OR
    if condition.connector == Q.XOR:
        raise CannotTell
    answer: bool | None = decides if decides in told else None if None in told else not decides
    return answer if not condition.negated or answer is None else not answer


def _compare(path: str, given: Any, record: Model) -> bool | None:
    name, _sign, lookup = path.partition("__")
    held = _value(name, record)
    if isinstance(given, F):
        given = _value(given.name, record)
        if given is None:
            return None
    elif hasattr(given, "resolve_expression"):
        raise CannotTell
    if lookup == "isnull":
        return (held is None) == given
    compare = LOOKUPS.get(lookup or "exact")
    if compare is None:
        raise CannotTell
    return None if held is None else compare(held, given)


def _value(name: str, record: Model) -> Any:
    return record.pk if name == "pk" else getattr(record, record._meta.get_field(name).attname)
