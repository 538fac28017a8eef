"""Values told in JSON and read back, exactly, for every kind of column the house has."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as some

from unionrelations.backups.archive import Tally, line_of
from unionrelations.backups.rows import JSON_KNOWS, columns, in_words, kind_of, plain, points_at, tables

words = some.text(some.characters(exclude_categories=["Cs"]))
free = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
VALUES = [
    (models.DateField(), some.dates()),
    (models.DateTimeField(), some.datetimes(timezones=some.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=7))]))),
    (models.TimeField(), some.times()),
    (models.DurationField(), some.timedeltas(dt.timedelta(days=-9999), dt.timedelta(days=9999))),
    (models.DecimalField(max_digits=40, decimal_places=6), some.decimals(-(10**20), 10**20, places=6)),
    (models.UUIDField(), some.uuids()),
    (models.BinaryField(), some.binary()),
]


@pytest.mark.parametrize(("field", "values"), VALUES, ids=[type(field).__name__ for field, _values in VALUES])
def test_what_json_has_no_words_for_is_read_back_exactly(field, values):
    @given(values)
    def check(value):
        told = json.loads(line_of([in_words(value)]))[0]
        back = field.to_python(told)
        assert bytes(back) == value if isinstance(value, bytes) else back == value

    check()


@given(free)
def test_free_json_is_the_same_after_any_number_of_times(value):
    told = line_of(plain(value))
    assert line_of(plain(json.loads(told))) == told
    assert plain(value) == value


def test_a_kind_of_value_nobody_thought_of_is_refused():
    with pytest.raises(TypeError):
        in_words(object())


@given(some.lists(words, max_size=20), some.randoms())
def test_a_tally_does_not_depend_on_the_order(lines, random):
    one, other = Tally(), Tally()
    mixed = list(lines)
    random.shuffle(mixed)
    for line in lines:
        one.add(line_of(line))
    for line in mixed:
        other.add(line_of(line))
    assert one.says_the_same(other)
    other.add(line_of("one more"))
    assert not one.says_the_same(other)


def test_every_table_of_the_house_goes_along():
    held = {one._meta.db_table for one in tables(apps)}
    ours = {one._meta.db_table for one in apps.get_models(include_auto_created=True) if not one._meta.proxy}
    assert ours - held == {"django_session", "backups_backup", "operations_lastwrite", "operations_scheduledtask"}
    assert all(one.column for model in tables(apps) for one in columns(model))


def test_every_kind_of_column_is_known():
    known = JSON_KNOWS | {"JSONField", "GenericIPAddressField", *(type(field).__name__ for field, _values in VALUES)}
    met = {kind_of(one) for model in tables(apps) for one in columns(model)}
    assert met <= known


def test_what_rows_point_at_comes_before_them():
    order = tables(apps)
    late = {
        (model._meta.label, other._meta.label)
        for place, model in enumerate(order)
        for other in points_at(model)
        if other in order and order.index(other) > place
    }
    # An account belongs to a union, and a union says which account changed it.
    assert late == {("accounts.Union", "accounts.User")}
