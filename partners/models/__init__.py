"""Whom we deal with. Never knows what we did together."""

from .agreements import Agreement, AgreementEvent, AgreementParty
from .countries import Country
from .covering import Coverage
from .partners import Contact, Partner, PartnerAffiliation
from .relations import RelationEvent

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementParty",
    "Contact",
    "Country",
    "Coverage",
    "Partner",
    "PartnerAffiliation",
    "RelationEvent",
]
