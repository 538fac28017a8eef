"""What each role may do: printed in the administrators' guide, and no more than the role is for."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission

from unionrelations.accounts.models import User
from unionrelations.accounts.roles import (
    FLOORS,
    HIDDEN_FROM_OTHERS,
    KEPT_AS_WRITTEN,
    KEPT_BY_ADMINISTRATORS,
    NOT_LENT,
    actions,
    rights_of,
)

Role = User.Role
WRITING = {"add", "change", "delete"}
MODELS = [(label, one._meta.model_name) for label in sorted(FLOORS) for one in apps.get_app_config(label).get_models()]


def test_the_guide_says_what_the_roles_may_do():
    run = [sys.executable, ".ci/rights.py", "check"]
    assert subprocess.run(run, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize(("label", "model"), MODELS, ids=str)
def test_no_role_has_more_than_it_is_for(label, model):
    may = {role: actions(role, label, model) for role in Role}
    for role in (Role.LEADER, Role.AUDITOR):
        assert not may[role] & WRITING
    assert may[Role.AUDITOR] <= {"view"}
    assert may[Role.OFFICER] - {"submit"} <= may[Role.ADMINISTRATOR]
    if model in KEPT_BY_ADMINISTRATORS | HIDDEN_FROM_OTHERS:
        assert not may[Role.OFFICER] & WRITING
    if model in KEPT_AS_WRITTEN:
        assert all(rights <= {"view"} for rights in may.values())


@pytest.mark.parametrize("role", list(Role))
def test_beyond_our_own_tables_no_role_has_a_right_but_to_look_at_who_came_in(role):
    for label in ("auth", "contenttypes", "sessions", "axes", "mfa", "web"):
        allowed = {"view"} if role == Role.ADMINISTRATOR and label == "axes" else set()
        for one in apps.get_app_config(label).get_models():
            assert actions(role, label, one._meta.model_name) <= allowed


def test_what_the_code_knows_to_be_a_right_is_what_the_database_holds(db):
    stored = Permission.objects.filter(content_type__app_label__in={*FLOORS, "axes"}).select_related("content_type")
    known = {f"{one.content_type.app_label}.{one.codename}" for one in stored}
    assert rights_of(User.Role.LEADER, everything=True) == known
    for role in User.Role.values:
        assert rights_of(role) < known
        assert rights_of(role, is_lent=True) == rights_of(role) - NOT_LENT
