"""A number opens exactly its rows, on every door; and page, JSON, command and files of a report say the same."""

import html
import io
import json
import re

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.formats import number_format
from openpyxl import load_workbook

from activities.models import Activity, Conference, Delegation, Term
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import count_afresh, enter, lasting, text, xlsx_rows
from tests.seeded import seed
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period

FREE = Period.years(2021, 2022)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The seeded house, and what its documents do not hold: shared trips, loose dates, parts, guests, unknown heads."""
    with lasting(django_db_blocker):
        seed()
        _what_documents_do_not_hold()
        count_afresh()
        yield


def _what_documents_do_not_hold():
    unions = {one.code: one for one in Union.objects.all()}
    vgcl, vuit, hanoi = unions["vgcl"], unions["vuit"], unions["ha-noi"]
    laos, china = make.CountryFactory(code="LA"), make.CountryFactory(code="CN")
    partner, other = make.PartnerFactory(), make.PartnerFactory(country=china)
    loose = {"starts_on": "2022-07-01", "ends_on": "2024-06-30", "precision": "span"}
    both = {"partners": [partner, other], "countries": [laos, china]}
    make.DelegationFactory(unions=[(vuit, 5), (hanoi, 7)], **both)
    make.DelegationFactory(unions=[(vuit, None), (hanoi, 4), (vgcl, 2)], mode="online")
    make.DelegationFactory(unions=[(vuit, 9)], **loose, **both)
    make.DelegationFactory(unions=[(hanoi, None)], **loose)
    for guests in (1234, None):
        make.DelegationFactory(unions=[(vuit, None), (vgcl, 1)], direction="in", guests=guests)
    whole = make.ConferenceFactory(unions=[(vgcl, 3), (vuit, 2)], role="abroad", countries=[laos])
    whole = Activity.objects.get(pk=whole.pk)
    make.ConferenceFactory(unions=[(vuit, 2)], format="meeting", role="", part_of=whole)
    make.ConferenceFactory(unions=[(hanoi, 6)], role="home", part_of=whole)
    make.ConferenceFactory(unions=[(vgcl, None)], role="hosted", **loose)
    make.CourseFactory(unions=[(vuit, None)], trainees_ours=20, trainees_theirs=10, certificates=None)
    make.CourseFactory(unions=[(vgcl, None)], **loose)
    make.DelegationFactory(unions=[(vuit, 3)], status="planned")
    make.AgreementFactory(unions=[vuit, hanoi], partners=[partner])
    make.AgreementFactory(unions=[vgcl], signed_from="2023-11-01", signed_to="2024-01-31", partners=[other])


def reports():
    """(union, term or None for free days, with those below)."""
    for code in ("vgcl", "vuit", "veu", "ha-noi", "agriculture"):
        for name in ("2018-2023", "2023-2028", None):
            for under in (False, True) if code == "vgcl" else (False,):
                yield code, name, under


each_report = pytest.mark.parametrize(("code", "name", "under"), list(reports()), ids=str)


def report_of(code, name, under) -> Report:
    union = Union.objects.get(code=code)
    if name is None:
        return Report.of_days(union, FREE, under=under)
    return Report.of_term(union, next(one for one in Term.objects.of(union) if one.name == name), under=under)


def added(rows) -> int | None:
    """A list's last column added up; None where nobody was counted in any of its rows."""
    known = [row[-1] for row in rows if row[-1] is not None]
    return sum(known) if known or not rows else None


def numbers_of(report):
    for figure in report.figures:
        yield figure, figure.rows_url, figure.logged
        yield figure, figure.undetermined_url, figure.undetermined


@pytest.mark.one_database
@each_report
def test_the_endpoint_counts_as_many_rows_as_the_number_says(house, db, code, name, under):
    browser = enter(make.UserFactory(union=Union.objects.get(code="vgcl")))
    for figure, address, number in numbers_of(report_of(code, name, under)):
        if not figure.indicator.sums:
            assert (browser.get(f"/api{address}&count=true").json()["count"], address) == (number, address)


@pytest.mark.parametrize(
    ("reader", "code", "name", "under"),
    [("vgcl", "vgcl", "2018-2023", True), ("vuit", "vuit", "2018-2023", False), ("vgcl", "vuit", None, False)],
)
def test_a_number_opens_exactly_its_rows(house, db, reader, code, name, under):
    browser = enter(make.UserFactory(union=Union.objects.get(code=reader)))
    for figure, address, number in numbers_of(report_of(code, name, under)):
        page = browser.get(address)
        rows = xlsx_rows(browser.get(f"{address}&format=xlsx"))
        said = added(rows) if figure.indicator.sums else len(rows)
        assert (said, address) == (number, address)
        assert browser.get(f"/api{address}&count=true").json()["count"] == page.context["total"] == len(rows)
        assert page.context["behind"].value == number


