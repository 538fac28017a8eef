"""Which tables the history keeps, to which record each row belongs, and which are left out and why.

Every model of the house stands in one of the two lists; a test refuses one that stands in neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models

ACTIVITY, AGREEMENT, PARTNER = "activities.activity", "partners.agreement", "partners.partner"

# Never written down: secrets, what a machine notes for itself, and what is derived from other columns or a file.
LEFT_OUT = frozenset(
    {
        *("folded", "spelled", "name_plain", "text_state", "folded_text"),
        *("password", "last_login", "sign_outs", "due_looked_at", "due_looked_before", "tour_seen", "keys_on"),
        *("digest", "digest_weekday"),
    }
)
# Written down with a row, but a change of nothing else is none.
NO_CHANGE = frozenset({"changed_at", "changed_by_id", "version", "counts_as", "path"})


@dataclass(frozen=True)
class Kept:
    """A table of which every change is kept.

    `of` is the record its rows are part of, with the column that names it; a table without is made of records.
    `union` is the column with the owning union, or that column behind a further table: (column, model, its column).
    `is_own` says that a row is read by that union and those above alone, even where its record is shared.
    `is_record`: people miss such a row by itself, so it waits in the bin though it is part of another record.
    `by_steps`: written by a step that somebody took, so it comes and goes with its record alone.
    """

    label: str
    of: tuple[str, str] | None = None
    union: str | tuple[str, str, str] = ""
    is_own: bool = False
    is_record: bool = False
    by_steps: bool = False
    left_out: frozenset[str] = frozenset()

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def root(self) -> str:
        return self.of[0] if self.of else self.label

    @property
    def root_column(self) -> str:
        return self.of[1] if self.of else self.key

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def fields(self) -> list[models.Field]:
        """The columns that are written down."""
        out = LEFT_OUT | self.left_out
        return [one for one in self.model._meta.local_concrete_fields if one.column not in out]


def _own(label: str, union: str | tuple[str, str, str] = "union_id", **more) -> Kept:
    return Kept(label, union=union, is_own=True, **more)


OF_PLAN = ("plan_id", "activities.plan", "union_id")
OF_OFFICER = ("officer_id", "accounts.officer", "union_id")
FILE_TEXT = frozenset({"text"})  # read from the file again
COUNTED = frozenset({"counted_first", "counted_last"})  # derived from the activity

KEPT = {
    one.label: one
    for one in (
        _own("accounts.union", "id"),
        _own("accounts.unionsuccession", "predecessor_id", of=("accounts.union", "predecessor_id")),
        Kept("accounts.officeday"),
        _own("accounts.remindersettings"),
        _own("accounts.officer"),
        Kept("accounts.officerlanguage", of=("accounts.officer", "officer_id")),
        _own("accounts.user"),
        Kept("partners.country"),
        Kept(PARTNER),
        Kept("partners.partneraffiliation", of=(PARTNER, "partner_id")),
        Kept("partners.contact", of=(PARTNER, "partner_id"), is_record=True),
        _own("partners.coverage", OF_OFFICER, of=(PARTNER, "partner_id")),
        Kept(AGREEMENT),
        Kept("partners.agreementparty", of=(AGREEMENT, "agreement_id"), union="union_id"),
        Kept("partners.agreementevent", of=(AGREEMENT, "agreement_id")),
        _own("partners.relationevent"),
        Kept(ACTIVITY),
        Kept("activities.delegation", of=(ACTIVITY, "activity_ptr_id")),
        Kept("activities.conference", of=(ACTIVITY, "activity_ptr_id")),
        Kept("activities.course", of=(ACTIVITY, "activity_ptr_id")),
        _own("activities.unionrole", of=(ACTIVITY, "activity_id")),
        Kept("activities.partnerrole", of=(ACTIVITY, "activity_id"), left_out=COUNTED),
        Kept("activities.activitycountry", of=(ACTIVITY, "activity_id"), left_out=COUNTED),
        Kept("activities.member", of=(ACTIVITY, "activity_id"), is_record=True),
        Kept("activities.paper", of=(ACTIVITY, "activity_id"), left_out=FILE_TEXT, is_record=True),
        _own("activities.cost", of=(ACTIVITY, "activity_id"), is_record=True),
        Kept("activities.followup", of=(ACTIVITY, "activity_id"), is_record=True),
        Kept("activities.carriedout", of=(ACTIVITY, "activity_id")),
        _own("activities.attendance", OF_OFFICER, of=(ACTIVITY, "course_id")),
        Kept("activities.interpreting", of=(ACTIVITY, "activity_id")),
        Kept("activities.programmeitem", of=(ACTIVITY, "activity_id"), is_record=True),
        Kept("activities.talk", of=(ACTIVITY, "activity_id"), is_record=True),
        Kept("activities.steptaken", of=(ACTIVITY, "activity_id"), by_steps=True),
        Kept("activities.overstep", of=(ACTIVITY, "activity_id"), by_steps=True),
        Kept("activities.restriction", of=(ACTIVITY, "activity_id"), is_record=True, by_steps=True),
        Kept("activities.namedreader", of=("activities.restriction", "restriction_id"), by_steps=True),
        _own("activities.sourcedocument"),
        Kept("activities.sourcelink", of=("activities.sourcedocument", "document_id")),
        Kept(
            "activities.documentfile",
            of=("activities.sourcedocument", "document_id"),
            left_out=FILE_TEXT,
            is_record=True,
        ),
        _own("activities.reportedfigure"),
        Kept("activities.gapexplanation", of=("activities.reportedfigure", "figure_id")),
        _own("activities.proposal"),
        _own("activities.plan"),
        _own("activities.planline", OF_PLAN, of=("activities.plan", "plan_id"), is_record=True),
        Kept("activities.planevent", of=("activities.plan", "plan_id"), by_steps=True),
        Kept("activities.realisation", of=("activities.planline", "line_id")),
        Kept("activities.linestep", of=("activities.planline", "line_id")),
        _own("activities.ruleset"),
        _own("activities.term"),
        _own("reports.reporttemplate"),
        _own("reports.papertemplate"),
        _own("reports.termreport"),
    )
}

# Through which rows a record that several unions share tells whose it was, once it is gone.
SHARES = {ACTIVITY: "activities.unionrole", AGREEMENT: "partners.agreementparty"}

# Who signs in, and with which rights, is told to administrators and changed by hand alone.
TOLD_ONLY = frozenset({"accounts.user"})

_DERIVED = "derived from other rows"
_ITSELF = "tells by itself what happened, when and by whom"
_READER = "a reader's own convenience, no record"
_WORK = "how far work in the background has come"
_DOOR = "the door: sessions, codes and attempts"
_SHARED = "what the processes of the house share while they run"
_MACHINE = "Django's own, made by migrations"
NOT_KEPT = {
    "activities.activityscope": _DERIVED,
    "activities.scopechange": _DERIVED,
    "reports.suspicion": _DERIVED,
    "reports.merge": _ITSELF,
    "reports.distinct": _ITSELF,
    "importing.import": _ITSELF,
    "importing.importrow": _ITSELF,
    "importing.importedrecord": _ITSELF,
    "history.act": _ITSELF,
    "history.entry": _ITSELF,
    "admin.logentry": _ITSELF,
    "accounts.standin": _ITSELF,
    "privacy.erasure": _ITSELF,
    "privacy.reading": _ITSELF,
    "api.givenanswer": _READER,
    "importing.rememberedheadings": _READER,
    "importing.rememberedname": _READER,
    "web.draft": _READER,
    "web.calendarfeed": _READER,
    "web.undo": _READER,
    "web.savedview": _READER,
    "reports.reportfile": _WORK,
    "reports.signedfile": _WORK,
    "reports.auditrun": _WORK,
    "reports.duplicatesearch": _WORK,
    "reports.digest": _WORK,
    "reports.notice": _WORK,
    "backups.backup": _WORK,
    "operations.lastwrite": _SHARED,
    "operations.scheduledtask": _SHARED,
    "accounts.accesstoken": _DOOR,
    "hooks.hook": _DOOR,
    "hooks.call": _WORK,
    "hooks.attempt": _WORK,
    "hooks.heard": _WORK,
    "web.invitation": _DOOR,
    "web.knownbrowser": _DOOR,
    "sessions.session": _DOOR,
    "accounts.user_groups": _MACHINE,
    "accounts.user_user_permissions": _MACHINE,
}
NOT_KEPT_APPS = {
    "axes": _DOOR,
    "account": _DOOR,
    "mfa": _DOOR,
    "usersessions": _DOOR,
    "socialaccount": _DOOR,
    "auth": _MACHINE,
    "contenttypes": _MACHINE,
}


RECORDS = tuple(one.label for one in KEPT.values() if one.of is None or one.is_record)


def named_by(model: type[models.Model]) -> tuple[str, ...]:
    """Columns that say what a row is called, the most telling first."""
    columns = {str(one.column) for one in model._meta.local_concrete_fields}
    telling = (
        "name",
        "username",
        "title",
        "item",
        "what",
        "topic",
        "with_whom",
        "topics",
        "language",
        "number",
        "printed",
        "text",
    )
    return tuple(one for one in telling if one in columns)
