"""A report on paper and in a spreadsheet says what the report says: every figure, its rows, its sources."""

import datetime as dt
import io

import pytest
from django.utils import translation
from django.utils.formats import number_format
from openpyxl import load_workbook

from activities.reports.composing import compose
from activities.reports.models import ReportTemplate
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import both_languages
from tests.kit.test_templates import template
from tests.kit.written import docx_of, docx_words, pdf_words, sheets_of
from unionrelations.accounts.models import Union
from unionrelations.kit.documents import Grid
from unionrelations.kit.periods import Period
from unionrelations.kit.writers import write_docx, write_pdf, write_xlsx

YEARS = Period.years(2018, 2023)


@pytest.fixture
def above(db):
    return make.UnionFactory(
        code="vgcl", name="Tổng Liên đoàn Lao động Việt Nam", name_en="VGCL", kind=Union.Kind.CONFEDERATION
    )


@pytest.fixture
def union(above):
    return make.UnionFactory(
        code="vuit", name="Công đoàn Công Thương", name_en="Industry Union", short_name="VUIT", parent=above
    )


@pytest.fixture
def filled(union):
    """A report with numbers of every sort: known, unknown, undetermined, published."""
    partner, laos = make.PartnerFactory(name="Liên hiệp Công đoàn Lào"), make.CountryFactory()
    make.DelegationFactory(
        title="Thăm Lào", unions=[(union, 1909)], partners=[partner], countries=[laos], ends_on=dt.date(2022, 3, 5)
    )
    make.DelegationFactory(title="Chưa rõ người", unions=[(union, None)])
    make.DelegationFactory(
        title="Không rõ ngày",
        unions=[(union, 2)],
        starts_on=dt.date(2023, 1, 1),
        ends_on=dt.date(2024, 12, 31),
        precision="span",
    )
    make.ConferenceFactory(title="=HYPERLINK(1)", unions=[(union, 4)])
    make.CourseFactory(unions=[(union, None)], trainees_ours=34)
    make.AgreementFactory(title="Bản ghi nhớ", unions=[union], partners=[partner])
    document = make.DocumentFactory(title="Bài báo", publisher="Tạp chí", published_on=dt.date(2023, 10, 1))
    make.FigureFactory(document=document, union=union, printed="57 đoàn ra", low=57, place="đoạn 2")
    return Report.of_days(union, YEARS)


def test_the_paper_is_the_union_s_own_addressed_to_the_one_above(filled, above):
    said = compose(filled).official
    assert (said.superior, said.issuer, said.signing, said.number) == (
        "Tổng Liên đoàn Lao động Việt Nam",
        "Công đoàn Công Thương",
        "TM. Ban Thường vụ",
        "/BC-…",
    )
    highest = compose(Report.of_days(above, YEARS, under=True)).official
    assert (highest.superior, highest.signing, highest.number) == ("", "TM. Đoàn Chủ tịch", "/BC-TLĐ")


@both_languages
def test_text_taken_from_paper_again_gives_the_figures(filled, language):
    with translation.override(language):
        document = compose(filled)
        table = next(one for one in docx_of(write_docx(document)).tables if len(one.columns) == 4)
        read = [[cell.text for cell in row.cells] for row in table.rows][1:]
        said = {True: "not known", False: "chưa rõ"}[language == "en"]
        wanted = [
            [
                one.indicator.label,
                said if one.logged is None else number_format(one.logged),
                said if one.undetermined is None else number_format(one.undetermined),
                number_format(one.unknown_people),
            ]
            for one in filled.figures
        ]
        assert read == wanted
        words = " ".join(pdf_words(write_pdf(document)).split())
        assert all(" ".join(row) in words for row in wanted)
        written = docx_words(write_docx(document))
        assert all(one in written for one in filled.narrative.split("\n\n"))


@both_languages
def test_a_spreadsheet_holds_the_same_numbers_as_numbers(filled, language):
    with translation.override(language):
        sheets = list(sheets_of(write_xlsx(compose(filled))).values())
        logged = sheets[1][1:]
        figures = filled.figures
        assert logged == [(one.indicator.label, one.logged, one.undetermined, one.unknown_people) for one in figures]


