"""The four pages on which activities are logged, in the order of the keys 1 to 4. Never knows a field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class LogKind:
    slug: str
    kind: Activity.Kind
    direction: str  # where the kind has two directions and each its own page
    icon: str
    label: StrOrPromise
    heading: StrOrPromise
    save: StrOrPromise

    @property
    def query(self) -> str:
        return f"?direction={self.direction}" if self.direction else ""


LOG_KINDS = (
    LogKind(
        "delegations",
        Activity.Kind.DELEGATION,
        "out",
        "out",
        pgettext_lazy("page to log", "Outbound"),
        _("Log an outbound delegation"),
        _("Save the outbound delegation"),
    ),
    LogKind(
        "delegations",
        Activity.Kind.DELEGATION,
        "in",
        "in",
        pgettext_lazy("page to log", "Inbound"),
        _("Log an inbound delegation"),
        _("Save the inbound delegation"),
    ),
    LogKind(
        "conferences",
        Activity.Kind.CONFERENCE,
        "",
        "conference",
        pgettext_lazy("page to log", "Conference"),
        _("Log a conference or workshop"),
        _("Save the conference"),
    ),
    LogKind(
        "courses",
        Activity.Kind.COURSE,
        "",
        "course",
        pgettext_lazy("page to log", "Course"),
        _("Log a training course"),
        _("Save the course"),
    ),
)


def log_kind_of(kind: str, direction: str = "") -> LogKind:
    """The page of a kind; of one with two directions, the page of this one."""
    pages = [one for one in LOG_KINDS if one.kind == kind]
    return next((one for one in pages if one.direction == direction), pages[0])
