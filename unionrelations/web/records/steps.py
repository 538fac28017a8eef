"""The page on which a step in the life of an activity is taken. Never takes it: `unionrelations.deeds.steps` does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from activities.models import STEPS, Activity, Life, NotNow, Overstep, Step
from activities.reports.due.activities import page_of
from unionrelations.deeds.steps import Going


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("activities.view_activity", raise_exception=True)
def take_step(request, pk: int, step: str):
    """Asks what the step needs, then takes it; whoever comes late is sent to where the activity stands now."""
    if step not in STEPS:
        raise Http404(step)
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    going = Going(Life(activity, request.user), Step(step), *sent)
    try:
        if hindrance := going.life.hindrance(going.way):
            raise NotNow(hindrance)
        if request.method == "POST" and (taken := going.take(timezone.now())):
            messages.success(request, _("Done: %(step)s") % {"step": taken})
            return redirect(page_of(activity))
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect(page_of(activity))
    label = capfirst(going.way.step.label)
    beyond = Overstep.objects.visible_to(request.user).filter(activity=activity.pk).for_listing()
    context = {"activity": activity, "going": going, "title": label, "oversteps": list(beyond)}
    return render(request, "records/step.html", context)
