"""How templates say a quarter, and pair up the money of a plan with where it opens. Never counts."""

from django import template

from unionrelations.web.plan_table import quarter_in_words

register = template.Library()
register.filter("quarter_in_words", quarter_in_words)


@register.simple_tag
def list_of(ask, slot=None, by="quarter", **more) -> str:
    """Where a number opens its rows; `slot` narrows them to what was planned in its quarter, or `held_in` it."""
    return ask.url(**({by: slot.key} if slot else {}), **more)


@register.simple_tag
def gauge_of(share) -> list[tuple[int, int, str]]:
    """(left edge, width, class) of what is done, outstanding and dropped, of a line of 300."""
    parts, left = [], 0
    for number, shape in ((share.held, "c-out"), (share.outstanding, "c-vague"), (share.dropped, "c-said")):
        width = round(300 * number / len(share))
        if width:
            parts.append((left, max(width - 2, 2), shape))
        left += width
    return parts
