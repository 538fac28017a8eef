"""Pages of a list by a cursor: the place after the last row read, in the list's own order.

Rows that come or go meanwhile move nothing: none is told twice and none is left out. What the order is made of (words,
days, nothing stated) stands in the cursor sealed, so that no address or log shows a name.
"""

from __future__ import annotations

import json

from cryptography.fernet import InvalidToken
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from unionrelations.kit.seals import seal

CURSOR, SIZE, COUNT, PAGE = "cursor", "page_size", "count", "page"
ROWS, MOST_ROWS = 50, 200


class Column:
    """One of the things a list is ordered by, and how to ask for what comes after a value of it."""

    def __init__(self, place: int, order: OrderBy):
        self.name, self.order = f"place_{place}", order
        # Where nobody says, each database puts rows that state nothing where its lists show them.
        self.nothing_is_last = order.nulls_last or (
            not order.nulls_first and connection.features.order_by_nulls_first == order.descending
        )

    def after(self, value) -> Q:
        if value is None:
            return Q(pk__in=[]) if self.nothing_is_last else Q(**{f"{self.name}__isnull": False})
        step = Q(**{f"{self.name}__{'lt' if self.order.descending else 'gt'}": value})
        return step | Q(**{f"{self.name}__isnull": True}) if self.nothing_is_last else step

    def same(self, value) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


def columns_of(rows: QuerySet) -> list[Column]:
    """The order of a list, told apart to the last row by its key."""
    asked = [*(rows.query.order_by or rows.model._meta.ordering), "pk"]
    return [Column(place, order) for place, order in enumerate(_orders(rows.model, asked))]


def _orders(model, asked, path: str = "", turned: bool = False):
    """As Django reads an order: a relation stands for the order of what it leads to."""
    for one in asked:
        if isinstance(one, str):
            name, descending = one.removeprefix("-"), one.startswith("-") != turned
            led_to = _leads_to(model, name.split("__"))
            if led_to is not None and led_to._meta.ordering:
                yield from _orders(led_to, led_to._meta.ordering, f"{path}{name}__", descending)
            else:
                yield OrderBy(F(path + name), descending=descending)
        else:
            order = one if isinstance(one, OrderBy) else OrderBy(one)
            order = order.copy()
            order.set_source_expressions([_moved(order.expression, path)])
            if turned:
                order.reverse_ordering()
            yield order


def _leads_to(model, steps: list[str]):
    """The table a relation leads to; None for a column, also that of a relation (`activity_id`)."""
    for step in steps:
        field = next((one for one in model._meta.get_fields() if one.name == step), None)
        if field is None or not field.is_relation:
            return None
        model = field.related_model
    return model


def _moved(expression, path: str):
    """An expression of another table's columns, asked along the relation that leads there."""
    if isinstance(expression, F):
        return F(path + expression.name)
    moved = expression.copy()
    moved.set_source_expressions([_moved(one, path) for one in expression.get_source_expressions()])
    return moved


class CursorPages(BasePagination):
    """`results` and `next`; `count` for who asks with `count=true`, since counting may cost more than reading."""

    def paginate_queryset(self, queryset, request, view=None):
        asked = request.query_params
        if PAGE in asked:
            raise ValidationError({PAGE: [_("Pages have no numbers. Follow “next” from one page to the next.")]})
        self.address = request.build_absolute_uri()
        self.size = _number(asked.get(SIZE), SIZE) or ROWS
        self.count = queryset.order_by().count() if _yes(asked.get(COUNT)) else None
        columns = columns_of(queryset)
        rows = queryset.annotate(**{one.name: one.order.expression for one in columns})
        if CURSOR in asked:
            rows = rows.filter(_after(columns, opened(asked[CURSOR], columns)))
        found = list(rows.order_by(*(OrderBy(F(one.name), **_way(one.order)) for one in columns))[: self.size + 1])
        page, more = found[: self.size], found[self.size :]
        self.cursor = sealed([getattr(page[-1], one.name) for one in columns]) if more else None
        return page

    def get_paginated_response(self, data):
        bare = remove_query_param(self.address, CURSOR)
        said = {"next": replace_query_param(bare, CURSOR, self.cursor) if self.cursor else None, "results": data}
        return Response(said if self.count is None else {"count": self.count} | said)

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "description": "Only with `count=true`."},
                "next": {"type": "string", "format": "uri", "nullable": True},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        def said(name, description, schema):
            return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}

        return [
            said(CURSOR, "Where the page begins, as `next` says it.", {"type": "string"}),
            said(SIZE, "Rows of a page.", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS}),
            said(COUNT, "Whether all rows are counted.", {"type": "boolean", "default": False}),
        ]


def _way(order: OrderBy) -> dict:
    return {
        "descending": order.descending,
        "nulls_first": order.nulls_first,
        "nulls_last": order.nulls_last,
    }


def _after(columns: list[Column], values: list) -> Q:
    """Whatever comes later in one column while all before it are the same."""
    later, same = Q(pk__in=[]), Q()
    for column, value in zip(columns, values, strict=True):
        later |= same & column.after(value)
        same &= column.same(value)
    return later


def _number(said: str | None, name: str) -> int:
    if said is None:
        return 0
    if not (said.isascii() and said.isdecimal() and len(said) < 5 and 1 <= int(said) <= MOST_ROWS):
        raise ValidationError({name: [_("Name a number from 1 to %(most)s.") % {"most": MOST_ROWS}]})
    return int(said)


def _yes(said: str | None) -> bool:
    if said not in (None, "true", "false"):
        raise ValidationError({COUNT: [_("Say true or false.")]})
    return said == "true"


def sealed(values: list) -> str:
    words = json.dumps([get_language(), *values], cls=DjangoJSONEncoder)
    return seal("cursor").encrypt(words.encode()).decode()


def opened(cursor: str, columns: list[Column]) -> list:
    """The values of the row a page ended with. One made in another language, or for another list, leads nowhere."""
    try:
        language, *values = unsealed(cursor)
        if language != get_language() or len(values) != len(columns):
            raise InvalidToken
    except (InvalidToken, ValueError) as refused:
        said = _("This cursor leads nowhere here. Begin at the first page.")
        raise ValidationError({CURSOR: [said]}) from refused
    return values


def unsealed(cursor: str) -> list:
    """The language a cursor was made in and its values. Raises InvalidToken for what the house never sealed."""
    return json.loads(seal("cursor").decrypt(cursor.encode()))
