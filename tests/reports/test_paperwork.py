"""Papers made from the record say what it says, to the name and number, and leave dots where it says nothing."""

import datetime as dt
import runpy
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.models import Cost, FollowUp, Paper, PartnerRole, Plan, PlanLine
from activities.reports.models import PaperTemplate
from activities.reports.paperwork.kinds import LANGUAGES, Kind, Language, vocabulary_of
from activities.reports.paperwork.making import HOUSE, MadePaper, house_template, kinds_of
from activities.reports.paperwork.of_activities import OfActivity
from activities.reports.paperwork.of_plans import OfPlan
from activities.reports.paperwork.vocabulary import ACTIVITY, PLAN, ROWS_OF_ACTIVITY, ROWS_OF_PLAN
from tests import factories as make
from tests.kit.test_templates import template
from tests.kit.written import docx_of, docx_words
from unionrelations.kit.writers import TemplateFault
from unionrelations.kit.writers.filled import BLANK, check_paper_template

EVERY = [(kind, language) for kind in Kind for language in LANGUAGES[kind]]
OF_ACTIVITIES = [one for one in EVERY if one[0] != Kind.PLAN]
LONG = "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Minh Phương"


@pytest.fixture
def above(db):
    return make.UnionFactory(code="tren", name="Tổng Liên đoàn", name_en="The Confederation", kind="confederation")


@pytest.fixture
def union(above):
    return make.UnionFactory(code="nganh", name="Công đoàn Ngành", name_en="Industry Union", parent=above)


@pytest.fixture
def reader(union):
    return make.UserFactory(union=union)


@pytest.fixture
def trip(union):
    """A delegation of which nearly everything is known."""
    partner = make.PartnerFactory(name="Liên hiệp Công đoàn Lào", name_en="Lao Federation of Trade Unions")
    one = make.DelegationFactory(
        title="Đoàn thăm <Lào> & Thái Lan",
        direction="out",
        starts_on=dt.date(2026, 3, 9),
        ends_on=dt.date(2026, 3, 11),
        place="Viêng Chăn",
        content="Trao đổi kinh nghiệm.\nKý bản ghi nhớ.",
        on_plan=False,
        off_plan_reason="Bạn mời gấp",
        unions=[(union, 40)],
        countries=[make.CountryFactory()],
    )
    PartnerRole.objects.create(activity=one, partner=partner, part="inviting")
    for number in range(40):
        more = {"title": "Chủ tịch", "is_head": True} if number == 0 else {}
        make.MemberFactory(activity=one.activity_ptr, union=union, name=f"{LONG} {number + 1}", **more)
    of = {"activity_id": one.pk, "union": union}
    Cost.objects.create(item="Vé máy bay", estimate=82_000_000, settlement=81_500_000, source="state", **of)
    Cost.objects.create(item="Khách sạn", estimate="1240.50", currency="USD", rate=25_000, source="union", **of)
    FollowUp.objects.create(activity_id=one.pk, what="Gửi tài liệu", due_on=dt.date(2026, 6, 30))
    Paper.objects.create(activity_id=one.pk, kind="permission", number="128/TLĐ", day=dt.date(2026, 2, 12))
    return one


@pytest.fixture
def bare(union):
    return make.DelegationFactory(
        title="Đoàn vào",
        direction="in",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        precision="year",
        unions=[(union, None)],
    )


@pytest.fixture
def plan(union):
    one = Plan.objects.create(
        union=union, title="Kế hoạch 2026", first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 12, 31)
    )
    PlanLine.objects.create(
        plan=one,
        title="Đón đoàn Lào",
        lead_unit="Ban Đối ngoại",
        completion_words="Quý II",
        people=6,
        estimate=45_000_000,
        partner=make.PartnerFactory(name="Công đoàn Lào"),
        starts_on=dt.date(2026, 4, 1),
        ends_on=dt.date(2026, 6, 30),
        precision="quarter",
    )
    PlanLine.objects.create(plan=one, title="Hội thảo khu vực")
    return one


def written(record, kind, language, reader) -> str:
    return docx_words(MadePaper(record, Kind(kind), Language(language), reader).write())


# --- What they say


