"""Floors look down, doors read only what a person may see, days are handed in, and files stay small."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
FLOORS = ("unionrelations", "partners", "activities")
MODULES = sorted(
    path
    for floor in FLOORS
    for path in (ROOT / floor).rglob("*.py")
    if "migrations" not in path.parts and path.read_text(encoding="utf-8").strip()
)
DOORS = [path for path in MODULES if {"web", "api"} & set(path.relative_to(ROOT).parts[:2])]
# Below the doors. Tasks and commands are doors too: they act for the house, and know the day.
BELOW = [
    path
    for path in MODULES
    if path.is_relative_to(ROOT / "partners")
    or path.is_relative_to(ROOT / "activities")
    or path.is_relative_to(ROOT / "unionrelations/kit")
    or path.is_relative_to(ROOT / "unionrelations/accounts")
]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 40  # lines

# Rows written past `save` keep no folded names, no edit numbers and no scope rows: only where the rows say how.
WRITES_PAST_SAVE = {
    "activities/models/restrictions.py",  # a number is set apart and given back, then scopes are derived
    "activities/querysets/scopes.py",
    "unionrelations/kit/admin/bases.py",  # a row of it was edited, so the record's edit number rises
    "activities/entities/importing/storing.py",  # a thousand rows at once; fills what `save` would, derives the rest
    "unionrelations/importing/steps.py",  # rows of an import and what it wrote: nothing is derived from them
    "activities/reports/models/work.py",  # one statement, so that of two workers one gets the claim
    "activities/reports/models/notices.py",  # the same, for what failed and holds nothing
    "activities/reports/duplicates/finding.py",  # pairs found at night: nothing is derived from them
    "activities/reports/duplicates/merging.py",  # roles change hands all at once, and are derived once at the end
    "activities/reports/duplicates/unmerging.py",  # and back
    "unionrelations/privacy/erasing.py",  # the words of the house's own rows alone, which nothing is derived from
    "unionrelations/hooks/models/hooks.py",  # switched off once, so that its person is told once
    "unionrelations/hooks/models/calls.py",  # one statement, so that of two workers one gets a call
    "unionrelations/privacy/models.py",  # a look already noted that day is passed over by the database
    "unionrelations/accounts/models/unions.py",  # a branch is carried along, and what is derived follows
}
TEXTS = {".py", ".toml", ".txt", ".in", ".md", ".yaml", ".yml", ".html", ".css", ".js", ".json", ".sh", ".cfg", ""}


def named(path):
    return str(path.relative_to(ROOT))


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=named)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def attributes(path):
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute))


def test_no_floor_looks_up():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True) == 0


@each(DOORS)
def test_a_door_never_touches_an_unscoped_manager(path):
    """`X.objects.visible_to(reader)`, or what of it they may change, is the way in; `none()` shows nothing.

    `keep(reader, …)` reads nothing either: it writes down what that reader can take back. A calendar's secret address
    opens what its owner may see, hence `opened_by`. Before anybody has signed in there is no reader: `at_the_door`
    stands on accounts, their browsers and invitations alone. `forget_of_others` takes away what people kept of a record
    that they may no longer read, and shows nothing of it.
    """
    found = list(attributes(path))
    ways_in = (
        "visible_to",
        "few_visible_to",
        "reached_by",
        "writable_by",
        "lets_write",
        "removable_by",
        "opened_by",
        "at_the_door",
        "none",
        "keep",
        "forget_of_others",
    )
    scoped = {node.value for node in found if node.attr in ways_in}
    managers = ("objects", "_default_manager", "_base_manager")
    bare = [node for node in found if node.attr in managers and node not in scoped]
    # A row that is locked before it is saved was found among the visible ones first.
    bare = [node for node in bare if not (node.attr == "_base_manager" and _is_locked(path, node))]
    assert [f"{path.name}:{node.lineno}" for node in bare] == []


def _is_locked(path, manager) -> bool:
    return f"{ast.unparse(manager)}.select_for_update(" in ast.unparse(tree(path))


@each(MODULES)
def test_rows_are_written_past_save_only_where_the_rows_say_how(path):
    if named(path) in WRITES_PAST_SAVE:
        return
    calls = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    found = [one for one in calls if isinstance(one, ast.Attribute)]
    past = [one for one in found if one.attr in ("bulk_create", "bulk_update") or _updates_rows(one)]
    assert [f"{path.name}:{one.lineno}" for one in past] == []


def _updates_rows(call: ast.Attribute) -> bool:
    """`update` of rows, not of a dictionary: somewhere before it stands a manager or a filter."""
    return call.attr == "update" and any(
        isinstance(node, ast.Attribute) and node.attr in ("objects", "filter", "all", "exclude", "_default_manager")
        for node in ast.walk(call.value)
    )


@each(BELOW)
def test_nothing_below_a_door_asks_for_today(path):
    """Days are handed in. `auto_now` fields note when a row was written, which no rule reads."""
    clocks = {"today", "now", "localdate", "localtime", "utcnow"}
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and not node.args)
    asked = [node for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr in clocks]
    assert [f"{path.name}:{node.lineno}" for node in asked] == []


TRANSLATORS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}


@each(MODULES)
def test_no_text_to_translate_hides_in_a_formatted_string(path):
    """What collects the texts does not look inside f-strings: readers of Vietnamese would meet English there."""
    formatted = (node for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr))
    calls = (node for one in formatted for node in ast.walk(one) if isinstance(node, ast.Call))
    hidden = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in TRANSLATORS]
    assert [f"{path.name}:{node.lineno}" for node in hidden] == []


@each(MODULES)
def test_every_module_says_what_it_holds(path):
    if path.name == "apps.py" or path.parts[-2] == "formats" or "formats" in path.parts:
        return  # Django's own places, read by Django alone
    assert ast.get_docstring(tree(path))


@each(MODULES)
def test_files_and_functions_stay_small_enough_to_read(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert lines <= LONGEST_MODULE
    assert long == []


def repository() -> list[Path]:
    """Every text file that is kept."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in names if Path(name).suffix in TEXTS and (ROOT / name).is_file()]


