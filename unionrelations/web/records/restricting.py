"""The page on which an activity is restricted to named people, they are named, and it is opened again.

Never decides who may, nor what a restriction hides: `activities.models.restrictions` does. What others keep of the
record for themselves, such as a draft of an edit, goes when it is restricted.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from activities.entities.activities import AllActivitiesTable
from activities.models import Activity, Life, Restriction
from activities.models.restrictions import may_be_named, may_restrict
from activities.reports.due.activities import page_of
from activities.reports.kept_elsewhere import refuse_what_is_kept
from unionrelations.accounts.models import User
from unionrelations.importing.models import ImportedRecord
from unionrelations.kit.forms import form_field
from unionrelations.web.models import Draft, Undo
from unionrelations.web.people import PeopleField


class RestrictionForm(forms.ModelForm):
    people = PeopleField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Who reads it besides you"),
        help_text=gettext_lazy("People of the unions that took part, and of those above them."),
    )

    class Meta:
        model = Restriction
        fields = ("people", "lifts_on", "reason")
        formfield_callback = form_field

    field_order = ("people", "lifts_on", "reason")

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        one = self.instance
        offered = may_be_named(one.activity).exclude(pk=one.set_by_id)
        self.fields["people"].queryset = offered.select_related("union").order_by("union__path", "username")
        if one.pk:
            self.fields["people"].initial = list(one.named.values_list("user", flat=True))

    def clean_lifts_on(self):
        day = self.cleaned_data["lifts_on"]
        if day is not None and day <= self.today:
            raise ValidationError(_("That day has come. Choose a later one, or open the activity now."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request, pk: int):
    """Restricts the activity, or changes who reads it; whoever set the restriction always does."""
    activity = _found(request, pk)
    mine = Restriction.objects.visible_to(request.user).of_activity(pk).open()
    with transaction.atomic():
        row = mine.select_for_update(of=("self",)).first() or Restriction(activity=activity, set_by=request.user)
        row.activity = activity
        form = RestrictionForm(request.POST or None, instance=row, today=timezone.localdate())
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    _keep(row, form.cleaned_data["people"])
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("Saved. Only the people named read it."))
                return redirect(page_of(activity))
    title = _("Who reads it") if row.pk else _("Restrict access")
    context = {"activity": activity, "restriction": row, "form": form, "title": title}
    return render(request, "records/restriction.html", context)


def _keep(row: Restriction, people) -> None:
    """Raises ValidationError where what is to be hidden stands in something others keep reading."""
    if row.pk is None:
        refuse_what_is_kept(row.activity)
        own = row.activity.own
        ImportedRecord.refuse(own._meta.label, own.pk)
        row.begin(people)
    else:
        row.save()
        row.name(people)
    readers = set(row.named.values_list("user", flat=True))
    Draft.objects.forget_of_others(AllActivitiesTable.SLUGS[Activity.Kind(row.activity.kind)], row.activity_id, readers)
    Undo.objects.forget_of_others(row.activity, readers)


@require_POST
def lift(request, pk: int):
    activity = _found(request, pk)
    row = get_object_or_404(Restriction.objects.visible_to(request.user).of_activity(pk).open())
    row.activity = activity
    try:
        row.lift(timezone.now(), request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Open again: read and counted like any other."))
    return redirect(page_of(activity))


def _found(request, pk: int) -> Activity:
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    if not may_restrict(Life(activity, request.user)):
        raise PermissionDenied
    return activity
