"""What two records say side by side, field by field, and which of the two is to stand. Never saves, never merges.

An empty field takes what the other says. Where both say something else the survivor's stands, unless a person chooses;
longer texts may stand one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from unionrelations.kit.folding import spell

KEPT, GONE, BOTH = "kept", "gone", "both"
# Fields that make sense only together.
TOGETHER = (
    ("starts_on", "ends_on", "precision", "date_words"),
    ("signed_from", "signed_to", "signed_words"),
    ("on_plan", "off_plan_reason"),
)
BOOKKEEPING = frozenset({"created_at", "changed_at", "changed_by", "version", "folded", "spelled"})
NAMES_APART = "aliases"  # every name of both is kept there, so nobody chooses


@dataclass(frozen=True)
class Facet:
    """One thing both records tell, in one field or in several that belong together."""

    names: tuple[str, ...]
    kept: models.Model
    gone: models.Model

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def label(self) -> str:
        if self.name == "starts_on":
            return _("Date")
        return str(capfirst(self.kept._meta.get_field(self.name).verbose_name))

    @property
    def differs(self) -> bool:
        return values(self.kept, self.names) != values(self.gone, self.names)

    @property
    def may_join(self) -> bool:
        """Whether both texts may stand, one under the other."""
        is_text = len(self.names) == 1 and isinstance(self.kept._meta.get_field(self.name), models.TextField)
        return is_text and not self.is_empty(self.kept) and not self.is_empty(self.gone)

    @property
    def default(self) -> str:
        pairs = zip(values(self.kept, self.names), values(self.gone, self.names), strict=True)
        if all(is_empty(own) or own == other for own, other in pairs):
            return GONE  # it says no less
        return BOTH if self.may_join else KEPT

    @property
    def said_by_kept(self) -> str:
        return in_words(self.kept, self.names)

    @property
    def said_by_gone(self) -> str:
        return in_words(self.gone, self.names)

    def is_empty(self, record: models.Model) -> bool:
        return all(is_empty(one) for one in values(record, self.names))

    def chosen(self, choices: dict[str, str]) -> str:
        asked = choices.get(self.name, "")
        ways = (KEPT, GONE, BOTH) if self.may_join else (KEPT, GONE)
        return asked if asked in ways else self.default

    def settle(self, record: models.Model, choice: str) -> None:
        """Writes what is to stand into `record`, the survivor in hand."""
        if choice == BOTH:
            own, other = getattr(self.kept, self.name), getattr(self.gone, self.name)
            setattr(record, self.name, f"{own}\n\n{other}")
        elif choice == GONE:
            for attname, value in zip(attnames(self.gone, self.names), values(self.gone, self.names), strict=True):
                setattr(record, attname, value)


def facets(kept: models.Model, gone: models.Model) -> list[Facet]:
    """What the two tell differently, in the order of the model."""
    told = [one for group in _groups(type(kept)) if (one := Facet(group, kept, gone)).differs]
    return [one for one in told if not _means_nothing(one)]


def settled_fields(model: type[models.Model]) -> list[str]:
    """The columns that a merge may write on the survivor."""
    return [name for group in _groups(model) for name in (model._meta.get_field(one).attname for one in group)]


def _groups(model: type[models.Model]) -> list[tuple[str, ...]]:
    names = [
        one.name
        for one in model._meta.concrete_fields
        if one.editable and not one.primary_key and one.name not in BOOKKEEPING and one.name != NAMES_APART
        if not isinstance(one, models.SlugField) and not getattr(one.remote_field, "parent_link", False)
    ]
    heads = {group[0]: group for group in TOGETHER}
    followers = {name for group in TOGETHER for name in group[1:]}
    return [
        tuple(one for one in heads.get(name, (name,)) if one in names)
        for name in names
        if name not in followers or not any(name in group and group[0] in names for group in TOGETHER)
    ]


def _means_nothing(facet: Facet) -> bool:
    """Guests of two outbound delegations, say: a field that neither is ever asked."""
    return all(facet.name in getattr(one, "not_asked", ()) for one in (facet.kept, facet.gone))


def is_empty(value) -> bool:
    return value is None or value == ""


def attnames(record: models.Model, names: Iterable[str]) -> list[str]:
    return [record._meta.get_field(one).attname for one in names]


def values(record: models.Model, names: Iterable[str]) -> tuple:
    return tuple(getattr(record, one) for one in attnames(record, names))


def in_words(record: models.Model, names: tuple[str, ...]) -> str:
    """What a record says there, as its page would; "" where it says nothing."""
    if names[0] == "starts_on":
        return record.when
    return ", ".join(filter(None, (_in_words(record, name) for name in names)))


def _in_words(record: models.Model, name: str) -> str:
    field, value = record._meta.get_field(name), getattr(record, name)
    if is_empty(value):
        return ""
    if field.choices:
        return str(capfirst(getattr(record, f"get_{name}_display")()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(formats.localize(value, use_l10n=True))


def other_names(survivor: models.Model, *records: models.Model) -> list[str]:
    """Names of the records that the survivor does not go by yet, in the order they stand."""
    taken = {spell(name) for name in survivor.names()}
    found: dict[str, str] = {}
    for name in (one for record in records for one in record.names()):
        if spell(name) not in taken:
            found.setdefault(spell(name), name)
    return list(found.values())
