"""How lists of countries come in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.models import Country
from unionrelations.kit.importing import Importer, columns_of
from unionrelations.kit.importing.columns import NameColumn


class CountryImporter(Importer):
    model = Country
    owner = ""
    remark = ""
    said_by = "quốc gia | countries | các nước"
    identified_by = (("code",), ("name",))
    columns = (
        NameColumn("name", "nước | tên nước | tên tiếng việt", label=_("Name"), is_needed=True),
        NameColumn("name_en", "country | tên tiếng anh", label=_("name in English"), is_needed=True),
        *columns_of(Country, ("code", "region", "aliases"), code="mã | mã nước | iso", region="khu vực"),
    )
