"""One click from a document: a new record with document, union and period filled in."""

import datetime as dt
import re

import pytest

from activities.models import Conference, Course, Delegation, Plan, Proposal, ReportedFigure, SourceDocument, SourceLink
from tests import admin_factories as make

from .pages import address, fields, row, text

YEARS = {"first_day": dt.date(2018, 1, 1), "last_day": dt.date(2020, 12, 31)}


@pytest.fixture
def document(vuit):
    return make.document(vuit, title="Báo Lao động", **YEARS)


def click(client, document, model):
    """Follows the document page's own link to the add page."""
    page = text(client.get(address(SourceDocument, "change", document.pk)))
    link = re.search(rf'href="({re.escape(address(model, "add"))}\?[^"]+)"', page)
    assert link, model
    return link[1], client.get(link[1])


@pytest.mark.parametrize("model", [Delegation, Conference, Course])
def test_one_click_opens_an_activity_with_document_union_and_period(model, document, vuit, officer):
    url, page = click(officer, document, model)
    values = fields(page)
    assert (values["starts_on"], values["ends_on"], values["precision"]) == ("01/01/2018", "31/12/2020", "span")
    assert row(values, "union_roles", union=vuit.pk)
    source = row(values, "sources", document=document.pk)
    assert "Báo Lao động" in text(page)
    given = {"title": "Seeded", "direction": "out", "role": "abroad", "status": "held", f"{source}-place": "đoạn 3"}
    if model is Course:
        given["direction"] = "given"
    response = officer.post(url, values | given)
    assert response.status_code == 302, response.context["errors"]
    one = model.objects.get()
    assert one.union_roles.get().union == vuit
    assert SourceLink.objects.get().activity_id == one.pk
    assert SourceLink.objects.get().document == document


def test_one_click_opens_a_published_figure_with_its_period_in_words(document, vuit, officer):
    url, page = click(officer, document, ReportedFigure)
    values = fields(page)
    assert values["document"] == str(document.pk)
    assert values["union"] == str(vuit.pk)
    assert (values["first_day"], values["last_day"]) == ("01/01/2018", "31/12/2020")
    assert values["period_printed"] == "2018–2020"
    given = {"place": "đoạn 3", "indicator": "delegations_out", "printed": "36 đoàn", "low": "36", "high": "36"}
    response = officer.post(url, values | given | {"_addanother": "1"})
    assert response.status_code == 302
    assert response.url == url
    assert ReportedFigure.objects.get().exact_value == 36


@pytest.mark.parametrize("model", [Proposal, Plan])
def test_one_click_opens_a_proposal_or_a_plan(model, document, vuit, officer):
    _url, page = click(officer, document, model)
    values = fields(page)
    assert (values["document"], values["union"]) == (str(document.pk), str(vuit.pk))


def test_a_document_from_above_fills_in_the_readers_own_union(vgcl, vuit, officer):
    document = make.document(vgcl, **YEARS)
    _url, page = click(officer, document, ReportedFigure)
    assert fields(page)["union"] == str(vuit.pk)


def test_a_document_out_of_reach_fills_in_nothing(veu, officer):
    hidden = make.document(veu, title="Hidden paper", **YEARS)
    for asked in (hidden.pk, "x", "999999"):
        page = officer.get(address(ReportedFigure, "add"), {"from_document": asked})
        assert page.status_code == 200
        assert fields(page)["first_day"] == ""
        assert "Hidden paper" not in text(page)


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [
        (dt.date(2022, 6, 1), dt.date(2022, 6, 30), "month"),
        (dt.date(2022, 4, 1), dt.date(2022, 6, 30), "quarter"),
        (dt.date(2022, 1, 1), dt.date(2022, 6, 30), "half_year"),
        (dt.date(2022, 1, 1), dt.date(2022, 12, 31), "year"),
        (dt.date(2022, 1, 1), dt.date(2022, 5, 31), "span"),
        (dt.date(2022, 6, 5), dt.date(2022, 6, 5), "day"),
    ],
)
def test_the_period_is_filled_in_as_exactly_as_the_document_says(first, last, precision, vuit, officer):
    document = make.document(vuit, first_day=first, last_day=last)
    _url, page = click(officer, document, Delegation)
    assert fields(page)["precision"] == precision


def test_readers_who_may_not_write_are_offered_nothing_to_open(document, vuit, signed_in):
    auditor = signed_in(make.person("auditor", vuit, "auditor"))
    page = auditor.get(address(SourceDocument, "change", document.pk))
    assert page.status_code == 200
    assert "from_document" not in text(page)


def test_a_records_page_names_its_sources_and_the_document_its_records(document, vuit, officer):
    one = make.officer(vuit)
    SourceLink.objects.create(document=document, place="đoạn 5", officer=one)
    assert "Báo Lao động" in text(officer.get(address(type(one), "change", one.pk)))
    assert one.name in text(officer.get(address(SourceDocument, "change", document.pk)))
