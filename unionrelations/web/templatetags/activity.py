"""What a template says of an activity wherever it is named: page, kind, drawing. Never asks the database."""

from django import template
from django.urls import reverse

from activities.entities import common
from activities.models import Activity

register = template.Library()

ICONS: dict[str, str] = {
    Activity.Category.DELEGATION_IN: "in",
    Activity.Category.MEETING: "partner",
    Activity.Kind.DELEGATION: "out",
    Activity.Kind.CONFERENCE: "conference",
    Activity.Kind.COURSE: "course",
}

register.filter(common.kind_in_words)


@register.simple_tag
def activity_address(activity: Activity) -> str:
    """The page of the activity, among those of its kind."""
    return reverse(f"{common.ActivityTable.SLUGS[Activity.Kind(activity.kind)]}-detail", args=[activity.pk])


@register.filter
def kind_icon(activity: Activity) -> str:
    """The drawing of its category, else of its kind."""
    return ICONS.get(activity.counts_as) or ICONS[activity.kind]


@register.filter
def status_pill(activity: Activity) -> str:
    """The pill its status is written in."""
    return common.ActivityTable.PILLS.get(activity.status, "")
