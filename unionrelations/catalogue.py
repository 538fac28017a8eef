"""Every entity of the house, in menu order. Never knows a page: doors build theirs from it."""

from django.utils.translation import gettext_lazy as _

from activities.entities import AGREEMENTS, DONE, OFFICERS, RULES, TERMS, TOLD
from partners.entities import COUNTRIES, PARTNERS, RELATIONS
from unionrelations.accounts.entities import DAYS_OFF, REMINDERS, UNIONS
from unionrelations.history.entities import HISTORY

MENU = (
    (_("Activities"), DONE),
    (_("Relations"), (PARTNERS, AGREEMENTS, RELATIONS, COUNTRIES, UNIONS, OFFICERS)),
    (_("Figures and sources"), (*TOLD, TERMS, RULES, DAYS_OFF, REMINDERS, HISTORY)),
)
ENTITIES = tuple(entity for _label, entities in MENU for entity in entities)
