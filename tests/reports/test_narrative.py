"""What the sentences of a report say, written out in full, in both languages."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.models import ReportedFigure, SourceDocument
from activities.reports.narrative import paragraph, quoted, ranking
from activities.reports.published import Published
from tests.reports.sentences import findings, found
from tests.reports.test_gold import report
from tests.seeded import seed
from unionrelations.accounts.models import Union


@pytest.fixture
def seeded(db):
    seed()


def said(some, language="vi", published=False):
    when, who = {"vi": ("Nhiệm kỳ 2018–2023", "công đoàn ngành"), "en": ("In the term 2018–2023", "the union")}[
        language
    ]
    with translation.override(language):
        return paragraph(some, when=when, who=who, published=published)


FULL = findings(
    {
        "delegations_out": 36,
        "officials_out": 1909,
        "delegations_out_online": 11,
        "delegations_in": 6,
        "guests_in": 28,
        "conferences_hosted": 3,
        "conferences_abroad": 37,
        "officials_conferences_abroad": 116,
        "conferences_home": 1,
        "officials_conferences_home": 1,
        "meetings": 2,
        "courses": 4,
        "trainees": 120,
        "certificates": 0,
        "agreements_signed": 1,
        "partners": 7,
        "countries": 5,
        "activities": 89,
    }
)


def test_a_full_report_in_vietnamese():
    assert said(FULL) == (
        "Nhiệm kỳ 2018–2023, công đoàn ngành đã tổ chức 36 đoàn ra (trong đó 11 đoàn trực tuyến) với 1.909 lượt cán"
        " bộ, đón 6 đoàn vào với 28 khách quốc tế; đăng cai tổ chức 3 hội nghị, hội thảo quốc tế; cử 116 lượt cán "
        "bộ tham dự 37 hội nghị, hội thảo ngoài nước; cử 1 lượt cán bộ tham dự 1 hội nghị, hội thảo quốc tế trong "
        "nước; tiến hành 2 cuộc hội đàm, tiếp xã giao, đối thoại; tổ chức, tham gia 4 lớp đào tạo cho 120 học viên,"
        " không cấp chứng chỉ nào; ký 1 thỏa thuận quốc tế; có quan hệ làm việc với 7 đối tác và 5 nước. Mỗi hoạt "
        "động tính một lần, tổng cộng 89 hoạt động."
    )


def test_a_full_report_in_english():
    assert said(FULL, "en") == (
        "In the term 2018–2023, the union sent 36 outbound delegations (11 of them online) with 1,909 person-trips,"
        " received 6 inbound delegations with 28 international guests; hosted 3 international conferences and "
        "workshops; attended 37 conferences abroad with 116 person-trips; attended 1 international conference in "
        "the country with 1 person-trip; held 2 talks, courtesy calls and dialogues; held or took part in 4 courses"
        " for 120 trainees, with no certificate; signed 1 international agreement; had working relations with 7 "
        "partners and 5 countries. Each activity counted once, that makes 89 activities in all."
    )


PARTLY = findings(
    {"delegations_out": 3, "officials_out": 5, "delegations_in": 1, "guests_in": None, "activities": 4},
    {"delegations_out": 2, "agreements_signed": 1},
    {"officials_out": 2, "guests_in": 1},
)


def test_what_is_partly_known_is_at_least_and_what_is_unknown_is_no_number():
    assert said(PARTLY) == (
        "Nhiệm kỳ 2018–2023, công đoàn ngành đã tổ chức 3 đoàn ra với ít nhất 5 lượt cán bộ, đón 1 đoàn vào. Mỗi hoạt "
        "động tính một lần, tổng cộng 4 hoạt động. Chưa rõ số lượt cán bộ của 2 đoàn ra; số khách quốc tế của 1 đoàn "
        "vào. Ghi thời gian quá rộng, chưa xác định được có thuộc kỳ này hay không, nên không nằm trong số liệu nào: "
        "2 đoàn ra; 1 thỏa thuận quốc tế."
    )
    assert said(PARTLY, "en") == (
        "In the term 2018–2023, the union sent 3 outbound delegations with at least 5 person-trips, received 1 inbound "
        "delegation. Each activity counted once, that makes 4 activities in all. Not known: the person-trips of "
        "2 outbound delegations; the international guests of 1 inbound delegation. Dated too loosely to say whether "
        "they fall in this period, and so in no number: 2 outbound delegations; 1 international agreement."
    )


def test_nothing_logged_is_a_sentence_and_only_doubt_is_said_as_doubt():
    assert said(findings()) == "Nhiệm kỳ 2018–2023, chưa ghi hoạt động nào của công đoàn ngành."
    assert said(findings(), "en") == "In the term 2018–2023, no activity of the union is logged."
    doubt = findings(undetermined={"delegations_out": 2, "activities": 2})
    assert said(doubt) == (
        "Nhiệm kỳ 2018–2023, chưa có hoạt động nào của công đoàn ngành được xác định chắc chắn là thuộc kỳ này. Ghi"
        " thời gian quá rộng, chưa xác định được có thuộc kỳ này hay không, nên không nằm trong số liệu nào: 2 đoàn"
        " ra."
    )
    assert said(doubt, "en").startswith(
        "In the term 2018–2023, no logged activity of the union surely falls in this period. "
    )


def test_nobody_sent_is_said_and_is_not_the_same_as_not_known():
    some = findings({"conferences_abroad": 2, "delegations_out": 1, "officials_out": 0})
    assert "tổ chức 1 đoàn ra, không có lượt cán bộ nào; tham dự 2 hội nghị, hội thảo ngoài nước, không có" in said(
        some
    )
    some = findings({"delegations_out": 2, "officials_out": 0}, unknown={"officials_out": 1})
    assert "không có lượt" not in said(some)
    assert "Chưa rõ số lượt cán bộ của 1 đoàn ra." in said(some)


def test_countries_without_partners_and_agreements_without_activities_have_their_sentence():
    assert "đã có quan hệ làm việc với 2 nước." in said(findings({"countries": 2, "activities": 1}))
    assert said(findings({"agreements_signed": 1})) == "Nhiệm kỳ 2018–2023, công đoàn ngành đã ký 1 thỏa thuận quốc tế."


@given(found(), st.sampled_from(["vi", "en"]), st.booleans())
def test_whatever_is_found_makes_sentences_without_zero_or_none(some, language, published):
    text = said(some, language, published)
    assert text.endswith(".")
    assert "%(" not in text
    assert "None" not in text
    assert "  " not in text
    assert " 0 " not in text


GOLD = {
    ("vuit", False): (
        "Nhiệm kỳ 2018–2023, Công đoàn Công Thương Việt Nam đã tổ chức 1 đoàn ra, đón 5 đoàn vào; đăng cai tổ chức "
        "2 hội nghị, hội thảo quốc tế; tham dự 1 hội nghị, hội thảo quốc tế trong nước; tổ chức, tham gia 5 lớp đào"
        " tạo cho ít nhất 34 học viên, cấp ít nhất 34 chứng chỉ; có quan hệ làm việc với 5 đối tác và 3 nước. Mỗi "
        "hoạt động tính một lần, tổng cộng 13 hoạt động. Chưa rõ số lượt cán bộ của 1 đoàn ra; số khách quốc tế của"
        " 5 đoàn vào; số lượt cán bộ dự 1 hội nghị, hội thảo quốc tế trong nước; số học viên của 4 lớp đào tạo; số "
        "chứng chỉ của 4 lớp đào tạo."
    ),
    ("veu", False): (
        "Nhiệm kỳ 2018–2023, Công đoàn Giáo dục Việt Nam đã tổ chức 1 đoàn ra; có quan hệ làm việc với 1 đối tác và"
        " 1 nước. Mỗi hoạt động tính một lần, tổng cộng 1 hoạt động. Chưa rõ số lượt cán bộ của 1 đoàn ra. Ghi thời"
        " gian quá rộng, chưa xác định được có thuộc kỳ này hay không, nên không nằm trong số liệu nào: 2 đoàn ra."
    ),
    ("agriculture", False): (
        "Nhiệm kỳ 2018–2023, chưa ghi hoạt động nào của Công đoàn Nông nghiệp và Phát triển nông thôn Việt Nam."
    ),
    ("vgcl", True): (
        "Nhiệm kỳ 2018–2023, Tổng Liên đoàn Lao động Việt Nam và các công đoàn cấp dưới đã tổ chức 2 đoàn ra, đón 5"
        " đoàn vào; đăng cai tổ chức 2 hội nghị, hội thảo quốc tế; tham dự 1 hội nghị, hội thảo quốc tế trong nước;"
        " tiến hành 1 cuộc hội đàm, tiếp xã giao, đối thoại; tổ chức, tham gia 5 lớp đào tạo cho ít nhất 34 học "
        "viên, cấp ít nhất 34 chứng chỉ; có quan hệ làm việc với 6 đối tác và 4 nước. Mỗi hoạt động tính một lần, "
        "tổng cộng 15 hoạt động. Chưa rõ số lượt cán bộ của 2 đoàn ra; số khách quốc tế của 5 đoàn vào; số lượt cán"
        " bộ dự 1 hội nghị, hội thảo quốc tế trong nước; số học viên của 4 lớp đào tạo; số chứng chỉ của 4 lớp đào "
        "tạo. Ghi thời gian quá rộng, chưa xác định được có thuộc kỳ này hay không, nên không nằm trong số liệu "
        "nào: 2 đoàn ra."
    ),
}
NOT_ADDED = "Số liệu đã công bố được nêu riêng theo kỳ của từng số, không cộng với số đã ghi."


@pytest.mark.parametrize(("code", "under"), GOLD)
def test_the_seeded_reports_speak_as_unions_write(seeded, code, under):
    with translation.override("vi"):
        counted, published = report(code, "2018-2023", under).narrative.split("\n\n")
        assert counted == GOLD[code, under]
        assert published.endswith(NOT_ADDED)


def test_a_seeded_report_speaks_english(seeded):
    with translation.override("en"):
        assert report("veu", "2018-2023").narrative == (
            "In the term 2018–2023, Vietnam Education Union sent 1 outbound delegation; had working relations with "
            "1 partner and 1 country. Each activity counted once, that makes 1 activity in all. Not known: the "
            "person-trips of 1 outbound delegation. Dated too loosely to say whether they fall in this period, and so "
            "in no number: 2 outbound delegations.\n\n"
            "Published figures for 2018–2023: 4 outbound delegations (“4 đoàn đại biểu dự Hội nghị ACT+1”). "
            "Published figures stand beside these with their own periods and are "
            "never added to them."
        )


def published(code, under=False):
    found = report(code, "2018-2023", under)
    return [one for figure in found.figures for one in figure.reported], found.union


def test_published_figures_are_quoted_each_for_its_own_period(seeded):
    figures, union = published("vuit")
    with translation.override("vi"):
        assert quoted(figures, of=union) == (
            "Số liệu đã công bố giai đoạn 2018–2020: 36 đoàn ra; 13 đoàn vào; 68 khách quốc tế; đăng cai tổ chức 25"
            " hội nghị, hội thảo quốc tế; “hàng trăm lượt cán bộ” (lượt cán bộ dự hội nghị, hội thảo ngoài nước). "
            "Số liệu đã công bố giai đoạn “2020 và 2021”: 92 lượt cán bộ đoàn ra; 11 đoàn ra trực tuyến (“11 đoàn "
            f"đoàn ra dưới dạng trực tuyến (92 lượt cán bộ)”). {NOT_ADDED}"
        )


def test_published_figures_in_english_keep_the_words_as_printed(seeded):
    figures, union = published("agriculture")
    with translation.override("en"):
        assert quoted(figures, of=union) == (
            "Published figures for 2018–2023: 6 outbound delegations (“6 đoàn ra với 17 lượt cán bộ”); 17 "
            "person-trips of outbound delegations; 6 inbound delegations (“6 đoàn vào với 28 khách quốc tế”); 28 "
            "international guests; 3 international conferences and workshops hosted (“3 hội nghị, hội thảo quốc "
            "tế”). Published figures stand beside these with their own periods and are never added to them."
        )


def test_each_union_that_published_is_named_where_there_are_several_or_another(seeded):
    figures, union = published("vgcl", under=True)
    with translation.override("vi"):
        text = quoted(figures, of=union)
        assert text.count("Số liệu đã công bố của ") == 4
        first, second = (text.index(f"Công Thương Việt Nam giai đoạn {one}") for one in ("2018", "“2020"))
        assert first < second < text.index("Giáo dục")
        (act, *_) = [one for one in figures if one.figure.union.code == "veu"]
        of_veu = (
            "Số liệu đã công bố của Công đoàn Giáo dục Việt Nam giai đoạn 2018–2023: 4 đoàn ra (“4 đoàn đại biểu dự "
        )
        assert quoted([act], of=union).startswith(of_veu)
        assert quoted([act]).startswith("Số liệu đã công bố giai đoạn 2018–2023: 4 đoàn ra ")
    assert quoted([]) == ""


def figure(qualifier, low, high, printed, **more):
    return ReportedFigure(
        **{
            "pk": 1,
            "union": Union(pk=1, name="Công đoàn A"),
            "document": SourceDocument(title=more.pop("title", "Báo cáo “tổng kết”")),
            "place": "đoạn 1",
            "indicator": "delegations_out",
            "qualifier": qualifier,
            "low": low,
            "high": high,
            "printed": printed,
            "first_day": "2018-01-01",
            "last_day": "2020-12-31",
            "period_printed": "2018–2020",
        }
        | more
    )


def lead(*figures):
    with translation.override("vi"):
        text = quoted([Published(one, None, None) for one in figures])
    return text.removeprefix("Số liệu đã công bố giai đoạn 2018–2020: ").removesuffix(f". {NOT_ADDED}")


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "printed", "words"),
    [
        ("gt", 100, None, "hơn 100 đoàn ra", "hơn 100 đoàn ra"),
        ("gt", 100, None, "trên 100 đoàn", "hơn 100 đoàn ra (“trên 100 đoàn”)"),
        ("lt", None, 50, "gần 50 đoàn ra", "dưới 50 đoàn ra (“gần 50 đoàn ra”)"),
        ("approx", 2000, 2000, "khoảng 2.000 đoàn ra", "khoảng 2.000 đoàn ra"),
        ("vague", None, None, "hàng trăm đoàn", "“hàng trăm đoàn” (đoàn ra)"),
    ],
)
def test_a_qualifier_stays_a_word(qualifier, low, high, printed, words):
    assert lead(figure(qualifier, low, high, printed)) == words


def test_sources_that_differ_stand_side_by_side_and_those_that_agree_are_said_once():
    one = figure("exact", 36, 36, "36 đoàn ra", pk=1)
    same = figure("exact", 36, 36, "36 đoàn ra", pk=2, title="Bản tin")
    other = figure("exact", 40, 40, "40 đoàn ra", pk=3, title="Bản tin")
    assert lead(one, same) == "36 đoàn ra"
    assert lead(one, other) == (
        "các nguồn nêu khác nhau: 36 đoàn ra theo “Báo cáo ‘tổng kết’”, đoạn 1, 40 đoàn ra theo “Bản tin”, đoạn 1"
    )


def test_what_a_source_counts_within_another_figure_is_no_conflict():
    whole = figure("exact", 36, 36, "36 đoàn ra", pk=1)
    part = figure("exact", 4, 4, "4 đoàn ra", pk=2, subset_of_id=1)
    assert lead(whole, part) == "36 đoàn ra, trong đó 4 đoàn ra"


@pytest.mark.parametrize(
    ("lines", "rest", "vietnamese", "english"),
    [
        ([], 0, "Theo nước: chưa ghi nhận số liệu nào.", "Theo nước: nothing is logged."),
        ([("Lào", 0)], 0, "Theo nước: chưa ghi nhận số liệu nào.", "Theo nước: nothing is logged."),
        ([("Lào", 1909)], 0, "Theo nước: Lào 1.909.", "Theo nước: Lào 1,909."),
        ([("Bỉ", 1), ("Lào", 3)], 1, "Theo nước: Lào 3, Bỉ 1 và 1 mục khác.", "Theo nước: Lào 3, Bỉ 1 and 1 other."),
        (
            [("Lào", 3), ("Ai Cập", 1), ("Bỉ", 1), ("Đức", 1), ("Úc", 0)],
            2,
            "Theo nước: Lào 3, Ai Cập 1, Bỉ 1 và 3 mục khác.",
            "Theo nước: Lào 3, Ai Cập 1, Bỉ 1 and 3 others.",
        ),
    ],
)
def test_a_table_has_a_sentence_of_its_largest_lines(lines, rest, vietnamese, english):
    with translation.override("vi"):
        assert ranking("Theo nước", lines, rest) == vietnamese
    with translation.override("en"):
        assert ranking("Theo nước", lines, rest) == english
