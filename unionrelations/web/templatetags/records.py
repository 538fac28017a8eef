"""What the pages of records say often: the words for a kind, a name in the other language, the map of the world."""

from django import template
from django.utils.translation import get_language

from activities.entities import common
from unionrelations.kit.windows import day_in_words
from unionrelations.web.records.world import World

register = template.Library()

register.filter("kind_in_words", common.kind_in_words)
register.filter("day", day_in_words)


@register.simple_tag
def other_name(record) -> dict[str, str] | None:
    """What it is called in the language the page is not in, where it has such a name."""
    if get_language() == "en":
        return {"name": record.name, "language": "vi"} if record.name_en else None
    return {"name": record.name_en, "language": "en"} if record.name_en else None


@register.inclusion_tag("records/world_map.html", takes_context=True)
def world_map(context) -> dict:
    """The world as this reader's records know it; nothing while they know no country but ours."""
    return {"world": World.known_to(context["request"].user)}
