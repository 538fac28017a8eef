"""What the endpoints of any Entity share: rows and filters of its list, answered in JSON. Never names an entity."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet, ModelViewSet

from activities.reports.addresses import Unanswerable
from activities.reports.evidence import Evidence
from activities.reports.models import MERGEABLE, Merge
from unionrelations.accounts.models import Union
from unionrelations.kit.deleting import what_rests_on
from unionrelations.kit.entities import Entity
from unionrelations.privacy.looks import look_through_api

from .editions import EDITION, edition_of, refuse_unseen
from .once import MadeOnce


class EntityEndpoint(GenericViewSet):
    entity: Entity = None
    lookup_value_regex = "[0-9]{1,18}"  # no longer than a column holds

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        rows = self.entity.queryset(self.request.user).prefetch_related(*self._many())
        try:
            evidence = Evidence.asked(self.request.query_params, Union.objects.visible_to(self.request.user))
            return evidence.narrow(rows) if evidence else rows
        except Unanswerable as refused:
            raise ValidationError({"figure": [str(refused)]}) from refused

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method == "GET" and response.status_code == 200:
            rows = [response.data] if "pk" in kwargs else response.data["results"]
            look_through_api(request.user, timezone.localdate(), self.entity, kwargs.get("pk"), rows)
        return response

    def handle_exception(self, exc):
        """A record that was merged lives on under another address, which is said as long as it does."""
        if not isinstance(exc, Http404) or "pk" not in self.kwargs:
            return super().handle_exception(exc)
        labels = [one for one, model in MERGEABLE.items() if issubclass(model, self.entity.model)]
        merged = Merge.objects.visible_to(self.request.user).open().filter(label__in=labels, gone=self.kwargs["pk"])
        survivor = merged.values_list("survivor", flat=True).first() if labels else None
        if survivor is None:
            return super().handle_exception(exc)
        address = reverse(f"{self.basename}-detail", args=[survivor], request=self.request)
        said = {"detail": _("This record was merged into another."), "merged_into": address}
        if self.request.method not in SAFE_METHODS:
            return Response(said, status=410)
        return Response(said, status=301, headers={"Location": address, "Cache-Control": "no-store"})

    def _many(self) -> list[str]:
        """Relations to many that the answer names, fetched for all rows at once."""
        told = self.entity.serializer.Meta.fields
        return [one.name for one in self.entity.model._meta.many_to_many if one.name in told]


class ReadEndpoint(ListModelMixin, RetrieveModelMixin, EntityEndpoint):
    pass


class StillNeeded(APIException):
    status_code = 409


class ReadWriteEndpoint(MadeOnce, EntityEndpoint, ModelViewSet):
    """What is only handed down from a union above is read, never changed.

    The edit number of a record is its ETag: who sends it back as If-Match overwrites no edit they have not seen.
    """

    found = None

    def get_queryset(self):
        rows = super().get_queryset()
        if self.request is None or self.request.method in SAFE_METHODS:
            return rows
        model, user = self.entity.model, self.request.user
        if self.request.method == "DELETE":
            return rows.filter(pk__in=model._default_manager.removable_by(user).values("pk"))
        return rows.filter(pk__in=model._default_manager.writable_by(user).values("pk"))

    def get_object(self):
        self.found = super().get_object()
        if self.request.method not in SAFE_METHODS:
            refuse_unseen(self.request, self.found)
        return self.found

    def finalize_response(self, *args, **kwargs):
        response = super().finalize_response(*args, **kwargs)
        self._tell_edition(response)
        return response

    def _tell_edition(self, response) -> None:
        if self.found is not None and response.status_code in (200, 201):
            response.headers[EDITION] = edition_of(self.found)

    @transaction.atomic
    def update(self, request, *args, **kwargs):
        self.hold_still()
        return self.change(request, partial=kwargs.get("partial", False))

    def change(self, request, *, partial: bool):
        return super().update(request, partial=partial)

    @transaction.atomic
    def destroy(self, request, *args, **kwargs):
        self.hold_still()
        return super().destroy(request, *args, **kwargs)

    def hold_still(self) -> None:
        """Keeps two savers apart until the first is done, so that the second sees the new edit number."""
        rows = self.entity.model._base_manager.select_for_update().filter(pk=self.kwargs["pk"])
        list(rows.values_list("pk"))

    def perform_create(self, serializer):
        self.found = serializer.save(changed_by=self.request.user)

    def perform_update(self, serializer):
        serializer.save(changed_by=self.request.user)

    def perform_destroy(self, instance):
        try:
            with transaction.atomic():
                instance.delete()
        except ProtectedError as refused:
            needed = what_rests_on(refused.protected_objects, self.request.user)
            said = _("These records rest on it. Delete or change them first:")
            raise StillNeeded({"detail": said, "records": needed}) from refused
