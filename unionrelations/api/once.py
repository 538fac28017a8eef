"""Making a record once, however often a program sends the request: by the key it sends along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from unionrelations.accounts.models import AccessToken

from .models import LONGEST_KEY, GivenAnswer

KEY, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
TOLD = ("ETag", "Location")  # headers of the answer that are given again


def _digest(file: UploadedFile) -> list[str]:
    """A file by what it holds."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return [file.name or "", digest.hexdigest()]


class UsedForAnother(APIException):
    status_code = 422


class MadeOnce:
    """Beside a viewset that makes records. The answer is stored in the transaction that makes the record: either both
    are there or neither. What was refused is not kept, so that it may be sent again with the same key.
    """

    def create(self, request, *args, **kwargs):
        return self.once(request, partial(self.make, request, *args, **kwargs))

    def once(self, request, make: Callable[[], Response]) -> Response:
        key = request.headers.get(KEY)
        with transaction.atomic():
            if key is None:
                return make()
            if not (key.isascii() and key.isprintable() and 0 < len(key) <= LONGEST_KEY):
                said = _("Name a key of at most %(most)s letters and figures.") % {"most": LONGEST_KEY}
                raise ValidationError({KEY: [said]})
            row, is_new = self._row(request, key)
            if not is_new:
                return self._given(row, self._asked(request))
            answer = make()
            self._tell_edition(answer)
            body = json.loads(JSONRenderer().render(answer.data))
            headers = {name: answer.headers[name] for name in TOLD if name in answer.headers}
            row.fill(answer.status_code, headers, body)
            return answer

    def make(self, request, *args, **kwargs) -> Response:
        return super().create(request, *args, **kwargs)

    def _tell_edition(self, response: Response) -> None:
        """Says which edit of a record it is, where it is one."""

    def _row(self, request, key: str) -> tuple[GivenAnswer, bool]:
        token = request.auth if isinstance(request.auth, AccessToken) else None
        return GivenAnswer.objects.keep(request.user, token, key, self._asked(request), timezone.now())

    @staticmethod
    def _asked(request) -> str:
        said = json.dumps([request.path, request.data], sort_keys=True, default=_digest)
        return hashlib.sha256(said.encode()).hexdigest()

    @staticmethod
    def _given(row: GivenAnswer, asked: str) -> Response:
        if row.asked != asked:
            raise UsedForAnother(_("This key was sent before with another request. Take a new one."))
        return Response(row.body, status=row.status, headers=row.headers | {REPLAYED: "true"})
