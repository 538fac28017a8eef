"""What is kept about persons, where, and why: the one list that finding, taking along and erasing go by.

`tests/test_privacy.py` asks of every text that a table of ours holds that it stands here or in `IMPERSONAL`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.models import JSONField, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEETING = _("who took part in what unions did abroad and at home, as the papers name them")
REACHING = _("whom to write to or to call")
WORK = _("who does the work of external affairs")
SIGNING = _("who signed, and for whom")
SAID = _("what was met, said and promised, in words")
LATER = _("so that work goes on, is taken back, or is explained later")


@dataclass(frozen=True)
class Holding:
    """The fields of one table that tell of persons.

    `names` hold one name each, whole; `details` go with it and are emptied with it; `prose` may name anybody. What is
    `working` is the house's own and is mended without asking; what is `fixed` was signed or sent and stays as it was.
    """

    label: str
    why: Promise
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    working: bool = False
    fixed: bool = False

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def rows(self) -> QuerySet:
        return self.model._base_manager.all()

    def is_json(self, name: str) -> bool:
        return isinstance(self.model._meta.get_field(name), JSONField)


def _holding(label: str, why: Promise, names: str = "", details: str = "", prose: str = "", **how: bool) -> Holding:
    return Holding(label, why, tuple(names.split()), tuple(details.split()), tuple(prose.split()), **how)


HOLDINGS = (
    _holding("activities.Member", MEETING, names="name", details="title"),
    _holding("activities.Interpreting", MEETING, names="name", prose="note"),
    _holding("activities.Attendance", MEETING, prose="note"),
    _holding("activities.Activity", MEETING, prose="title place content note off_plan_reason"),
    _holding("activities.Proposal", MEETING, names="speaker", details="speaker_title", prose="text outcome_note note"),
    _holding("activities.SourceDocument", MEETING, names="author", prose="title note"),
    _holding("partners.Contact", REACHING, names="name", details="title email phone note"),
    _holding("activities.FollowUp", SAID, names="their_person", prose="what note"),
    _holding("activities.ProgrammeItem", SAID, prose="met topic place"),
    _holding("activities.Talk", SAID, prose="with_whom topics agreed"),
    _holding("activities.Paper", SAID, prose="file_name note"),
    _holding("activities.Paper", SAID, prose="text", fixed=True),  # what the file itself says
    _holding("activities.DocumentFile", SAID, prose="file_name note"),
    _holding("activities.DocumentFile", SAID, prose="text", fixed=True),
    _holding("activities.Cost", SAID, prose="item over_reason note"),
    _holding("activities.GapExplanation", SAID, prose="note"),
    _holding("activities.ReportedFigure", SAID, prose="printed note"),
    _holding("activities.SourceLink", SAID, prose="note"),
    _holding("activities.CarriedOut", SAID, prose="note"),
    _holding("activities.StepTaken", SAID, prose="reason"),
    _holding("activities.Restriction", SAID, prose="reason"),
    _holding("accounts.StandIn", WORK, prose="reason"),
    _holding("activities.Overstep", SAID, prose="detail reason"),
    _holding("activities.Plan", SAID, prose="title note"),
    _holding("activities.PlanLine", SAID, prose="title lead_unit cooperating_units note refusal"),
    _holding("activities.LineStep", SAID, prose="what note"),
    _holding("activities.Term", SAID, prose="note"),
    _holding("activities.RuleSet", SAID, prose="note"),
    _holding("partners.Partner", SAID, prose="note"),
    _holding("partners.PartnerAffiliation", SAID, prose="note"),
    _holding("partners.Coverage", WORK, prose="note"),
    _holding("partners.RelationEvent", SAID, prose="note"),
    _holding(
        "partners.Agreement",
        SIGNING,
        names="renewal_by",
        prose="title content in_name_of approved_by authority renewal_note note",
    ),
    _holding("partners.AgreementParty", SIGNING, names="signatory", details="signatory_title"),
    _holding("partners.AgreementEvent", SIGNING, prose="note"),
    _holding("accounts.Officer", WORK, names="name name_plain", details="title trainings note"),
    _holding("accounts.Union", SAID, prose="note"),
    _holding("accounts.UnionSuccession", SAID, prose="legal_basis note"),
    _holding("reports.TermReport", SIGNING, prose="title text note return_reason figures rows frame", fixed=True),
    _holding("activities.PlanEvent", SIGNING, prose="note lines", fixed=True),
    _holding("web.Draft", LATER, prose="typed title", working=True),
    _holding("web.Undo", LATER, prose="said payload", working=True),
    _holding("reports.Merge", LATER, prose="kept_name gone_name payload", working=True),
    _holding("reports.Suspicion", LATER, prose="evidence", working=True),
    _holding("reports.Distinct", LATER, prose="why", working=True),
    _holding("reports.Notice", LATER, prose="title", working=True),
    _holding("reports.ReportTemplate", LATER, prose="note", working=True),
    _holding("reports.PaperTemplate", LATER, prose="note", working=True),
    _holding("importing.Import", LATER, prose="name error answers put_right seen", working=True),
    _holding("importing.ImportRow", LATER, prose="title conflict problems differences alike", working=True),
    _holding("importing.ImportedRecord", LATER, prose="before after kept_because title", working=True),
    _holding("history.Act", LATER, prose="name why", working=True),
    _holding("history.Entry", LATER, prose="before after", working=True),
    _holding("api.GivenAnswer", LATER, prose="body", working=True),
    _holding("importing.RememberedName", LATER, prose="question", working=True),
)

# Texts that name no person: codes, words of a choice, the machinery's own; and accounts, which are closed, not erased
# in place (`erasing.close_accounts`).
IMPERSONAL: dict[str, set[str]] = {
    "accounts.Union": {"code", "name", "name_en", "short_name", "aliases", "path"},
    "accounts.OfficeDay": {"name"},
    "accounts.OfficerLanguage": {"language"},
    "accounts.User": {"password", "username", "first_name", "last_name", "email"},
    "accounts.AccessToken": {"name", "secret_hash", "hint"},
    "hooks.Hook": {"name", "address", "kinds", "secret", "former"},
    "hooks.Call": {"kind", "label", "slug", "step", "way"},
    "history.Entry": {"label", "root"},
    "api.GivenAnswer": {"key", "asked", "headers"},
    "web.KnownBrowser": {"secret_hash", "agent"},
    "web.Draft": {"slug"},
    "web.CalendarFeed": {"secret", "name", "query"},
    "web.Invitation": {"email", "mark"},
    "web.SavedView": {"slug", "name", "query"},
    "partners.Country": {"code", "name", "name_en", "aliases"},
    "partners.Partner": {"code", "name", "name_en", "original_name", "acronym", "aliases", "licence_number"},
    "partners.Agreement": {"code", "kind", "signed_words", "signed_at", "languages", "duration"},
    "partners.RelationEvent": {"date_words"},
    "activities.Restriction": {"code"},
    "activities.RuleSet": {"leading_titles"},
    "activities.ActivityScope": {"counts_as", "kind"},
    "activities.Activity": {"date_words", "code"},
    "activities.Cost": {"currency", "rate_source"},
    "activities.Course": {"cohort", "step"},
    "activities.SourceDocument": {"code", "publisher", "published_words"},
    "activities.SourceLink": {"place"},
    "activities.ReportedFigure": {"place", "period_printed"},
    "activities.Proposal": {"place"},
    "activities.Paper": {"sha256", "media_type", "folded_text", "number"},
    "activities.DocumentFile": {"sha256", "media_type", "folded_text"},
    "activities.StepTaken": {"before", "after"},
    "activities.Interpreting": {"language"},
    "activities.Plan": {"standing_unit", "place"},
    "activities.PlanLine": {"date_words", "currency", "completion_words", "place"},
    "activities.PlanEvent": {"sha256"},
    "activities.Term": {"name", "congress"},
    "reports.ReportFile": {"error", "format", "language", "asked"},
    "reports.AuditRun": {"error", "mismatches"},
    "reports.Suspicion": {"label"},
    "reports.Distinct": {"label"},
    "reports.Merge": {"label"},
    "reports.DuplicateSearch": {"error"},
    "reports.Digest": {"error", "address"},
    "reports.Notice": {"rule", "key"},
    "reports.TermReport": {"sha256"},
    "reports.SignedFile": {"error", "format", "sha256"},
    "importing.Import": {"entity", "sha256", "columns", "language"},
    "importing.ImportRow": {"sheet", "verdict", "entity"},
    "importing.ImportedRecord": {"model", "way"},
    "importing.RememberedHeadings": {"entity", "shape", "columns"},
    "importing.RememberedName": {"answer"},
    "backups.Backup": {"error", "file"},
    "operations.ScheduledTask": {"name"},
    "privacy.Erasure": {"reason"},
    "privacy.Reading": {"label"},
}
