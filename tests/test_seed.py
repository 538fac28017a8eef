"""Loading the first records: all of them, once, and never over what people have changed."""

import shutil
import unicodedata
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.utils import translation

from activities.models import (
    Activity,
    ActivityScope,
    Conference,
    Delegation,
    Member,
    PartnerRole,
    ReportedFigure,
    SourceLink,
    Term,
)
from partners.models import Contact, Country, Partner, RelationEvent
from unionrelations.accounts.models import Officer, Union, User
from unionrelations.management.commands.demo_accounts import DEMO_PASSWORD

FIXTURES = settings.BASE_DIR / "fixtures"
FLOORS = ("accounts", "partners", "activities", "reports")


def seed(folder: Path = FIXTURES) -> list[str]:
    said = StringIO()
    with translation.override("en"):
        call_command("seed", folder=folder, stdout=said)
    return said.getvalue().splitlines()


def everything():
    """Every row of the house with every column, edit numbers and times of change included."""
    models = [model for label in FLOORS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


class SeededHouse(TestCase):
    """Loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        cls.said = seed()

    def test_it_says_what_it_loaded_by_kind(self):
        assert "unions: 12 new, 0 already there" in self.said
        assert "partners: 18 new, 0 already there" in self.said

    def test_loading_twice_changes_nothing(self):
        before = everything()
        said = seed()
        assert everything() == before
        assert all(": 0 new, " in line for line in said)
        assert len(said) == len(self.said)

    def test_it_speaks_the_reader_s_language(self):
        with translation.override("vi"):
            expected = str(Union._meta.verbose_name_plural)
        said = StringIO()
        with translation.override("vi"):
            call_command("seed", stdout=said)
        assert any(line.startswith(expected) for line in said.getvalue().splitlines())

    def test_records_are_saved_by_their_own_models(self):
        assert Union.objects.get(code="vuit").path.startswith(Union.objects.get(code="vgcl").path)
        assert set(Activity.objects.values_list("kind", flat=True)) == {"delegation", "conference", "course"}
        assert not Partner.objects.filter(folded="").exists()
        assert Officer.objects.get(name_plain="Pham Quang Thanh").version == 1

    def test_the_categories_of_a_term_are_those_of_the_documents(self):
        gold = {
            (
                "vuit",
                "2018-2023",
                False,
            ): "delegation_out 1, delegation_in 5, conference_hosted 2, conference_home 1, course 5",
            ("veu", "2018-2023", False): "delegation_out 1",
            ("agriculture", "2018-2023", False): "",
            ("ha-noi", "2018-2023", False): "",
            ("ha-noi", "2023-2028", False): "delegation_out 1",
            ("vgcl", "2018-2023", True): (
                "delegation_out 2, delegation_in 5, conference_hosted 2, conference_home 1, course 5, meeting 1"
            ),
        }
        for (code, term, under), expected in gold.items():
            counted = Counter(row.counts_as for row in self.rows(code, term, under) if row.is_inside)
            assert counted == {
                category: int(number) for category, number in (pair.split() for pair in expected.split(", ") if pair)
            }, code

    def test_the_total_counts_a_trip_and_its_course_once(self):
        for code, term, under, total in (
            ("vuit", "2018-2023", False, 13),
            ("veu", "2018-2023", False, 1),
            ("ha-noi", "2023-2028", False, 1),
            ("vgcl", "2018-2023", True, 15),
        ):
            rows = self.rows(code, term, under)
            assert sum(row.is_inside and not row.whole_is_logged for row in rows) == total, code

    def test_visits_dated_only_by_a_span_of_years_are_undetermined(self):
        unsure = [row.activity.code for row in self.rows("veu", "2018-2023", False) if not row.is_inside]
        assert sorted(unsure) == ["A17-MX", "A17-TR"]

    def test_the_forum_and_the_planned_dialogue_stand_in_no_figure(self):
        assert Conference.objects.get(code="A4").counts_as == ""
        assert set(ActivityScope.objects.filter(activity__code="A18").values_list("held", flat=True)) == {False}

    def test_only_the_certificates_printed_are_known(self):
        assert [row.certificates for row in self.rows("vuit", "2018-2023", False) if row.certificates] == [34]
        assert all(row.people is None and row.people_unknown for row in self.rows("vgcl", "2018-2023", True))

    def test_the_head_named_leads_the_delegation(self):
        assert str(Delegation.objects.get(code="A1").head) == "Phạm Quang Thanh"
        assert Delegation.objects.get(code="A1").ends_on is None

    def test_the_online_delegations_are_part_of_those_published_beside_them(self):
        online = ReportedFigure.objects.get(indicator="delegations_out_online")
        assert online.subset_of.exact_value == 36

    def test_the_confederation_s_current_term_runs_on(self):
        assert Term.objects.get(name="2023-2028").last_day is None
        assert len(Term.objects.of(Union.objects.get(code="vuit"))) == 3

    def test_the_twinning_of_the_cities_is_not_one_of_the_unions(self):
        twinned = RelationEvent.objects.get(partner__code="beijing-federation")
        assert (twinned.kind, twinned.precision, twinned.starts_on.year) == ("localities_twinned", "year", 1994)

    def test_every_activity_has_a_source(self):
        assert not Activity.objects.filter(sources=None).exists()

    def test_partners_are_found_by_every_spelling_of_their_names(self):
        for words, code in (
            ("Phlen-đơ", "abvv-metaal"),
            ("phlenđơ", "abvv-metaal"),
            ("phlendo", "abvv-metaal"),
            ("Flemish", "abvv-metaal"),
            ("IG BCE", "ig-bce"),
            ("IndustriALL", "industriall"),
            ("Sản xuất toàn cầu", "industriall"),
            ("apheda", "apheda"),
            ("Friedrich-Ebert", "fes"),
            ("công đoàn lào", "lao-federation"),
        ):
            for spelled in (unicodedata.normalize(form, words) for form in ("NFC", "NFD")):
                assert Partner.objects.find(spelled).first().code == code, words

    def test_people_are_found_without_their_marks(self):
        assert {one.name for one in Officer.objects.find("nguyen")} == {"Nguyễn Ngọc Ân", "Nguyễn Thị Minh Ngọc"}
        assert "Đỗ Tiến Dũng" in {one.name for one in Officer.objects.find("do")}
        assert Officer.objects.find("đỗ").first().name == "Đỗ Tiến Dũng"
        assert Officer.objects.find("pham quang thanh").get().union.code == "ha-noi"
        assert Contact.objects.find("houngbo").get().partner.code == "ilo"

    def test_the_exact_marks_come_first(self):
        for words, code in (
            ("Bỉ", "BE"),
            ("Áo", "AT"),
            ("Mỹ", "US"),
            ("Lào", "LA"),
            ("Canbodia", "KH"),
            ("VQ Anh", "GB"),
        ):
            for spelled in (unicodedata.normalize(form, words) for form in ("NFC", "NFD")):
                assert Country.objects.find(spelled).first().code == code, words

    def rows(self, code, term, under):
        """The counting scope rows that touch a term of the confederation."""
        period = Term.objects.get(name=term).period
        return (
            ActivityScope.objects.of(Union.objects.get(code=code), under=under).counting().placed(period, under=under)
        )


SMALL = {
    "01_unions.yaml": """
        - {model: accounts.union, fields: {code: vgcl, name: Tổng Liên đoàn, kind: confederation}}
        - {model: accounts.union, fields: {code: ha-noi, name: Hà Nội, kind: provincial, parent: [vgcl]}}
        - {model: partners.partner, fields: {code: ilo, name: ILO, kind: intergovernmental}}
        - {model: activities.sourcedocument, fields: {code: paper, title: Paper, union: [vgcl]}}
        """,
    "02_activities.yaml": """
        - model: activities.delegation
          fields: {code: D1, title: Trip, direction: out, status: held, starts_on: 2023-01-05}
        - {model: activities.unionrole, fields: {activity: [D1], union: [ha-noi]}}
        - {model: activities.partnerrole, fields: {activity: [D1], partner: [ilo]}}
        - {model: activities.member, fields: {activity: [D1], name: An, is_head: true}}
        - {model: activities.sourcelink, fields: {document: [paper], place: "1", activity: [D1]}}
        - model: activities.reportedfigure
          fields: {document: [paper], place: "1", union: [ha-noi], indicator: delegations_out, low: 6, high: 6,
                   printed: 6 trips, first_day: 2023-01-01, last_day: 2023-12-31, period_printed: "2023"}
        """,
}


@pytest.fixture
def folder(tmp_path):
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_a_person_has_edited_survives_another_seed(db, folder):
    seed(folder)
    union = Union.objects.get(code="ha-noi")
    union.name = "LĐLĐ Hà Nội"
    union.save()
    Delegation.objects.filter(code="D1").update(title="Chuyến đi", status="cancelled")
    before = everything()
    seed(folder)
    assert everything() == before


def test_what_a_person_has_changed_within_a_record_is_not_put_back(db, folder):
    seed(folder)
    Member.objects.update(name="Bình")
    PartnerRole.objects.all().delete()
    SourceLink.objects.update(place="2")
    ReportedFigure.objects.update(printed="six trips")
    before = everything()
    assert any(line == "members: 0 new, 1 already there" for line in seed(folder))
    assert everything() == before


def test_records_added_to_the_fixtures_later_are_loaded_with_all_that_belongs_to_them(db, folder):
    seed(folder)
    (folder / "03_more.yaml").write_text(SMALL["02_activities.yaml"].replace("D1", "D2"), encoding="utf-8")
    seed(folder)
    added = Delegation.objects.get(code="D2")
    assert (added.union_roles.count(), added.partner_roles.count(), added.sources.count()) == (1, 1, 1)
    assert str(added.head) == "An"
    assert ReportedFigure.objects.count() == 1


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{model: accounts.union, fields: {code: HA NOI, name: Hà Nội, kind: provincial}}", "code: "),
        ("{model: accounts.union, fields: {code: vuit, name: VUIT, kind: guild}}", "kind: "),
        ("{model: accounts.union, fields: {code: vuit, name: VUIT, kind: industry, parent: [nowhere]}}", "nowhere"),
        ("{model: accounts.guild, fields: {code: vuit}}", "accounts.guild"),
        ("{model: accounts.union, fields: {code: vuit, colour: red}}", "colour"),
        ("{model: activities.unionrole, fields: {activity: [D1], union: [vgcl]}}", "leads"),
        ("{fields: {}}", "model"),
        ("nothing", "string"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_with_its_file_and_number(db, folder, record, reason):
    with (folder / "02_activities.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n        - {record}\n")
    with pytest.raises(CommandError) as refusal:
        seed(folder)
    said = str(refusal.value)
    assert said.startswith("02_activities.yaml, record 7")
    assert reason in said
    assert "\n" not in said
    assert refusal.value.returncode == 1
    assert not Union.objects.exists(), "nothing is loaded unless all of it is"


@pytest.mark.parametrize("text", ["- {model: [", "", "\x00", "just words"])
def test_a_file_that_holds_no_records_is_refused_by_name(db, folder, text):
    (folder / "02_activities.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"^02_activities\.yaml") as refusal:
        seed(folder)
    assert "\n" not in str(refusal.value)
    assert not Union.objects.exists()


def test_a_folder_without_fixtures_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="no fixture file"):
        seed(tmp_path)


def test_the_unions_alone_can_be_loaded(db, tmp_path):
    shutil.copy(FIXTURES / "02_unions.yaml", tmp_path)
    assert seed(tmp_path) == ["unions: 12 new, 0 already there"]


def test_demo_accounts_cover_every_role_and_can_sign_in(db, client, tmp_path):
    shutil.copy(FIXTURES / "02_unions.yaml", tmp_path)
    seed(tmp_path)
    said = StringIO()
    with override_settings(DEBUG=True):
        call_command("demo_accounts", stdout=said)
    assert {(one.role, one.union.code) for one in User.objects.all()} == {
        *((role, "vgcl") for role in User.Role.values),
        *((role, code) for role in ("officer", "leader") for code in ("vuit", "ha-noi")),
    }
    assert not User.objects.filter(is_superuser=True).exists()
    assert len(DEMO_PASSWORD) >= 12
    for person in User.objects.all():
        assert person.check_password(DEMO_PASSWORD)
        assert person.username in said.getvalue()


def test_demo_accounts_are_reset_by_another_run(db, tmp_path):
    shutil.copy(FIXTURES / "02_unions.yaml", tmp_path)
    seed(tmp_path)
    with override_settings(DEBUG=True):
        call_command("demo_accounts", stdout=StringIO())
        User.objects.update(password="lost", role="officer", is_superuser=True, is_active=False)
        call_command("demo_accounts", stdout=StringIO())
    auditor = User.objects.get(username="vgcl-kiemtoan")
    assert auditor.check_password(DEMO_PASSWORD)
    assert (auditor.role, auditor.is_superuser, auditor.is_active) == ("auditor", False, True)
    assert User.objects.count() == 8


def test_demo_accounts_are_refused_outside_debugging(db):
    with override_settings(DEBUG=False), pytest.raises(CommandError) as refusal:
        call_command("demo_accounts")
    assert refusal.value.returncode == 1
    assert not User.objects.exists()


def test_demo_accounts_need_the_unions(db):
    with override_settings(DEBUG=True), pytest.raises(CommandError):
        call_command("demo_accounts")
    assert not User.objects.exists()