def test_each_number_that_is_not_0_has_its_rows_on_a_sheet_which_add_up_to_it(filled):
    grids = list(compose(filled).sheets())
    behind = {one.name: one for one in grids}
    for figure in filled.figures:
        label = figure.indicator.label
        assert (label in behind) == (figure.logged != 0), label
        if label in behind:
            brought = [row[-1] for row in behind[label].rows]
            known = [one for one in brought if one is not None]
            assert (sum(known) if known else None) == figure.logged
            assert brought.count(None) == figure.unknown_people


def test_rows_say_what_was_done_with_whom_where_and_when(filled):
    book = load_workbook(io.BytesIO(write_xlsx(compose(filled))))
    sheet = book["Lượt cán bộ đoàn ra"]
    heads, *rows = sheet.iter_rows(values_only=True)
    row = dict(zip(heads, next(one for one in rows if one[0] == "Thăm Lào"), strict=True))
    assert list(row.values())[2:5] == ["VUIT", "Liên hiệp Công đoàn Lào", "Lào"]
    assert list(row.values())[-3:] == [dt.datetime(2022, 3, 1), dt.datetime(2022, 3, 5), 1909]
    assert sheet.freeze_panes == "A2"
    assert all(cell.data_type != "f" for one in book for line in one.iter_rows() for cell in line)


def test_sources_say_where_each_published_figure_stands(filled):
    sources = list(sheets_of(write_xlsx(compose(filled))).values())[-1]
    assert ("Bài báo", "Tạp chí", dt.datetime(2023, 10, 1), "đoạn 2", "57 đoàn ra") == (
        sources[1][0],
        *sources[1][2:6],
    )


def test_a_reader_gets_the_rows_they_see_and_no_others(filled, union):
    own, other = make.UserFactory(union=union), make.UserFactory()
    seen, all_of_them = (list(compose(filled, one).sheets()) for one in (own, None))
    assert seen == all_of_them
    activities = [one for one in compose(filled, other).sheets() if len(one.headers) == 9]
    assert activities
    assert not any(one.rows for one in activities)


@both_languages
def test_a_report_of_nothing_is_a_paper_all_the_same(union, language):
    with translation.override(language):
        report = Report.of_days(union, Period.years(1990, 1991))
        document = compose(report)
        assert list(document.sheets()) == []
        for said in (docx_words(write_docx(document)), pdf_words(write_pdf(document))):
            assert " ".join(report.narrative.split()) in " ".join(said.split())
        assert len(sheets_of(write_xlsx(document))) == 2


def test_a_house_of_three_hundred_unions_is_asked_no_more_than_one_union(above, django_assert_num_queries):
    unions = [make.UnionFactory(parent=above) for _ in range(300)]
    document = make.DocumentFactory()
    for one in unions:
        make.FigureFactory(union=one, document=document)
    report = Report.of_days(above, YEARS, under=True)
    laid_out = compose(report)
    wide = next(one for one in laid_out.annexes if isinstance(one, Grid))
    assert (len(wide.rows), wide.wide) == (300, True)
    assert all(one.label in docx_words(write_docx(laid_out)) for one in unions[::50])
    with django_assert_num_queries(0):
        write_pdf(laid_out)


def test_the_template_of_the_nearest_union_above_is_used(filled, union, above):
    def first_line():
        return docx_words(write_docx(compose(filled))).splitlines()[0]

    def keep(owner, words):
        kept = ReportTemplate(union=owner)
        kept.file.save("a.docx", io.BytesIO(template(words)))

    house = first_line()
    keep(above, "Mẫu của trên")
    assert first_line() == "Mẫu của trên" != house
    keep(union, "Mẫu của mình: {{ issuer }}")
    assert first_line() == "Mẫu của mình: CÔNG ĐOÀN CÔNG THƯƠNG"
    assert docx_words(write_docx(compose(Report.of_days(above, YEARS)))).startswith("Mẫu của trên")
