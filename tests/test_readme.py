"""The documentation says what is so: the map, the commands, the variables, the links, and the numbers it gives."""

import fnmatch
import json
import re
import subprocess
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import get_commands
from django.db import transaction
from django.utils import translation

from activities.models import Term
from activities.reports.indicators import INDICATORS
from activities.reports.reports import Report
from tests.seeded import seed
from unionrelations.accounts.models import Union

HOUSE = Path(settings.BASE_DIR)
README = HOUSE / "README.md"
PAGES = [README, HOUSE / "CONTRIBUTING.md", HOUSE / "CHANGELOG.md", *sorted((HOUSE / "docs").rglob("*.md"))]
WRITTEN_BY_A_RUN = {"docs/proof.md"}  # named before somebody has run what writes it
BLOCKS = re.compile(r"```.*?```", re.DOTALL)
each_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(HOUSE)))


def read(path) -> str:
    return (HOUSE / path).read_text(encoding="utf-8")


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    marks, rest = heading.split(" ", 1)[0], text.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{len(marks)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every table line but the rules under headings."""
    lines = [line.strip("| ") for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def table(text: str, first_heading: str) -> list[list[str]]:
    """The lines of the table whose first column is headed so."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
    end = next((number for number in range(start, len(lines)) if not lines[number].startswith("|")), len(lines))
    return rows("\n".join(lines[start + 2 : end]))


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# --- The map


def kept() -> set[str]:
    """The names at the top that belong to the house: by git or, in a copy without it, all that it does not ignore."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True)
    if listed.stdout:
        return {name.split("/")[0] for name in listed.stdout.split("\0") if name}
    ignored = [line.strip("/") for line in read(".gitignore").splitlines()]
    names = {one.name for one in HOUSE.iterdir()} - {".git"}
    return {name for name in names if not any(fnmatch.fnmatch(name, one) for one in ignored)}


def test_the_map_names_what_lies_at_the_top_and_every_package():
    named = [name for row in rows(part(README.read_text(), "## Map of the repository")) for name in quoted(row[0])]
    packages = {
        str(one.parent.relative_to(HOUSE))
        for root in ("unionrelations", "partners", "activities")
        for one in (HOUSE / root).glob("*/__init__.py")
        if one.parent.name != "migrations"
    }

    assert sorted(named) == sorted(kept() | packages)


# --- Commands


def targets() -> set[str]:
    return set(re.findall(r"^(\w+):.*##", read("Makefile"), re.MULTILINE))


@each_page
def test_commands_that_are_named_exist(file):
    text = file.read_text()
    made = set(re.findall(r"(?:`|^)make (?:\w+=\S+ )*([a-z]+)\b", text, re.MULTILINE))
    managed = set(re.findall(r"manage\.py ([a-z]\w*)", text))

    assert made <= targets()
    assert managed <= set(get_commands())


def test_the_readme_names_every_target_and_every_command_of_ours():
    text = part(README.read_text(), "## Commands")
    ours = {name for name, application in get_commands().items() if application == "unionrelations"}
    named = {words.split()[0] for row in rows(text) for words in quoted(row[0])}

    assert {f"make {one}" for one in targets()} <= set(quoted(text))
    assert ours <= named


# --- Variables


def variables() -> set[str]:
    """Those the settings read, and those the compose file asks for."""
    code = read("unionrelations/settings.py") + read("unionrelations/databases.py")
    found = set(re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', code))
    found |= set(re.findall(r'"(\w+)" in env\.ENVIRON', code))
    found |= set(re.findall(r'os\.environ(?:\.get\(|\[)"(\w+)"', code))
    return found | set(re.findall(r"\$\{(\w+)", read("docker-compose.yml")))


def test_every_variable_is_explained():
    example = set(re.findall(r"^# (\w+)=", read(".env.example"), re.MULTILINE))
    explained = {quoted(row[0])[0] for row in table(read("docs/administration.md"), "variable")}

    assert variables() == explained
    assert variables() <= example


# --- Links and paths


def anchors(page: Path) -> set[str]:
    """As GitHub makes them from headings."""
    headings = re.findall(r"^#+ (.+)$", BLOCKS.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@each_page
def test_links_lead_somewhere(file):
    for link in re.findall(r"\]\(([^)\s]+)\)", BLOCKS.sub("", file.read_text())):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        assert target.is_relative_to(HOUSE), link
        assert not anchor or anchor in anchors(target), link


@each_page
def test_files_that_are_named_exist(file):
    named = {
        name
        for name in quoted(BLOCKS.sub("", file.read_text()))
        if re.fullmatch(r"\.?\w[\w.-]*(/[\w.-]+)+/?", name) and not name.startswith("127.")
    }

    assert not {one for one in named - WRITTEN_BY_A_RUN if not (HOUSE / one).exists()}


def test_every_page_is_in_the_index():
    index = read("docs/README.md")
    pages = {str(one.relative_to(HOUSE / "docs")) for one in PAGES if one.is_relative_to(HOUSE / "docs")}

    assert not {one for one in pages - {"README.md", "proof.md"} if f"]({one})" not in index}


# --- The words on the screen


@pytest.mark.parametrize(("guide", "language"), [("huong-dan-can-bo.md", "vi"), ("guide-officers-leaders.md", "en")])
def test_words_in_bold_stand_on_the_screen(guide, language):
    bold = {words.lower() for words in re.findall(r"\*\*(.+?)\*\*", read(f"docs/{guide}"))}
    texts = polib.pofile(str(HOUSE / "locale" / language / "LC_MESSAGES" / "django.po"))

    assert not bold - {(text.msgstr or text.msgid).lower() for text in texts if not text.obsolete}


# --- Numbers


def counting() -> str:
    return read("docs/counting.md")


def number(cell: str) -> int | None:
    return None if cell == "–" else int(cell)


COUNTED = table(counting(), "union | term | with those below")
PUBLISHED = table(counting(), "union | term | indicator")
WRITTEN = json.loads(counting().partition("```json\n")[2].partition("```")[0])


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker):
    """The reports these pages speak of, by union, term and whether with those below; the first records go again."""
    asked = {(code, term, under == "yes") for code, term, under, *_ in COUNTED}
    asked |= {(code, term, False) for code, term, *_ in PUBLISHED}
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("vi"):
        seed()
        found = {one: answer(*one) for one in asked}
        transaction.set_rollback(True)
    return found


def answer(code: str, term: str, under: bool) -> dict:
    union = Union.objects.get(code=code)
    chosen = next(one for one in Term.objects.of(union) if one.name == term)
    return Report.of_term(union, chosen, under=under).as_json()


def figure(report: dict, indicator: str) -> dict:
    return next(one for one in report["figures"] if one["indicator"] == indicator)


def test_every_indicator_is_explained_in_its_order():
    explained = [quoted(row[0])[0] for row in table(part(counting(), "## The indicators"), "code")]

    assert explained == [one.code.value for one in INDICATORS]


@pytest.mark.django_db  # or no test database is made for the fixture
def test_the_examples_of_counting_are_true(reports):
    for code, term, under, indicator, *numbers in COUNTED:
        found = figure(reports[code, term, under == "yes"], quoted(indicator)[0])
        assert [number(one) for one in numbers] == [found[it] for it in ("logged", "undetermined", "unknown_people")]


@pytest.mark.django_db
def test_the_examples_of_published_figures_are_true(reports):
    for code, term, indicator, printed, *numbers in PUBLISHED:
        beside = {one["printed"]: one for one in figure(reports[code, term, False], quoted(indicator)[0])["reported"]}
        assert [number(one) for one in numbers] == [beside[printed][it] for it in ("logged_in_period", "gap")]


@pytest.mark.django_db
def test_the_json_contract_is_as_written(reports):
    answered = reports[WRITTEN["union"]["code"], WRITTEN["period"]["term"], False]
    told, found = WRITTEN["figures"][0], answered["figures"][0]

    assert [one["indicator"] for one in answered["figures"]] == [one.code.value for one in INDICATORS]
    assert list(WRITTEN) == list(answered)
    long = {"figures": [], "tables": [], "narrative": ""}
    assert answered | long == WRITTEN | long
    assert told | {"label": "", "reported": []} == found | {"label": "", "reported": []}
    table = WRITTEN["tables"][0]
    same = next(one for one in answered["tables"] if one["table"] == table["table"])
    assert list(table) == list(same)
    assert table["lines"][0]["cells"]["activities"] == same["lines"][0]["cells"]["activities"]
    assert told["reported"][0] | {"note": found["reported"][0]["note"]} == found["reported"][0]
