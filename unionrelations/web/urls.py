"""The pages' addresses. Slugs are written, never derived from a translated name."""

from django.urls import path

from activities.entities import COSTS
from unionrelations.catalogue import ENTITIES
from unionrelations.history.entities import HISTORY
from unionrelations.kit.entities import Entity, Section

from . import (
    calendar,
    design,
    drafting,
    due,
    feeds,
    files,
    help,
    home,
    operations,
    paper_templates,
    paperwork,
    picking,
    planning,
    privacy,
    reader,
    reading,
    reports,
    search,
    session,
    signed,
    signing,
    trips,
    undoing,
)
from .bulk import EntityBulk
from .door import urls as door
from .duplicates import merging, pairs
from .entities import EntityList, EntityMixin
from .history import acts
from .history.records import RecordHistory
from .imports import handing_in, workbooks
from .imports import pages as importing
from .ledger import LedgerPage
from .prose import DocumentCreate, DocumentRead
from .records import PAGE_OF
from .records.lines import PartLines
from .records.pages import EntityDetail
from .records.parts import PartCreate, PartDelete, PartMixin, PartUpdate
from .records.promises import PromiseKept
from .records.restricting import lift, restrict
from .records.steps import take_step
from .removing import EntityDelete
from .saved import ForgetView, SavedViews
from .writing import EntityCreate, EntityUpdate

# What is entered in more than one step, and the further pages of a record, by the slug of the entity.
NEW_OF: dict[str, type[EntityMixin]] = {"documents": DocumentCreate}
FURTHER: dict[str, list[tuple[str, type[EntityMixin], str]]] = {"documents": [("<key:pk>/read/", DocumentRead, "read")]}


def entity_urls(entity: Entity) -> list:
    detail: type[EntityMixin] = PAGE_OF.get(entity.slug, EntityDetail)
    pages: list[tuple[str, type[EntityMixin], str]] = [
        ("", EntityList, "list"),
        ("views/", SavedViews, "views"),
        ("views/<key:pk>/", SavedViews, "view"),
        ("views/<key:pk>/forget/", ForgetView, "view-forget"),
        ("<key:pk>/", detail, "detail"),
    ]
    pages += FURTHER.get(entity.slug, [])
    if entity is not HISTORY:
        pages.append(("<key:pk>/history/", RecordHistory, "history"))
    if entity.bulk:
        pages.append(("bulk/", EntityBulk, "bulk"))
    if entity.form:
        pages += [
            ("new/", NEW_OF.get(entity.slug, EntityCreate), "new"),
            ("<key:pk>/edit/", EntityUpdate, "edit"),
            ("<key:pk>/delete/", EntityDelete, "delete"),
        ]
    return [
        path(f"{entity.slug}/{route}", view.as_view(entity=entity), name=f"{entity.slug}-{page}")
        for route, view, page in pages
    ] + [url for section in entity.sections if section.form for url in section_urls(entity, section)]


