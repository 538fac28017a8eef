"""Writes the spreadsheets of the corpus: `python -m tests.spreadsheets.make [--xls]`.

The files are kept in `files/`, each with what is expected of it in a YAML of the same name beside it. Running this
again gives the same bytes. Only XLS needs LibreOffice, whose bytes differ from run to run: it is written where it is
missing, or anew with --xls.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil

from . import forms
from .grids import FILES, Book
from .writing import written


def books() -> dict[str, Book]:
    """Every file of the corpus by name, from all modules of `forms`."""
    found: dict[str, Book] = {}
    for module in sorted(pkgutil.iter_modules(forms.__path__), key=lambda one: one.name):
        for name, one in getattr(importlib.import_module(f"{forms.__name__}.{module.name}"), "BOOKS", {}).items():
            if name in found:
                raise ValueError(f"Two files are named {name}.")
            found[name] = one
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--xls", action="store_true", help="write the XLS files anew as well")
    anew = parser.parse_args().xls
    FILES.mkdir(exist_ok=True)
    for name, one in books().items():
        path = FILES / name
        if path.suffix != ".xls" or anew or not path.exists():
            path.write_bytes(written(one, path.suffix[1:]))


if __name__ == "__main__":
    main()
