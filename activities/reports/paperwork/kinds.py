"""Which papers are made from the record, of what, in which languages. Never knows a record nor a template's file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionrelations.kit.writers import Vocabulary

from .vocabulary import OF_ACTIVITIES, OF_PLANS


class Kind(models.TextChoices):
    SUBMISSION = "submission", _("submission")
    PROPOSAL = "proposal", pgettext_lazy("project paper", "proposal")
    DECISION = "decision", _("decision of assignment")
    MEMBERS = "members", _("list of members")
    PROGRAMME = "programme", _("programme")
    TRIP_REPORT = "trip_report", _("trip report")
    INVITATION = "invitation", _("letter of invitation")
    PLAN = "plan", _("plan")


class Language(models.TextChoices):
    VIETNAMESE = "vi", pgettext_lazy("language", "Vietnamese")
    ENGLISH = "en", pgettext_lazy("language", "English")
    BOTH = "both", _("Vietnamese and English")


# What follows the blank for the number, as offices abbreviate the kind; "" where a paper has no number of its own.
ABBREVIATED = {
    Kind.SUBMISSION: "TTr",
    Kind.PROPOSAL: "ĐA",
    Kind.DECISION: "QĐ",
    Kind.MEMBERS: "",
    Kind.PROGRAMME: "",
    Kind.TRIP_REPORT: "BC",
    Kind.INVITATION: "TM",
    Kind.PLAN: "KH",
}

ONE_BY_ONE = (Language.VIETNAMESE, Language.ENGLISH)
LANGUAGES: dict[str, tuple[Language, ...]] = {
    Kind.SUBMISSION: ONE_BY_ONE,
    Kind.PROPOSAL: ONE_BY_ONE,
    Kind.DECISION: ONE_BY_ONE,
    Kind.MEMBERS: ONE_BY_ONE,
    Kind.PROGRAMME: (Language.BOTH,),
    Kind.TRIP_REPORT: ONE_BY_ONE,
    Kind.INVITATION: (Language.ENGLISH, Language.BOTH),
    Kind.PLAN: ONE_BY_ONE,
}


def vocabulary_of(kind: str) -> Vocabulary:
    """What its templates may ask for."""
    return OF_PLANS if kind == Kind.PLAN else OF_ACTIVITIES
