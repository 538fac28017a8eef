"""A report handed in: its figures stand marked in the text, a person answers each, and only the accepted are stored."""

import datetime as dt
import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Course, DocumentFile, ReportedFigure, SourceDocument
from activities.prose import Span, Told, ToldActivity, ToldFigure, ToldPeriod
from tests import factories as make
from tests.doors import enter, text, typed_in
from unionrelations.accounts.models import User
from unionrelations.web.models import Draft, Undo
from unionrelations.web.prose import originals, review
from unionrelations.web.prose.candidates import cut
from unionrelations.web.prose.counts import read_count
from unionrelations.web.prose.marked import Mark, MarkedText, paragraphs

NEW = "/documents/new/"
YEARS = ToldPeriod(dt.date(2018, 1, 1), dt.date(2023, 12, 31), "giai đoạn 2018 – 2023")
REPORT = (
    "Kết quả giai đoạn 2018 – 2023\n"
    "Công đoàn ngành cử 6 đoàn ra, riêng năm 2022 có 2 đoàn ra; đón gần 40 khách quốc tế.\n"
    "Hàng trăm lượt cán bộ dự họp & <b>học</b>. Năm 2024 dự kiến 4 đoàn vào. Chuẩn bị Đại hội XIII.\n"
    "Tháng 10/2022 mở lớp tập huấn cho 34 học viên."
)


def told(words: str, indicator="delegations_out", low=None, high=None, qualifier="exact", **more) -> ToldFigure:
    start = REPORT.index(words)
    given = {"period": YEARS, "union": "vuit", "organisation": None, "subset_of": None, "planned": False} | more
    return ToldFigure(
        indicator,
        low,
        high,
        qualifier,
        start=start,
        end=start + len(words),
        words=words,
        doubt=given.pop("doubt", ""),
        **given,
    )


FIGURES = (
    told("6 đoàn ra", low=6, high=6),
    told(
        "2 đoàn ra",
        low=2,
        high=2,
        subset_of=0,
        period=ToldPeriod(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "năm 2022"),
    ),
    told("gần 40 khách quốc tế", "guests_in", high=40, qualifier="lt", period=None),
    told("Hàng trăm lượt cán bộ", "officials_out", qualifier="vague", union=None, organisation="Công đoàn bạn"),
    told("4 đoàn vào", "delegations_in", low=4, high=4, planned=True),
    told("34 học viên", "trainees", low=34, high=34),
    told("34 học viên", "certificates", low=34, high=34),
)
CLASS = ToldActivity(
    kind="course",
    role="given",
    title="Lớp tập huấn",
    start=REPORT.index("Tháng 10"),
    end=len(REPORT),
    words="Tháng 10/2022 mở lớp",
    when="Tháng 10/2022",
    starts_on=dt.date(2022, 10, 1),
    ends_on=dt.date(2022, 10, 31),
    precision="month",
    place="Hà Nội",
    countries=("Lào",),
    people=34,
    cohort="VI",
    step="2",
)
LOOKALIKE = Span("congress", REPORT.index("Đại hội XIII"), REPORT.index("Đại hội XIII") + 12, "Đại hội XIII")
WHOLE = Told(FIGURES, (CLASS,), (LOOKALIKE,))
SIX, TWO, FORTY, VAGUE, PLANNED, TRAINEES, CERTIFICATES = (f"f{one.start}-{one.end}-{one.indicator}" for one in FIGURES)


@pytest.fixture
def officer(db):
    make.CountryFactory()
    union = make.UnionFactory(code="vuit", name="Công đoàn Công Thương Việt Nam")
    return make.UserFactory(union=union, language="en")


@pytest.fixture
def desk(officer, monkeypatch):
    monkeypatch.setattr(review.prose, "read_report", lambda given, **_more: WHOLE if given == REPORT else Told())
    return enter(officer)


def handed(**more) -> dict:
    return {"title": "Báo cáo nhiệm kỳ", "kind": "report", "language": "vi", "text": REPORT} | more


def step(desk, page, address=NEW, **pressed):
    """Sends the page's form back with what was pressed or typed on it."""
    assert page.status_code == 200
    return desk.post(address, typed_in(page) | pressed)


