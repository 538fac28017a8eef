"""The page that finds everything, and the commands it begins with. Never finds a record: `unionrelations.deeds.search`
does.
"""

from __future__ import annotations

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionrelations.deeds.search import AT_ONCE, Finder, Group, Hit
from unionrelations.kit.folding import fold

from .context import Shell


@require_GET
def search(request):
    """The page, or for the palette its answers alone."""
    finder = Finder(request.user, request.GET.get("q", "").strip())
    found = [Group(_("Commands"), tuple(commands(request, finder.wanted))), *finder.groups()]
    template = "ui/found.html" if request.htmx else "search.html"
    return render(request, template, {"q": finder.words, "groups": [one for one in found if one.hits]})


def commands(request, wanted: list[str]) -> list[Hit]:
    """What can be done from anywhere; without a word the first few, with words those that hold them all."""
    shell = Shell(request)
    known = [
        Hit(_("Log: %(kind)s") % {"kind": one.label}, one.url, one.icon, one.hint, f"N {number}")
        for number, one in enumerate(shell.logs, 1)
    ]
    known.append(Hit(_("Open the reports"), reverse("report-index"), "report", last="G B"))
    known.append(Hit(_("Open all that is due"), reverse("due"), "clock", last="G D"))
    known += [
        Hit(_("Go to: %(list)s") % {"list": one.label}, one.url, one.icon)
        for _label, links in shell.groups
        for one in links
    ]
    dark = shell.theme == "dark"
    known += [
        Hit(_("Help: what the words mean"), reverse("help"), "help"),
        Hit(_("Keys"), reverse("keys"), "key", last="?"),
        Hit(_("What can be undone"), reverse("undo-list"), "undo"),
        Hit(_("Profile"), reverse("profile"), "user"),
        *(
            Hit(name, reverse("language"), "globe", _("language"), post=("lang", code))
            for code, name in shell.other_languages
        ),
        Hit(
            _("Light background") if dark else _("Dark background"),
            reverse("theme"),
            "theme",
            post=("theme", "light" if dark else "dark"),
        ),
    ]
    if not wanted:
        return known[:AT_ONCE]
    folded = [(one, fold(f"{one.title} {one.sub}")) for one in known]
    return [one for one, names in folded if all(word in names for word in wanted)][:AT_ONCE]
