"""Reports: their numbers with the lists behind them, files made in the background, and what was signed."""

from __future__ import annotations

import json

from django.http import FileResponse, Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response
from rest_framework.reverse import reverse

from activities.models import Activity
from activities.reports.addresses import OF_REPORT, Unanswerable
from activities.reports.kept import canonical
from activities.reports.models import ReportFile, TermReport
from activities.reports.questions import Rule
from activities.reports.reports import Report
from unionrelations.accounts.models import Union
from unionrelations.deeds.reports import FILE_FORMATS, have_made, report_asked, term_of, union_of
from unionrelations.kit.writers import FORMATS

from .base import Deed, read

VIEW = ("accounts.view_union",)
DAYS = [OpenApiParameter(OF_REPORT.first, OpenApiTypes.DATE), OpenApiParameter(OF_REPORT.last, OpenApiTypes.DATE)]
NARROWING = [
    OpenApiParameter("under", str, enum=["0", "1"], description="With the unions below."),
    OpenApiParameter("kind", str, enum=Activity.Kind.values),
    OpenApiParameter("mode", str, enum=Activity.Mode.values),
    OpenApiParameter("partner", str),
    OpenApiParameter("country", str),
    OpenApiParameter("rule", str, enum=Rule.values),
    OpenApiParameter("organised", str, description="A day, or `today`: as unions were organised then."),
]


class ReportTold(serializers.Serializer):
    """The contract of docs/counting.md; `rows` leads to the list behind a number in the API."""

    union = serializers.DictField()
    under = serializers.BooleanField()
    period = serializers.DictField()
    rule = serializers.CharField()
    organised_on = serializers.DateField(allow_null=True)
    only = serializers.DictField()
    figures = serializers.ListField(child=serializers.DictField())
    tables = serializers.ListField(child=serializers.DictField())
    narrative = serializers.CharField(allow_blank=True)


class ReportDeed(Deed):
    needs = {"GET": VIEW}
    refuses = {"GET": ("400", "404")}

    def told(self, code: str, name: str | None) -> Response:
        user = self.request.user
        union = union_of(user, code)
        term = term_of(user, union, name) if name is not None else None
        told = asked(user, self.request.query_params, union, term)[0].as_json()
        for figure in told["figures"]:
            for rows in ("rows", "undetermined_rows"):
                if figure[rows]:
                    figure[rows] = self.request.build_absolute_uri(f"/api{figure[rows]}")
        return Response(told)


class ReportOfTerm(ReportDeed):
    """The report of a union for a term it reports by, by the term's name."""

    @extend_schema(parameters=NARROWING, responses=ReportTold, operation_id="reports_of_term")
    def get(self, request, code: str, name: str):
        return self.told(code, name)


class ReportOfDays(ReportDeed):
    """The report of a union for any days."""

    @extend_schema(parameters=[*DAYS, *NARROWING], responses=ReportTold, operation_id="reports_of_days")
    def get(self, request, code: str):
        return self.told(code, None)


def asked(user, said, union: Union, term) -> tuple[Report, str]:
    try:
        return report_asked(user, said, union, term, timezone.localdate())
    except Unanswerable as why:
        raise ValidationError({"report": [str(why)]}) from why


# --- Files


class FileAsked(serializers.Serializer):
    union = serializers.CharField(max_length=50, help_text="Its code.")
    term = serializers.CharField(max_length=50, required=False, help_text="Its name; else `from` and `to`.")
    format = serializers.ChoiceField(FILE_FORMATS)
    under = serializers.BooleanField(default=False)

    def get_fields(self):
        days = {name: serializers.DateField(required=False) for name in (OF_REPORT.first, OF_REPORT.last)}
        return super().get_fields() | days


