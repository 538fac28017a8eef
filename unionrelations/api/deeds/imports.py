"""Spreadsheets handed in by a program: read, looked at, decided, stored, taken back, as on their pages."""

from __future__ import annotations

from pathlib import PurePath

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from unionrelations.deeds.imports import (
    AFRESH,
    ALL,
    GOOD,
    READ,
    FileForm,
    GoneOn,
    NotAnswered,
    decide,
    give_up,
    hand_in,
    importable,
    take_back,
)
from unionrelations.importing.models import Import, ImportRow
from unionrelations.importing.plan import VERDICTS
from unionrelations.importing.steps import handed_back
from unionrelations.kit.spreadsheets import Unreadable
from unionrelations.kit.writers import FORMATS

from .base import Deed, NotNow, key, read, refuse

VIEW, ADD, CHANGE = ("importing.view_import",), ("importing.add_import",), ("importing.change_import",)
FILE = {(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY)}
MARKED = {(200, FORMATS["xlsx"].media_type): OpenApiResponse(OpenApiTypes.BINARY)}
WRITTEN = ("404", "409", "415", "422")


class FileSent(serializers.Serializer):
    file = serializers.FileField()
    union = key()
    entity = serializers.CharField(max_length=50, required=False, help_text="Left out, the file tells by itself.")


class ImportStands(serializers.ModelSerializer):
    union = serializers.CharField(source="union.code")
    entity = serializers.CharField(allow_blank=True, help_text="Empty: the file tells by itself.")
    step = serializers.ChoiceField([one.value for one in Import.Step])
    stage = serializers.CharField()
    read = serializers.CharField(source="read_mark", help_text="Which reading the answers are of; sent back with them.")
    counts = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    headings = serializers.SerializerMethodField()

    class Meta:
        model = Import
        standing = ("step", "state", "stage", "progress", "error", "is_given_up", "written_at", "undone_at")
        fields = ("id", "name", "union", "entity", "handed_in_at", *standing, "read", "counts", "questions", "headings")
        read_only_fields = fields

    def get_counts(self, row) -> dict[str, int]:
        """Rows by what becomes of them."""
        return row.seen.get("counts", {})

    def get_questions(self, row) -> list[dict]:
        """Names nobody is certain of: answered under `who-0`, `who-1`, … with a key of `near`, or `new`."""
        return [
            {"name": f"who-{number}", "words": one["words"], "near": one["near"], "may_be_new": one["may_be_new"]}
            for number, one in enumerate(row.seen.get("questions", ()))
        ]

    def get_headings(self, row) -> list[dict]:
        """Headings nobody knows: answered under their names with a column of `choices`."""
        return [
            {"name": f"heading-{at}-{number}", "text": one["text"], "choices": dict(table["choices"])}
            for at, table in enumerate(row.seen.get("tables", ()))
            for number, one in enumerate(table["unknown"])
        ]


class RowTold(serializers.ModelSerializer):
    entity = serializers.CharField(allow_blank=True)

    class Meta:
        model = ImportRow
        found = ("verdict", "entity", "title", "record", "conflict", "problems", "differences", "alike")
        fields = ("place", "sheet", "number", *found)
        read_only_fields = fields


class Decision(serializers.Serializer):
    do = serializers.ChoiceField((READ, GOOD, ALL, AFRESH))
    read = serializers.CharField(max_length=50, allow_blank=True, required=False)
    answers = serializers.DictField(
        child=serializers.CharField(max_length=500, allow_blank=True),
        required=False,
        help_text="By the names of questions and headings; `cell-<place>-<position>` mends a cell, `alike-<place>` "
        "says which record a row tells of, or `new`.",
    )
    mine = serializers.ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        help_text="Of rows in conflict, those whose words are to stand, by their `conflict`.",
    )


class Imports(Deed, ListAPIView):
    """Spreadsheets handed in, the newest first. One that is handed in is read in the background: ask for it again until
    its `state` is `done`. Nothing is stored before it is decided.
    """

    needs = {"GET": VIEW, "POST": ADD}
    refuses = {"GET": ("400",), "POST": ("400", "409", "415", "422")}
    parser_classes = (MultiPartParser,)
    serializer_class = ImportStands
    filter_backends = ()
    queryset = Import.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Import.objects.visible_to(self.request.user).for_listing()

    @extend_schema(request={"multipart/form-data": FileSent}, responses={201: ImportStands})
    def post(self, request):
        return self.once(request, self._hand_in)

    def _hand_in(self) -> Response:
        user = self.request.user
        if not importable(user):
            raise PermissionDenied
        form = FileForm(self.request.data, self.request.FILES, reader=user)
        if not form.is_valid():
            refuse(form)
        batch = hand_in(form, user, timezone.now())
        return Response(ImportStands(batch).data, status=status.HTTP_201_CREATED)