def accept(desk, page, *keys, address=NEW):
    for key in keys:
        page = step(desk, page, address, accept=key)
    return page


def candidate(page, key):
    return next(one for one in page.context["review"].candidates if one.key == key)


def nothing_is_stored() -> bool:
    return not SourceDocument.objects.exists() and not ReportedFigure.objects.exists()


# --- The text


def test_the_text_stands_as_it_was_given_with_every_figure_a_link_to_its_candidate(desk):
    page = text(desk.post(NEW, handed()))
    sheet = re.search(r'<div class="paper-text".*?</div>', page, re.DOTALL)[0]
    bare = re.sub(r"<sup>[^<]*</sup>|<div[^>]*>|</div>|</?a[^>]*>|</?span[^>]*>|<p>", "", sheet).replace("</p>", "\n")
    assert bare.strip("\n") == REPORT.replace("&", "&amp;").replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;")
    assert '<a class="fig" href="#c1" aria-current="true">6 đoàn ra<sup>1</sup></a>' in sheet
    assert '<a class="fig fig-ask" href="#c4">Hàng trăm lượt cán bộ<sup>4</sup></a>' in sheet
    assert '<span class="fig fig-not">Đại hội XIII</span>' in sheet
    assert "34 học viên<sup>6, 7</sup>" in sheet
    assert nothing_is_stored()


def test_what_has_to_be_asked_says_why(desk):
    page = desk.post(NEW, handed())
    asked = {one.number for one in page.context["review"].candidates if one.is_asked}
    assert asked == {3, 4, 5}
    for words in (
        "does not say of which period",
        "Công đoàn bạn",
        "never become a number",
        "planned, not of what was done",
    ):
        assert words in text(page)


def test_a_text_without_figures_says_so_and_the_document_can_be_saved(desk):
    page = desk.post(NEW, handed(text="Không có gì."))
    assert "No figure of external affairs" in text(page)
    step(desk, page, save="all")
    assert SourceDocument.objects.get().title == "Báo cáo nhiệm kỳ"
    assert not ReportedFigure.objects.exists()


def test_without_a_text_the_document_is_saved_at_once(desk):
    desk.post(NEW, handed(text=""))
    assert SourceDocument.objects.get().code == "bao-cao-nhiem-ky"


@given(
    st.text(alphabet="ab 1.\nĐ", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6)
)
def test_marks_never_lose_or_double_a_character(words, spans):
    marks = [Mark(at, at + long, number) for number, (at, long) in enumerate(spans)]
    shown = ["".join(piece.words for piece in one) for one in MarkedText(words, marks).paragraphs]
    assert shown == [words[start:end] for start, end in paragraphs(words)]
    assert "".join(shown).split() == words.split() or "".join("".join(shown).split()) == "".join(words.split())


def test_a_line_that_begins_small_goes_on_with_its_paragraph():
    marked = MarkedText("Một\nhai dòng\n\nBa\nBốn", [])
    assert [marked.place(at) for at in (0, 5, 15, 18)] == [1, 1, 2, 3]


# --- Answers


def test_what_is_accepted_is_stored_with_document_place_and_words_and_the_rest_is_not(desk, officer):
    page = accept(desk, desk.post(NEW, handed(union=officer.union.pk)), SIX, TWO)
    page = step(desk, page, drop=TRAINEES)
    assert nothing_is_stored()
    assert [one.number for one in page.context["review"].accepted] == [1, 2]
    answer = step(desk, page, save="all")
    document = SourceDocument.objects.get()
    six, two = ReportedFigure.objects.order_by("-low")
    assert (six.document, six.place, six.printed, six.period_printed) == (
        document, "paragraph 2", "6 đoàn ra", "giai đoạn 2018 – 2023",
    )  # fmt: skip
    assert (six.low, six.high, six.qualifier, six.indicator) == (6, 6, "exact", "delegations_out")
    assert (six.first_day, six.last_day, six.union) == (dt.date(2018, 1, 1), dt.date(2023, 12, 31), officer.union)
    assert (two.subset_of, two.first_day, two.period_printed) == (six, dt.date(2022, 1, 1), "năm 2022")
    assert (six.changed_by, document.union) == (officer, officer.union)
    assert answer.url == reverse("documents-read", args=[document.pk])
    assert f'<a href="/documents/{document.pk}/">' in text(desk.get(answer.url))


