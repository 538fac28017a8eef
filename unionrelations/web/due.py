"""What is due: late, this week, this month, later, and what relations ask for; as a page, as files, as a calendar.

The address holds whose, which kind and which words. The number of late ones in the menu is kept in the reader's session
for some minutes, since every page shows it and asking costs a dozen questions; no page waits for it, and the page of
what is due, and settling something from it, asks anew. Never decides what is due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.reports.due.asked import BELOW, MINE, UNION, WHOSE, Asked
from activities.reports.due.everything import FINDERS, MAY_BE_LATE, RULES, due
from activities.reports.due.things import Due
from unionrelations.kit.folding import fold
from unionrelations.kit.noting import note
from unionrelations.kit.periods import month_end
from unionrelations.kit.windows import between
from unionrelations.kit.writers import FORMATS

from .due_files import as_calendar, as_document
from .files import attachment, download
from .ics import MEDIA_TYPE
from .paging import ROWS_ON_A_PAGE

MOST, MOST_OF_ONE_KIND, MOST_IN_A_FILE = ROWS_ON_A_PAGE, 500, 5000  # of each kind
KEPT_FOR = timedelta(minutes=10)
IN_SESSION = "late-ones"


@dataclass(frozen=True)
class Row:
    """A due thing as one reader finds it on one day."""

    due: Due
    distance: str
    is_late: bool
    is_new: bool
    may_settle: bool


@dataclass(frozen=True)
class Group:
    code: str
    title: str
    days: str
    rows: list[Row]


@require_safe
def page(request):
    now = timezone.now()
    today = timezone.localdate(now)
    asked_format = request.GET.get("format", "")
    whose, kind, words = _whose(request), request.GET.get("kind", ""), request.GET.get("q", "")
    is_file = asked_format in ("xlsx", "csv", "ics")
    most = MOST_IN_A_FILE if is_file else MOST_OF_ONE_KIND if words else MOST  # words are looked for in what is read
    asked = Asked.by(request.user, today, whose=whose, most=most)
    everything = due(asked)
    one_kind = kind in RULES and not is_file
    further = due(replace(asked, most=MOST_OF_ONE_KIND), (kind,)) if one_kind else everything
    found = [one for one in further if (not kind or one.rule.code == kind) and _says(one, words)]
    if asked_format == "ics":
        written = as_calendar(found, today, get_language(), request.build_absolute_uri)
        return attachment(written, MEDIA_TYPE, _("due") + ".ics")
    if is_file:
        return download(as_document(found, today), FORMATS[asked_format])
    if request.method == "GET":
        request.user.look_at_due(now)
    if whose == UNION:
        keep_late(request, everything, now, most)
    if one_kind:
        most = MOST_OF_ONE_KIND
    beyond = [one for some in together(found) for one in some[most:]]  # known only to be there
    rows = [_row(one, request.user, today) for one in found if one not in beyond]
    context = {
        "groups": groups(rows, today),
        "late": Late.among(found, today, most),
        "fresh": sum(row.is_new for row in rows),
        "whose": whose,
        "reaches": _reaches(request, whose),
        "kinds": _kinds(everything, asked.most),
        "kind": kind,
        "words": words,
        "is_empty": not everything,
        "is_cut": bool(cut_kinds(further, most)),
        "most": most,
        "exports": [(label, _address(request, format=name)) for name, label in _files()] if found else [],
    }
    return render(request, "due/page.html", context)


def _kinds(found: list[Due], most: int) -> list[tuple[str, str, str]]:
    """(code, name, how many there are) of each kind that is there."""
    present, cut = Counter(one.rule.code for one in found), cut_kinds(found, most)
    named = ((code, capfirst(str(rule.label))) for code, rule in RULES.items() if present[code])
    return [(code, name, f"{min(present[code], most)}{'+' if code in cut else ''}") for code, name in named]


def _files():
    return (("xlsx", "XLSX"), ("csv", "CSV"), ("ics", _("Calendar (ICS)")))


def _address(request, **changed) -> str:
    asked = request.GET.copy()
    for name, value in changed.items():
        asked[name] = value
    return f"{request.path}?{asked.urlencode()}"


def _whose(request) -> str:
    if request.user.union_id is None:
        return BELOW
    asked = request.GET.get("whose", "")
    return asked if asked in (MINE, UNION, BELOW) else UNION


def _reaches(request, whose: str) -> list[tuple]:
    """(words, address, whether it is the one shown); nothing to choose where there is no union."""
    if request.user.union_id is None:
        return []
    return [(words, _address(request, whose=code), code == whose) for code, words in WHOSE]


def _says(one: Due, words: str) -> bool:
    told = fold(f"{one.title} {one.why} {one.union}")
    return all(word in told for word in fold(words).split())


def _row(one: Due, user, today: date) -> Row:
    may_settle = bool(one.settle_url) and user.has_perm(one.rule.permission)
    is_new = one.is_new(today, user.due_looked_before)
    return Row(one, one.distance(today), one.is_late(today), is_new, may_settle)


def groups(rows: list[Row], today: date) -> list[Group]:
    """By when one is reminded; what passes or lasts stands apart. Empty groups are left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    end = month_end(sunday)
    lasting = [row for row in rows if not row.due.rule.may_be_late]
    lasting.sort(key=lambda row: row.due.since is not None)  # what comes before what only goes on
    late = [row for row in rows if row.is_late]
    coming = [row for row in rows if row.due.rule.may_be_late and not row.is_late]
    this_week = [row for row in coming if row.due.reminded_on <= sunday]
    this_month = [row for row in coming if sunday < row.due.reminded_on <= end]
    later = [row for row in coming if row.due.reminded_on > end]
    month = pgettext("a month of a year", "%(month)s") % {"month": date_format(end, "YEAR_MONTH_FORMAT")}
    found = (
        Group("late", _("Late"), "", late),
        Group("week", _("This week"), between(today, sunday), this_week),
        Group("month", capfirst(month), "", this_month),
        Group("later", _("Later"), "", later),
        Group("relations", _("Relations and anniversaries"), "", lasting),
    )
    return [one for one in found if one.rows]


