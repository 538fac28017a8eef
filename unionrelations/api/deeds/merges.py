"""Two records made one at a price that was shown, and taken apart again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from activities.reports.duplicates.facets import BOTH, GONE, KEPT
from activities.reports.duplicates.merging import Refused
from activities.reports.duplicates.price import Price
from activities.reports.models import Merge, Suspicion
from unionrelations.deeds.merging import BY_LABEL, MERGED, Merging, apart, carried, seen_of

from .base import Deed, LookFirst, NotNow, key, read

VIEW = ("partners.view_partner",)


class Alike(serializers.ModelSerializer):
    entity = serializers.SerializerMethodField()

    class Meta:
        model = Suspicion
        fields = ("id", "entity", "first", "second", "score")
        read_only_fields = fields

    def get_entity(self, row) -> str:
        return BY_LABEL[row.label].slug


class Duplicates(Deed, ListAPIView):
    """Pairs the last search found alike and nobody has told apart, the likeliest first."""

    needs = {"GET": VIEW}
    refuses = {"GET": ("400",)}
    serializer_class = Alike
    filter_backends = ()
    queryset = Suspicion.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Suspicion.objects.visible_to(self.request.user).open()


class MergeSent(serializers.Serializer):
    entity = serializers.ChoiceField(list(MERGED))
    kept = key(help_text="The record that stays.")
    gone = key(help_text="The record that is merged into it.")
    choices = serializers.DictField(
        child=serializers.ChoiceField((KEPT, GONE, BOTH)),
        required=False,
        help_text="By the names the first answer gives: which of two differing values stands.",
    )
    seen = serializers.CharField(max_length=24, required=False, help_text="The word of the first answer.")


class MergeTold(serializers.ModelSerializer):
    entity = serializers.SerializerMethodField()

    class Meta:
        model = Merge
        names = ("kept", "kept_name", "gone", "gone_name", "survivor")
        fields = ("id", "entity", *names, "merged_by", "merged_at", "undone_by", "undone_at")
        read_only_fields = fields

    def get_entity(self, row) -> str:
        return BY_LABEL[row.label].slug


class Merges(Deed, ListAPIView):
    """What was merged, the newest first. Merging asks twice, as the page does: the first answer is 409 with what
    differs, what would change hands and which figures move; sent back with its word in `seen`, it is done.
    """

    needs = {"GET": VIEW, "POST": VIEW}
    refuses = {"GET": ("400",), "POST": ("400", "404", "409", "415", "422")}
    serializer_class = MergeTold
    filter_backends = ()
    queryset = Merge.objects.none()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Merge.objects.visible_to(self.request.user).for_listing().defer("payload")

    @extend_schema(request=MergeSent, responses={201: MergeTold}, operation_id="merges_create")
    def post(self, request):
        return self.once(request, self._merge)

    def _merge(self) -> Response:
        said = read(MergeSent, self.request)
        going = Merging(self.request.user, said["entity"], said["kept"], said["gone"], said.get("choices", {}))
        if going.hindrance:
            raise PermissionDenied(going.hindrance)
        try:
            cost = going.look(timezone.now(), timezone.localdate())
            if said.get("seen") != cost.digest:
                raise LookFirst(self._told(going, cost))
            done = going.do(timezone.now())
        except Refused as why:
            raise NotNow(str(why)) from why
        return Response(MergeTold(done).data, status=status.HTTP_201_CREATED)

    @staticmethod
    def _told(going: Merging, cost: Price) -> dict:
        mine, elsewhere, signed = seen_of(cost, going.user)
        differs = [
            {"name": one.name, "label": one.label, "kept": one.said_by_kept, "gone": one.said_by_gone, "stands": stands}
            for one, stands in going.facets
        ]
        differs += [
            {"name": name, "label": label, "kept": _said(own), "gone": _said(other), "stands": stands}
            for label, name, own, other, stands in going.twins()
        ]
        return {
            "detail": _("Look at what it would move. If all is right, send it again with seen."),
            "seen": cost.digest,
            "differs": differs,
            "carried": dict(carried(cost)),
            "figures": [
                {
                    "union": one.union.code,
                    "indicator": one.before.indicator.code.value,
                    "before": one.before.logged,
                    "after": one.after.logged,
                }
                for one in mine
            ],
            "unions_elsewhere": elsewhere,
            "signed_reports": [one.pk for one in signed],
        }


def _said(value) -> str:
    return "" if value is None else str(value)


class OneMerge(Deed):
    needs = {"GET": VIEW}
    refuses = {"GET": ("404",)}

    @extend_schema(responses=MergeTold, operation_id="merges_retrieve")
    def get(self, request, pk: int):
        return Response(MergeTold(get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)).data)


class TakeApart(Deed):
    """Two that were merged are two again."""

    needs = {"POST": VIEW}
    refuses = {"POST": ("400", "404", "409", "415", "422")}

    @extend_schema(request=None, responses=MergeTold, operation_id="merges_take_apart")
    def post(self, request, pk: int):
        return self.once(request, lambda: self._apart(pk))

    def _apart(self, pk: int) -> Response:
        try:
            apart(self.request.user, pk, timezone.now())
        except Refused as why:
            raise NotNow(str(why)) from why
        return Response(MergeTold(Merge.objects.visible_to(self.request.user).get(pk=pk)).data)