def test_everything_that_was_saved_is_taken_back_at_once(desk):
    page = accept(desk, desk.post(NEW, handed()), SIX, TWO, TRAINEES)
    step(desk, page, save="all")
    assert ReportedFigure.objects.count() == 3
    desk.post(Undo.objects.get().url)
    assert nothing_is_stored()


def test_an_answer_can_be_thought_over(desk):
    page = accept(desk, desk.post(NEW, handed()), SIX)
    page = step(desk, page, again=SIX)
    page = step(desk, page, drop=SIX)
    assert candidate(page, SIX).is_dropped
    assert page.context["review"].accepted == []


def test_everything_that_needs_no_question_is_accepted_at_once_and_nothing_planned(desk):
    page = step(desk, desk.post(NEW, handed()), accept_clear="1")
    assert [one.number for one in page.context["review"].accepted] == [1, 2, 6, 7]


def test_a_figure_that_lacks_its_period_is_not_accepted_and_says_why(desk):
    page = step(desk, desk.post(NEW, handed()), accept=FORTY)
    one = candidate(page, FORTY)
    assert one.is_waiting
    assert one.is_current
    assert "when" in one.errors


def test_corrections_are_kept_as_the_person_made_them(desk, officer):
    other = make.UnionFactory(parent=officer.union, name="Công đoàn Dệt may")
    page = desk.post(NEW, handed())
    typed = {
        f"{FORTY}-value": "hơn 1.909", f"{FORTY}-when": "quý II/2022", f"{FORTY}-union": "",
        f"{FORTY}-union-words": "cong doan det may", f"{FORTY}-place": "trang 3", f"{FORTY}-indicator": "courses",
        f"{FORTY}-note": "theo bảng 2",
    }  # fmt: skip
    page = step(desk, page, accept=FORTY, **typed)
    step(desk, page, save="all")
    one = ReportedFigure.objects.get()
    assert (one.low, one.high, one.qualifier, one.indicator) == (1909, None, "gt", "courses")
    assert (one.first_day, one.last_day, one.period_printed) == (
        dt.date(2022, 4, 1),
        dt.date(2022, 6, 30),
        "quý II/2022",
    )
    assert (one.union, one.place, one.note) == (other, "trang 3", "theo bảng 2")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value", "nhiều", "is not a number"),
        ("value", "", "Write the number"),
        ("when", "hôm nào đó", "was not understood"),
        ("when", "12/6", "has no year"),
        ("when", "2023–2018", "before the first"),
        ("qualifier", "vague", "bounds do not fit"),
        ("place", "", "This field is required"),
        ("union", "999999", "valid choice"),
        ("whole", "một", "whole number"),
    ],
)
def test_what_is_wrong_is_said_beside_the_figure_and_what_was_typed_stays(desk, field, value, said):
    page = step(desk, desk.post(NEW, handed()), accept=SIX, **{f"{SIX}-{field}": value, f"{TWO}-note": "giữ"})
    one = candidate(page, SIX)
    assert one.is_waiting
    assert one.errors
    assert said in text(page)
    assert typed_in(page)[f"{TWO}-note"] == ["giữ"]
    assert nothing_is_stored()


def test_a_part_needs_its_whole_and_nothing_is_saved_without_it(desk):
    page = accept(desk, desk.post(NEW, handed()), TWO, TRAINEES)
    page = step(desk, page, save="all")
    assert "Number 1 is not accepted" in text(page)
    assert "Nothing was saved yet" in text(page)
    assert nothing_is_stored()
    step(desk, accept(desk, page, SIX, TWO), save="all")
    assert ReportedFigure.objects.count() == 3


def test_figures_that_are_parts_of_each_other_are_refused(desk):
    page = step(desk, desk.post(NEW, handed()), accept=SIX, **{f"{SIX}-whole": "2"})
    page = step(desk, accept(desk, page, TWO), save="all")
    assert page.context["review"].refused
    assert nothing_is_stored()


def test_one_union_is_chosen_for_every_figure(desk, officer):
    page = step(desk, desk.post(NEW, handed()), for_all="1", everyone=str(officer.union.pk))
    assert {one.union_key for one in page.context["review"].candidates} == {officer.union.pk}


