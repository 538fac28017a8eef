"""What the endpoints of deeds share: who may, made once, refused in one shape. Never knows a deed."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.views import APIView

from unionrelations.api.once import MadeOnce
from unionrelations.api.written import LAST_KEY


class MayDo(BasePermission):
    """The rights its page asks for; whoever has none is a stranger to it."""

    def has_permission(self, request, view) -> bool:
        needed = view.needs.get("GET" if request.method == "HEAD" else request.method, ())
        return request.user.is_authenticated and request.user.has_perms(needed)


class NotNow(APIException):
    """What cannot be done as things stand, with the sentence the page would show."""

    status_code = status.HTTP_409_CONFLICT


class LookFirst(NotNow):
    """What a page shows before it is done, in words of the deed; sent back with `seen` it is done."""

    def __init__(self, told: dict):
        super().__init__(told)
        self.detail = told  # as it is: the library would make words of everything


class Deed(MadeOnce, APIView):
    permission_classes = (MayDo,)
    needs: ClassVar[dict[str, tuple[str, ...]]] = {}  # of each method, the rights
    refuses: ClassVar[dict[str, tuple[str, ...]]] = {}  # of each method, the answers beside 401, 403 and 429


def read(serializer: type[serializers.Serializer], request) -> dict:
    """What was sent, in the deed's own shape."""
    said = serializer(data=request.data)
    said.is_valid(raise_exception=True)
    return said.validated_data


def refuse(*bound: forms.BaseForm) -> None:
    """What is not right by the forms of the page, by path: `paper.number`."""
    found: dict[str, list[str]] = {}
    for form in bound:
        for name, problems in form.errors.items():
            path = ".".join(filter(None, (form.prefix, "" if name == "__all__" else name)))
            found.setdefault(path or "non_field_errors", []).extend(map(str, problems))
    raise ValidationError(found)


def key(**more) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LAST_KEY, **more)