# --- How many are late


def together(found: list[Due]) -> Iterator[list[Due]]:
    """What the database was asked for together, and is cut together; the first day first."""
    for rules, _find in FINDERS:
        yield [one for one in found if one.rule in rules]


def cut_kinds(found: list[Due], most: int) -> set[str]:
    """The kinds of which there may be more."""
    return {one.rule.code for some in together(found) if len(some) > most for one in some}


@dataclass(frozen=True)
class Late:
    """How many are late; `is_more` where there may be more of them."""

    number: int
    is_more: bool = False

    @classmethod
    def among(cls, found: list[Due], today: date, most: int) -> Late:
        """What was cut off comes after what was found, so it is late only where all of that is."""
        by_finder = [[one.is_late(today) for one in some] for some in together(found)]
        return cls(sum(map(sum, by_finder)), any(len(late) > most and all(late) for late in by_finder))

    @property
    def at_least(self) -> int:
        """The number that is said: that of all, or one which more than so many are."""
        return self.number - self.is_more

    def __str__(self):
        if self.is_more:
            return ngettext("more than %(n)d late", "more than %(n)d late", self.at_least) % {"n": self.at_least}
        return ngettext("%(n)d late", "%(n)d late", self.number) % {"n": self.number} if self.number else ""


def keep_late(request, everything: list[Due], now: datetime, most: int) -> Late:
    """Counts the late ones of the reader's union, and keeps that for a while, and for whom they act."""
    late = Late.among(everything, timezone.localdate(now), most)
    kept = [late.number, late.is_more, (now + KEPT_FOR).timestamp(), _acting(request.user)]
    note(request.session, **{IN_SESSION: kept})
    return late


def late_in_menu(request) -> str | None:
    """How many are late, in words, or "" for none; None where it has to be asked."""
    if not hasattr(request, "session"):
        return ""  # a page that says what went wrong before anybody was known
    number, is_more, until, acting = request.session.get(IN_SESSION, (0, False, 0, None))
    is_known = until >= timezone.now().timestamp() and acting == _acting(request.user)
    return str(Late(number, is_more)) if is_known else None


@require_safe
def late(request):
    """The number for a menu that was shown without it."""
    now = timezone.now()
    found = due(Asked.by(request.user, timezone.localdate(now), most=MOST), MAY_BE_LATE)
    return render(request, "due/_late.html", {"late": str(keep_late(request, found, now, MOST))})


def _acting(user) -> int | None:
    """Who stands in for somebody has what is due to them, and their own again afterwards."""
    acting = getattr(user, "acting", None)
    return acting and acting.pk
