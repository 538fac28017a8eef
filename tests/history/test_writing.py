"""Whatever writes to a record is written down by the database: forms, many rows at once, cascades, raw SQL."""

import threading
from contextlib import nullcontext
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Delegation, Member, Paper
from partners.models import Partner
from tests import factories as make
from tests.admin_factories import MAKERS, union
from tests.history.worlds import House, as_it_stands, as_told, sql
from tests.web.pages import furnish
from unionrelations.history import triggers
from unionrelations.history.kept import KEPT, LEFT_OUT, NOT_KEPT, NOT_KEPT_APPS, RECORDS
from unionrelations.history.models import Act, Entry
from unionrelations.kit.acts import Way, doing, untold

every_model = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
each_kept = pytest.mark.parametrize("kept", KEPT.values(), ids=lambda kept: kept.label)


def last() -> Entry:
    return Entry.objects.latest("pk")


# --- What is kept


def test_every_model_is_kept_or_left_out_with_a_reason():
    for model in every_model:
        label = model._meta.label_lower
        ways = [label in KEPT, label in NOT_KEPT, model._meta.app_label in NOT_KEPT_APPS]
        assert ways.count(True) == 1, f"{label}: name it in unionrelations/history/kept.py"
    assert all(reason for reason in (*NOT_KEPT.values(), *NOT_KEPT_APPS.values()))


@each_kept
def test_what_a_table_is_kept_by_is_there(kept):
    columns = {one.column for one in kept.model._meta.local_concrete_fields}
    assert kept.root_column in columns
    assert (kept.union if isinstance(kept.union, str) else kept.union[0]) in columns | {""}
    assert KEPT[kept.root].of is None or kept.root in RECORDS


@each_kept
def test_no_secret_is_ever_kept(kept):
    told = {str(one.column) for one in kept.fields}
    assert not told & LEFT_OUT
    assert not [name for name in told if any(word in name for word in ("password", "secret", "token", "session"))]


# --- Whichever way it came


@pytest.mark.django_db
def test_the_history_of_a_whole_house_laid_together_is_the_house():
    of = union("lich-su")
    for maker in MAKERS.values():
        maker(of)
    furnish(of)
    Activity.objects.filter(pk__gt=0).update(note="sửa hàng loạt")
    filled = 0
    for kept in KEPT.values():
        assert as_told(kept.model) == as_it_stands(kept.model), kept.label
        filled += bool(as_it_stands(kept.model))
    assert filled > 40


@pytest.mark.django_db
def test_raw_sql_many_rows_at_once_and_cascades_are_written_down():
    house = House()
    Partner.objects.bulk_create([Partner(code=f"nhieu-{n}", name=f"Nhiều {n}", kind="ngo") for n in range(3)])
    assert Entry.objects.filter(label="partners.partner", what="made").count() == 5
    sql("UPDATE partners_partner SET note = %s WHERE id = %s", "viết thẳng", house.partners[0].pk)
    assert (last().before, last().after) == ({"note": ""}, {"note": "viết thẳng"})
    Delegation.objects.filter(pk=house.mine.pk).delete()
    gone = set(Entry.objects.filter(what="deleted", root_key=house.mine.pk).values_list("label", flat=True))
    assert gone == {f"activities.{one}" for one in ("activity", "delegation", "unionrole", "member")}
    sql("DELETE FROM partners_contact")
    assert last().before["name"] == "Bà Khamla"
    assert last().record == ("partners.partner", house.partners[0].pk)


@pytest.mark.django_db
def test_a_change_of_nothing_that_people_write_is_none():
    partner = make.PartnerFactory()
    before = Entry.objects.count()
    partner.save()
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_row_that_changes_hands_is_told_on_both_sides():
    house = House()
    Member.objects.filter(activity=house.mine.pk).update(activity=house.joint.pk)
    assert (last().root_key, last().left_key) == (house.joint.pk, house.mine.pk)
    for trip in (house.joint, house.mine):
        assert last() in Entry.objects.of_record("activities.activity", trip.pk)


@pytest.mark.django_db
def test_the_text_of_a_file_and_passwords_stay_out():
    trip = make.DelegationFactory()
    Paper.objects.create(activity=trip.activity_ptr, kind="request", number="1", text="mật", folded_text="mat")
    assert "text" not in last().after
    make.UserFactory().set_password("khác")
    assert all("password" not in one.after for one in Entry.objects.filter(label="accounts.user"))


# --- Who, how and why