def test_a_submission_says_every_name_and_number(trip, reader):
    said = written(trip, "submission", "vi", reader)
    for words in (
        *("TỔNG LIÊN ĐOÀN", "CÔNG ĐOÀN NGÀNH", "/TTr-…", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỜ TRÌNH"),
        *("Kính gửi: Tổng Liên đoàn", "Về việc Đoàn thăm <Lào> & Thái Lan", "09–11/03/2026 (3 ngày)", "Viêng Chăn"),
        *(
            "Đơn vị mời: Liên hiệp Công đoàn Lào",
            "Số người: 40",
            "Bạn mời gấp",
            "Trao đổi kinh nghiệm.\nKý bản ghi nhớ.",
        ),
        *("82.000.000 VND", "1.240,50 USD", "Dự toán: 1.240,50 USD; 82.000.000 VND", "TM. BAN THƯỜNG VỤ"),
    ):
        assert words in said, words


def test_every_member_stands_in_the_list_in_order(trip, reader):
    paper = MadePaper(trip, Kind.MEMBERS, Language.VIETNAMESE, reader)
    table = docx_of(paper.write()).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Nhiệm vụ trong đoàn"]
    assert [row[:2] for row in rows[1:]] == [[str(n), f"{LONG} {n}"] for n in range(1, 41)]
    assert rows[1][2:] == ["Chủ tịch", "Công đoàn Ngành", "Trưởng đoàn"]
    assert "Danh sách gồm 40 người." in docx_words(paper.write())


def test_a_trip_report_tells_settlements_and_promises(trip, reader):
    said = written(trip, "trip_report", "vi", reader)
    for words in ("số 128/TLĐ ngày 12/02/2026", "Quyết toán: 81.500.000 VND", "Gửi tài liệu", "30/06/2026", "/BC-…"):
        assert words in said, words


def test_a_programme_has_a_row_for_each_day_in_both_languages(trip, reader):
    said = written(trip, "programme", "both", reader)
    for words in ("CHƯƠNG TRÌNH LÀM VIỆC", "WORKING PROGRAMME", "09/03/2026", "10/03/2026", "11/03/2026"):
        assert words in said, words
    assert "Liên hiệp Công đoàn Lào / Lao Federation of Trade Unions" in said
    assert "Lào / Laos" in said


def test_a_programme_that_is_written_down_stands_line_by_line(trip, reader):
    line = {"day": dt.date(2026, 3, 10), "begins_at": dt.time(9), "ends_at": dt.time(11, 30), "place": "Trụ sở"}
    trip.programme.create(**line, topic="Hội đàm", met="Ông Khamla, Chủ tịch")
    trip.programme.create(topic="Chiêu đãi")
    paper = MadePaper(trip, Kind.PROGRAMME, Language.BOTH, reader)
    rows = [[cell.text for cell in row.cells] for row in docx_of(paper.write()).tables[1].rows]
    assert ["10/03/2026", "09:00 – 11:30", "Hội đàm\nÔng Khamla, Chủ tịch", "Trụ sở"] in rows
    assert ["……", "……", "Chiêu đãi", "……"] in rows


def test_an_english_paper_is_english_whoever_makes_it(trip, reader):
    said = written(trip, "decision", "en", reader)
    for words in ("DECISION", "INDUSTRY UNION", "SOCIALIST REPUBLIC OF VIET NAM", "Laos", "Head of delegation"):
        assert words in said, words
    assert "82,000,000 VND" in said


def test_a_letter_of_invitation_names_the_guests(bare, reader):
    partner = make.PartnerFactory(name="Công đoàn Hàn Quốc", name_en="Korean Union")
    PartnerRole.objects.create(activity=bare, partner=partner, part="guest")
    assert "inviting a delegation of Korean Union" in written(bare, "invitation", "en", reader)
    both = written(bare, "invitation", "both", reader)
    assert "kính mời đoàn đại biểu Công đoàn Hàn Quốc" in both
    assert "To: Korean Union" in both


def test_a_plan_lists_its_lines(plan, reader):
    said = written(plan, "plan", "vi", reader)
    for words in ("KẾ HOẠCH", "Đón đoàn Lào", "Công đoàn Lào", "45.000.000 VND", "Quý II", "Hội thảo khu vực", "/KH-…"):
        assert words in said, words


# --- What they do not say


@pytest.mark.parametrize(("kind", "language"), OF_ACTIVITIES)
def test_of_an_activity_nearly_unknown_dots_are_left_and_nothing_is_guessed(bare, reader, kind, language):
    said = written(bare, kind, language, reader)
    assert "……" in said
    for wrong in ("None", "{{", "{%", "not known", "chưa rõ", "0 người"):
        assert wrong not in said
    assert "2026" in said or kind == Kind.INVITATION


def test_money_is_what_the_reader_may_read_alone(trip, union, above):
    beside = make.UnionFactory(code="ben", parent=above)
    make.DelegationFactory._meta.model.objects.get(pk=trip.pk).union_roles.create(
        union=beside, part="cooperating", people=7
    )
    Cost.objects.create(activity_id=trip.pk, union=beside, item="Khoản riêng", estimate=777_000_000, source="self")
    ours = written(trip, "submission", "vi", make.UserFactory(union=union))
    theirs = written(trip, "submission", "vi", make.UserFactory(union=beside))
    whole = written(trip, "submission", "vi", make.UserFactory(union=above))
    assert "777.000.000" not in ours
    assert "tự túc" not in ours
    assert "82.000.000" not in theirs
    assert "777.000.000" in theirs
    assert "859.000.000 VND" in whole
    assert "Số người: ……" in ours  # of the other union nobody here may know
    assert "Số người: 47" in whole
    assert "CÔNG ĐOÀN NGÀNH" in ours
    assert str(beside).upper() in theirs


def test_what_stands_in_the_record_is_never_read_as_a_placeholder(bare, reader):
    bare.title = "{{ issuer }} {% if %} <w:p/> \x07\x0b"
    bare.save()
    assert "{{ issuer }} {% if %} <w:p/>" in written(bare, "members", "vi", reader)


# --- Templates


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_house_s_templates_are_sound(kind, language):
    check_paper_template(house_template(kind, language), vocabulary_of(kind))


def test_there_is_a_house_template_for_each_and_no_other():
    assert {one.name for one in HOUSE.iterdir()} == {f"{kind}-{language}.docx" for kind, language in EVERY}


def test_the_house_templates_are_what_their_script_makes(tmp_path, monkeypatch):
    names = runpy.run_path(str(Path(__file__).parents[2] / ".ci/papers.py"))
    monkeypatch.setitem(names["main"].__globals__, "PLACE", tmp_path)
    names["main"]()
    for made in tmp_path.iterdir():
        kept, fresh = zipfile.ZipFile(HOUSE / made.name), zipfile.ZipFile(made)
        for part in ("word/document.xml", "word/styles.xml"):
            assert kept.read(part) == fresh.read(part), "Run: .venv/bin/python .ci/papers.py"


@pytest.mark.django_db
def test_every_placeholder_that_is_explained_is_filled(trip, plan, reader):
    for record, names, lists, says in (
        (trip, ACTIVITY, ROWS_OF_ACTIVITY, OfActivity),
        (plan, PLAN, ROWS_OF_PLAN, OfPlan),
    ):
        told = says(record, reader)
        assert all(isinstance(getattr(told, name), str) for name in names)
        for name, fields in lists.items():
            rows = getattr(told, name)()
            assert rows, name
            assert all(set(row) == set(fields) for row in rows), name


def test_a_template_is_inherited_until_a_union_has_its_own(trip, union, above, reader):
    def of(owner, words):
        file = SimpleUploadedFile("a.docx", template(words, body=None))
        return PaperTemplate.objects.create(union=owner, kind="members", language="vi", file=file)

    of(above, "Mẫu của cấp trên: {{ issuer_name }}")
    assert written(trip, "members", "vi", reader) == "Mẫu của cấp trên: Công đoàn Ngành"
    own = of(union, "Mẫu riêng: {{ title }}")
    assert written(trip, "members", "vi", reader).startswith("Mẫu riêng:")
    assert "LIST OF THE DELEGATION" in written(trip, "members", "en", reader)
    own.delete()
    assert written(trip, "members", "vi", reader).startswith("Mẫu của cấp trên")


def test_a_template_is_tried_again_at_each_making(trip, union, reader):
    file = SimpleUploadedFile("a.docx", template("{{ gone_by_now }}", body=None))
    kept = PaperTemplate.objects.create(union=union, kind="members", language="vi", file=file)
    with pytest.raises(TemplateFault, match="gone_by_now"):
        written(trip, "members", "vi", reader)
    kept.file.storage.delete(kept.file.name)
    with pytest.raises(TemplateFault):
        written(trip, "members", "vi", reader)


def test_a_blank_is_nothing_where_a_template_asks(bare, union, reader):
    words = "{% if place %}ở {{ place }}{% else %}chưa biết ở đâu{% endif %}"
    file = SimpleUploadedFile("a.docx", template(words, body=None))
    PaperTemplate.objects.create(union=union, kind="members", language="vi", file=file)
    assert written(bare, "members", "vi", reader) == "chưa biết ở đâu"
    assert not BLANK
    assert str(BLANK) == "……"


def test_papers_are_offered_by_what_the_record_is(trip, plan):
    assert [kind for kind, _language in kinds_of(plan)] == [Kind.PLAN, Kind.PLAN]
    assert {kind for kind, _language in kinds_of(trip)} == set(Kind) - {Kind.PLAN}


def test_a_paper_opens_as_a_word_file_with_its_title(trip, reader):
    made = MadePaper(trip, Kind.PROPOSAL, Language.VIETNAMESE, reader)
    assert docx_of(made.write()).core_properties.title.startswith("Đề án – Đoàn thăm")
    assert zipfile.ZipFile(BytesIO(made.write())).testzip() is None
    assert len(made.file_name) < 120