def test_a_union_out_of_reach_is_never_taken(desk):
    stranger = make.UnionFactory(name="Công đoàn người khác")
    page = step(desk, desk.post(NEW, handed()), for_all="1", everyone=str(stranger.pk))
    page = step(desk, page, accept=SIX)
    assert candidate(page, SIX).is_waiting
    assert "Công đoàn người khác" not in text(page)


# --- What is stored already


def test_stored_figures_stand_beside_and_the_same_one_twice_is_refused(desk, officer):
    document = make.DocumentFactory(union=officer.union)
    make.FigureFactory(document=document, union=officer.union, printed="6 đoàn ra", place="paragraph 2")
    address = reverse("documents-read", args=[document.pk])
    page = desk.post(address, {"text": REPORT})
    assert "Already stored from this document:" in text(page)
    page = accept(desk, page, SIX, address=address)
    page = step(desk, page, address, save="all")
    assert "already entered from this place" in text(page)
    assert ReportedFigure.objects.count() == 1


def test_a_stored_document_read_again_gains_its_figures_and_nothing_else(desk, officer):
    document = make.DocumentFactory(union=officer.union)
    address = reverse("documents-read", args=[document.pk])
    assert desk.get(address).status_code == 200
    page = accept(desk, desk.post(address, {"text": REPORT}), SIX, address=address)
    step(desk, page, address, save="all")
    assert ReportedFigure.objects.get().document == document
    assert SourceDocument.objects.get().version == document.version
    desk.post(Undo.objects.get().url)
    assert SourceDocument.objects.get() == document
    assert not ReportedFigure.objects.exists()


def test_a_figure_of_another_union_is_not_told_to_a_stranger(desk, officer):
    make.FigureFactory(printed="Số kín")
    assert "Số kín" not in text(desk.post(NEW, handed()))


# --- Files


