"""What the frame of every page shows one reader: where they may go, who they are, their language and light.

Worked out only where a template asks, so that a refreshed part of a page costs nothing. Never knows a page's content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.entities import ACTIVITIES
from unionrelations.catalogue import MENU

from .door.second_factor import OPEN
from .due import late_in_menu

THEMES = ("light", "dark")
THEME_COOKIE = "theme"

# What can be logged from any page, in the order of its keys: slug of the list, what is filled in, words, hint, icon.
LOGS = (
    ("delegations", "?direction=out", _("Outbound delegation"), _("Sent abroad"), "out"),
    ("delegations", "?direction=in", _("Inbound delegation"), _("International guests received"), "in"),
    ("conferences", "", _("Conference or workshop"), _("Hosted or attended"), "conference"),
    ("courses", "", _("Training course"), _("Cohort, stage, certificates"), "course"),
)


# All the menu at the side is made from; a test holds that its template asks for nothing else.
IN_MENU = (
    *("keys_on", "logs", "home", "due", "calendar", "reports", "money", "imports", "groups", "operations"),
    "admin_url",
)


@dataclass(frozen=True)
class Link:
    """One way out of the frame. `is_main` is the one the thumb bar lifts out."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool = False
    is_main: bool = False
    hint: str | Promise = ""
    late: str = ""
    asks_late: bool = False  # how many are late is to be asked once the page is there


@cache
def _place(name: str, prefix: str) -> str:
    """The address of a page that has always the same under one prefix of the server's."""
    return reverse(name)


class Shell:
    """The frame around one reader's pages."""

    def __init__(self, request):
        self.request = request
        self.user = getattr(request, "user", None)

    @cached_property
    def rights(self) -> set[str]:
        """All permissions the reader has, asked for once: the frame looks at some fifty of them."""
        return self.user.get_all_permissions()

    @cached_property
    def signed_in(self) -> bool:
        return bool(self.user and self.user.is_authenticated)

    @property
    def mail_is_sent(self) -> bool:
        """Whether letters leave this house."""
        return settings.MAIL_IS_SENT

    @cached_property
    def theme(self) -> str:
        """The light the address asks for, else the one the reader chose; nothing while they follow their machine."""
        chosen = self.request.GET.get(THEME_COOKIE) or self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def keys_on(self) -> bool:
        """Whether single letters are commands for this reader."""
        return self.signed_in and self.user.keys_on

    @cached_property
    def other_languages(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in settings.LANGUAGES if code != get_language()]

    @cached_property
    def user_name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    @property
    def acting(self):
        """In whose name the reader acts, if not in their own."""
        return self.user.acting if self.signed_in else None

    @cached_property
    def union_name(self) -> str:
        union = self.user.union
        return union.label if union else ""

    def _link(self, label, url, icon, **more) -> Link:
        path = self.request.path
        here = path == url if url == "/" else path.startswith(url)
        return Link(label, url, icon, is_current=here, **more)

    @cached_property
    def home(self) -> Link:
        return self._link(_("Home"), reverse("home"), "home")

    @cached_property
    def due(self) -> Link:
        late = late_in_menu(self.request)
        known = {"late": late or "", "asks_late": late is None and not self._leads_away}
        return self._link(pgettext_lazy("page", "Due"), reverse("due"), "clock", **known)

    @property
    def _leads_away(self) -> bool:
        """Whether this may be a page of somebody who is led back to it from everywhere else."""
        page = self.request.resolver_match
        return page is None or page.url_name in OPEN

    @cached_property
    def calendar(self) -> Link | None:
        """For whoever may view activities."""
        if "activities.view_activity" not in self.rights:
            return None
        return self._link(_("Calendar"), reverse("calendar"), "calendar")

    @cached_property
    def reports(self) -> Link:
        return self._link(_("Reports"), reverse("report-index"), "report")

    @cached_property
    def money(self) -> Link | None:
        """Sums of what activities cost, for whoever may view money."""
        if "activities.view_cost" not in self.rights:
            return None
        return self._link(_("Money"), reverse("money"), "money")

    @cached_property
    def groups(self) -> list[tuple[str | Promise, list[Link]]]:
        """The entities this reader may view, in menu order; a group with nothing in it is left out."""
        groups: list[tuple[str | Promise, list[Link]]] = []
        for label, entities in MENU:
            links = [
                self._link(self._in_menu(entity), _place(f"{entity.slug}-list", get_script_prefix()), entity.icon)
                for entity in entities
                if entity.permission("view") in self.rights
            ]
            if links:
                groups.append((label, links))
        return groups

    @cached_property
    def imports(self) -> Link | None:
        """Spreadsheets handed in, for whoever may look at them."""
        if "importing.view_import" not in self.rights:
            return None
        return self._link(_("Import from a spreadsheet"), reverse("imports"), "upload")

    @staticmethod
    def _in_menu(entity) -> str | Promise:
        """Its name; the list of all kinds does not bear the name of the group it stands in."""
        return _("All activities") if entity is ACTIVITIES else capfirst(entity.plural)

    @cached_property
    def logs(self) -> list[Link]:
        """What this reader may log."""
        allowed = {
            entity.slug for _label, entities in MENU for entity in entities if entity.permission("add") in self.rights
        }
        return [
            Link(label, reverse(f"{slug}-new") + filled_in, icon, hint=hint)
            for slug, filled_in, label, hint, icon in LOGS
            if slug in allowed
        ]

    @property
    def menu_key(self) -> str:
        """What the menu at the side says, word for word: by it the finished one is found again, whoever reads it."""
        return repr([getattr(self, name) for name in IN_MENU])

    @cached_property
    def operations(self) -> Link | None:
        """How the house runs, for whoever looks after the whole of it."""
        if not self.user.keeps_the_house:
            return None
        return self._link(_("How the house runs"), reverse("operations"), "info")

    @cached_property
    def admin_url(self) -> str:
        return reverse("admin:index") if self.user.is_staff else ""

    @cached_property
    def tabs(self) -> list[Link]:
        """At most five ways under the thumb: home, what was done, logging, what is due, reports."""
        tabs = [self.home]
        for _label, links in self.groups[:1]:
            tabs.append(Link(_("Activities"), links[0].url, "plan", is_current=any(link.is_current for link in links)))
        if self.logs:
            tabs.append(Link(_("Log"), f"{self.home.url}#log", "plus", is_main=True))
        return [*tabs, self.due, self.reports]


def shell(request) -> dict[str, Shell]:
    """The context processor."""
    return {"shell": Shell(request)}
