"""Every entity of the house, in menu order. Never knows a page: doors build theirs from it."""

from django.utils.translation import gettext_lazy as _

from activities.entities import DONE, TERMS, TOLD
from partners.entities import ENTITIES as RELATIONS
from unionrelations.accounts.entities import ENTITIES as OURS

MENU = (
    (_("Activities"), DONE),
    (_("Relations"), (*RELATIONS, *OURS)),
    (_("Figures and sources"), (*TOLD, TERMS)),
)
ENTITIES = tuple(entity for _label, entities in MENU for entity in entities)
