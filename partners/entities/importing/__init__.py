"""How partners, agreements, relations and countries come in from spreadsheets. Never knows where a file was read."""

from .agreements import AgreementImporter, PartiesColumn
from .countries import CountryImporter
from .partners import PartnerImporter, new_partner
from .relations import RelationImporter

__all__ = [
    "AgreementImporter",
    "CountryImporter",
    "PartiesColumn",
    "PartnerImporter",
    "RelationImporter",
    "new_partner",
]
