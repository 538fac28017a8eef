"""What pages do a program can do, or it is said here why it stays with people. A page that is added stands in neither
list, and fails."""

import functools

import pytest
from django.urls import URLPattern
from drf_spectacular.generators import SchemaGenerator

from unionrelations.catalogue import ENTITIES
from unionrelations.web import urls
from unionrelations.web.door import urls as door

OWN = "a person's own convenience at the screen"
TYPING = "a part of a page that helps while somebody types"
SIGNED = "a name is put under something by a person who reads it"
LOOK = "a person looks at it; a program reads the lists behind it"
HOUSE = "keeping the house, by whoever keeps it"
FILES = "files are added by people"
LINES = "the rows of its section, typed as lines"
ASKED = "not asked for by a program yet; its rows are read and written through their own endpoints"

# Each page: what does the same in the API.
DOES = {
    **dict.fromkeys(("due", "due-late"), "GET /api/due/"),
    "search": "GET /api/search/",
    "duplicates": "GET /api/duplicates/",
    "merges": "GET /api/merges/",
    "merge": "POST /api/merges/",
    "merge-undo": "POST /api/merges/{id}/undo/",
    "history-bin": "GET /api/bin/",
    "history-undo": "POST /api/history/{id}/undo/",
    "undo-list": "GET /api/history/",
    "undo": "POST /api/history/{id}/undo/",
    "activity-step": "POST /api/activities/{id}/steps/",
    "money": "GET /api/costs/",
    "report-days": "GET /api/reports/{code}/",
    "report-term": "GET /api/reports/{code}/{name}/",
    "report-file-new": "POST /api/report-files/",
    "report-file": "GET /api/report-files/{id}/",
    "kept-file": "GET /api/report-files/{id}/content/",
    "signed-list": "GET /api/signed-reports/",
    "signed-report": "GET /api/signed-reports/{id}/",
    "imports": "POST /api/imports/",
    "import": "GET /api/imports/{id}/",
    "import-decide": "POST /api/imports/{id}/decide/",
    "import-give-up": "POST /api/imports/{id}/give-up/",
    "import-undo": "POST /api/imports/{id}/undo/",
    "import-original": "GET /api/imports/{id}/original/",
    "import-refused": "GET /api/imports/{id}/refused/",
}
# Each page that stays with people: why.
PEOPLE_ALONE = {
    **dict.fromkeys(("home", "help", "keys", "profile", "tour", "design", "language", "theme"), OWN),
    **dict.fromkeys(("draft", "draft-drop"), OWN),
    **dict.fromkeys(("pick", "when", "advice"), TYPING),
    **dict.fromkeys(("calendar", "calendar-file", "calendar-feed", "calendar-feeds"), LOOK),
    **dict.fromkeys(("calendar-feed-rename", "calendar-feed-revoke"), LOOK),
    **dict.fromkeys(("report-index", "plans-year", "plan-version", "officer-trips", "documents-read"), LOOK),
    **dict.fromkeys(("duplicates-search", "tell-apart", "merge-choose"), "whether two are alike is judged by eye"),
    **dict.fromkeys(("activity-restriction", "activity-restriction-lift"), "who may know is a person's say"),
    **dict.fromkeys(("healthz", "readyz", "metrics", "operations", "back-up-now", "privacy", "audit-new"), HOUSE),
    **dict.fromkeys(("signing-start", "signing-draft", "signing-return", "signing-sign", "signing-drop"), SIGNED),
    "signed-file-again": SIGNED,
    **dict.fromkeys(("plan-submit", "plan-return", "plan-approve", "plan-revise", "plan-next-year"), SIGNED),
    "import-workbook": "issued for people to fill in",
    "promise-kept": ASKED,
    **dict.fromkeys(("paper-file", "document-file", "paper-make"), "files are opened and written by people"),
    **dict.fromkeys(("paper-templates", "paper-template", "paper-template-house", "paper-template-gone"), HOUSE),
}
KIND_OF_PAGE = {
    "list": "GET /api/{slug}/",
    "detail": "GET /api/{slug}/{{id}}/",
    "history": "GET /api/history/",
    "new": "POST /api/{slug}/",
    "edit": "PATCH /api/{slug}/{{id}}/",
    "delete": "DELETE /api/{slug}/{{id}}/",
    "views": OWN,
    "view": OWN,
    "view-forget": OWN,
    "bulk": "one record after another; each change of one is a request of its own",
}


@functools.cache
def operations() -> set[str]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def names() -> set[str]:
    patterns = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
    of_the_door = {one.name for one in door.urlpatterns if isinstance(one, URLPattern)}
    return {one.name for one in patterns} - of_the_door


def of_entities() -> dict[str, str]:
    found = {}
    for entity in ENTITIES:
        for page, said in KIND_OF_PAGE.items():
            found[f"{entity.slug}-{page}"] = said.format(slug=entity.slug)
        for section in filter(lambda one: one.form, entity.sections):
            of = f"/api/{slug_of_owner(section)}/{{id}}/{section.slug}/"
            rows = {
                "new": f"POST {of}",
                "edit": f"PATCH {of}{{row}}/",
                "delete": f"DELETE {of}{{row}}/",
                "lines": LINES,
            }
            for page, said in rows.items():
                found[f"{entity.slug}-{section.slug}-{page}"] = FILES if section.slug == "files" else said
    return found


def slug_of_owner(section) -> str:
    """Rows under an activity stand under all activities, whatever its kind."""
    owner = section.form._meta.model._meta.get_field(section.form.owner).related_model
    return next(entity.slug for entity in ENTITIES if entity.model is owner)


def said_of(name: str) -> str:
    return DOES.get(name) or PEOPLE_ALONE.get(name) or of_entities().get(name, "")


@pytest.mark.parametrize("name", sorted(names()))
def test_what_a_page_does_a_program_does_or_it_is_said_why_not(name):
    said = said_of(name)
    assert said, f"{name}: say what does the same in the API, or why it stays with people"
    if "/api/" in said:
        assert said in operations()


def test_the_lists_name_only_pages_that_are_there():
    assert sorted((DOES.keys() | PEOPLE_ALONE.keys()) - names()) == []


def test_the_door_is_opened_by_people_alone():
    assert [one for one in operations() if any(word in one for word in ("token", "hook", "session", "user"))] == []
