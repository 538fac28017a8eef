"""What the pages on which records are entered say: where names are looked up. Never knows an entity by name."""

from functools import cache

from django import template
from django.urls import reverse

from activities.entities.log_kinds import LOG_KINDS, LogKind
from unionrelations.catalogue import ENTITIES

register = template.Library()


@cache
def _slugs() -> dict[str, str]:
    return {entity.name: entity.slug for entity in ENTITIES if entity.can_be_found}


@register.filter
def pick_address(model_name: str) -> str:
    """Where names of that model are looked up while somebody types; "" where they are not."""
    slug = _slugs().get(model_name)
    return reverse("pick", args=[slug]) if slug else ""


@register.filter
def new_address(slug: str) -> str:
    """Where a record of that list is entered."""
    return reverse(f"{slug}-new")


@register.simple_tag
def log_kinds() -> tuple[LogKind, ...]:
    return LOG_KINDS