class OfOne(Deed):
    """What the endpoints of one import share."""

    needs = {"GET": VIEW, "POST": CHANGE}

    def own(self, pk: int, rows) -> Import:
        return get_object_or_404(rows.for_listing().select_for_update(of=("self",)), pk=pk)

    def go(self, what) -> Response:
        """Does it, and tells how the import stands then."""
        with transaction.atomic():
            try:
                batch = what()
            except GoneOn as why:
                raise NotNow(str(why)) from why
            except NotAnswered as wrong:
                refuse(wrong.form)
        return Response(ImportStands(batch).data)


class OneImport(OfOne):
    refuses = {"GET": ("404",)}

    @extend_schema(responses=ImportStands, operation_id="imports_retrieve")
    def get(self, request, pk: int):
        row = get_object_or_404(Import.objects.visible_to(request.user).for_listing(), pk=pk)
        return Response(ImportStands(row).data)


class RowsOfImport(OfOne, ListAPIView):
    """The rows as the last reading found them: what each would do, or what is wrong with it."""

    refuses = {"GET": ("400", "404")}
    serializer_class = RowTold
    filter_backends = ()
    queryset = ImportRow.objects.none()

    @extend_schema(parameters=[OpenApiParameter("verdict", str, enum=list(VERDICTS))], operation_id="imports_rows")
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        batch = get_object_or_404(Import.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        rows = ImportRow.objects.visible_to(self.request.user).filter(batch=batch).order_by("place")
        verdict = self.request.query_params.get("verdict", "")
        if verdict and verdict not in VERDICTS:
            raise ValidationError({"verdict": [", ".join(VERDICTS)]})
        return rows.filter(verdict=verdict) if verdict else rows


class DecideImport(OfOne):
    """Takes answers in, then reads the file again (`read`), stores the rows nothing is wrong with (`good`), or all
    (`all`); `afresh` forgets the answers. Where answers let rows change stored records, it is read again first.
    """

    refuses = {"POST": ("400", *WRITTEN)}

    @extend_schema(request=Decision, responses=ImportStands, operation_id="imports_decide")
    def post(self, request, pk: int):
        return self.once(request, lambda: self.go(lambda: self._decide(pk)))

    def _decide(self, pk: int) -> Import:
        said, user = read(Decision, self.request), self.request.user
        sent = QueryDict(mutable=True)
        sent.update(said.get("answers", {}))
        sent["read"] = said.get("read", "")
        sent.setlist("mine", said.get("mine", []))
        batch = self.own(pk, Import.objects.writable_by(user))
        decide(batch, said["do"], sent, user, timezone.now())
        return batch


class GiveUpImport(OfOne):
    """Ends an import nothing of which is stored."""

    refuses = {"POST": WRITTEN}

    @extend_schema(request=None, responses=ImportStands, operation_id="imports_give_up")
    def post(self, request, pk: int):
        return self.once(request, lambda: self.go(lambda: self._end(pk)))

    def _end(self, pk: int) -> Import:
        batch = self.own(pk, Import.objects.removable_by(self.request.user))
        give_up(batch)
        return batch


class TakeBack(serializers.Serializer):
    even_edited = serializers.BooleanField(default=False, help_text="With what was edited since.")


class TakeImportBack(OfOne):
    """Takes back what was stored."""

    refuses = {"POST": ("400", *WRITTEN)}

    @extend_schema(request=TakeBack, responses=ImportStands, operation_id="imports_take_back")
    def post(self, request, pk: int):
        return self.once(request, lambda: self.go(lambda: self._back(pk)))

    def _back(self, pk: int) -> Import:
        said = read(TakeBack, self.request)
        batch = self.own(pk, Import.objects.removable_by(self.request.user))
        take_back(batch, self.request.user, timezone.now(), even_edited=said["even_edited"])
        return batch


class OriginalOfImport(OfOne):
    """The file as it was handed in."""

    refuses = {"GET": ("404",)}

    @extend_schema(responses=FILE, operation_id="imports_original")
    def get(self, request, pk: int):
        batch = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
        try:
            stored = batch.file.open("rb")
        except FileNotFoundError:
            raise Http404(batch.name) from None
        return FileResponse(stored, as_attachment=True, filename=batch.name, content_type="application/octet-stream")


class RefusedOfImport(OfOne):
    """The file with its bad cells marked and its good rows hidden, to be mended there and handed in again."""

    refuses = {"GET": ("400", "404")}

    @extend_schema(responses=MARKED, operation_id="imports_refused")
    def get(self, request, pk: int):
        batch = get_object_or_404(Import.objects.visible_to(request.user).for_listing(), pk=pk)
        try:
            content = handed_back(batch, timezone.now())
        except FileNotFoundError:
            raise Http404(batch.name) from None
        except Unreadable as why:
            raise ValidationError({"file": [str(why)]}) from why
        name = _("%(name)s, to be mended.xlsx") % {"name": PurePath(batch.name).stem}
        answer = HttpResponse(content, content_type=FORMATS["xlsx"].media_type)
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer
