"""The fixture files as they are written: their form, and that no fact of the source documents is missing.

Nothing here needs a database; `test_seed` loads them.
"""

import unicodedata
from collections import Counter, defaultdict

import pytest
import yaml
from django.conf import settings

from unionrelations.kit.folding import fold

FILES = sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))
RECORDS = [entry for file in FILES for entry in yaml.safe_load(file.read_text(encoding="utf-8"))]
ACTIVITIES = ("activities.delegation", "activities.conference", "activities.course")


def of(*models):
    return [entry["fields"] for entry in RECORDS if entry["model"] in models]


def sourced(kind):
    """The natural keys of all records of a kind that some document names."""
    return {tuple(link[kind]) for link in of("activities.sourcelink") if kind in link}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_a_list_of_records_with_natural_keys_only(file):
    text = file.read_text(encoding="utf-8")
    entries = yaml.safe_load(text)
    assert entries
    assert all(set(entry) == {"model", "fields"} for entry in entries)
    assert text.startswith("# "), "say in a comment what the file holds"
    assert text == unicodedata.normalize("NFC", text), "composed letters only"
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_files_are_numbered_in_the_order_they_load():
    assert [int(file.name[:2]) for file in FILES] == list(range(1, len(FILES) + 1))


def test_every_record_is_written_once():
    assert len(RECORDS) == len({repr(entry) for entry in RECORDS})


def test_all_countries_of_the_iso_list_have_two_names():
    countries = of("partners.country")
    assert len({one["code"] for one in countries}) == len(countries) == 249
    assert all(one["name"] and one["name_en"] for one in countries)


def test_no_two_countries_share_a_name():
    codes = defaultdict(set)
    for one in of("partners.country"):
        for name in (one["name"], one["name_en"], *one.get("aliases", "").splitlines()):
            codes[fold(name)].add(one["code"])
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}


def test_the_unions_of_the_documents_are_there():
    assert {one["code"] for one in of("accounts.union")} == {
        *("vgcl", "vuit", "veu", "agriculture", "construction", "railways"),
        *("bac-ninh", "ha-tinh", "quang-nam", "kon-tum", "dien-bien", "ha-noi"),
    }


def test_the_eighteen_partners_are_there():
    assert Counter(one["kind"] for one in of("partners.partner")) == {
        "industry_union": 7,
        "national_centre": 1,
        "local_union": 1,
        "global_federation": 3,
        "intergovernmental": 1,
        "ngo": 1,
        "foundation": 1,
        "employers": 2,
        "government": 1,
    }


def test_the_single_activities_are_there():
    assert {one["code"] for one in of(*ACTIVITIES)} == {
        *(f"A{number}" for number in range(1, 19) if number not in (15, 17)),
        *("A5-course", "A15a", "A15b", "A17-TR", "A17-MX"),
    }


def test_all_activities_were_held_but_the_planned_dialogue():
    assert [one["code"] for one in of(*ACTIVITIES) if one["status"] != "held"] == ["A18"]


def test_headcounts_nobody_printed_are_left_out():
    counts = ("people", "guests", "trainees_ours", "trainees_theirs", "certificates")
    stated = [
        (one.get("code"), count, one[count])
        for one in of(*ACTIVITIES, "activities.unionrole")
        for count in counts
        if count in one
    ]
    assert stated == [("A6", "trainees_theirs", 34), ("A6", "certificates", 34)]


def test_every_published_figure_is_there():
    early, later, online, term = "2015–2018", "2018–2020", "2020 và 2021", "2018–2023"
    found = [
        (one["union"][0], one["period_printed"], one["indicator"], one["low"])
        for one in of("activities.reportedfigure")
    ]
    assert found == [
        ("vuit", early, "delegations_out", 57),
        ("vuit", early, "officials_out", 144),
        ("vuit", early, "delegations_in", 81),
        ("vuit", early, "guests_in", 690),
        ("vuit", early, "conferences_hosted", 69),
        ("vuit", early, "conferences_abroad", 37),
        ("vuit", early, "officials_conferences_abroad", 116),
        ("vuit", early, "conferences_home", 27),
        ("vuit", early, "officials_conferences_home", 1909),
        ("vuit", later, "delegations_out", 36),
        ("vuit", online, "delegations_out_online", 11),
        ("vuit", online, "officials_out", 92),
        ("vuit", later, "delegations_in", 13),
        ("vuit", later, "guests_in", 68),
        ("vuit", later, "conferences_hosted", 25),
        ("vuit", later, "officials_conferences_abroad", None),
        ("agriculture", term, "delegations_out", 6),
        ("agriculture", term, "officials_out", 17),
        ("agriculture", term, "delegations_in", 6),
        ("agriculture", term, "guests_in", 28),
        ("agriculture", term, "conferences_hosted", 3),
        ("veu", term, "delegations_out", 4),
        ("bac-ninh", "hiện nay", "", 40),
        ("bac-ninh", "hiện nay", "", 2000),
    ]


def test_a_vague_figure_has_no_number_and_an_approximate_one_says_so():
    unsure = [one for one in of("activities.reportedfigure") if one["qualifier"] != "exact"]
    assert [(one["qualifier"], one["low"], one["high"]) for one in unsure] == [
        ("vague", None, None),
        ("approx", 2000, 2000),
    ]


def test_doubts_about_a_figure_stand_beside_it():
    online = [one for one in of("activities.reportedfigure") if one["period_printed"] == "2020 và 2021"]
    assert len(online) == 2
    assert all("2021" in one["note"] and "2018–2020" in one["note"] for one in online)
    assert [one["subset_of"] and one["subset_of"][-1] for one in online] == ["36 đoàn ra", None]


def test_plurals_without_a_number_are_said_in_a_remark():
    notes = {one["code"]: one.get("note", "") for one in of(*ACTIVITIES)}
    assert "các đoàn" in notes["A15a"]
    assert "các đoàn" in notes["A15b"]
    assert "các khóa" in notes["A16"]


def test_years_that_follow_from_the_publication_are_said_at_the_source():
    notes = {link["activity"][0]: link.get("note", "") for link in of("activities.sourcelink") if "activity" in link}
    assert all("ngày đăng" in notes[code] for code in ("A1", "A2", "A3", "A4"))


def test_the_cities_are_twinned_and_no_unions_are():
    kinds = Counter(one["kind"] for one in of("partners.relationevent"))
    assert kinds["localities_twinned"] == 1
    assert kinds["twinned"] == 0


def test_everyone_who_spoke_at_the_forum_is_heard():
    asked = of("activities.proposal")
    assert all(one["activity"] == ["A4"] for one in asked)
    assert Counter(one["union"][0] for one in asked) == {
        "vgcl": 4,
        "veu": 3,
        "construction": 2,
        "bac-ninh": 2,
        "agriculture": 4,
    }


def test_the_plan_has_its_lines_with_the_completion_named():
    lines = of("activities.planline")
    assert [str(one["completion"]) for one in lines if "completion" in one] == [
        "2026-12-31",
        "2025-11-30",
        "2025-12-31",
    ]
    assert [one["activity"] for one in of("activities.realisation")] == [["A18"]]
    assert len(lines) == 8


@pytest.mark.parametrize(
    ("kind", "models", "key"),
    [
        ("union", ["accounts.union"], lambda one: (one["code"],)),
        ("officer", ["accounts.officer"], lambda one: (one["union"][0], one["name"])),
        ("partner", ["partners.partner"], lambda one: (one["code"],)),
        ("activity", ACTIVITIES, lambda one: (one["code"],)),
        (
            "relation_event",
            ["partners.relationevent"],
            lambda one: (one["union"][0], (one["partner"] or [None])[0], one["kind"], one["starts_on"]),
        ),
    ],
)
def test_every_record_points_at_the_document_that_names_it(kind, models, key):
    assert {key(one) for one in of(*models)} == sourced(kind)


def test_figures_proposals_and_plan_lines_name_their_place():
    read = of("activities.reportedfigure", "activities.proposal", "activities.plan")
    assert all(one["document"] and one["place"] for one in read)
    assert all(one["place"] for one in of("activities.planline"))


def test_every_contact_says_where_the_name_stands():
    documents = {one["code"] for one in of("activities.sourcedocument")}
    assert all(any(code in one["note"] for code in documents) for one in of("partners.contact"))


def test_no_quotation_is_longer_than_a_phrase():
    assert max(len(one["printed"]) for one in of("activities.reportedfigure")) <= 60
