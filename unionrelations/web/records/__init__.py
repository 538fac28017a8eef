"""The pages of one record: what a reader understands of it, and the rows entered under it."""

from .activities import ActivityPage
from .countries import CountryPage
from .figures import FigurePage
from .partners import PartnerPage
from .unions import UnionPage

# Pages of their own, by the slug of the entity; any other record has the plain one.
PAGE_OF = {
    "delegations": ActivityPage,
    "conferences": ActivityPage,
    "courses": ActivityPage,
    "activities": ActivityPage,
    "partners": PartnerPage,
    "countries": CountryPage,
    "unions": UnionPage,
    "figures": FigurePage,
}
