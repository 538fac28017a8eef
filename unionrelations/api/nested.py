"""The endpoint of an Entity whose form has rows under it, such as an activity with its unions: written as its page
writes it, by the same form and the same rows, or not at all. Never names an entity.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

from .viewsets import ReadWriteEndpoint
from .written import WARNINGS, Written


class LookAgain(APIException):
    """What a page warns of before it saves; sent again with `seen_warnings`, it is saved."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, told: dict):
        super().__init__(told)
        self.detail = told  # as it is: the library would make words of everything


class NestedEndpoint(ReadWriteEndpoint):
    written: type  # the serializer of what is sent
    record: type  # the serializer of what is answered

    def get_serializer_class(self):
        if self.action in ("create", "update", "partial_update"):
            return self.written
        return self.record if self.action == "retrieve" else super().get_serializer_class()

    def make(self, request, *args, **kwargs):
        return Response(self._save(request, None, partial=False), status=status.HTTP_201_CREATED)

    def change(self, request, *, partial: bool):
        return Response(self._save(request, self.get_object(), partial=partial))

    def _save(self, request, record, *, partial: bool):
        said = self.written(data=request.data)
        said.is_valid(raise_exception=True)
        today = timezone.localdate()
        sent = Written(self.entity, said.validated_data, record, request.user, today, partial=partial)
        form, rows = sent.forms()
        is_right = all([form.is_valid(), *(one.is_valid() for one in rows)])
        if not is_right:
            self._refuse(sent, form, rows)
        if sent.strange:
            raise ValidationError(sent.refusals(form, rows))
        saved = form.save()
        for one in rows:
            one.instance = saved
            one.save()
        self.found = self.entity.queryset(request.user).as_of(today).get(pk=saved.pk)
        return self.record(self.found, context=self.get_serializer_context()).data

    @staticmethod
    def _refuse(sent: Written, form, rows):
        problems = [one for errors in form.errors.as_data().values() for one in errors]
        if sent.strange or not all(one.is_valid() for one in rows) or any(one.code != "advice" for one in problems):
            raise ValidationError(sent.refusals(form, rows))
        cautions = [one.sentence for one in form.advice.cautions] if hasattr(form, "advice") else []
        raise LookAgain(
            {
                "detail": _("One more look before it is saved. If all is right, send it again with seen_warnings."),
                "warnings": cautions or [str(said) for one in problems for said in one.messages],
                "needs_reason": bool(hasattr(form, "advice") and form.advice.departures),
                WARNINGS: str(form.data.get(form.add_prefix(WARNINGS), "")),
            }
        )
