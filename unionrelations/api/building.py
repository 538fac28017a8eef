"""Which endpoint an Entity gets: read alone, written field by field, or written with the rows under it."""

from __future__ import annotations

from unionrelations.kit.entities import Entity

from .nested import NestedEndpoint
from .viewsets import EntityEndpoint, ReadEndpoint, ReadWriteEndpoint
from .written import record_serializer, written_serializer


def viewset_for(entity: Entity) -> type[EntityEndpoint]:
    """What no form enters is read alone."""
    base = NestedEndpoint if entity.formsets else ReadWriteEndpoint if entity.form else ReadEndpoint
    given = {
        "__doc__": str(entity.model.__doc__),
        "entity": entity,
        "queryset": entity.model._default_manager.none(),
        "serializer_class": entity.serializer,
        "filterset_class": entity.filterset,
    }
    if entity.formsets:
        given |= {"written": written_serializer(entity), "record": record_serializer(entity)}
    return type(f"{entity.model.__name__}Endpoint", (base,), given)
