#!/usr/bin/env python
"""What the index says of the versions the locks name; fails where one was withdrawn or its project is shut away.

Knows nothing of reported holes: those are asked of the advisory services by `make audit`, with pip-audit and npm.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import truststore
from packaging.version import InvalidVersion, Version
from pip_requirements_parser import RequirementsFile
from pypi_simple import DistributionPackage, NoSuchProjectError, ProjectPage, PyPISimple

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]
SHUT_AWAY = {"quarantined"}
LEFT_ALONE = {"archived", "deprecated"}


def locked(house: Path) -> dict[str, Version]:
    """The version of every library, by name."""
    return {
        one.name: Version(one.get_pinned_version)
        for lock in LOCKS
        for one in RequirementsFile.from_file(str(house / lock)).requirements
    }


def released(page: ProjectPage) -> dict[Version, list[DistributionPackage]]:
    """The files of each version; of names from before versions had a grammar nothing is known."""
    files: dict[Version, list[DistributionPackage]] = {}
    for file in page.packages:
        with suppress(InvalidVersion):
            files.setdefault(Version(file.version or ""), []).append(file)
    return files


def against(version: Version, page: ProjectPage) -> Iterator[str]:
    """Why a version may not stay, each reason a sentence's end."""
    files = released(page).get(version)
    if page.status in SHUT_AWAY:
        yield f"its project is {page.status} ({page.status_reason or 'no reason given'})"
    if not files:
        yield "the index has no file of it any more"
    elif all(file.is_yanked for file in files):
        yield f"it was withdrawn ({files[0].yanked_reason or 'no reason given'})"


def worth_knowing(version: Version, page: ProjectPage) -> Iterator[str]:
    """What is no reason to refuse: a project nobody keeps, a later release of the same series."""
    if page.status in LEFT_ALONE:
        yield f"its project is {page.status} ({page.status_reason or 'no reason given'})"
    later = [
        one
        for one, files in released(page).items()
        if one > version and one.release[:2] == version.release[:2] and not one.is_prerelease
        if not all(file.is_yanked for file in files)
    ]
    if later:
        yield f"{max(later)} is out in the same series"


def main() -> None:
    truststore.inject_into_ssl()  # whoever this machine trusts, as pip does
    versions = locked(Path(__file__).parents[1])
    refused = []
    with PyPISimple() as index, ThreadPoolExecutor(8) as several:
        pages = several.map(lambda name: asked(index, name), versions)
        for (name, version), page in zip(versions.items(), pages, strict=True):
            if page is None:
                refused.append(f"{name} {version}: the index does not know it")
                continue
            refused += [f"{name} {version}: {reason}" for reason in against(version, page)]
            for note in worth_knowing(version, page):
                print(f"{name} {version}: {note}")
    print(f"{len(versions)} locked libraries asked for, {len(refused)} refused")
    if refused:
        sys.exit("\n".join(refused))


def asked(index: PyPISimple, name: str) -> ProjectPage | None:
    try:
        return index.get_project_page(name, timeout=60)
    except NoSuchProjectError:
        return None


if __name__ == "__main__":
    main()
