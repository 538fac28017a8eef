"""Where letters lead. Never a link to another house."""

from django.conf import settings


def absolute(request, path: str) -> str:
    """The address the house was told it has, else the one it is asked under."""
    return settings.SITE_URL + path if settings.SITE_URL_IS_SAID else request.build_absolute_uri(path)
