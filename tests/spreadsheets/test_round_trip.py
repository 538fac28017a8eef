"""The house's own files come back as they went out: the list of every entity, as XLSX and CSV, changes nothing."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.doors import RECORDS, SHARED, count_afresh, enter, lasting
from tests.factories import UserFactory
from tests.seeded import seed
from unionrelations.accounts.models import Union

from .facts import MODELS
from .test_shapes import rows_of_every_table

# What a further record needs in order not to be one that is there already.
NOT_OF_THE_SEED = {
    "countries": {"code": "ZZ", "name": "Nước thử", "name_en": "Testland"},
    "terms": {"name": "2008-2013", "first_day": dt.date(2008, 11, 5), "last_day": dt.date(2013, 7, 29)},
}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        seed()
        count_afresh()
        yield


def exported(slug: str, format: str, folder, *, union: str, language: str = "vi"):
    """The file an officer of this union downloads from the list."""
    person = UserFactory(union=Union.objects.get(code=union), language=language)
    answer = enter(person, **{"accept-language": language}).get(f"/{slug}/", {"format": format})
    assert answer.status_code == 200
    path = folder / f"{slug}.{format}"
    path.write_bytes(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    return path


def bring(path, **options) -> dict:
    written = StringIO()
    call_command("import_sheet", str(path), format="json", stdout=written, **options)
    return json.loads(written.getvalue())


# Every list in both formats and in both languages, each format and language of a list once: which heading stands over a
# column is the language's matter alone, how a cell is written the format's.
TRIPS = [
    (slug, format, language)
    for place, slug in enumerate(MODELS)
    for format, language in ((("xlsx", "vi"), ("csv", "en")) if place % 2 else (("xlsx", "en"), ("csv", "vi")))
]


@pytest.mark.parametrize(("slug", "format", "language"), TRIPS)
@pytest.mark.django_db
def test_a_list_exported_and_brought_back_changes_nothing(house, slug, format, language, tmp_path):
    RECORDS[slug](Union.objects.get(code="vgcl"), **NOT_OF_THE_SEED.get(slug, {}))
    path = exported(slug, format, tmp_path, union="vgcl", language=language)
    held = rows_of_every_table()
    answer = bring(path, union="vgcl", entity=slug, apply=True)
    assert [row for row in answer["rows"] if row["verdict"] != "unchanged"] == []
    assert answer["unchanged"] == answer["read"] > 0
    now = rows_of_every_table()
    house = [name for name in held if name.split(".")[0] in ("accounts", "partners", "activities")]
    assert {name: now[name] for name in house} == {name: held[name] for name in house}


@pytest.mark.django_db
def test_one_number_filled_in_comes_back_as_that_one_change(house, tmp_path):
    path = exported("delegations", "csv", tmp_path, union="vuit")
    text = path.read_text(encoding="utf-8-sig")
    (line,) = [one for one in text.splitlines() if "IndustriALL thăm" in one]
    edited = line.replace("6 tháng đầu năm 2023,,", "6 tháng đầu năm 2023,14,")
    assert edited != line
    path.write_text(text.replace(line, edited), encoding="utf-8-sig")
    answer = bring(path, union="vuit", entity="delegations")
    assert {name: answer[name] for name in ("new", "changed", "refused")} == {"new": 0, "changed": 1, "refused": 0}


def test_every_list_is_tried():
    assert set(MODELS) | {"activities", "history"} == set(RECORDS)  # of which the last is only read
    assert set(RECORDS) >= SHARED
