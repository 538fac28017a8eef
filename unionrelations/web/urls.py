"""The pages' addresses. Slugs are written, never derived from a translated name."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from unionrelations.catalogue import ENTITIES
from unionrelations.kit.entities import Entity, Section

from . import (
    calendar,
    design,
    drafting,
    feeds,
    files,
    health,
    help,
    home,
    picking,
    reader,
    reading,
    reports,
    search,
    session,
    signed,
    signing,
    undoing,
)
from .bulk import EntityBulk
from .entities import EntityList, EntityMixin
from .records import PAGE_OF
from .records.pages import EntityDetail
from .records.parts import PartCreate, PartDelete, PartUpdate
from .removing import EntityDelete
from .saved import ForgetView, SavedViews
from .writing import EntityCreate, EntityUpdate


class Key(IntConverter):
    """A record's key in an address, no longer than a column holds."""

    regex = "[0-9]{1,18}"


register_converter(Key, "key")


def entity_urls(entity: Entity) -> list:
    pages: list[tuple[str, type[EntityMixin], str]] = [
        ("", EntityList, "list"),
        ("views/", SavedViews, "views"),
        ("views/<key:pk>/", SavedViews, "view"),
        ("views/<key:pk>/forget/", ForgetView, "view-forget"),
        ("<key:pk>/", PAGE_OF.get(entity.slug, EntityDetail), "detail"),
    ]
    if entity.bulk:
        pages.append(("bulk/", EntityBulk, "bulk"))
    if entity.form:
        pages += [
            ("new/", EntityCreate, "new"),
            ("<key:pk>/edit/", EntityUpdate, "edit"),
            ("<key:pk>/delete/", EntityDelete, "delete"),
        ]
    return [
        path(f"{entity.slug}/{route}", view.as_view(entity=entity), name=f"{entity.slug}-{page}")
        for route, view, page in pages
    ] + [url for section in entity.sections if section.form for url in section_urls(entity, section)]


def section_urls(entity: Entity, section: Section) -> list:
    """Where the rows under a record are entered, changed and taken away."""
    pages = (
        ("new/", PartCreate, "new"),
        ("<key:row>/", PartUpdate, "edit"),
        ("<key:row>/delete/", PartDelete, "delete"),
    )
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
    path("duplicates/", health.duplicates, name="duplicates"),
    path("help/", help.page, name="help"),
    path("keys/", help.keys, name="keys"),
    path("profile/", reader.profile, name="profile"),
    path("profile/tour/", reader.tour, name="tour"),
    path("design/", design.page, name="design"),
    path("healthz", home.healthz, name="healthz"),
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
    path("undo/", undoing.index, name="undo-list"),
    path("undo/<key:pk>/", undoing.undo, name="undo"),
    path("files/<path:name>", files.kept_file, name="kept-file"),
    *session.urlpatterns,
    *(url for entity in ENTITIES for url in entity_urls(entity)),
]
