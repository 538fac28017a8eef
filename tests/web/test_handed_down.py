"""What a union above publishes, plans or sets is read below it and changed by nobody there."""

import pytest
from django.test import Client

from activities.models import Plan, SourceDocument
from tests.factories import DocumentFactory, UnionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(db):
    return UnionFactory()


@pytest.fixture
def officer(above):
    browser = Client()
    browser.force_login(UserFactory(union=UnionFactory(parent=above)))
    return browser


def test_a_document_from_above_is_read_and_not_changed(above, officer):
    document = DocumentFactory(union=above)
    page = officer.get(f"/documents/{document.pk}/")
    assert page.status_code == 200
    assert f"/documents/{document.pk}/edit/" not in page.content.decode()
    assert officer.get(f"/documents/{document.pk}/edit/").status_code == 404
    assert officer.post(f"/documents/{document.pk}/delete/").status_code == 404
    assert officer.get(f"/api/documents/{document.pk}/").status_code == 200
    change = officer.patch(f"/api/documents/{document.pk}/", {"title": "x"}, content_type="application/json")
    assert change.status_code == 404
    assert officer.delete(f"/api/documents/{document.pk}/").status_code == 404
    assert SourceDocument.objects.get().title == document.title


def test_a_plan_from_above_is_read_and_not_changed(above, officer):
    plan = Plan.objects.create(union=above, title="Kế hoạch 2025", first_day="2025-01-01", last_day="2025-12-31")
    Plan.objects.update(state="approved")
    assert officer.get(f"/plans/{plan.pk}/").status_code == 200
    assert officer.get(f"/plans/{plan.pk}/edit/").status_code == 404
    assert officer.get(f"/admin/activities/plan/{plan.pk}/change/").status_code == 200
    assert officer.post(f"/admin/activities/plan/{plan.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Plan.objects.get() == plan