# The address of a registry would bind every reader to somebody's network, a path to somebody's disk.
REGISTRY = re.compile(r"(?:index-url|extra-index-url|registry|resolved|find-links)\W{1,6}https?://(?P<host>[\w.:-]+)")
OF_ONE_MACHINE = re.compile(r"(?<![\w.$}])/(?:work|home|root|Users|mnt)/\w")


def test_nothing_kept_names_a_machine_or_a_registry_of_its_own():
    found = []
    for path in repository():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{named(path)}: {one['host']}" for one in REGISTRY.finditer(text)]
        found += [f"{named(path)}: {one.group()}" for one in OF_ONE_MACHINE.finditer(text)]
    assert found == []


def test_no_secret_is_kept():
    kept = {named(path) for path in repository()}
    assert {".env", ".secret-key", "db.sqlite3"} & kept == set()


# What opens addresses. Mail and the broker go through Django and Celery, to where settings say.
OPENS_ADDRESSES = re.compile(
    r"^(?:urllib\.request|http\.client|urllib3|requests|requests_hardened|httpx|aiohttp|socket|ftplib)\b"
)
TELLS_HOOKS = "unionrelations/hooks/sending.py"  # by a library that goes to no address inside a network


def test_nothing_but_mail_and_hooks_leaves_the_house():
    """No other module opens an address, so none can be made to open one that somebody typed."""
    found, told = [], []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            opens = [one for one in names if OPENS_ADDRESSES.match(one)]
            if named(path) == TELLS_HOOKS:
                told += opens
            else:
                found += [f"{named(path)}: {one}" for one in opens]
    assert found == []
    assert {one.partition(".")[0] for one in told} == {"requests", "requests_hardened"}
