"""A report is signed whole or not at all, once, by numbers that agree; afterwards nobody changes it."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from activities.models import ActivityScope
from activities.reports import audit, signing
from activities.reports.audit import check
from activities.reports.composing import compose
from activities.reports.kept import KeptReport, canonical, is_intact, sha256_of
from activities.reports.models import AuditRun, Kept, NotNow, SignedFile, TermReport
from activities.reports.questions import Only, Question, Rule
from activities.reports.reports import Report
from activities.reports.signing import Hindered, draft, report_of, seen_as, sign
from tests import factories as make
from tests.signing import NOW, drafted_report, signed_report, submitted_report
from unionrelations.accounts.models import UnionSuccession
from unionrelations.kit.periods import Period

YEAR = Period.years(2022)


@pytest.fixture
def union(db):
    return make.UnionFactory(code="vuit", name="Công đoàn Công Thương", name_en="Industry Union")


@pytest.fixture
def trip(union):
    partner = make.PartnerFactory()
    return make.DelegationFactory(title="Đi Lào", unions=[(union, 7)], partners=[partner], countries=[partner.country])


@pytest.fixture
def report(union, trip):
    return Report.of_days(union, YEAR)


def test_a_draft_starts_with_the_generated_text_in_its_own_language(report):
    vi, en = drafted_report(report, language="vi"), drafted_report(report, language="en")
    assert (vi.state, en.state) == ("draft", "draft")
    assert "1 đoàn ra" in vi.text
    assert "1 outbound delegation" in en.text
    assert vi.title != en.title


def test_one_draft_of_a_question_and_language_is_on_its_way_at_a_time(report):
    assert drafted_report(report) == drafted_report(report)
    assert TermReport.objects.count() == 1


def test_a_row_asks_the_question_it_was_made_of(union):
    country = make.CountryFactory()
    only = Only(country=country, partner=make.PartnerFactory(country=country))
    question = Question(union, YEAR, True, only, Rule.END)
    row = drafted_report(Report(question))
    assert TermReport.objects.get(pk=row.pk).question == question
    assert list(TermReport.objects.asking(question)) == [row]
    assert not TermReport.objects.asking(question.but(under=False)).exists()
    assert not TermReport.objects.asking(question.but(only=Only())).exists()


def test_a_report_that_tells_of_unions_elsewhere_is_not_drafted(union):
    other = make.UnionFactory()
    UnionSuccession.objects.create(predecessor=other, successor=union, kind="absorption", day="2025-07-01")
    beyond = Question(union, YEAR, organised_on=NOW.date())
    with pytest.raises(NotNow, match=r"unions that stand elsewhere|nơi khác"):
        draft(Report(beyond), make.UserFactory(union=union), NOW, "vi")


def test_signing_freezes_figures_rows_and_words(report, trip):
    row = signed_report(report)
    assert (row.state, row.number, row.signed_at) == ("signed", 1, NOW)
    assert row.figures["figures"][0]["logged"] == 1
    assert row.rows["figures"]["officials_out"]["logged"] == [[f"activities.delegation:{trip.pk}", 7, False]]
    record = row.rows["records"][f"activities.delegation:{trip.pk}"]
    assert (record["title"], record["days"]) == ("Đi Lào", ["2022-03-01", None, "day"])
    assert row.rows["figures"]["countries"]["logged"][0][1:] == [1, False]
    assert row.sha256 == sha256_of(canonical(row))
    assert json.loads(canonical(row))["report"] == row.figures
    assert is_intact(row)
    assert [one.format for one in row.files.all()] == ["docx", "pdf", "xlsx", "json"]


def test_what_was_tampered_with_past_the_program_is_noticed(report):
    row = signed_report(report)
    row.text = "Đã tổ chức 57 đoàn ra."
    assert not is_intact(row)


def test_nothing_of_a_signed_report_is_changed_or_deleted(report):
    row = signed_report(report)
    row.text = "khác"
    file = row.files.first()
    file.finish(NOW, file="reports/signed/2026/x.docx", size=3, sha256="a" * 64)
    for attempt in (
        row.save,
        row.delete,
        TermReport.objects.all().delete,
        lambda: TermReport.objects.filter(pk=row.pk).update(text="khác"),
        lambda: row.write(title="", text="", note="", by=None),
        lambda: row.submit(row.signed_by, NOW),
        lambda: row.send_back(row.signed_by, NOW, "vì"),
        lambda: sign(row, row.signed_by, NOW, ""),
        file.save,
        file.delete,
    ):
        with pytest.raises((Kept, NotNow)):
            attempt()
    for owner in (row.union, row.signed_by):
        with pytest.raises(ProtectedError):
            owner.delete()
    assert is_intact(TermReport.objects.get())


@pytest.mark.parametrize(
    "half",
    [{"state": "signed"}, {"sha256": "a" * 64}, {"number": 1}, {"state": "submitted"}, {"figures": {}}, {"rows": {}}],
)
def test_the_database_keeps_a_report_signed_whole_or_not_at_all(report, half):
    row = drafted_report(report)
    with pytest.raises(IntegrityError), transaction.atomic():
        TermReport.objects.filter(pk=row.pk).update(**half)


def test_each_step_has_its_turn(report):
    row = drafted_report(report)
    for early in (lambda: sign(row, row.drafted_by, NOW, ""), lambda: row.send_back(row.drafted_by, NOW, "x")):
        with pytest.raises(NotNow):
            early()
    row.submit(row.drafted_by, NOW)
    for late in (lambda: row.submit(row.drafted_by, NOW), lambda: row.write(title="", text="", note="", by=None)):
        with pytest.raises(NotNow):
            late()
    row.send_back(row.drafted_by, NOW, "thiếu một đoàn")
    assert (row.state, row.return_reason) == ("draft", "thiếu một đoàn")


def test_numbers_other_than_those_the_signer_saw_are_not_signed(report, union):
    row = submitted_report(report)
    seen = seen_as(row, report_of(row))
    make.DelegationFactory(unions=[(union, 1)])
    with pytest.raises(Hindered, match=r"have changed since|đã thay đổi"):
        sign(row, row.drafted_by, NOW, seen)
    assert TermReport.objects.get().state == "submitted"


def test_scope_rows_that_differ_from_derived_ones_block_signing(report, trip):
    row = submitted_report(report)
    ActivityScope.objects.filter(activity=trip.pk).update(own_people=70)
    with pytest.raises(Hindered) as why:
        sign(row, row.drafted_by, NOW, seen_as(row, report_of(row)))
    assert why.value.mends


@pytest.mark.parametrize("what", ["figure", "scope"])
def test_a_mismatch_of_the_newest_audit_blocks_signing_where_it_touches_the_report(report, trip, what):
    row = submitted_report(report)
    named = {"figure": f"{audit.named(report.question)} officials_out", "scope": audit.of_activity(trip.pk)}
    AuditRun.objects.create(state="done", finished_at=NOW, mismatches=[{"what": named[what]}])
    with pytest.raises(Hindered) as why:
        sign(row, row.drafted_by, NOW, seen_as(row, report_of(row)))
    assert why.value.mends
    AuditRun.objects.create(state="done", finished_at=NOW, mismatches=[{"what": "ha-noi 2022 own officials_out"}])
    sign(row, row.drafted_by, NOW, seen_as(row, report_of(row)))
    assert row.is_signed


def test_a_mismatch_names_a_figure_the_way_the_audit_of_everything_does(union, monkeypatch):
    make.TermFactory(union=union)
    said = []
    monkeypatch.setattr(audit.Outcome, "compare", lambda self, what, **numbers: said.append(what))
    audit.audit()
    term = union.terms.get()
    assert f"{audit.named(Question(union, term.period))} officials_out" in said


def test_rows_that_do_not_make_a_figure_are_not_signed(report, monkeypatch):
    row = submitted_report(report)
    monkeypatch.setattr(signing, "disagreeing", lambda rows, figures: ["officials_out"])
    with pytest.raises(Hindered):
        sign(row, row.drafted_by, NOW, seen_as(row, report_of(row)))


@pytest.mark.parametrize("under", [False, True])
def test_a_quick_audit_of_one_question_agrees_on_sound_records_and_finds_a_fault(report, trip, union, under):
    question = Question(union, YEAR, under)
    sound = check(question)
    assert sound.compared > 18
    assert sound.mismatches == []
    ActivityScope.objects.filter(activity=trip.pk).delete()
    assert check(question).mismatches


def test_files_say_what_was_signed_whatever_the_records_say_by_then(report, union, trip):
    row = signed_report(report)
    trip.delete()
    make.FigureFactory(union=union, low=99)
    kept = KeptReport(row)
    document = compose(kept)
    assert kept.figure("officials_out").logged == 7
    assert kept.narrative == row.text
    assert kept.rows("delegations_out")[0]["title"] == "Đi Lào"
    assert "99" not in str(document)
    with pytest.raises(AssertionError):
        kept.question  # noqa: B018


def test_published_figures_stand_in_the_files_as_they_stood(union, report):
    figure = make.FigureFactory(
        union=union, low=36, printed="36 đoàn ra", first_day="2022-01-01", last_day="2022-12-31"
    )
    row = signed_report(Report.of_days(union, YEAR))
    figure.delete()
    published = KeptReport(row).figure("delegations_out").reported
    assert [(one.figure.printed, one.gap) for one in published] == [("36 đoàn ra", 35)]
    assert "36 đoàn ra" in str(compose(KeptReport(row)))


def test_tables_are_read_back_as_they_were(report):
    row = signed_report(report)
    fresh = {one.code: one.as_json() for one in report.all_tables}
    kept = {one.code: one.as_json() for one in KeptReport(row).all_tables}
    assert kept.keys() == fresh.keys()
    year = next(iter(kept["year"]["lines"]))
    assert year["cells"]["delegations_out"]["logged"] == 1


def test_a_file_that_failed_is_made_again_and_one_that_is_done_is_not(report):
    file = signed_report(report).files.first()
    file.finish(NOW, error="OSError")
    file.make_again(NOW)
    assert file.state == "queued"
    file.finish(NOW, file="reports/signed/2026/x.docx", size=3, sha256="a" * 64)
    file.make_again(NOW)
    assert SignedFile.objects.get(pk=file.pk).state == "done"
