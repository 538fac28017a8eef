"""What each role may do, said once, and the backend that answers for it. Never knows which rows: `visible_to` does.

Roles are few and fixed, so what they may do stands here and not in groups that each installation fills in by hand.
"""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.backends import ModelBackend
from django.db import models

from .models import User

VIEW, WRITE = {"view"}, {"view", "add", "change", "delete"}

# What belongs to the house as a whole: an administrator keeps it, others read it.
KEPT_BY_ADMINISTRATORS = {
    *("union", "unionsuccession", "country", "term", "ruleset", "reporttemplate", "papertemplate"),
    *("officeday", "remindersettings"),
}
# Who signs in, and the machinery: administrators alone.
HIDDEN_FROM_OTHERS = {
    "user",
    "accesstoken",
    "accessattempt",
    "accesslog",
    "accessfailurelog",
    "auditrun",
    "backup",
    "logentry",
    "digest",
    "notice",
    "erasure",
    "reading",
}
# Written by the steps that make them, never by hand: whoever may change the records themselves may merge them.
KEPT_AS_WRITTEN = {
    "merge",
    "suspicion",
    "duplicatesearch",
    "planevent",
    "steptaken",
    "overstep",
    "restriction",
    "namedreader",
    "act",
    "entry",
}
# What goes from hand to hand, beside writing it: the steps each role may take with it, by the name of the model.
# Officers submit; leaders sign, approve or return. Which rows, and whose, the rows themselves say.
APPROVING: dict[str, set[str]] = {
    User.Role.ADMINISTRATOR: {"submit", "approve"},
    User.Role.OFFICER: {"submit"},
    User.Role.LEADER: {"approve"},
}
STEPS: dict[str, dict[str, set[str]]] = {
    "termreport": {
        User.Role.ADMINISTRATOR: {"submit", "sign"},
        User.Role.OFFICER: {"submit"},
        User.Role.LEADER: {"sign"},
    },
    "plan": APPROVING,
    # To restrict access, and to name who reads: whoever answers for the record, each in the union that leads it.
    "activity": {
        User.Role.ADMINISTRATOR: {"submit", "approve", "restrict"},
        User.Role.OFFICER: {"submit", "restrict"},
        User.Role.LEADER: {"approve", "restrict"},
    },
}
# What nobody lends, beside what is a person's own: keeping accounts, putting a name under a report, and saying who
# reads an activity, since whoever says so is named in person.
NOT_LENT = {f"accounts.{one}_user" for one in ("view", *WRITE)} | {
    "reports.submit_termreport",
    "reports.sign_termreport",
    "activities.restrict_activity",
}
FLOORS = {"accounts", "partners", "activities", "reports", "history", "importing", "backups", "privacy"}


def actions(role: str, app_label: str, model: str) -> set[str]:
    """What a role may do with a model: some of view, add, change, delete, and the steps it may take with it."""
    return _of_kind(role, app_label, model) | STEPS.get(model, {}).get(role, set())


def _of_kind(role: str, app_label: str, model: str) -> set[str]:
    if app_label in FLOORS and model in KEPT_AS_WRITTEN:
        return VIEW
    if role == User.Role.ADMINISTRATOR:
        return WRITE if app_label in FLOORS else VIEW if model in HIDDEN_FROM_OTHERS else set()
    if app_label not in FLOORS or model in HIDDEN_FROM_OTHERS:
        return set()
    if role == User.Role.OFFICER and model not in KEPT_BY_ADMINISTRATORS:
        return WRITE
    return VIEW


@cache
def rights_of(role: str, *, everything: bool = False, is_lent: bool = False) -> frozenset[str]:
    """The permissions of a role by name, such as "partners.view_partner"; of `everything`, all there are.

    They follow from the code alone: the database holds the same ones, which every page would ask it for.
    """
    rights = {
        f"{label}.{codename}"
        for label in (*FLOORS, "axes")
        for model in apps.get_app_config(label).get_models()
        for codename in _known_of(model)
        if everything or codename.partition("_")[0] in actions(role, label, str(model._meta.model_name))
    }
    return frozenset(rights - NOT_LENT if is_lent else rights)


def _known_of(model: type[models.Model]) -> list[str]:
    of_all = [get_permission_codename(action, model._meta) for action in model._meta.default_permissions]
    return of_all + [codename for codename, _words in model._meta.permissions]


class RoleBackend(ModelBackend):
    """Django's own sign-in; permissions come from the role instead of groups."""

    def _get_permissions(self, user_obj, obj, from_name):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return frozenset()
        return rights_of(user_obj.role, everything=user_obj.is_superuser, is_lent=user_obj.acting is not None)

    def get_user_permissions(self, user_obj, obj=None):
        return self._get_permissions(user_obj, obj, "user")

    def get_group_permissions(self, user_obj, obj=None):
        return set()

    def get_all_permissions(self, user_obj, obj=None):
        return self._get_permissions(user_obj, obj, "user")

    def get_user(self, user_id):
        """The signed-in person with their union, since every page asks how far they see."""
        user = User.objects.select_related("union").with_names().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
