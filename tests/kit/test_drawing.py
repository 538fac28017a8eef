"""One specification of a chart: on the page with links, in a file with its colours, as a picture, and in a sentence."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from partners.models.countries import HOME as RECORDED_HOME
from unionrelations.kit.drawing import Bars, Column, Mark, Place, Series, WorldMap
from unionrelations.kit.drawing.atlas import HOME, countries, is_small, places
from unionrelations.kit.drawing.paper import FILE_PAINT, PATTERNS
from unionrelations.kit.drawing.words import ranges_of, steps_to, width_of, wrapped

ONE = (Series("", "activities", "c-one"),)
TWO = (Series("out", "going out", "c-out"), Series("in", "coming in", "c-in"))
SHEET = (Path(settings.BASE_DIR) / "static/app.css").read_text(encoding="utf-8")
TOKENS = (Path(settings.BASE_DIR) / "static/tokens.css").read_text(encoding="utf-8")
HEAVIEST_MAP = 60_000  # bytes in a page, for a desk and for a phone together

labels = some.text(max_size=60)
numbers = some.integers(0, 1_000_000)
charts = some.builds(
    lambda title, lines, lying: Bars(
        title, tuple(Column(label, (Mark(a, "/a/", "out"), Mark(b, "/b/", "in"))) for label, a, b in lines), TWO, lying
    ),
    labels,
    some.lists(some.tuples(labels, numbers, numbers), max_size=45),
    some.booleans(),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def bars(*values, series=ONE, lying=False, label="Line {}"):
    columns = tuple(Column(label.format(at), (Mark(one, f"/rows/?n={at}"),)) for at, one in enumerate(values))
    return Bars("A title", columns, series, lying)


def stacked(**more):
    return Bars("Years", (Column("2020", (Mark(3, "/out/", "out"), Mark(2, "/in/", "in")), "/2020/"),), TWO, **more)


def links(svg):
    return re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', svg)


@pytest.mark.parametrize("lying", [False, True])
@pytest.mark.parametrize("width", [300, 720])
def test_every_part_of_a_bar_opens_its_rows_and_says_what_it_is(lying, width):
    found = links(stacked(lying=lying).svg(width))
    assert ("/out/", "2020, going out: 3") in found
    assert ("/in/", "2020, coming in: 2") in found
    assert ("/2020/", "2020: 5") in found


def test_nothing_opens_where_links_are_not_wanted():
    svg = stacked().svg(links=False)
    assert "<a " not in svg
    assert 'role="img"' in svg


@given(charts)
def test_no_page_gets_a_style_or_markup_from_a_name(chart):
    for width in (300, 720):
        svg = chart.svg(width)
        assert not re.search(r"\sstyle=|<style|<script|NaN|inf", re.sub(r">[^<]*<|\"[^\"]*\"", "><", svg))
        if svg:
            ElementTree.fromstring(svg)


@given(charts)
def test_a_file_is_whole_and_needs_no_sheet(chart):
    svg = chart.svg(standalone=True, links=False)
    if svg:
        drawn = ElementTree.fromstring(svg)
        assert not any(one.get("class") for one in drawn.iter())
        assert chart.is_empty is False


def test_a_union_named_like_a_script_is_only_a_name():
    name = '<script>alert("1")</script>'
    for chart in (Bars(name, (Column(name, (Mark(1, '/"x"/'),)),), ONE), WorldMap(name, (Place("LA", name, 1),))):
        assert "<script" not in chart.svg()
        assert "<script" not in chart.svg(standalone=True)
        assert name in unescape(chart.svg())


@pytest.mark.parametrize(
    "chart", [bars(), bars(0, 0), WorldMap("A title", ()), WorldMap("A title", (Place("LA", "Laos", 0),))]
)
def test_an_empty_chart_says_so_and_draws_nothing(chart):
    assert chart.is_empty
    assert chart.svg() == ""
    assert chart.png() == b""
    assert chart.alt == "A title: there is nothing to draw."


def test_the_sentence_names_the_largest_and_says_whose_sum_it_is():
    assert (
        bars(1, 1200, 3, 2).alt
        == "A title: most Line 1 (1,200), Line 2 (3), Line 3 (2) and 1 other; the bars add up to 1,206."
    )
    assert bars(7).alt == "A title: Line 0 (7)."


def test_numbers_are_written_as_the_reader_writes_them():
    with translation.override("vi"):
        assert "1.200" in bars(1200).svg()
    assert "1,200" in bars(1200).svg()


def test_what_is_undetermined_stands_beside_the_number_and_never_in_it():
    kinds = (*TWO, Series("vague", "undetermined", "c-vague"))
    chart = Bars("Years", (Column("2020", (Mark(3, "", "out"), Mark(2, "", "vague"))),), kinds)
    assert ">3 + 2<" in chart.svg()
    assert chart.alt == "Years: 2020 (3); undetermined besides: 2."


@pytest.mark.parametrize("width", [300, 720])
def test_kinds_differ_in_pattern_as_well_as_in_colour(width):
    kinds = tuple(Series(shape, shape, shape) for shape in ("c-out", "c-in", "c-conf", "c-course"))
    chart = Bars("Years", (Column("2020", tuple(Mark(3, "", one.key) for one in kinds)),), kinds)
    svg = chart.svg(width)
    assert {one for one in PATTERNS if f'<pattern id="{one}-' in svg} == set(PATTERNS)
    assert all(f"url(#{one})" in svg for one in re.findall(r'<pattern id="([^"]+)"', svg))
    assert len({lines for _side, lines in PATTERNS.values()}) == len(PATTERNS)


def test_bars_lie_down_where_they_could_not_be_hit_or_named():
    lines = bars(*range(1, 41))
    assert 'text-anchor="middle"' not in lines.svg(300)
    assert 'text-anchor="middle"' in bars(1, 2, 3, label="20{}").svg(300)
    assert 'text-anchor="middle"' not in bars(1, 2, 3, label="Công đoàn ngành có tên rất dài số {}").svg(300)


def test_a_name_that_is_cut_is_heard_in_full():
    name = "Công đoàn ngành " + "rất dài " * 30
    svg = Bars("A title", (Column(name, (Mark(1, "/a/"),)),), ONE, lying=True).svg(300)
    assert "…</text>" in svg
    assert f'aria-label="{name}: 1"' in svg


@pytest.mark.parametrize("width", [300, 720])
@pytest.mark.parametrize("lying", [False, True])
def test_one_is_seen_beside_a_million_and_nothing_leaves_the_drawing(width, lying):
    svg = bars(1, 1_000_000, lying=lying).svg(width)
    drawn = [one for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("rect")]
    assert all(float(one.get("width")) >= 1 and float(one.get("height")) >= 1 for one in drawn)
    assert all(float(one.get("x")) + float(one.get("width")) <= width + 0.1 for one in drawn)


@given(some.text(max_size=120), some.floats(40, 400), some.integers(1, 3))
def test_broken_words_fit_their_width(words, width, lines):
    found = wrapped(words, width, lines)
    assert len(found) <= lines
    assert all(width_of(one) <= width for one in found)


@given(some.integers(1, 10**7))
def test_the_lines_of_a_scale_are_even_and_reach_the_highest(most):
    steps = steps_to(most)
    assert steps[-1] >= most
    assert len(steps) <= 5
    assert len({after - before for before, after in pairwise(steps)}) == 1


@given(some.lists(some.integers(1, 10**6), min_size=1, max_size=250))
def test_every_number_has_one_step_of_the_map(values):
    ranges = ranges_of(values)
    assert len(ranges) <= 5
    assert all(sum(low <= one <= high for low, high in ranges) == 1 for one in values)


def test_only_countries_with_a_number_are_filled_and_no_border_is_drawn():
    svg = WorldMap("Countries", (Place("LA", "Laos", 3, "/la/"), Place("KH", "Cambodia", 0))).svg()
    assert links(svg) == [("/la/", "Laos: 3")]
    assert "countries.svg#KH" not in svg
    assert "stroke" not in svg


def test_a_country_too_small_to_be_seen_is_a_dot():
    assert is_small("SG")
    assert not is_small("LA")
    assert "countries.svg#SG" not in WorldMap("Countries", (Place("SG", "Singapore", 3),)).svg()
    assert 'class="c-step-4 c-dot"' in WorldMap("Countries", (Place("SG", "Singapore", 3),)).svg()


def test_what_the_map_cannot_show_is_said():
    assert WorldMap("Countries", (Place("ZZ", "Nowhere", 3),)).alt.endswith("Not on the map: Nowhere (3).")


@pytest.mark.parametrize("width", [300, 720])
def test_our_own_islands_stand_on_every_map(width):
    for svg in (
        WorldMap("Countries", (Place("LA", "Laos", 3),)).svg(width),
        WorldMap("Countries", (Place("LA", "Laos", 3),)).svg(width, standalone=True),
    ):
        heard = " ".join(
            one.text
            for one in ElementTree.fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "")).iter("text")
        )
        assert "Hoàng Sa (Vietnam)" in heard
        assert "Trường Sa (Vietnam)" in heard


def test_a_map_of_a_hundred_countries_is_light_on_a_page():
    every = sorted(countries())[:100]
    chart = WorldMap("Countries", tuple(Place(one, one, 3, f"/activities/?country={one}&status=held") for one in every))
    assert len(chart.wide) + len(chart.narrow) < HEAVIEST_MAP


def test_each_country_has_its_place_and_shape():
    assert len(places()) > 230
    assert len(countries()) > 210


def test_a_picture_is_as_wide_as_asked():
    picture = bars(1, 2).png(700)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 700


def test_files_carry_the_colours_of_the_page_in_the_light():
    tokens = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS.partition('[data-bs-theme="dark"]')[0]))
    for shape in (
        "c-out",
        "c-in",
        "c-conf",
        "c-course",
        "c-one",
        "c-home",
        *(f"c-step-{tone}" for tone in range(1, 6)),
    ):
        said = re.search(rf"(?:^|[}}] ?)\.{shape} {{ fill: ([^;]+);", SHEET, re.MULTILINE)[1]
        assert FILE_PAINT[shape]["fill"] == re.sub(r"var\(--([\w-]+)\)", lambda one: tokens[one[1]], said)


def test_our_own_country_is_the_same_on_every_floor():
    assert HOME == RECORDED_HOME
