"""Pages kept as they were shown until anything in the house changes. Never shows one reader's to another.

A kept page is found by everything it was made from: the state of the house, the day, the address, the language, the
light, and the reader as they stand before it, with whatever else of theirs the page shows. What a form is sealed with
is the reader's own each time. A page that writes, tells of the clock, or reads what the history does not keep is none
of these; a test asks each of them what it reads.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import get_language

from unionrelations.history.state import state

from .context import THEME_COOKIE
from .due import late_in_menu

KEPT_FOR = 3600  # seconds; a house that lies still is asked anew each hour
SEAL = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*(?=")')  # no words of people's hold a bare quote
NOT_THE_READER_S = frozenset({"password", "last_login"})


def kept_or_made(request, make: Callable[[], HttpResponse], *shown) -> HttpResponse:
    """The page as it was kept, else as `make` makes it now. `shown` is whatever of the reader's own it shows beside."""
    if request.method != "GET" or request.htmx or len(get_messages(request)):
        return make()
    now = state()
    key = _key(request, now.name, shown)
    if packed := _kept(key):
        return HttpResponse(_sealed(request, zlib.decompress(packed).decode()))
    response = make()
    if response.status_code == 200 and now.is_settled:
        page = response.render() if hasattr(response, "render") else response
        bare = SEAL.sub("", page.content.decode())
        with suppress(OSError):  # no room for it
            caches["pages"].set(key, zlib.compress(bare.encode(), level=1), KEPT_FOR)
    return response


def _kept(key: str) -> bytes | None:
    """Nothing where it was never made, is too old, or cannot be read."""
    with suppress(OSError):
        return caches["pages"].get(key)
    return None


def _key(request, state_name: str, shown: tuple) -> str:
    user, acting = request.user, request.user.acting
    reader = [
        *(getattr(user, one.attname) for one in user._meta.concrete_fields if one.attname not in NOT_THE_READER_S),
        *(user.is_named, user.is_narrowed, (acting.pk, acting.last_day) if acting else None),
    ]
    parts = (
        *(state_name, timezone.localdate(), request.get_host(), request.get_full_path(), get_language()),
        *(request.COOKIES.get(THEME_COOKIE), late_in_menu(request), reader, shown),
    )
    return sha256(repr(parts).encode()).hexdigest()


def _sealed(request, page: str) -> str:
    """With this session's seal in each form; none is kept."""
    return SEAL.sub(lambda _none: get_token(request), page)
