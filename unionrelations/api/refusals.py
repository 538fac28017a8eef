"""What the API says where the libraries have no words of ours. Never decides what is refused."""

from __future__ import annotations

from django.utils.translation import ngettext
from rest_framework.exceptions import Throttled
from rest_framework.views import exception_handler


def in_our_words(exc, context):
    if isinstance(exc, Throttled):
        seconds = max(int(exc.wait or 0) + 1, 1)
        exc.wait = seconds  # the library makes it the Retry-After
        said = ngettext(
            "Too many requests. Ask again in %(n)d second.", "Too many requests. Ask again in %(n)d seconds.", seconds
        )
        exc.detail = said % {"n": seconds}
    return exception_handler(exc, context)
