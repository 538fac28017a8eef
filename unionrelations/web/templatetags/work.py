"""How work in the background stands at the moment a page is made. Never knows which work."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def broken_off(work) -> bool:
    return work.is_broken_off(timezone.now())


@register.filter
def waits_long(work) -> bool:
    return work.waits_long(timezone.now())


@register.filter
def at_work(work) -> bool:
    return work.is_at_work(timezone.now())
