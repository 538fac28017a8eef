"""Help inside: what the words mean here and what counts as what, and the keys. Never knows a record.

The sentences follow docs/counting.md; where a rule of counting changes, so do they.
"""

from __future__ import annotations

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

# (anchor, word, what it means), in the order a newcomer meets them.
GLOSSARY = (
    (
        "delegation",
        _("Delegation"),
        _(
            "A group that travels to work with a partner. Outbound: people of our unions go abroad. Inbound: "
            "international guests come to us. Working online with a partner abroad can be logged too; in the report it "
            "stands among the outbound delegations and, beside them, as those held online."
        ),
    ),
    (
        "person-trip",
        _("Person-trip (lượt)"),
        _(
            "One person on one trip. One official on three trips is three person-trips, and one person. Each union "
            "enters its own people; a joint delegation is logged once, with the people of each union."
        ),
    ),
    (
        "conference",
        _("Conference"),
        _(
            "Conferences, workshops, forums and seminars. It counts where it is international: held abroad, with a "
            "foreign or intergovernmental partner or guest, or called international in its title. A domestic one is "
            "recorded and found, and stands in no figure. Talks, dialogues and courtesy calls are counted apart."
        ),
    ),
    (
        "course",
        _("Course"),
        _("A training given or received, with or without a partner. Trainees and certificates are counted separately."),
    ),
    (
        "held",
        pgettext_lazy("an activity", "Held"),
        _("Only what was held is counted. Planned, approved, postponed and cancelled activities are in no figure."),
    ),
    (
        "period",
        _("Which period"),
        _("An activity belongs to the period in which it starts, however long it lasts."),
    ),
    (
        "undetermined",
        _("Undetermined"),
        _(
            "Its date is known only roughly, such as “first half of 2023”, and the period begins or ends inside that "
            "time. It is shown beside the number and never inside it. Give it an exact date and it finds its place."
        ),
    ),
    (
        "not-known",
        _("Not known"),
        _("Nobody wrote the number down. It is not 0: the report says how many records lack it."),
    ),
    (
        "published",
        _("Published figure"),
        _(
            "A number printed in a document, kept with its period and its words. It stands beside what was logged and "
            "is never added to it. The gap says how far the two are apart."
        ),
    ),
    (
        "with-those-below",
        _("With the unions below"),
        _("The union and all under it together: each activity once, the people of all of them added up."),
    ),
    (
        "lead",
        _("Lead and cooperating union"),
        _(
            "One union leads a joint activity, others cooperate. It stands in the report of each of them, and once in "
            "the report of the union above."
        ),
    ),
    (
        "part-of",
        _("Part of another activity"),
        _(
            "A course given during a visit counts as a course, the visit as a delegation; in the total of activities "
            "the two are one."
        ),
    ),
    (
        "on-plan",
        _("On plan, off plan"),
        _("Whether the yearly plan names the activity. Off plan needs a reason in a few words."),
    ),
    (
        "term",
        _("Term"),
        _(
            "From the closing day of a congress to the day before the next one closes. A union without terms of its "
            "own reports by those of the union above it."
        ),
    ),
    (
        "partner",
        _("Partner"),
        _(
            "An organisation we work with. All unions share one list, so that nobody is entered twice: search by any "
            "of its names or its acronym before adding one."
        ),
    ),
)

# (heading, [(keys, what they do)]); keys parted by a blank are pressed one after another, "+" means together.
KEYS = (
    (
        _("Anywhere"),
        (
            ("/", _("Search and commands")),
            ("Ctrl+K", _("Search and commands, also while typing")),
            ("N 1", _("Log an outbound delegation")),
            ("N 2", _("Log an inbound delegation")),
            ("N 3", _("Log a conference")),
            ("N 4", _("Log a course")),
            ("G T", _("Go to the first page")),
            ("G D", _("Go to what is due")),
            ("G L", _("Go to the calendar")),
            ("G B", _("Go to the reports")),
            ("?", _("Show these keys")),
            ("Esc", _("Close, or leave the field")),
            ("Alt+Z", _("Undo what was just done")),
        ),
    ),
    (
        _("In a list"),
        (
            ("J", _("Next row")),
            ("K", _("Row before")),
            ("Enter", _("Open the row")),
            ("X", _("Select the row")),
            ("E", _("Edit the row")),
            ("F", _("Filters")),
            ("V", _("Saved views")),
        ),
    ),
    (
        _("In a form"),
        (
            ("Ctrl+Enter", _("Save")),
            ("Shift+Ctrl+Enter", _("Save and log another")),
        ),
    ),
)


@require_GET
def page(request):
    return render(request, "help.html", {"glossary": GLOSSARY})


@require_GET
def keys(request):
    """The list of keys: a page, or for the dialog only what stands in it."""
    groups = [
        (heading, [([one.split("+") for one in pressed.split(" ")], words) for pressed, words in rows])
        for heading, rows in KEYS
    ]
    return render(request, "ui/keys.html" if request.htmx else "keys.html", {"groups": groups})