@pytest.mark.parametrize(
    ("code", "name", "under"), [("vgcl", "2018-2023", True), ("vuit", "2018-2023", False), ("ha-noi", None, False)]
)
def test_a_row_without_a_headcount_is_counted_as_unknown(house, db, code, name, under):
    browser = enter(make.UserFactory(union=Union.objects.get(code=code)))
    for figure in report_of(code, name, under).figures:
        if not figure.indicator.sums:
            assert figure.unknown_people == 0
            continue
        rows = xlsx_rows(browser.get(f"{figure.rows_url}&format=xlsx"))
        # With those below, a row of several unions may be known in part: then it has a number and is unknown too.
        empty = sum(row[-1] is None for row in rows)
        assert (empty <= figure.unknown_people) if under else (empty == figure.unknown_people), figure.rows_url
        if figure.logged is None:
            assert empty == len(rows) > 0


def test_the_world_of_these_tests_leaves_nothing_untried(house, db):
    figures = [one for report in reports() for one in report_of(*report).figures]
    tried = {one.indicator.code for one in figures if one.logged}
    assert tried == {one.indicator.code for one in figures}
    assert any(one.undetermined for one in figures if one.indicator.sums)
    assert any(one.logged is None for one in figures)
    assert Delegation.objects.filter(status="planned").exists()
    assert Conference.objects.filter(part_of__isnull=False).count() >= 2


@pytest.mark.parametrize(
    ("language", "code", "name", "under"),
    [
        ("vi", "vgcl", "2018-2023", True),
        ("en", "vgcl", "2018-2023", False),
        ("vi", "vuit", "2018-2023", False),
        ("en", "veu", "2018-2023", False),
        ("vi", "ha-noi", "2023-2028", False),
        ("en", "vuit", None, False),
    ],
)
def test_page_json_command_and_file_say_the_same(house, db, tmp_path, code, name, under, language):
    report = report_of(code, name, under)
    browser = enter(make.UserFactory(union=Union.objects.get(code="vgcl"), language=language))
    asked = browser.get(report.url + ("&" if "?" in report.url else "?") + "format=json")
    with translation.override(language):
        by_object = json.loads(json.dumps(report.as_json()))
    assert asked.json() == by_object == _by_command(report, language, tmp_path)
    by_page = _on_page(text(browser.get(report.url)))
    by_file = {row[0]: row[1:4] for row in _grid(browser.get(asked.request["PATH_INFO"], _query(report, "xlsx")))}
    for one in by_object["figures"]:
        with translation.override(language):
            shown = "—" if one["logged"] is None else number_format(one["logged"], force_grouping=True)
        assert by_page[one["label"]] == shown, one["label"]
        assert by_file[one["label"]] == (one["logged"], one["undetermined"], one["unknown_people"])


def _query(report, form) -> dict:
    asked = {"format": form} | ({"under": 1} if report.under else {})
    return asked if report.term else asked | {"from": report.period.start, "to": report.period.end}


def _by_command(report, language, folder) -> dict:
    file = folder / "report.json"
    which = {"term": report.term.name} if report.term else {"first": report.period.start, "last": report.period.end}
    call_command("report", report.union.code, **which, under=report.under, format="json", lang=language, output=file)
    return json.loads(file.read_text(encoding="utf-8"))


def _on_page(page: str) -> dict[str, str]:
    """The logged number of each line, as a reader sees it; "—" where it is said to be unknown."""
    lines = re.findall(r'<tr role="row"><th[^>]*>(.*?)(?:<span class="sub">.*?)?</th>(.*?)</tr>', page, re.DOTALL)
    numbers = {}
    for label, cells in lines:
        number = re.search(r'class="figure-link" href="[^"]*">(.*?)</a>', cells, re.DOTALL)
        if number:
            numbers[html.unescape(label.strip())] = "—" if "unknown" in number[1] else number[1].strip()
    return numbers


def _grid(response) -> list[tuple]:
    """The lines of the sheet of figures: a label, then three numbers, some of them empty."""
    _first, figures, *_more = load_workbook(io.BytesIO(response.content)).worksheets
    _headings, *rows = figures.iter_rows(values_only=True)
    return rows