def section_urls(entity: Entity, section: Section) -> list:
    """Where the rows under a record are entered, changed and taken away."""
    pages: list[tuple[str, type[PartMixin], str]] = [
        ("new/", PartCreate, "new"),
        ("<key:row>/", PartUpdate, "edit"),
        ("<key:row>/delete/", PartDelete, "delete"),
    ]
    if section.lines:
        pages.append(("lines/", PartLines, "lines"))
    return [
        path(
            f"{entity.slug}/<key:pk>/{section.slug}/{route}",
            view.as_view(entity=entity, section=section),
            name=f"{entity.slug}-{section.slug}-{page}",
        )
        for route, view, page in pages
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path("due/", due.page, name="due"),
    path("due/late/", due.late, name="due-late"),
    path("pick/<slug:slug>/", picking.pick, name="pick"),
    path("drafts/<slug:slug>/", drafting.keep, name="draft"),
    path("drafts/<slug:slug>/drop/", drafting.drop, name="draft-drop"),
    path("drafts/<slug:slug>/<key:pk>/", drafting.keep, name="draft"),
    path("drafts/<slug:slug>/<key:pk>/drop/", drafting.drop, name="draft-drop"),
    path("search/", search.search, name="search"),
    path("when/", reading.when, name="when"),
    path("advice/<slug:slug>/", reading.advice, name="advice"),
    path("advice/<slug:slug>/<key:pk>/", reading.advice, name="advice"),
    path("calendar/", calendar.page, name="calendar"),
    path("calendar.ics", calendar.file, name="calendar-file"),
    path("calendar/feeds/", feeds.page, name="calendar-feeds"),
    path("calendar/feeds/<key:pk>/", feeds.rename, name="calendar-feed-rename"),
    path("calendar/feeds/<key:pk>/revoke/", feeds.revoke, name="calendar-feed-revoke"),
    path("calendar/<str:secret>.ics", feeds.read, name="calendar-feed"),
    path("duplicates/", pairs.index, name="duplicates"),
    path("duplicates/search/", pairs.search, name="duplicates-search"),
    path("duplicates/merges/", merging.index, name="merges"),
    path("duplicates/merges/<key:pk>/undo/", merging.undo, name="merge-undo"),
    path("duplicates/<slug:slug>/<key:kept>/", merging.choose, name="merge-choose"),
    path("duplicates/<slug:slug>/<key:kept>/<key:gone>/", merging.merge_page, name="merge"),
    path("duplicates/<slug:slug>/<key:one>/<key:other>/apart/", pairs.tell_apart, name="tell-apart"),
    path("history/bin/", acts.bin_page, name="history-bin"),
    path("history/<key:pk>/undo/", acts.undo_page, name="history-undo"),
    path("help/", help.page, name="help"),
    path("keys/", help.keys, name="keys"),
    path("profile/", reader.profile, name="profile"),
    path("profile/tour/", reader.tour, name="tour"),
    path("activities/<key:pk>/steps/<slug:step>/", take_step, name="activity-step"),
    path("activities/<key:pk>/restriction/", restrict, name="activity-restriction"),
    path("activities/<key:pk>/restriction/lift/", lift, name="activity-restriction-lift"),
    path("design/", design.page, name="design"),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
    path("operations/", operations.page, name="operations"),
    path("operations/back-up/", operations.back_up_now, name="back-up-now"),
    path("privacy/", privacy.page, name="privacy"),
    path("money/", LedgerPage.as_view(entity=COSTS), name="money"),
    path("reports/", reports.index, name="report-index"),
    path("reports/audits/", reports.run_audit, name="audit-new"),
    path("reports/files/", reports.keep_file, name="report-file-new"),
    path("reports/files/<key:pk>/", reports.kept_file_page, name="report-file"),
    path("reports/signed/", signed.index, name="signed-list"),
    path("reports/signed/<key:pk>/", signed.page, name="signed-report"),
    path("reports/signed/files/<key:pk>/again/", signed.make_again, name="signed-file-again"),
    path("reports/drafts/", signing.start, name="signing-start"),
    path("reports/drafts/<key:pk>/", signing.draft_page, name="signing-draft"),
    path("reports/drafts/<key:pk>/return/", signing.send_back, name="signing-return"),
    path("reports/drafts/<key:pk>/sign/", signing.put_signature, name="signing-sign"),
    path("reports/drafts/<key:pk>/drop/", signing.drop, name="signing-drop"),
    path("reports/<slug:code>/", reports.by_days, name="report-days"),
    path("reports/<slug:code>/<slug:name>/", reports.by_term, name="report-term"),
    path("plans/year/", planning.year, name="plans-year"),
    path("plans/<key:pk>/submit/", planning.submit, name="plan-submit"),
    path("plans/<key:pk>/return/", planning.send_back, name="plan-return"),
    path("plans/<key:pk>/approve/", planning.approve, name="plan-approve"),
    path("plans/<key:pk>/revise/", planning.revise, name="plan-revise"),
    path("plans/<key:pk>/next-year/", planning.next_year, name="plan-next-year"),
    path("plans/<key:pk>/versions/<key:number>/", planning.version, name="plan-version"),
    path("import/", handing_in.index, name="imports"),
    path("import/workbook/", workbooks.workbook, name="import-workbook"),
    path("import/<key:pk>/", importing.page, name="import"),
    path("import/<key:pk>/decide/", importing.decide, name="import-decide"),
    path("import/<key:pk>/give-up/", importing.give_up, name="import-give-up"),
    path("import/<key:pk>/undo/", importing.undo, name="import-undo"),
    path("import/<key:pk>/original/", importing.original, name="import-original"),
    path("import/<key:pk>/refused/", importing.marked, name="import-refused"),
    path("officers/trips/", trips.trips, name="officer-trips"),
    path("promises/<key:pk>/kept/<key:activity>/", PromiseKept.as_view(), name="promise-kept"),
    path("undo/", undoing.index, name="undo-list"),
    path("undo/<key:pk>/", undoing.undo, name="undo"),
    path("files/<path:name>", files.kept_file, name="kept-file"),
    path("papers/<key:pk>/file/", files.paper, name="paper-file"),
    path("papers/make/<slug:of>/<key:pk>/", paperwork.make, name="paper-make"),
    path("templates/", paper_templates.index, name="paper-templates"),
    path("templates/<slug:kind>/<slug:language>/", paper_templates.page, name="paper-template"),
    path("templates/<slug:kind>/<slug:language>/house/", paper_templates.house, name="paper-template-house"),
    path("templates/<slug:kind>/<slug:language>/take-back/", paper_templates.take_back, name="paper-template-gone"),
    path("documents/files/<key:pk>/", files.document_file, name="document-file"),
    *session.urlpatterns,
    *door.urlpatterns,
    *(url for entity in ENTITIES for url in entity_urls(entity)),
]
