"""A course's faces: how it is filtered, listed, entered and served."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Attendance, Course
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.forms import ROWS
from unionrelations.kit.tables import EntityTable, PeopleColumn

from .common import SHARED_FACTS, ActivityForm, ActivitySerializer, ActivityTable
from .filters import SAFE_FOR_MANY, VIEWS, ActivityFilters
from .importing import CourseImporter
from .interpreting import AttendanceForm, AttendanceTable
from .parts import SECTIONS
from .union_roles import UnionRoles

OWN_FIELDS = ("direction", "cohort", "step", "level", "trainees_ours", "trainees_theirs", "certificates")


class CourseFilters(ActivityFilters):
    people_unknown = Q(trainees_ours__isnull=True, trainees_theirs__isnull=True)

    class Meta:
        model = Course
        fields = ("direction", "level", "status", "mode", "on_plan")


class CourseTable(ActivityTable):
    trainees = PeopleColumn(verbose_name=_("Trainees"), orderable=False)
    certificates = PeopleColumn(verbose_name=_("Certificates"))
    offered = ("direction", "cohort", "step", "level", *ActivityTable.offered)

    class Meta(EntityTable.Meta):
        model = Course
        fields = (
            *("title", "unions", "partners", "countries", "when", "trainees", "certificates", "status"),
            *("direction", "cohort", "step", "level", *ActivityTable.offered),
        )


class CourseForm(ActivityForm):
    class Meta:
        model = Course
        fields = (*OWN_FIELDS, *ActivityForm.SHARED)

    grouped = (
        ("", ("partners",), True),
        ("", ("when", "countries", "place"), True),
        ("", ("direction", "level", "cohort", "step"), True),
        ("", ("title",), True),
        ("", ("trainees_ours", "trainees_theirs", "certificates"), True),
        ("", ("mode", "status"), True),
        ("", ROWS, True),
        ("", ("members",), True),
        (_("More: purpose, plan, whole, source, number"), *ActivityForm.MORE),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].widget = forms.RadioSelect(choices=[("", _("not known")), *Course.Level.choices])

    @staticmethod
    def kept_from(record, user) -> dict:
        kept = {"direction": record.direction, "level": record.level, "cohort": record.cohort}
        return ActivityForm.kept_from(record, user) | kept


ATTENDANCES = Section(
    _("Officers of ours who attended"),
    Under(Attendance, "course"),
    AttendanceTable,
    slug="attendances",
    form=AttendanceForm,
    icon="people",
    empty=_("No officer on record is named who attended. It counts in the report on officers."),
)


class CourseSerializer(ActivitySerializer):
    class Meta:
        model = Course
        fields = (*ActivitySerializer.FIELDS, *OWN_FIELDS)
        read_only_fields = ("kind", "counts_as", "unions", "partners", "countries", "version")


COURSES = Entity(
    slug="courses",
    icon="course",
    model=Course,
    filterset=CourseFilters,
    table=CourseTable,
    serializer=CourseSerializer,
    form=CourseForm,
    formsets=(UnionRoles,),
    facts=(*OWN_FIELDS, *SHARED_FACTS),
    sections=(*SECTIONS, ATTENDANCES),
    about=_("A course given to partners or received from them, with its trainees and certificates."),
    views=VIEWS,
    bulk=SAFE_FOR_MANY,
    importers=(CourseImporter(),),
)
