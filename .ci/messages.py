#!/usr/bin/env python
"""The texts to translate: `collect` them from the code, `compile` what is translated, `check` that both were done.

Compiling needs no gettext; collecting does, and so does checking with `--collected`.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

HOUSE = Path(__file__).resolve().parent.parent
LANGUAGES = ["vi", "en"]
CODE = ["unionrelations", "partners", "activities", "templates", "locale", "manage.py"]


def catalogues(house):
    return [house / "locale" / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES]


def collect(house=HOUSE):
    (house / "locale").mkdir(exist_ok=True)
    options = [f"--locale={language}" for language in LANGUAGES]
    options += ["--add-location=file", "--no-wrap", "--ignore=.venv", "--ignore=node_modules", "--ignore=staticfiles"]
    subprocess.run([sys.executable, "manage.py", "makemessages", *options], cwd=house, check=True)


def compile_translated():
    for source in catalogues(HOUSE):
        source.with_suffix(".mo").write_bytes(polib.pofile(str(source)).to_binary())


def stale():
    """The languages whose compiled texts are not what their catalogue says."""
    for source in catalogues(HOUSE):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != polib.pofile(str(source)).to_binary():
            yield f"{compiled.relative_to(HOUSE)} is not compiled from its catalogue"


def uncollected():
    """The texts of the code that no catalogue has, found by collecting them in a copy of the house."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in CODE:
            source = HOUSE / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        collect(copy)
        for ours, fresh in zip(catalogues(HOUSE), catalogues(copy), strict=True):
            for text in sorted(texts(fresh) - texts(ours)):
                yield f"{ours.relative_to(HOUSE)} lacks {text!r}"


def texts(catalogue):
    return {entry.msgid for entry in polib.pofile(str(catalogue)) if not entry.obsolete}


def main(task, *options):
    if task == "collect":
        collect()
    elif task == "compile":
        compile_translated()
    elif task == "check":
        faults = [*stale()]
        if not faults and "--collected" in options:
            faults = [*uncollected()]
        if faults:
            sys.exit("\n".join([*faults, "Run: make messages"]))
    else:
        sys.exit(__doc__)


main(*(sys.argv[1:] or [""]))
