"""Our own sentences are read back to the very figures, and nothing else is."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from activities.reports.narrative import paragraph, quoted, ranking
from activities.reports.reading import by_hand, checked, figures_in
from activities.reports.reports import Report
from tests.reports.sentences import findings, found, said_of
from tests.reports.test_counting_properties import on_random_worlds
from tests.reports.test_gold import report
from tests.reports.worlds import built, periods, plans
from tests.seeded import seed

LANGUAGES = ["vi", "en"]
WHO = ["Công đoàn Công Thương Việt Nam", "LĐLĐ TP. Hồ Chí Minh", "Công đoàn khóa XIII", "Vietnam Education Union"]
WHEN = ["Nhiệm kỳ 2018–2023", "Trong kỳ 26/9/2018 – 2/12/2023", "In the year 2022", "Trong tháng 10/2022"]


def written(some, language="vi", when=WHEN[0], who=WHO[0], published=False):
    with translation.override(language):
        return paragraph(some, when=when, who=who, published=published)


def read(text):
    return {one.indicator: (one.value, one.is_at_least) for one in figures_in(text)}


@given(
    found(),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
    st.sampled_from(WHEN),
    st.sampled_from(WHO),
    st.booleans(),
)
def test_what_is_written_is_read_back_to_the_same_figures(some, writer, reader, when, who, published):
    text = written(some, writer, when, who, published)
    with translation.override(reader):
        figures = figures_in(text)
    assert {one.indicator: (one.value, one.is_at_least) for one in figures} == said_of(some)
    assert len(figures) == len(said_of(some))
    for one in figures:
        assert text[one.start : one.end] == one.words
    assert [one.start for one in figures] == sorted(one.start for one in figures)


@pytest.mark.django_db
@on_random_worlds
@given(plans, periods(), st.sampled_from(LANGUAGES))
def test_the_sentences_of_a_report_are_read_back_to_its_figures(plan, period, language):
    with built(plan) as world, translation.override(language):
        for code, under in (("root", True), ("a", False)):
            told = Report.of_days(world.unions[code], period, under=under)
            assert read(told.narrative) == said_of({one.indicator.code.value: one.finding for one in told.figures})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "under"), [("vuit", False), ("veu", False), ("agriculture", False), ("vgcl", True)])
def test_what_others_published_is_never_read_as_a_figure_of_the_report(db, code, under, language):
    seed()
    with translation.override(language):
        told = report(code, "2018-2023", under)
        printed = quoted([one for figure in told.figures for one in figure.reported])
        assert printed
        assert figures_in(printed) == []
        assert read(f"{told.narrative} {printed}") == read(told.narrative)


@pytest.mark.parametrize(
    ("words", "value"), [("1.909 đoàn ra", 1909), ("1,909 đoàn ra", 1909), ("1909 đoàn vào", None), ("02 đoàn ra", 2)]
)
def test_thousands_are_grouped_either_way_and_four_figures_in_a_row_are_a_year(words, value):
    assert [one.value for one in figures_in(f"đã tổ chức {words}.")] == ([] if value is None else [value])


@pytest.mark.parametrize(
    "text",
    [
        "Nhiệm kỳ 2018–2023, Đại hội XIII và Đại hội lần thứ 12 đoàn ra mắt Ban Chấp hành.",
        "Khóa VII bước 2 lớp đào tạo cơ bản; khóa 6 lớp đào tạo nâng cao; bước 2 khóa 7.",
        "Từ 12/6/2023 đoàn ra; tháng 10/2022 đoàn vào; tháng 6 đoàn ra thăm Lào; quý 2 đoàn vào.",
        "Năm 2022 đoàn ra thăm Lào; giai đoạn 2018–2020 đoàn vào; 2018-2020 đoàn vào; hội nghị ACT+1 đoàn ra.",
        "Tỉnh đón 28.000 lượt khách quốc tế; 1.909 khách quốc tế du lịch; 34 học viên của trường; 7 nước trong khối.",
        "Có quan hệ với hơn 100 tổ chức; 40 quốc gia và vùng lãnh thổ; gặp 3 đối tác tại 5 nước.",
        "In 2022 outbound delegations went to Laos; 5/6 inbound delegations; 6.5 courses; 1.90 courses; v2.3 courses.",
        "Theo báo cáo: “57 đoàn ra (144 lượt cán bộ)”.",
        'Nguồn in "57 đoàn ra (144 lượt cán bộ)".',
        "Chưa rõ số lượt cán bộ của 1 đoàn ra; số khách quốc tế của 5 đoàn vào.",
        "Not known: the person-trips of 2 outbound delegations; the trainees of 4 courses.",
        "",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text):
    assert figures_in(text) == []


def test_published_figures_are_not_read_even_where_a_unions_name_holds_a_full_stop():
    text = (
        "Số liệu đã công bố của LĐLĐ TP. Hồ Chí Minh giai đoạn 2018–2020: 36 đoàn ra; 13 đoàn vào. Tổ chức 2 đoàn ra."
    )
    assert read(text) == {"delegations_out": (2, False)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_a_table_holds_no_figure(language):
    with translation.override(language):
        text = ranking("Theo loại", [("đoàn ra", 6), ("5 đoàn vào.", 3), ("lớp đào tạo", 2), ("nước", 1)], 2)
    assert [one.words for one in figures_in(text)] == ["5 đoàn vào"]  # a line named so; numbers of lines are never read


def test_people_belong_to_the_nearest_events_that_bring_such_people():
    text = "Cử 5 lượt cán bộ tham dự 3 hội nghị, hội thảo ngoài nước, tổ chức 6 đoàn ra, gồm 17 lượt cán bộ"
    assert read(text) == {
        "officials_conferences_abroad": (5, False),
        "conferences_abroad": (3, False),
        "delegations_out": (6, False),
        "officials_out": (17, False),
    }


def test_offsets_count_characters_of_the_text_as_it_is():
    text = "Nhiệm kỳ 2018–2023, đã tổ chức 6 đoàn ra với ít nhất 1.909  lượt cán bộ."
    delegations, people = figures_in(text)
    assert (text[delegations.start : delegations.end], delegations.value) == ("6 đoàn ra", 6)
    assert delegations.start == text.index("6 đoàn")
    assert text[people.start : people.number_end] == "1.909"
    assert people.is_at_least


@given(found(), found(), st.sampled_from(LANGUAGES))
def test_a_checked_text_is_the_text_and_marks_every_number_that_no_longer_holds(before, now, language):
    text = written(before, language)
    segments = checked(text, now)
    assert "".join(one.text for one in segments) == text
    assert all(text[one.start : one.end] == one.text and one.text for one in segments)
    marked = {one.indicator: (one.state, one.expected) for one in segments if one.state != "plain"}
    assert marked == {
        code: ("figure" if now[code].logged == value else "stale", now[code].logged)
        for code, (value, _) in said_of(before).items()
    }


def test_a_number_changed_by_hand_is_marked_with_the_number_that_holds():
    some = findings({"delegations_out": 6, "officials_out": 17, "activities": 6})
    text = written(some).replace("17 lượt", "19 lượt").replace("tổ chức 6", "cử tất cả 6")
    states = [(one.text, one.state, one.indicator, one.expected) for one in checked(text, some) if one.state != "plain"]
    assert states == [
        ("6", "figure", "delegations_out", 6),
        ("19", "stale", "officials_out", 17),
        ("6", "figure", "activities", 6),
    ]


def test_a_number_that_is_no_longer_known_is_stale_and_expects_none():
    text = written(findings({"delegations_out": 6, "officials_out": 17}))
    now = findings({"delegations_out": 6, "officials_out": None}, unknown={"officials_out": 6})
    assert [(one.text, one.expected) for one in checked(text, now) if one.state == "stale"] == [("17", None)]


words = st.lists(st.sampled_from(["đã", "tổ", "chức", "6", "đoàn", "ra;", "\n", " ", "1.909", "và"]), max_size=25)


@given(words, words, st.sampled_from([" ", "  ", "\n"]))
def test_marks_of_the_hand_join_to_the_text_and_leave_generated_words_alone(hand, machine, gap):
    text, generated = gap.join(hand), " ".join(machine)
    stretches = by_hand(text, generated)
    assert "".join(some for some, _ in stretches) == text
    assert not any(changed for _, changed in by_hand(text, text))
    kept = [word for some, changed in stretches if not changed for word in some.split()]
    left = iter(generated.split())
    assert all(word in left for word in kept)  # in the generated order


def test_words_written_by_hand_are_marked():
    generated = "Nhiệm kỳ 2018–2023, Công đoàn đã tổ chức 6 đoàn ra."
    text = "Nhiệm kỳ 2018–2023, Công đoàn đã chủ động tổ chức 7 đoàn ra."
    assert by_hand(text, generated) == [
        ("Nhiệm kỳ 2018–2023, Công đoàn đã ", False),
        ("chủ động ", True),
        ("tổ chức ", False),
        ("7 ", True),
        ("đoàn ra.", False),
    ]
