"""What an address must look like to be registered. Never asks where its name leads: that is asked at every call."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def said_address(value: str) -> None:
    """Refuses what the house would never call; where a name leads is asked each time it is called."""
    try:
        said = urlsplit(value)
        said.port  # noqa: B018 - raises where it is none
    except ValueError:
        raise ValidationError(_("This is no address."), code="address") from None
    schemes = ("https", "http") if settings.HOOKS_ON_LOOPBACK else ("https",)
    if said.scheme not in schemes or not said.hostname or not value.isascii() or any(one.isspace() for one in value):
        raise ValidationError(_("Give an address that begins with https://."), code="address")
    if said.username is not None or said.fragment:
        raise ValidationError(_("Give the address without a name, a password and a # in it."), code="address")
