"""The heads and the body of a table, each written in one go: as a template its cells would take most of a page.

Knows the style sheet's class names. Never knows which table.
"""

from __future__ import annotations

from django import template
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from unionrelations.web.asked import SORT

from .ui import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def heads(context, table, *, refresh=False) -> SafeString:
    """The heads of the columns; where rows can be put in order by one, it leads to the list in that order.

    With `refresh` the rows alone are fetched.
    """
    asked = context["request"].GET.copy()
    for name in (SORT, "page"):
        asked.pop(name, None)

    def address(order: str) -> str:
        asked[SORT] = order
        return conditional_escape(f"?{asked.urlencode()}")

    def head(column) -> str:
        shape, words, order = column.attrs["th"].get("class"), conditional_escape(column.header), ""
        shape = f' class="{conditional_escape(shape)}"' if shape else ""
        if column.is_ordered:
            down = column.order_by_alias.is_descending
            order = f' aria-sort="{"descending" if down else "ascending"}"'
            words = f"{words} {icon('down' if down else 'up', 's')}"
        begun = f'\n<th role="columnheader" scope="col"{shape}{order}>'
        if not column.orderable:
            return f'{begun}<span class="head">{words}</span></th>'
        url = address(column.order_by_alias.next)
        fetched = f' hx-get="{url}" hx-target="#rows" hx-push-url="true"' if refresh else ""
        return f'{begun}<a class="head" id="sort-{column.name}" href="{url}"{fetched}>{words}</a></th>'

    return mark_safe("".join(map(head, table.columns)))  # noqa: S308  each part is escaped


@register.simple_tag(takes_context=True)
def body(context, table, *, picks=False, refresh=False) -> SafeString:
    """A line for each row on the page, its first cell its name, the others with the name of their column.

    With `picks` each can be ticked, with `refresh` keys of lists go through them. Without any, what the table says.
    """

    def shown(value) -> str:
        """As a template writes it: numbers and days in the reader's language, words made safe."""
        if type(value) is SafeString:  # most cells
            return value
        return conditional_escape(value if isinstance(value, str) else render_value_in_context(value, context))

    columns = [
        (column.name, column.attrs["td"]["class"] or "", conditional_escape(str(column.header)), column.default)
        for column in table.columns
    ]
    tick = gettext("Tick %(record)s")

    def line(row) -> str:
        parts = [f'\n<tr role="row"{" data-row" if refresh else ""}>']
        if picks:
            label = tick % {"record": shown(str(row.record))}
            parts.append(
                '<td role="cell" class="col-check"><label class="hit"><input class="form-check-input" type="checkbox" '
                f'form="bulk" name="pk" value="{row.record.pk:d}" aria-label="{label}"></label></td>'
            )
        for place, (name, shape, label, default) in enumerate(columns):
            cell = row.get_cell(name)
            if place == 0:
                parts.append(f'<td role="cell" class="first">{shown(cell)}</td>')
                continue
            fold = " fold" if cell == default or cell == "" else ""
            parts.append(f'<td role="cell" class="{shape}{fold}" data-label="{label}"><span>{shown(cell)}</span></td>')
        return "".join((*parts, "</tr>"))

    lines = "".join(line(row) for row in table.paginated_rows)
    if not lines:
        said = shown(table.empty_text or gettext("Nothing here yet"))
        lines = f'\n<tr role="row"><td role="cell" colspan="{len(columns)}">{said}</td></tr>'
    return mark_safe(lines)  # noqa: S308  each part is escaped
