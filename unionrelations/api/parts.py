"""The endpoints of rows under a record, such as the members of a delegation: written by the form of their page, one by
one. Files are added on the page. Never names an entity.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar

from django import forms
from django.db import models, transaction
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from unionrelations.deeds.parts import blank, hold, note_edit, rows_of, rows_to_change
from unionrelations.kit.deleting import what_rests_on
from unionrelations.kit.entities import Entity, Section
from unionrelations.privacy.looks import look_through_api

from .deeds.base import Deed
from .editions import EDITION, edition_of, refuse_unseen
from .viewsets import StillNeeded
from .written import LAST_KEY, UNTOLD, Written, json_field, plain

WRITTEN = ("400", "404", "412", "415")
REFUSED_OF_ALL = {"GET": ("404",), "POST": ("400", "404", "415", "422")}
REFUSED_OF_ONE = {"GET": ("404",), "PATCH": WRITTEN, "DELETE": ("404", "409", "412")}


def told_fields(section: Section) -> dict[str, forms.Field]:
    own = section.form.base_fields
    return {name: one for name, one in own.items() if name not in UNTOLD and not isinstance(one, forms.FileField)}


def row_serializer(entity: Entity, section: Section, *, is_sent: bool) -> type[serializers.Serializer]:
    model = section.form._meta.model
    fields = {name: json_field(name, one, model) for name, one in told_fields(section).items()}
    if not is_sent:
        fields["id"] = serializers.IntegerField(min_value=1, max_value=LAST_KEY)
    name = f"{entity.model.__name__}{model.__name__}{'Sent' if is_sent else 'Part'}"
    return type(name, (serializers.Serializer,), fields)


class WrittenPart(Written):
    """A row as its form would be sent; a new one is blank, with its record known."""

    def __init__(self, section: Section, said: dict, row: models.Model, user):
        of_section = SimpleNamespace(form=section.form, formsets=(), model=section.form._meta.model)
        super().__init__(of_section, said, row, user, timezone.localdate(), partial=True)  # type: ignore[arg-type]


class PartEndpoint(Deed):
    entity: ClassVar[Entity]
    section: ClassVar[Section]
    sent: ClassVar[type[serializers.Serializer]]

    @cached_property
    def record(self) -> models.Model:
        """The record they stand under; to change a row, it must be one's own to change."""
        model, user = self.entity.model, self.request.user
        if self.request.method in SAFE_METHODS:
            return get_object_or_404(model._default_manager.visible_to(user), pk=self.kwargs["pk"])
        return get_object_or_404(model._default_manager.writable_by(user), pk=self.kwargs["pk"])

    def told(self, row: models.Model) -> dict:
        form = self.section.form(instance=row, user=self.request.user)
        names = (name for name in told_fields(self.section) if name in form.fields)
        return {"id": row.pk} | {name: plain(form[name].value()) for name in names}

    def answer(self, rows: list[models.Model]) -> list[dict]:
        """Told rows; where they name people, that somebody looked is noted as on the page."""
        told = [self.told(one) for one in rows]
        people = {"members": told} if self.section.slug in ("members", "contacts") else {}
        look_through_api(self.request.user, timezone.localdate(), self.entity, self.record.pk, [people])
        return told

    def save(self, row: models.Model) -> models.Model:
        said = self.sent(data=self.request.data)
        said.is_valid(raise_exception=True)
        written = WrittenPart(self.section, said.validated_data, row, self.request.user)
        form, rows = written.forms()
        if not form.is_valid() or written.strange:
            raise ValidationError(written.refusals(form, rows))
        saved = form.save()
        note_edit(self.record, self.request.user)
        return saved


class PartsEndpoint(PartEndpoint):
    def get(self, request, pk: int):
        return Response({"results": self.answer(list(rows_of(self.section, self.record, request.user)))})

    def post(self, request, pk: int):
        return self.once(request, self._make)

    def _make(self) -> Response:
        hold(self.record)
        saved = self.save(blank(self.section, self.record))
        return Response(self.told(saved), status=status.HTTP_201_CREATED)


class OnePartEndpoint(PartEndpoint):
    def get(self, request, pk: int, row: int):
        found = get_object_or_404(rows_of(self.section, self.record, request.user), pk=row)
        return Response(self.answer([found])[0], headers=self._edition(found))

    @transaction.atomic
    def patch(self, request, pk: int, row: int):
        found = self._to_change(row)
        saved = self.save(found)
        return Response(self.told(saved), headers=self._edition(saved))

    @transaction.atomic
    def delete(self, request, pk: int, row: int):
        found = self._to_change(row)
        try:
            with transaction.atomic():
                found.delete()
        except ProtectedError as refused:
            needed = what_rests_on(refused.protected_objects, request.user)
            said = _("These records rest on it. Delete or change them first:")
            raise StillNeeded({"detail": said, "records": needed}) from refused
        note_edit(self.record, request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _to_change(self, row: int) -> models.Model:
        hold(self.record)
        found = get_object_or_404(rows_to_change(self.section, self.record, self.request.user), pk=row)
        if hasattr(found, "version"):
            refuse_unseen(self.request, found)
        return found

    @staticmethod
    def _edition(row: models.Model) -> dict[str, str]:
        return {EDITION: edition_of(row)} if hasattr(row, "version") else {}


def part_urls(entity: Entity) -> list:
    """Addresses for the rows that are this entity's own: those under an activity stand under all activities, whatever
    its kind. A section of files is none.
    """
    own = [one for one in entity.sections if one.form and _owner(one) is entity.model and one.slug != "files"]
    return [url for section in own for url in _urls(entity, section)]


def _owner(section: Section) -> type[models.Model]:
    return section.form._meta.model._meta.get_field(section.form.owner).related_model


def _urls(entity: Entity, section: Section) -> list:
    parts, part = _views(entity, section)
    address = f"{entity.slug}/<key:pk>/{section.slug}/"
    return [
        path(address, parts.as_view(), name=f"api-{entity.slug}-{section.slug}"),
        path(f"{address}<key:row>/", part.as_view(), name=f"api-{entity.slug}-{section.slug}-row"),
    ]


def _views(entity: Entity, section: Section) -> tuple[type, type]:
    sent, told = (row_serializer(entity, section, is_sent=one) for one in (True, False))
    all_of_them = type(f"{told.__name__}s", (serializers.Serializer,), {"results": told(many=True)})
    needs = {
        method: (entity.permission("view"), section.permission(action))
        for method, action in (("GET", "view"), ("POST", "add"), ("PATCH", "change"), ("DELETE", "delete"))
    }
    name = f"{entity.slug}_{section.slug}".replace("-", "_")
    given = {"entity": entity, "section": section, "sent": sent, "needs": needs, "__doc__": str(section.title)}
    parts = type(f"{name}_parts", (PartsEndpoint,), given | {"refuses": REFUSED_OF_ALL})
    part = type(f"{name}_part", (OnePartEndpoint,), given | {"refuses": REFUSED_OF_ONE})
    said = {"get": (None, told), "patch": (sent, told), "delete": (None, {204: None})}
    return (
        _described(parts, name, {"get": (None, all_of_them), "post": (sent, {201: told})}, get="list"),
        _described(part, name, said, get="retrieve"),
    )


def _described(view: type, name: str, said: dict, **acts: str) -> type:
    methods = {
        method: extend_schema(operation_id=f"{name}_{acts.get(method, method)}", request=request, responses=answer)
        for method, (request, answer) in said.items()
    }
    return extend_schema_view(**methods)(view)