def test_the_text_of_a_word_file_is_read_and_its_file_waits_for_nobody_else(desk, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = Document()
    for line in REPORT.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    page = desk.post(NEW, handed(text="", report=SimpleUploadedFile("bao-cao.docx", stream.getvalue())))
    assert len(page.context["review"].candidates) == 7
    (token,) = typed_in(page)["upload"]
    assert originals.Waiting.read(token, make.UserFactory()) is None
    assert originals.Waiting.read(token, officer).name == "bao-cao.docx"
    (stored,) = default_storage.listdir("waiting")[1]
    assert desk.get(f"/files/waiting/{stored}").status_code == 404
    step(desk, accept(desk, page, SIX), save="all")
    assert default_storage.listdir("waiting")[1] == []
    kept = DocumentFile.objects.get()
    assert (kept.document, kept.file_name, kept.uploaded_by) == (SourceDocument.objects.get(), "bao-cao.docx", officer)
    assert kept.file.read() == stream.getvalue()
    desk.post(Undo.objects.get().url)
    assert nothing_is_stored()


def test_a_file_nobody_came_back_for_goes_after_a_day(settings, tmp_path, officer, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    held = originals.Waiting.store(b"x", "a.txt")
    later = originals.timezone.now() + dt.timedelta(hours=25)
    monkeypatch.setattr(originals.timezone, "now", lambda: later)
    originals.clear_old()
    assert originals.Waiting.read(held.sign(officer), officer) is None
    assert default_storage.listdir("waiting")[1] == []


def test_a_file_that_cannot_be_read_keeps_the_form_as_typed(desk):
    page = desk.post(NEW, handed(text="", report=SimpleUploadedFile("anh.docx", b"\x89PNG....")))
    assert "is a picture" in text(page)
    assert typed_in(page)["title"] == ["Báo cáo nhiệm kỳ"]


def test_a_form_refused_keeps_the_text_of_the_file(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = desk.post(NEW, handed(title="", text="", report=SimpleUploadedFile("a.txt", REPORT.encode())))
    assert typed_in(page)["text"] == [REPORT]
    page = step(desk, page, title="Có tên")
    assert len(page.context["review"].candidates) == 7


# --- Activities told one by one


def test_a_stub_leads_to_its_logging_page_with_what_is_told_and_the_source(desk):
    page = accept(desk, desk.post(NEW, handed()), SIX)
    answer = step(desk, page, save="1")
    document = SourceDocument.objects.get()
    assert answer.url.startswith("/courses/new/?")
    form = desk.get(answer.url)
    typed = typed_in(form)
    assert typed["title"] == ["Lớp tập huấn"]
    assert typed["when"] == ["Tháng 10/2022"]
    assert (typed["cohort"], typed["step"], typed["trainees_theirs"]) == (["VI"], ["2"], ["34"])
    assert (typed["document"], typed["document_place"]) == ([str(document.pk)], ["paragraph 4"])
    desk.post(answer.url, typed)
    assert Course.objects.get().sources.get().document == document


def test_stubs_wait_on_the_page_that_reads_the_document_again(desk):
    answer = step(desk, desk.post(NEW, handed()), save="all")
    assert "Lớp tập huấn" in text(desk.get(answer.url))


# --- Nothing is lost


def test_back_to_the_document_and_on_again_keeps_every_answer(desk):
    page = accept(desk, desk.post(NEW, handed()), SIX)
    page = step(desk, page, back="1", **{f"{TWO}-note": "giữ"})
    assert typed_in(page)["title"] == ["Báo cáo nhiệm kỳ"]
    page = step(desk, page, title="Tên mới")
    assert candidate(page, SIX).is_accepted
    assert typed_in(page)[f"{TWO}-note"] == ["giữ"]
    step(desk, page, save="all")
    assert SourceDocument.objects.get().title == "Tên mới"


def test_answers_are_kept_as_a_draft_until_they_are_saved(desk):
    page = accept(desk, desk.post(NEW, handed()), SIX)
    again = desk.get(NEW)
    assert typed_in(again)["text"] == [REPORT]
    page = step(desk, again)
    assert candidate(page, SIX).is_accepted
    step(desk, page, save="all")
    assert not Draft.objects.exists()


def test_a_code_taken_meanwhile_sends_back_to_the_document_with_everything(desk):
    page = accept(desk, desk.post(NEW, handed(code="bc")), SIX)
    make.DocumentFactory(code="bc")
    page = step(desk, page, save="all")
    assert not ReportedFigure.objects.exists()
    page = step(desk, page, code="bc-2")
    assert candidate(page, SIX).is_accepted


# --- Who may, and how many questions


def test_whoever_only_reads_gets_neither_page(officer):
    document = make.DocumentFactory(union=officer.union)
    reader = enter(make.UserFactory(union=officer.union, role=User.Role.LEADER))
    for address in (NEW, reverse("documents-read", args=[document.pk])):
        assert reader.get(address).status_code == 403
        assert reader.post(address, handed()).status_code == 403


def test_a_document_out_of_reach_is_not_found(desk):
    hidden = make.DocumentFactory(union=make.UnionFactory())
    assert desk.get(reverse("documents-read", args=[hidden.pk])).status_code == 404


def test_more_figures_ask_no_more_questions(desk, monkeypatch, officer):
    asked = []
    for many in (2, 7):
        found = Told(FIGURES[:many])
        monkeypatch.setattr(review.prose, "read_report", lambda _text, found=found, **_more: found)
        desk.post(NEW, handed())
        with CaptureQueriesContext(connection) as queries:
            desk.post(NEW, handed())
        asked.append(len(queries))
    assert asked[0] == asked[1]


# --- Numbers and words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("6", (6, None)), ("1.909", (1909, None)), ("1,909", (1909, None)), ("hơn 20", (20, "gt")),
        ("trên 1.000", (1000, "gt")), ("gần 40", (40, "lt")), ("dưới 40", (40, "lt")),
        ("khoảng 2 000", (2000, "approx")),
        ("more than 100", (100, "gt")), ("about 5", (5, "approx")),
    ],
)  # fmt: skip
def test_a_number_is_read_with_the_word_before_it(typed, read):
    assert read_count(typed) == read


def test_words_too_long_for_a_figure_are_cut_to_their_number():
    long = "các đoàn cán bộ công đoàn ngành và công đoàn cơ sở đã tham dự tổng cộng hơn 1.909 lượt hội nghị quốc tế"
    assert cut(long) == "hơn 1.909 lượt hội nghị quốc tế"
    assert len(cut("x" * 200)) == 60
