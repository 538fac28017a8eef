"""How lists of partners come in, and what a partner is made of that only a name tells. Never makes anything up."""

from __future__ import annotations

import re
from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.likeness import Names, pairs_alike
from partners.models import Country, Partner
from partners.models.partners import kind_told_by
from unionrelations.kit.importing import Importer, columns_of
from unionrelations.kit.importing.columns import NameColumn, folded_words
from unionrelations.kit.importing.drafts import Alike

MOST_ALIKE = 3  # records named beside a row


class PartnerImporter(Importer):
    model = Partner
    owner = ""
    said_by = "đối tác | partners | danh bạ đối tác"
    identified_by = (("code",), ("name",))
    columns = (
        NameColumn(
            "name", "tên đối tác | đối tác | tên tổ chức | tên tiếng việt | tên", label=_("Name"), is_needed=True
        ),
        NameColumn("name_en", "partner | tên tiếng anh | english name", label=_("name in English")),
        *columns_of(
            Partner,
            (
                "original_name",
                "acronym",
                "aliases",
                "kind",
                "country",
                "licence_number",
                "licence_expires_on",
                "note",
                "code",
            ),
            original_name="tên gốc | tên bản ngữ",
            acronym="viết tắt | tên viết tắt",
            aliases="tên khác",
            kind="loại | loại hình | loại tổ chức",
            country="nước | quốc gia",
            licence_number="giấy phép | số giấy phép",
            licence_expires_on="giấy phép hết hạn",
            note="ghi chú",
        ),
    )

    def complete(self, draft, table, context):
        values = draft.values
        if "name" not in draft.headings and values.get("name_en") and not draft.is_exact:
            values["name"] = values.pop("name_en")
            draft.headings["name"] = draft.headings["name_en"]
        if not values.get("kind") and not draft.is_exact and values.get("name"):
            values["kind"] = kind_told_by(values["name"])
        super().complete(draft, table, context)

    def known(self, drafts, context):
        """By whichever of its names it is called."""
        found, keys = super().known(drafts, context), {}
        for draft in drafts:
            words = draft.values.get("name")
            meant = context.meant(Partner, words) if words and draft.key is None else None
            if isinstance(meant, int):
                keys[("name",), (folded_words(words),)] = meant
        return keys | found

    def tell_alike(self, drafts, context):
        """By the rule of the nightly search."""
        rows = dict(enumerate((one for one in drafts if one.values.get("name")), start=1))
        if not rows:
            return
        stored, found = context.rows(Partner), defaultdict(list)
        for one, other, likeness in pairs_alike([*stored.names(), *(_names(-row, rows[row]) for row in rows)]):
            if one > 0 > other:
                found[-other].append((likeness.score, one))
        nearest = {row: [key for _score, key in sorted(near, reverse=True)[:MOST_ALIKE]] for row, near in found.items()}
        named = stored.in_bulk({key for keys in nearest.values() for key in keys})
        for row, keys in nearest.items():
            rows[row].alike += [Alike(key, str(named[key]), reverse("partners-detail", args=[key])) for key in keys]


def _names(place: int, draft) -> Names:
    """What a row's partner goes by; `place` stands for the key it does not have."""
    partner = Partner(**{name: draft.values.get(name) or "" for name in Partner.found_by})
    partner.keep_names()
    return Names.of(place, partner.folded, draft.values.get("country"))


def country_in(name: str, context) -> int | None:
    """The country a partner's own name tells in brackets or as its last words; None where it tells none."""
    brackets = re.findall(r"\(([^()]+)\)", name)
    words = re.sub(r"\([^()]*\)", " ", name).split()
    for told in [*brackets, *(" ".join(words[-length:]) for length in (4, 3, 2, 1) if length < len(words))]:
        key = context.names(Country).match(told).key
        if key is not None:
            return key
    return None


def new_partner(name: str, context) -> Partner:
    """A partner nobody has entered yet, with no more than its name tells; unsaved."""
    return Partner(
        name=name[:250], kind=kind_told_by(name), country_id=country_in(name, context), changed_by=context.reader
    )
