"""The steps in the life of an activity: which are open to the person, which were taken, and taking one."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from activities.models import STEPS, Activity, Life, Paper, Step, StepTaken
from activities.models import NotNow as NotOpen
from unionrelations.api.editions import EDITION, edition_of, refuse_unseen
from unionrelations.api.written import in_words
from unionrelations.deeds.steps import PAPER, Going

from .base import Deed, NotNow, key, read, refuse

WAYS = [(step.value, step.label) for step in STEPS]


class OpenStep(serializers.Serializer):
    step = serializers.ChoiceField(WAYS)
    label = serializers.CharField()
    asks_reason = serializers.BooleanField()
    paper = serializers.CharField(allow_blank=True, help_text="The kind of paper it asks for and does not find yet.")


class TakenStep(serializers.ModelSerializer):
    class Meta:
        model = StepTaken
        fields = ("step", "before", "after", "by", "on_behalf_of", "at", "reason")
        read_only_fields = fields


class StepsOfActivity(serializers.Serializer):
    id = key()
    stage = serializers.CharField(help_text="The status, or `closed`.")
    open = OpenStep(many=True, help_text="What this person may do now.")
    taken = TakenStep(many=True)


class PaperSent(serializers.Serializer):
    number = serializers.CharField(max_length=100, allow_blank=True, required=False)
    day = serializers.DateField(allow_null=True, required=False)


class StepSent(serializers.Serializer):
    step = serializers.ChoiceField(WAYS)
    reason = serializers.CharField(max_length=500, allow_blank=True, required=False)
    paper = PaperSent(required=False, help_text="Of the kind the step asks for; its file is added on the page.")


class StepsOf(Deed):
    """What may be done with an activity, and was; a step is taken as on its page, with reason and paper."""

    needs = {"GET": ("activities.view_activity",), "POST": ("activities.view_activity",)}
    refuses = {"GET": ("404",), "POST": ("400", "404", "409", "412", "415", "422")}

    @extend_schema(responses=StepsOfActivity, operation_id="activities_steps_retrieve")
    def get(self, request, pk: int):
        return self._told(self._activity(pk))

    @extend_schema(request=StepSent, responses=StepsOfActivity, operation_id="activities_steps_take")
    def post(self, request, pk: int):
        return self.once(request, lambda: self._take(pk, read(StepSent, request)))

    def _activity(self, pk: int) -> Activity:
        return get_object_or_404(Activity.objects.visible_to(self.request.user).select_related("changed_by"), pk=pk)

    def _take(self, pk: int, said: dict) -> Response:
        activity = self._activity(pk)
        refuse_unseen(self.request, activity)
        sent = {f"{PAPER}-{name}": in_words(value) for name, value in said.get("paper", {}).items()}
        going = Going(Life(activity, self.request.user), Step(said["step"]), sent | {"reason": said.get("reason")}, {})
        try:
            if hindrance := going.life.hindrance(going.way):
                raise NotOpen(hindrance)
            if going.take(timezone.now()) is None:
                refuse(*going.forms)
        except NotOpen as why:
            raise NotNow(str(why)) from why
        return self._told(self._activity(pk))

    def _told(self, activity: Activity) -> Response:
        life = Life(activity, self.request.user)
        told = {
            "id": activity.pk,
            "stage": life.stage,
            "open": [
                {
                    "step": way.step.value,
                    "label": str(way.step.label),
                    "asks_reason": way.asks_reason,
                    "paper": Paper.Kind(way.paper).value if life.lacks(way) else "",
                }
                for way in life.ways()
            ],
            "taken": StepTaken.objects.visible_to(self.request.user).filter(activity=activity.pk).order_by("pk"),
        }
        return Response(StepsOfActivity(told).data, headers={EDITION: edition_of(activity)})
