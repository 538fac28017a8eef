"""Administrators upload their union's report template; others read it; a faulty one is refused with its placeholder."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.reports.models import ReportTemplate
from activities.reports.models.templates import LARGEST
from tests import factories as make
from tests.doors import enter, text
from tests.kit.test_templates import template
from unionrelations.accounts.models import User
from unionrelations.kit.writers.docx import house_template

LIST = "admin:reports_reporttemplate_changelist"
ADD = "admin:reports_reporttemplate_add"


@pytest.fixture
def administrator(db):
    return make.UserFactory(role=User.Role.ADMINISTRATOR, language="en", is_staff=True)


def upload(person, contents, name="mau.docx"):
    form = {"union": person.union_id, "file": SimpleUploadedFile(name, contents), "note": ""}
    return enter(person).post(reverse(ADD), form)


def test_a_sound_template_is_kept_with_who_uploaded_it_and_handed_out_again(administrator):
    assert upload(administrator, template("{{ issuer }}")).status_code == 302
    kept = ReportTemplate.objects.get()
    assert (kept.union, kept.changed_by) == (administrator.union, administrator)
    answer = enter(administrator).get(f"/files/{kept.file.name}")
    assert b"".join(answer.streaming_content) == kept.contents()
    assert enter(make.UserFactory()).get(f"/files/{kept.file.name}").status_code == 404


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (template("{{ isuer }}"), "isuer"),
        (template(body=None), "{{p body }}"),
        (template("{{ ''.__class__ }}"), "__class__"),
        (b"no word file", "DOCX"),
        (b"x" * (LARGEST + 1), "2 MB"),
    ],
)
def test_a_faulty_template_is_refused_with_what_is_wrong_with_it(administrator, contents, said):
    answer = upload(administrator, contents)
    assert answer.status_code == 200
    assert said in " ".join(answer.context["adminform"].form.errors["file"])
    assert not ReportTemplate.objects.exists()


def test_only_word_files_are_taken(administrator):
    assert upload(administrator, template(), name="mau.docm").status_code == 200
    assert not ReportTemplate.objects.exists()


def test_the_house_template_is_there_to_begin_with(administrator):
    assert reverse("admin:reports_reporttemplate_house") in text(enter(administrator).get(reverse(LIST)))
    answer = enter(administrator).get(reverse("admin:reports_reporttemplate_house"))
    assert answer.content == house_template()


def test_an_officer_reads_the_templates_and_uploads_none(administrator):
    officer = make.UserFactory(union=administrator.union, role=User.Role.OFFICER)
    assert upload(officer, template()).status_code == 403
    assert "house/" in text(enter(officer).get(reverse(LIST)))


def test_a_template_that_went_wrong_since_is_named_where_the_file_would_be(administrator):
    union = administrator.union
    make.TermFactory(union=union)
    kept = ReportTemplate.objects.create(union=union, file=SimpleUploadedFile("a.docx", template("{{ old_name }}")))
    page = f"/reports/{union.code}/2018-2023/?format=docx"
    answer = enter(administrator).get(page)
    assert answer.status_code == 400
    assert "old_name" in text(answer)
    kept.file.storage.delete(kept.file.name)
    assert enter(administrator).get(page).status_code == 400
    assert enter(administrator).get(page.replace("docx", "pdf")).status_code == 200
