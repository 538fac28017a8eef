"""Reading is measured on marked passages, and holds what is asked of it."""

import json

import pytest
from django.core.management import CommandError, call_command

from activities.prose import UnionNames, read_report
from activities.prose.measuring import measure, passages
from tests.prose import FOLDER
from tests.seeded import seed
from unionrelations.accounts.models import Union


@pytest.fixture
def read(db):
    seed()
    names = UnionNames.of(Union.objects.all())
    return lambda text: read_report(text, unions=names)


@pytest.mark.one_database
def test_precision_and_recall_hold_on_every_marked_passage(read):
    some = list(passages(FOLDER))
    assert len(some) >= 150
    assert sum(not one.figures for one in some) >= 30
    score = measure(some, read)
    assert score.precision >= 0.97
    assert score.recall >= 0.92


def test_words_marked_are_the_words_found_and_offsets_point_at_them(read):
    for passage in passages(FOLDER):
        figures = read(passage.text).figures
        for one in figures:
            assert passage.text[one.start : one.end] == one.words
        for marked in (one for one in passage.figures if one.words):
            assert any(one.indicator == marked.indicator and marked.words in one.words for one in figures), marked


def test_what_is_marked_as_a_part_is_told_as_a_part(read):
    for passage in passages(FOLDER):
        figures = read(passage.text).figures
        for marked in (one for one in passage.figures if one.is_part):
            part = next(one for one in figures if (one.indicator, one.low) == (marked.indicator, marked.low))
            assert part.subset_of is not None
            assert figures[part.subset_of].low > part.low


def test_the_command_prints_the_shares_and_each_miss(db, tmp_path, capsys):
    file = tmp_path / "one.yaml"
    file.write_text("- text: Cử 3 đoàn ra.\n  figures:\n    - delegations_out 4 | – | –\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("measure_extract", file)
    shown = capsys.readouterr().out
    assert "+ one.yaml 1: delegations_out" in shown
    assert "- one.yaml 1:" in shown
    assert "0.000" in shown
    call_command("measure_extract", file, precision=0, recall=0)


@pytest.mark.parametrize(
    "written", ["- 3", "- text: a\n  figures: [nothing]", "- text: a\n  figures: [partners 3 | x | –]", "[", "- {"]
)
def test_a_file_that_is_no_list_of_passages_is_refused_with_its_place(db, tmp_path, written):
    file = tmp_path / "bad.yaml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("measure_extract", file)


def test_json_keeps_the_contract(read, tmp_path, capsysbinary):
    file = tmp_path / "report.txt"
    text = "Năm 2021, Công đoàn Xây dựng Việt Nam cử 18 đoàn ra, trong đó 16 đoàn trực tuyến."
    file.write_text(text, encoding="utf-8")
    call_command("extract", str(file), format="json")
    whole, part = json.loads(capsysbinary.readouterr().out)["figures"]
    contract = {"indicator", "low", "high", "qualifier", "period", "union", "organisation", "subset_of", "planned"}
    assert contract | {"start", "end", "words"} <= set(whole)
    assert whole["period"] == {"from": "2021-01-01", "to": "2021-12-31", "printed": "Năm 2021"}
    assert (whole["union"], whole["organisation"]) == ("construction", "Công đoàn Xây dựng Việt Nam")
    assert (part["indicator"], part["subset_of"]) == ("delegations_out_online", 0)
    assert text[whole["start"] : whole["end"]] == whole["words"] == "18 đoàn ra"
