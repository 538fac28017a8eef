"""Standing in for somebody: writing it down, acting in their name for the session at hand, and the way back.

The one place where a session becomes another's union and role. Whether it still holds is asked with every request, so
it ends at midnight of its last day, when either account is closed, and when either signs out everywhere.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from unionrelations.accounts.models import StandIn, User
from unionrelations.accounts.models.stand_ins import may_stand_in
from unionrelations.kit.forms import form_field
from unionrelations.operations.readiness import PULSES
from unionrelations.web.people import PersonField

KEY = "standing-in"
SHOWN = 50


class StandingIn:
    """Gives the signed-in person the union and role they act with in this session, as long as that holds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        pk = None if request.path_info in PULSES else request.session.get(KEY)
        if pk is not None:
            found = None
            if request.user.is_authenticated:
                mine = StandIn.objects.visible_to(request.user)
                found = mine.of_session(request.user, pk, timezone.localdate())
            if found is None:
                del request.session[KEY]
            else:
                request.user.act_for(found)
        return self.get_response(request)


class StandInForm(forms.ModelForm):
    person = PersonField(User.objects.none(), label=gettext_lazy("Who stands in"), empty_label="–")

    class Meta:
        model = StandIn
        fields = ("person", "first_day", "last_day", "reason")
        formfield_callback = form_field

    def __init__(self, *args, lender, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.lender, self.today = lender, today
        near = may_stand_in(User.objects.at_the_door(), lender)
        self.fields["person"].queryset = near.select_related("union").order_by("union__path", "username")

    def clean_last_day(self):
        day = self.cleaned_data["last_day"]
        if day < self.today:
            raise ValidationError(_("That day is over."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """What one lends and by whom one stands in; lending one's rights. Nobody passes on what was lent to them."""
    person, today = request.user, timezone.localdate()
    may_lend = person.acting is None and person.union_id is not None
    form = None
    if may_lend:
        form = StandInForm(request.POST or None, lender=User.objects.at_the_door().get(pk=person.pk), today=today)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            form.save()
            messages.success(request, _("Written down. It begins and ends by itself."))
            return redirect("stand-ins")
    rows = StandIn.objects.visible_to(person)
    mine, in_force = rows.between(person), set(rows.in_force(today).values_list("pk", flat=True))
    context = {
        "form": form,
        "offered": [one for one in mine[:SHOWN] if one.person_id == person.pk and one.pk in in_force],
        "rows": [(one, one.pk in in_force, person.pk in (one.lender_id, one.person_id)) for one in rows[:SHOWN]],
        "today": today,
    }
    return render(request, "door/stand_ins.html", context)


@require_POST
def act(request, pk: int):
    """From the next page on, in the lender's name."""
    if request.user.acting is not None:
        raise PermissionDenied
    found = StandIn.objects.visible_to(request.user).of_session(request.user, pk, timezone.localdate())
    if found is None:
        messages.error(request, _("This does not hold today: it is over, was ended, or has not begun."))
        return redirect("stand-ins")
    request.session[KEY] = found.pk
    return redirect("home")


@require_POST
def stop(request):
    """Oneself again."""
    request.session.pop(KEY, None)
    return redirect("home")


@require_POST
def end(request, pk: int):
    """Ends it early, by either of the two."""
    row = get_object_or_404(StandIn.objects.visible_to(request.user).between(request.user), pk=pk)
    row.end(request.user, timezone.now())
    messages.success(request, _("Ended. From now on it gives no rights."))
    return redirect("stand-ins")