class FileStands(serializers.ModelSerializer):
    union = serializers.CharField(source="union.code")
    term = serializers.CharField(source="term.name", allow_null=True, default=None)
    file = serializers.SerializerMethodField()

    class Meta:
        model = ReportFile
        fields = (
            "id",
            "union",
            "term",
            "first_day",
            "last_day",
            "under",
            "format",
            "state",
            "progress",
            "error",
            "file",
        )
        read_only_fields = fields

    def get_file(self, row) -> str | None:
        """Where it is fetched once it is made."""
        return reverse("api-report-file-content", args=[row.pk], request=self.context["request"]) if row.file else None


class ReportFiles(Deed):
    """Has a file of a report made in the background: ask for it again until its `state` is `done`."""

    needs = {"POST": VIEW}
    refuses = {"POST": ("400", "404", "415", "422")}

    @extend_schema(request=FileAsked, responses={201: FileStands}, operation_id="report_files_create")
    def post(self, request):
        return self.once(request, self._make)

    def _make(self) -> Response:
        said, user = read(FileAsked, self.request), self.request.user
        union = union_of(user, said["union"])
        term = term_of(user, union, said["term"]) if "term" in said else None
        question = QueryDict(mutable=True)
        days = {name: said[name].isoformat() for name in (OF_REPORT.first, OF_REPORT.last) if name in said}
        question.update(days | ({"under": "1"} if said["under"] else {}))
        job = have_made(asked(user, question, union, term)[0], term, said["format"], get_language(), user)
        told = FileStands(job, context={"request": self.request}).data
        return Response(told, status=status.HTTP_201_CREATED)


class ReportFileStands(Deed):
    """How far the file has come."""

    needs = {"GET": VIEW}
    refuses = {"GET": ("404",)}

    @extend_schema(responses=FileStands, operation_id="report_files_retrieve")
    def get(self, request, pk: int):
        job = get_object_or_404(ReportFile.objects.visible_to(request.user).for_listing(), pk=pk)
        return Response(FileStands(job, context={"request": request}).data)


class ReportFileContent(Deed):
    """The file itself."""

    needs = {"GET": VIEW}
    refuses = {"GET": ("404",)}

    @extend_schema(
        responses={(200, FORMATS[one].media_type): OpenApiResponse(OpenApiTypes.BINARY) for one in FILE_FORMATS},
        operation_id="report_files_content",
    )
    def get(self, request, pk: int):
        job = get_object_or_404(ReportFile.objects.visible_to(request.user).exclude(file=""), pk=pk)
        name = job.file.name.rpartition("/")[2]
        try:
            stored = job.file.open("rb")
        except FileNotFoundError:
            raise Http404(name) from None
        return FileResponse(stored, as_attachment=True, filename=name, content_type=FORMATS[job.format].media_type)


# --- Signed


class SignedReport(serializers.ModelSerializer):
    union = serializers.CharField(source="union.code")
    term = serializers.CharField(source="term.name", allow_null=True, default=None)

    class Meta:
        model = TermReport
        fields = ("id", "title", "union", "term", "first_day", "last_day", "under", "number", "signed_at", "sha256")
        read_only_fields = fields


class WholeSignedReport(SignedReport):
    contents = serializers.SerializerMethodField(help_text="What the signature froze; the SHA-256 is of these words.")

    class Meta(SignedReport.Meta):
        fields = (*SignedReport.Meta.fields, "contents")

    def get_contents(self, row) -> dict:
        return json.loads(canonical(row))


class SignedReports(Deed, ListAPIView):
    """Those that were signed, the newest first."""

    needs = {"GET": ("reports.view_termreport",)}
    refuses = {"GET": ("400",)}
    serializer_class = SignedReport
    filter_backends = ()
    queryset = TermReport.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return TermReport.objects.visible_to(self.request.user).signed().for_listing()


class OneSignedReport(Deed):
    """One, word for word as it was signed."""

    needs = {"GET": ("reports.view_termreport",)}
    refuses = {"GET": ("404",)}

    @extend_schema(responses=WholeSignedReport, operation_id="signed_reports_retrieve")
    def get(self, request, pk: int):
        rows = TermReport.objects.visible_to(request.user).signed().select_related("union", "term")
        return Response(WholeSignedReport(get_object_or_404(rows, pk=pk)).data)
