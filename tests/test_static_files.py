"""The npm files pages use, and how static files are stored for production."""

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from unionrelations.static_files import PACKAGE_FILES, PackagesFinder, PackagesStorage, StaticFiles


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_a_listed_file_is_served(name):
    assert finders.find(f"packages/{name}")


@pytest.mark.parametrize("path", ["packages/@tabler/core/package.json", "packages/../package.json", "packages"])
def test_nothing_else_is(path):
    assert finders.find(path) is None


def test_without_packages_only_the_check_speaks(tmp_path, monkeypatch):
    monkeypatch.setattr(PackagesFinder, "storage", PackagesStorage(location=tmp_path))
    finder = PackagesFinder()

    assert list(finder.list([])) == []
    [warning] = finder.check()
    assert warning.id == "unionrelations.W001"
    assert "make setup" in warning.hint


def test_a_source_map_that_is_not_shipped_stops_nothing(tmp_path):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(b"@import 'b.css';\n/*# sourceMappingURL=a.css.map */\n"))
    storage.save("b.css", ContentFile(b"p {}\n"))

    outcome = list(storage.post_process({"a.css": (storage, "a.css"), "b.css": (storage, "b.css")}))

    assert not [error for *_, error in outcome if isinstance(error, Exception)]
    stored = (tmp_path / storage.stored_name("a.css")).read_text()
    assert storage.stored_name("b.css") in stored
    assert "sourceMappingURL=a.css.map" in stored
