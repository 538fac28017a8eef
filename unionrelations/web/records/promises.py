"""Promises that are still open: of a partner on its page, and with an activity's partners to be closed there."""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property as once
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from activities.entities import PROMISES
from activities.models import Activity, FollowUp
from activities.reports.due.activities import page_of
from unionrelations.kit.entities import Under
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.windows import Precision
from unionrelations.web.models import Undo

from .numbers import Listed, listed

SHOWN = 12  # of each side; the list has all


class Promised:
    """The open promises of both sides, as a reader sees them; `asked` are words of their list's own filters."""

    def __init__(self, request, **asked):
        self.request, self.asked = request, asked

    def __bool__(self) -> bool:
        return any(number.number for _side, number, _rows in self.sides)

    @cached_property
    def sides(self) -> list[tuple[str, Listed, list[FollowUp]]]:
        """(side, number and address of all, the first of them) of us, then of them."""
        found = []
        for side in FollowUp.Side.values:
            every = listed(PROMISES, self.request, **self.asked, state="open", side=side)
            found.append((side, every, list(every.rows[:SHOWN])))
        return found


class WithPartners(Under):
    """Promises of the partners of an activity: that none is open is known whoever reads."""

    any = """EXISTS(
        SELECT 1 FROM activities_partnerrole met
        JOIN activities_followup said ON said.partner_id = met.partner_id
        WHERE met.activity_id = %s AND said.done_on IS NULL
    ) OR EXISTS(
        SELECT 1 FROM activities_partnerrole met
        JOIN activities_partnerrole other ON other.partner_id = met.partner_id
        JOIN activities_followup said ON said.activity_id = other.activity_id
        WHERE met.activity_id = %s AND other.activity_id <> met.activity_id
        AND said.partner_id IS NULL AND said.done_on IS NULL
    )"""

    def __call__(self, activity: Activity, user):
        return still_open(activity, user, timezone.localdate())


def still_open(activity: Activity, user, today):
    """Promises made earlier with an activity's partners; `is_mine` where the reader may close them."""
    earlier = FollowUp.objects.visible_to(user).open().exclude(activity=activity.pk)
    earlier = earlier.filter(activity__starts_on__lte=activity.window.last)
    partners = {role.partner_id for role in activity.partner_roles.all()}
    if not partners or (user.is_named and activity.is_restricted):  # another record would say that it was kept here
        return FollowUp.objects.none()
    mine = FollowUp.objects.writable_by(user).order_by().filter(pk=OuterRef("pk"))
    rows = earlier.with_partners(partners).for_listing().as_of(today)
    return rows.annotate(is_mine=Exists(mine))[: 2 * SHOWN]


def day_of(activity: Activity) -> str:
    """The day a promise closed at this activity was most likely kept: its last one, where that is known."""
    exact = activity.precision == Precision.DAY
    return (activity.ends_on or activity.starts_on).strftime("%d/%m/%Y") if exact else ""


class KeptForm(EntityForm):
    class Meta:
        model = FollowUp
        fields = ("done_on",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done_on"].required = True
        del self.fields["version"]


class PromiseKept(PermissionRequiredMixin, UpdateView):
    """Closes a promise at a later meeting with the same partners."""

    permission_required = "activities.change_followup"
    form_class = KeptForm
    template_name = "records/kept.html"

    @once
    def meeting(self) -> Activity:
        return get_object_or_404(
            Activity.objects.writable_by(self.request.user).unrestricted(), pk=self.kwargs["activity"]
        )

    def get_queryset(self):
        partners = self.meeting.partner_roles.visible_to(self.request.user).values("partner")
        rows = FollowUp.objects.writable_by(self.request.user).open().with_partners(partners)
        return rows.exclude(activity=self.meeting.pk)

    def get_initial(self):
        return {"done_on": day_of(self.meeting) or timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    @transaction.atomic
    def form_valid(self, form):
        said = _("Kept: %(what)s") % {"what": self.object}
        stored = FollowUp.objects.writable_by(self.request.user).get(pk=self.object.pk)
        step = Undo.objects.keep(self.request.user, said, [stored])
        form.instance.kept_at = self.meeting
        form.save()
        messages.success(self.request, said, extra_tags=step.url)
        return HttpResponseRedirect(f"{page_of(self.meeting)}#open-promises")

    def get_context_data(self, **context):
        back = f"{page_of(self.meeting)}#open-promises"
        title = _("Kept at %(meeting)s") % {"meeting": self.meeting}
        return super().get_context_data(title=title, meeting=self.meeting, record_url=back, **context)
