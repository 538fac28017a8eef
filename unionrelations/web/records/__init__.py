"""The pages of one record: what a reader understands of it, and the rows entered under it."""

from unionrelations.web.entities import EntityMixin
from unionrelations.web.history.acts import ActPage

from .activities import ActivityPage
from .agreements import AgreementPage
from .countries import CountryPage
from .documents import DocumentPage
from .figures import FigurePage
from .officers import OfficerPage
from .partners import PartnerPage
from .plans import PlanLinePage, PlanPage
from .unions import UnionPage

# Pages of their own, by the slug of the entity; any other record has the plain one.
PAGE_OF: dict[str, type[EntityMixin]] = {
    "delegations": ActivityPage,
    "conferences": ActivityPage,
    "courses": ActivityPage,
    "activities": ActivityPage,
    "agreements": AgreementPage,
    "officers": OfficerPage,
    "partners": PartnerPage,
    "countries": CountryPage,
    "plans": PlanPage,
    "plan-lines": PlanLinePage,
    "unions": UnionPage,
    "documents": DocumentPage,
    "figures": FigurePage,
    "history": ActPage,
}
