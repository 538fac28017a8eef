"""Which edit of a record is at hand, so that nobody overwrites one they have not seen."""

from __future__ import annotations

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

EDITION, SEEN = "ETag", "If-Match"


class ChangedMeanwhile(APIException):
    status_code = 412


def edition_of(record: models.Model) -> str:
    return f'"{record.version}"'


def refuse_unseen(request, record: models.Model) -> None:
    """Raises ChangedMeanwhile where the program saw another edit; one that says nothing of it goes on."""
    seen = request.headers.get(SEEN, "*").strip()
    if seen in ("*", edition_of(record)):
        return
    moment = formats.date_format(timezone.localtime(record.changed_at), "SHORT_DATETIME_FORMAT")
    who = record.changed_by or _("Somebody")
    said = _("%(who)s saved this record at %(moment)s, while you had it open.")
    raise ChangedMeanwhile(said % {"who": who, "moment": moment})
