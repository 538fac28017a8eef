"""What may stand in an address. Never knows a page."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Key(IntConverter):
    """A record's key in an address, no longer than a column holds."""

    regex = "[0-9]{1,18}"


register_converter(Key, "key")