@pytest.mark.django_db
def test_all_rows_of_one_act_are_told_together_and_nobody_is_invented():
    keeper = make.UserFactory(first_name="Lan", last_name="Nguyễn")
    before = set(Act.objects.values_list("pk", flat=True))
    with doing(Way.PAGE, "đính chính", keeper):
        trip = make.DelegationFactory(unions=[(keeper.union, 3)])
    act = Act.objects.exclude(pk__in=before).get()
    assert (act.person, act.name, act.why, act.way) == (keeper, keeper.get_full_name(), "đính chính", "page")
    assert set(act.entries.values_list("root_key", flat=True)) == {trip.pk}
    Partner.objects.create(name="Không ai nói", kind="ngo")
    assert (last().act.person, last().act.name) == (None, "")


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_trace_and_the_next_act_is_still_named():
    keeper = make.UserFactory()
    with doing(Way.PAGE, by=keeper):
        with transaction.atomic():
            make.PartnerFactory(name="Bỏ")
            transaction.set_rollback(True)
        make.PartnerFactory(name="Giữ")
    assert not Entry.objects.filter(after__name="Bỏ").exists()
    assert last().act.person == keeper


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrapped", [transaction.atomic, nullcontext], ids=["in a transaction", "by itself"])
def test_a_connection_names_nobody_once_an_act_is_over(wrapped):
    keeper, partner = make.UserFactory(), make.PartnerFactory()
    with doing(Way.PAGE, by=keeper), wrapped():
        Partner.objects.filter(pk=partner.pk).update(note="có tên")
    assert last().act.person == keeper
    Partner.objects.filter(pk=partner.pk).update(note="không tên")
    assert last().act.person is None
    if connection.vendor == "postgresql":  # whatever speaks to the database past the house
        connection.connection.execute("UPDATE partners_partner SET note = 'đi vòng'")
        assert (last().after, last().act.person, last().act.way) == ({"note": "đi vòng"}, None, "")


@pytest.mark.django_db
def test_handing_over_adds_no_question_to_a_page():
    partner = make.PartnerFactory()
    with doing(Way.PAGE), CaptureQueriesContext(connection) as asked:
        Partner.objects.filter(pk=partner.pk).update(note="một")
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_are_not_taken_for_each_other():
    people = [make.UserFactory() for _each in range(2)]
    rows = [make.PartnerFactory() for _each in range(2)]

    def write(place: int) -> None:
        try:
            with doing(Way.PAGE, by=people[place]):
                for number in range(5):
                    Partner.objects.filter(pk=rows[place].pk).update(note=f"{place} {number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for place in range(2):
        told = Entry.objects.filter(label="partners.partner", key=rows[place].pk, what="changed")
        assert set(told.values_list("act__person", flat=True)) == {people[place].pk}


@pytest.mark.django_db
def test_what_is_not_to_be_told_is_not():
    before = Entry.objects.count()
    with untold():
        make.DelegationFactory()
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_generated_records_are_nobodys_deeds():
    call_command("generate", activities=20, unions=4, seed=1, stdout=StringIO())
    assert Delegation.objects.exists()
    assert not Entry.objects.exists()


# --- Tables that are built anew


@pytest.mark.django_db(transaction=True)
def test_triggers_stand_again_after_migrations_and_a_table_that_was_built_anew():
    standing = triggers._standing()
    assert len(standing) >= len(KEPT)
    triggers.drop()
    assert triggers._standing() == {}
    field = models.CharField(max_length=5, null=True)
    field.set_attributes_from_name("passing")
    with connection.schema_editor() as editor:
        editor.add_field(Partner, field)
        editor.remove_field(Partner, field)  # SQLite builds the table anew
    call_command("migrate", verbosity=0)
    assert triggers._standing() == standing
    make.PartnerFactory(name="Vẫn ghi")
    assert last().after["name"] == "Vẫn ghi" or last().label == "partners.partner"


@pytest.mark.django_db(transaction=True)
def test_the_history_is_made_and_taken_away_by_its_migrations():
    try:
        call_command("migrate", "history", "zero", verbosity=0)
        assert triggers._standing() == {}
        make.PartnerFactory()  # a house without a history writes as before
    finally:
        call_command("migrate", verbosity=0)
    make.PartnerFactory(name="Từ nay")
    assert Entry.objects.filter(after__name="Từ nay").exists()


@pytest.mark.django_db
def test_unions_that_move_tell_only_what_people_changed():
    top = make.UnionFactory()
    moved = make.UnionFactory()
    make.UnionFactory(parent=moved)
    before = Entry.objects.count()
    moved.parent = top
    moved.save()
    assert Entry.objects.count() == before + 1
    assert last().after == {"parent_id": top.pk}
