"""The secret addresses at which calendar programs read what one person may see, and the page that keeps them.

The one door besides signing in. Whoever holds an address reads what its owner may see on that very day: nothing once
it is revoked, once the account is closed, or beyond the owner's reach. Never writes an address down.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse, HttpResponseNotFound, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe
from rest_framework.throttling import SimpleRateThrottle

from activities.entities import ACTIVITIES
from activities.models import Activity

from .calendar import CalendarFilters, calendar_name, may_view, question
from .ics import MEDIA_TYPE, calendar_of
from .models import CalendarFeed

REACHES_BACK = timedelta(days=366)  # a calendar program is for what comes, and for what has just been
NOTED_EVERY = timedelta(hours=1)  # so that a program that asks often does not write as often
MOST_FEEDS = 20  # of one person


class FeedThrottle(SimpleRateThrottle):
    """Requests from one machine, right address or wrong: programs ask every few hours."""

    scope = "feed"
    rate = "60/min"

    def get_cache_key(self, request, view):
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


@login_not_required
@require_safe
@conditional_page  # an unchanged calendar answers 304; its day of change alone would hide what was taken away
def read(request, secret: str):
    """The calendar at a secret address; 404 whether it never was, was revoked, or its owner may no longer enter."""
    throttle = FeedThrottle()
    if not throttle.allow_request(request, None):  # type: ignore[arg-type] # asked for the machine, not the view
        return HttpResponse(status=429, headers={"Retry-After": str(int(throttle.wait() or 60) + 1)})
    found = CalendarFeed.objects.opened_by(secret)
    if found is None or not found.owner.has_perm(ACTIVITIES.permission("view")):
        return _guarded(HttpResponseNotFound())
    now = timezone.now()
    if found.read_at is None or abs(now - found.read_at) > NOTED_EVERY:
        found.read_at = now
        found.save(update_fields=["read_at"])
    rows = _let_through(found, timezone.localdate(now))
    written = calendar_of(rows, str(found), found.owner.language, request.build_absolute_uri)
    return _guarded(HttpResponse(written, content_type=MEDIA_TYPE))


def _let_through(feed: CalendarFeed, today):
    """What the owner sees today of what the feed asks; nothing where its filters no longer mean anything."""
    owner = feed.owner.as_unnamed()  # an address is no person: what names people alone is read on the page
    reader = SimpleNamespace(user=owner)
    filters = CalendarFilters(QueryDict(feed.query), Activity.objects.visible_to(owner), request=reader)
    if not filters.form.is_valid():
        return Activity.objects.none()
    since = today - REACHES_BACK
    return filters.qs.filter(Q(starts_on__gte=since) | Q(ends_on__gte=since)).for_listing().order_by("starts_on", "pk")


def _guarded(response: HttpResponse) -> HttpResponse:
    """No proxy keeps it, and no page it leads to learns the address."""
    response["Referrer-Policy"] = "no-referrer"
    return _kept_nowhere(response)


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    return response


class FeedForm(forms.ModelForm):
    class Meta:
        model = CalendarFeed
        fields = ("name",)
        labels = {"name": gettext_lazy("Name of the calendar")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


@require_http_methods(["GET", "HEAD", "POST"])
@may_view
def page(request):
    """The reader's addresses; a POST makes one more, with the filters the page was opened with."""
    mine = CalendarFeed.objects.visible_to(request.user)
    form = FeedForm(request.POST or None, initial={"name": calendar_name()})
    if request.method == "POST" and form.is_valid():
        if mine.count() >= MOST_FEEDS:
            form.add_error(None, _("You have as many calendar addresses as one person may have. Revoke one first."))
        else:
            form.instance.owner, form.instance.query = request.user, question(request)
            form.save()
            messages.success(request, _("The address is made. Copy it into your calendar program."))
            return redirect(f"{reverse('calendar-feeds')}#feed-{form.instance.pk}")
    feeds = [(one, request.build_absolute_uri(one.get_absolute_url())) for one in mine]
    asked = CalendarFilters(request.GET, Activity.objects.visible_to(request.user), request=request)
    context = {"form": form, "feeds": feeds, "filter": asked, "question": question(request)}
    # Its own address is no secret, and forms sent from a page without a referrer are refused as a stranger's.
    return _kept_nowhere(render(request, "calendar/feeds.html", context))


@require_POST
def rename(request, pk: int):
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    form = FeedForm(request.POST, instance=feed)
    if form.is_valid():
        form.save()
    return redirect(f"{reverse('calendar-feeds')}#feed-{pk}")


@require_POST
def revoke(request, pk: int):
    """From the next request on the address leads nowhere; another one is another secret."""
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    feed.delete()
    messages.success(request, _("The address “%(name)s” is revoked.") % {"name": feed})
    return redirect("calendar-feeds")
