"""Papers are made from the page of a record by whoever reads it, kept by whoever may; templates are administrators'."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Paper, Plan
from activities.reports.models import PaperTemplate
from activities.reports.paperwork.kinds import Kind
from activities.reports.paperwork.making import house_template
from tests import factories as make
from tests.doors import DAY, enter, text
from tests.kit.test_templates import template
from tests.kit.written import docx_words
from unionrelations.accounts.models import User

PAGE = "/templates/members/vi/"


@pytest.fixture
def union(db):
    return make.UnionFactory(code="nganh", name="Công đoàn Ngành")


@pytest.fixture
def officer(union):
    return make.UserFactory(union=union, language="vi")


@pytest.fixture
def administrator(union):
    return make.UserFactory(union=union, role=User.Role.ADMINISTRATOR, language="en")


@pytest.fixture
def trip(union):
    return make.DelegationFactory(unions=[(union, 3)], title="Đoàn thăm Lào", starts_on=DAY)


def making(browser, record, paper, of="activities", **more):
    return browser.post(reverse("paper-make", args=[of, record.pk]), {"paper": paper} | more)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_menu_offers_every_paper_in_the_reader_s_language(trip, union, language):
    page = text(enter(make.UserFactory(union=union, language=language)).get(f"/delegations/{trip.pk}/"))
    for words in (
        ("Tạo văn bản", "Tờ trình – tiếng Việt", "Thư mời – song ngữ Việt – Anh")
        if language == "vi"
        else (*("Make a document", "Submission – Vietnamese", "Letter of invitation – Vietnamese and English"),)
    ):
        assert words in page, words
    assert page.count('value="plan.') == 0


def test_a_paper_is_downloaded_and_nothing_is_kept(trip, officer):
    answer = making(enter(officer), trip, "submission.vi")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Đoàn thăm Lào" in docx_words(answer.content)
    assert not Paper.objects.exists()


def test_a_paper_is_kept_without_number_and_downloaded_at_once(trip, officer):
    browser, before = enter(officer), trip.version
    answer = making(browser, trip, "programme.both", keep="on")
    kept = Paper.objects.get()
    assert (kept.kind, kept.number, kept.day, kept.uploaded_by) == ("programme", "", None, officer)
    assert kept.file_name.endswith(".docx")
    trip.refresh_from_db()
    assert trip.version > before
    page = text(browser.get(answer.url))
    assert f'<meta http-equiv="refresh" content="0; url=/papers/{kept.pk}/file/">' in page
    assert "http-equiv" not in text(browser.get(f"/delegations/{trip.pk}/"))


def test_a_draft_of_a_trip_report_is_no_report_handed_in(trip, officer):
    making(enter(officer), trip, "trip_report.vi", keep="on")
    assert Paper.objects.get().kind == "other"
    assert "chưa ký" in Paper.objects.get().note


@pytest.mark.parametrize("role", [User.Role.LEADER, User.Role.AUDITOR])
def test_who_only_reads_makes_papers_and_keeps_none(trip, union, role):
    browser = enter(make.UserFactory(union=union, role=role))
    assert 'name="keep"' not in text(browser.get(f"/delegations/{trip.pk}/"))
    answer = making(browser, trip, "members.vi", keep="on")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert not Paper.objects.exists()


def test_nobody_makes_papers_of_what_they_do_not_see(trip, union):
    plan = Plan.objects.create(union=union, title="Kế hoạch", first_day=DAY, last_day=DAY)
    stranger = enter(make.UserFactory())
    assert making(stranger, trip, "members.vi").status_code == 404
    assert making(stranger, plan, "plan.vi", of="plans").status_code == 404
    assert making(enter(make.UserFactory(union=union)), plan, "plan.vi", of="plans").status_code == 200
    assert making(enter(make.UserFactory(union=union)), trip, "members.vi", of="partners").status_code == 404


@pytest.mark.parametrize("paper", ["", "nonsense", "plan.vi", "members.both", "members"])
def test_a_paper_that_does_not_exist_is_refused_with_a_sentence(trip, officer, paper):
    answer = enter(officer).post(reverse("paper-make", args=["activities", trip.pk]), {"paper": paper}, follow=True)
    assert "Chọn văn bản cần tạo." in text(answer)


def test_a_faulty_template_is_told_on_the_page(trip, union, officer):
    file = SimpleUploadedFile("a.docx", template("{{ tilte }}", body=None))
    PaperTemplate.objects.create(union=union, kind="members", language="vi", file=file)
    answer = enter(officer).post(
        reverse("paper-make", args=["activities", trip.pk]), {"paper": "members.vi"}, follow=True
    )
    assert "tilte" in text(answer)
    assert "đoạn 1" in text(answer)


# --- Templates


def hand_in(person, contents, page=PAGE, name="mau.docx"):
    return enter(person).post(page, {"file": SimpleUploadedFile(name, contents), "note": "Theo mẫu 2026"})


def test_a_template_is_replaced_used_handed_out_and_taken_back(trip, administrator, union):
    assert hand_in(administrator, template("Mẫu mới: {{ title }}", body=None)).status_code == 302
    kept = PaperTemplate.objects.get()
    assert (kept.union, kept.kind, kept.language, kept.changed_by) == (union, "members", "vi", administrator)
    browser = enter(administrator)
    assert docx_words(making(browser, trip, "members.vi").content) == "Mẫu mới: Đoàn thăm Lào"
    assert browser.get(f"/files/{kept.file.name}").status_code == 200
    assert enter(make.UserFactory()).get(f"/files/{kept.file.name}").status_code == 404
    hand_in(administrator, template("Mẫu nữa", body=None))
    assert PaperTemplate.objects.count() == 1
    assert "Theo mẫu 2026" in text(browser.get("/templates/"))
    browser.post("/templates/members/vi/take-back/?union=nganh")
    assert not PaperTemplate.objects.exists()
    assert "DANH SÁCH ĐOÀN" in docx_words(making(browser, trip, "members.vi").content)


@pytest.mark.parametrize(
    ("contents", "name", "said"),
    [
        (template("a", "{{ tilte }}", body=None), "mau.docx", "paragraph 2"),
        (template("{{ ''.__class__ }}", body=None), "mau.docx", "__class__"),
        (b"no word file", "mau.docx", "DOCX"),
        (template("a", body=None), "mau.docm", "docm"),
        (b"x" * (2 * 1024 * 1024 + 1), "mau.docx", "2 MB"),
    ],
)
def test_a_faulty_template_is_refused_with_what_is_wrong(administrator, contents, name, said):
    answer = hand_in(administrator, contents, name=name)
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["file"])
    assert not PaperTemplate.objects.exists()


def test_officers_read_the_templates_and_replace_none(officer, administrator):
    page = text(enter(officer).get(PAGE))
    assert "{{ one.name }}" in page
    assert "Dùng tệp này" not in page
    assert hand_in(officer, template("a", body=None)).status_code == 403
    hand_in(administrator, template("a", body=None))
    assert enter(officer).post("/templates/members/vi/take-back/").status_code == 403
    assert PaperTemplate.objects.exists()


def test_a_union_above_is_read_and_not_replaced_from_below(administrator, union):
    below = make.UnionFactory(code="duoi", parent=union)
    theirs = make.UserFactory(union=below, role=User.Role.ADMINISTRATOR, language="en")
    hand_in(administrator, template("{{ title }}", body=None))
    assert f"that of {union.name_en} is in force" in text(enter(theirs).get(PAGE))
    assert hand_in(theirs, template("a", body=None), page=f"{PAGE}?union=nganh").status_code == 404
    assert enter(theirs).post("/templates/members/vi/take-back/?union=nganh").status_code == 404
    assert hand_in(administrator, template("b", body=None), page=f"{PAGE}?union=duoi").status_code == 302
    assert PaperTemplate.objects.filter(union=below).exists()


def test_every_placeholder_is_explained_in_both_languages(administrator):
    page = text(enter(administrator).get(PAGE))
    for words in ("{{ title }}", "tên hoạt động", "what the activity is called", "{%tr for one in members %}"):
        assert words.casefold() in page.casefold(), words


def test_the_house_s_own_is_there_to_begin_with(officer):
    answer = enter(officer).get("/templates/plan/en/house/")
    assert answer.content == house_template(Kind.PLAN, "en")
    for wrong in ("plan/both", "nothing/vi", "members/both"):
        assert enter(officer).get(f"/templates/{wrong}/").status_code == 404
