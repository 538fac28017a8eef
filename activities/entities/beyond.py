"""Agreements and officers with what activities add to their pages: what carries an agreement out, courses attended.

Their own floors know no activity, so these sections are added here.
"""

from __future__ import annotations

from dataclasses import replace

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, CarriedOut, Course
from partners.entities import AGREEMENTS as AGREEMENTS_ALONE
from partners.models import Coverage
from unionrelations.accounts.entities import OFFICERS as OFFICERS_ALONE
from unionrelations.kit.entities import Section, Under
from unionrelations.kit.forms import PartForm
from unionrelations.kit.tables import EntityTable


class CarriedOutForm(PartForm):
    owner = "agreement"

    class Meta:
        model = CarriedOut
        fields = ("activity", "note")


class CarriedOutTable(EntityTable):
    activity = tables.Column(linkify=("activities-detail", [tables.A("activity_id")]))
    when = tables.Column(accessor="activity__when", verbose_name=_("Date"))
    status = tables.Column(accessor="activity__get_status_display", verbose_name=_("Status"))

    class Meta(EntityTable.Meta):
        model = CarriedOut
        fields = ("activity", "when", "status", "note")
        orderable = False


class AttendedTable(EntityTable):
    course = tables.Column(linkify=("courses-detail", [tables.A("course_id")]))
    when = tables.Column(accessor="course__when", verbose_name=_("Date"))

    class Meta(EntityTable.Meta):
        model = Attendance
        fields = ("course", "when", "note")
        orderable = False


class AttendedForm(PartForm):
    owner = "officer"

    class Meta:
        model = Attendance
        fields = ("course", "note")


class CoveredTable(EntityTable):
    partner = tables.Column(linkify=("partners-detail", [tables.A("partner_id")]))

    class Meta(EntityTable.Meta):
        model = Coverage
        fields = ("partner", "note")
        orderable = False


class CoveredForm(PartForm):
    owner = "officer"

    class Meta:
        model = Coverage
        fields = ("partner", "note")


AGREEMENTS = replace(
    AGREEMENTS_ALONE,
    sections=(
        *AGREEMENTS_ALONE.sections,
        Section(
            _("Carried out by"),
            Under(CarriedOut, "agreement"),
            CarriedOutTable,
            slug="carried-out",
            form=CarriedOutForm,
            icon="flag",
            empty=_("No activity is named yet that carries it out."),
        ),
    ),
)
OFFICERS = replace(
    OFFICERS_ALONE,
    sections=(
        *OFFICERS_ALONE.sections,
        Section(
            _("Courses attended"),
            lambda one, user: (
                Attendance.objects.visible_to(user)
                .filter(officer=one.pk, course__in=Course.objects.visible_to(user).order_by().values("pk"))
                .for_listing()
            ),
            AttendedTable,
            slug="attended",
            form=AttendedForm,
            icon="course",
            empty=_("No course of the house is named that this officer attended."),
        ),
        Section(
            _("Partners looked after"),
            Under(Coverage, "officer"),
            CoveredTable,
            slug="covered",
            form=CoveredForm,
            icon="partner",
            empty=_("No partner is named that this officer looks after."),
        ),
    ),
)
