"""The page on which a step in the life of an activity is taken, with the reason and the paper it asks for.

Never decides whose a step is, nor what follows from it: `activities.models.life` does.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from activities.entities.parts import PaperForm
from activities.models import STEPS, Activity, Life, NotNow, Overstep, Paper, Step, StepTaken
from activities.reports.due.activities import page_of
from unionrelations.kit.upload_forms import FileInput


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )


class StepPaperForm(PaperForm):
    """The paper a step asks for; of which kind it is the step says."""

    class Meta:
        model = Paper
        fields = ("number", "day", "file")
        widgets = {"file": FileInput}


class Going:
    """A step somebody is about to take: what is asked of them, and what they sent."""

    def __init__(self, request, life: Life, step: Step):
        self.request, self.life, self.way = request, life, STEPS[step]
        self.sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)

    @cached_property
    def forms(self) -> list[forms.BaseForm]:
        asked: list[forms.BaseForm] = []
        if self.way.asks_reason:
            asked.append(ReasonForm(self.sent[0], auto_id="step-%s"))
        if self.life.lacks(self.way):
            paper = Paper(activity_id=self.life.activity.pk, kind=self.way.paper)
            asked.append(StepPaperForm(*self.sent, instance=paper, user=self.request.user, prefix="paper"))
        return asked

    @property
    def paper(self) -> str:
        """The paper asked for, in words; "" where it lies there already."""
        return str(Paper.Kind(self.way.paper).label) if self.life.lacks(self.way) else ""

    def take(self) -> StepTaken | None:
        """None where what was sent does not do; the forms say why. Raises NotNow where the step is not open."""
        valid = [one.is_valid() for one in self.forms]  # each says all that is wrong with it
        if not all(valid):
            return None
        with transaction.atomic():
            reason = ""
            for one in self.forms:
                if isinstance(one, StepPaperForm):
                    one.save()
                else:
                    reason = one.cleaned_data["reason"]
            return self.life.take(self.way.step, timezone.now(), reason)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("activities.view_activity", raise_exception=True)
def take_step(request, pk: int, step: str):
    """Asks what the step needs, then takes it; whoever comes late is sent to where the activity stands now."""
    if step not in STEPS:
        raise Http404(step)
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    going = Going(request, Life(activity, request.user), Step(step))
    try:
        if hindrance := going.life.hindrance(going.way):
            raise NotNow(hindrance)
        if request.method == "POST" and (taken := going.take()):
            messages.success(request, _("Done: %(step)s") % {"step": taken})
            return redirect(page_of(activity))
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect(page_of(activity))
    label = capfirst(going.way.step.label)
    beyond = Overstep.objects.visible_to(request.user).filter(activity=activity.pk).for_listing()
    context = {"activity": activity, "going": going, "title": label, "oversteps": list(beyond)}
    return render(request, "records/step.html", context)
