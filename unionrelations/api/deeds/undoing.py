"""Undoing what the history holds, after a look at what that would do; and what was deleted, to be brought back."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from unionrelations.deeds.undoing import LONGEST_WHY, Undo, record_named
from unionrelations.history.doing import Refused
from unionrelations.history.entities import HistorySerializer
from unionrelations.history.models import Entry
from unionrelations.history.steps import BRING, SET, TAKE, Step

from .base import Deed, NotNow, key, read

VIEW = ("history.view_entry",)
OF = "of"
WHOLE_OR_PART = OpenApiParameter(
    OF, str, description="Of the act only what concerns this record, such as `partners.partner:7`."
)


class StepTold(serializers.Serializer):
    label = serializers.CharField(help_text="The kind of row, as the history names it.")
    key = key()
    deed = serializers.ChoiceField((BRING, TAKE, SET))
    columns = serializers.ListField(child=serializers.CharField(), help_text="Those that say again what they said.")
    changed_since = serializers.ListField(child=serializers.CharField())
    happens = serializers.BooleanField()
    refused = serializers.CharField(allow_blank=True, help_text="Why it would stay as it is.")


class UndoTold(serializers.Serializer):
    refused = serializers.CharField(allow_blank=True, help_text="Why nothing of it can be undone.")
    seen = serializers.CharField(help_text="Stands for what is shown; sent back, that is done and nothing else.")
    steps = StepTold(many=True)


class UndoSent(serializers.Serializer):
    seen = serializers.CharField(max_length=100)
    why = serializers.CharField(max_length=LONGEST_WHY, allow_blank=True, required=False)


class UndoOf(Deed):
    """What undoing the act of a change would do; POST does what was shown."""

    needs = {"GET": VIEW, "POST": VIEW}
    refuses = {"GET": ("400", "404"), "POST": ("400", "404", "409", "415", "422")}

    @extend_schema(parameters=[WHOLE_OR_PART], responses=UndoTold, operation_id="history_undo_look")
    def get(self, request, pk: int):
        going = self._undo(pk)
        found = going.look()
        return Response(_told(going.hindrance or found.refused, found))

    @extend_schema(parameters=[WHOLE_OR_PART], request=UndoSent, responses=UndoTold, operation_id="history_undo_do")
    def post(self, request, pk: int):
        return self.once(request, lambda: self._do(pk))

    def _undo(self, pk: int) -> Undo:
        said = self.request.query_params.get(OF, "")
        record = record_named(said)
        if said and record is None:
            raise ValidationError({OF: [said[:60]]})
        entry = get_object_or_404(Entry.objects.visible_to(self.request.user).for_listing(), pk=pk)
        return Undo(entry, self.request.user, record)

    def _do(self, pk: int) -> Response:
        said = read(UndoSent, self.request)
        try:
            return Response(_told("", self._undo(pk).do(said["seen"], said.get("why", ""))))
        except Refused as why:
            raise NotNow(str(why)) from why


def _told(refused: str, found) -> dict:
    return {"refused": refused, "seen": found.digest, "steps": [_step(one) for one in found.steps]}


def _step(one: Step) -> dict:
    return {
        "label": one.kept.label,
        "key": one.key,
        "deed": one.deed,
        "columns": one.columns if one.deed == SET else [],
        "changed_since": one.changed_since,
        "happens": one.happens,
        "refused": one.refused,
    }


class Bin(Deed, ListAPIView):
    """Records that are gone: the change with which each went. `/api/history/<id>/undo/?of=<label>:<key>` leads back."""

    needs = {"GET": VIEW}
    refuses = {"GET": ("400",)}
    serializer_class = HistorySerializer
    filter_backends = ()
    queryset = Entry.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Entry.objects.visible_to(self.request.user).bin().for_listing()
