"""Pages kept as they were shown until anything in the house changes. Never shows one reader's to another.

A kept page is found by everything it was made from: the state of the house, the day, the address, the language, the
light, and the reader as they stand before it, with whatever else of theirs the page shows. What a form is sealed with
is the reader's own each time. A page that writes, tells of the clock, or reads what the history does not keep is none
of these; a test asks each of them what it reads.

Whoever saves one record changes the state of the house and hardly a page of it. A page that can say beforehand all it
will show of the house is found by that as well: it is read anew and not written anew.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

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
NOT_SHOWN = frozenset({"_state", "version"})  # of a record: what a list of records has no use for
SEALED = 'name="csrfmiddlewaretoken" value="'
SEAL = re.compile(f'{SEALED}[^"]*')  # no words of people's hold a bare quote


def kept_or_made(
    request, make: Callable[[], HttpResponse], *shown, tells: Callable[[HttpResponse], Any] | None = None
) -> HttpResponse:
    """The page as it was kept, else as `make` makes it now. `shown` is whatever of the reader's own it shows beside.

    Of an answer that is not written yet `tells` gives all of the house that will stand in it, or None.
    """
    if request.method != "GET" or request.htmx or len(get_messages(request)):
        return make()
    now, about = state(), _about(request, shown)
    key = _key(about, now.name)
    if packed := _kept(key):
        return HttpResponse(_sealed(request, zlib.decompress(packed).decode()))
    response = make()
    if response.status_code != 200:
        return response
    keys = [key] if now.is_settled else []
    if tells and (told := tells(response)) is not None:
        keys.append(same := _key(about, told))
        if packed := _kept(same):
            _keep(keys[:-1], packed)
            return HttpResponse(_sealed(request, zlib.decompress(packed).decode()))
    if keys:
        page = response.render() if hasattr(response, "render") else response
        _keep(keys, zlib.compress(SEAL.sub(SEALED, page.content.decode()).encode(), level=1))
    return response


def told_by(record) -> str:
    """All that was read of a record and may stand on a page."""
    read = {name: value for name, value in vars(record).items() if name not in NOT_SHOWN}
    return f"{type(record).__name__}{read!r}"


def _keep(keys: list[str], packed: bytes) -> None:
    with suppress(OSError):  # no room for it
        for key in keys:
            caches["pages"].set(key, packed, KEPT_FOR)


def _kept(key: str) -> bytes | None:
    """Nothing where it was never made, is too old, or cannot be read."""
    with suppress(OSError):
        return caches["pages"].get(key)
    return None


def _key(about: str, of_the_house) -> str:
    return sha256(f"{about}{of_the_house!r}".encode()).hexdigest()


def _about(request, shown: tuple) -> str:
    """All a page is made from besides the house."""
    parts = (
        *(timezone.localdate(), request.get_host(), request.get_full_path(), get_language()),
        *(request.COOKIES.get(THEME_COOKIE), late_in_menu(request), request.user.standing, shown),
    )
    return repr(parts)


def _sealed(request, page: str) -> str:
    """With this session's seal in each form; none is kept."""
    return SEAL.sub(SEALED + get_token(request), page)
