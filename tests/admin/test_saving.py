"""Edits that meet, rows that swap, and what is derived from them."""

from activities.models import ActivityCountry, Conference, Course, Delegation, UnionRole
from partners.models import Agreement, Country, Partner
from tests import admin_factories as make

from .pages import add_row, address, fields, row, text


def test_an_edit_made_meanwhile_is_shown_and_not_overwritten(vuit, officer, admin_client):
    one = make.delegation(vuit, title="As it was", place="Vientiane")
    url = address(Delegation, "change", one.pk)
    values = fields(officer.get(url))
    stored = Delegation.objects.get()
    stored.title, stored.changed_by = "As a colleague wrote it", make.person("colleague", vuit)
    stored.save()

    response = officer.post(url, values | {"title": "As I wrote it"})
    page = text(response)
    assert response.status_code == 200
    assert "colleague saved this record at" in page
    assert "“As a colleague wrote it”, you typed “As I wrote it”" in page
    assert fields(response)["title"] == "As I wrote it"
    assert Delegation.objects.get().title == "As a colleague wrote it"

    assert officer.post(url, fields(response)).status_code == 302
    assert Delegation.objects.get().title == "As I wrote it"


def test_a_form_sent_without_its_edit_number_is_not_trusted(vuit, officer):
    one = make.delegation(vuit)
    url = address(Delegation, "change", one.pk)
    values = fields(officer.get(url))
    del values["seen_version"]
    assert officer.post(url, values | {"title": "Blind"}).status_code == 200
    assert Delegation.objects.get().title == one.title


def test_the_conflict_is_told_in_the_readers_language(vuit, signed_in):
    client = signed_in(make.person("reader", vuit, language="vi"))
    one = make.delegation(vuit)
    url = address(Delegation, "change", one.pk)
    values = fields(client.get(url))
    Delegation.objects.get().save()
    response = client.post(url, values)
    assert response.headers["Content-Language"] == "vi"
    assert response.context["adminform"].form.non_field_errors()


def test_a_row_changed_meanwhile_is_compared_too(vuit, officer):
    one = make.delegation(vuit, people=3)
    url = address(Delegation, "change", one.pk)
    values = fields(officer.get(url))
    page = officer.get(url)
    theirs = fields(page)
    theirs[row(theirs, "union_roles", union=vuit.pk) + "-people"] = "5"
    assert officer.post(url, theirs).status_code == 302
    values[row(values, "union_roles", union=vuit.pk) + "-people"] = "4"
    response = officer.post(url, values)
    assert response.status_code == 200
    assert "stored now is “5”, you typed “4”" in text(response)
    assert UnionRole.objects.get().people == 5
    assert officer.post(url, fields(response)).status_code == 302
    assert UnionRole.objects.get().people == 4


def test_a_row_edited_on_its_own_page_is_an_edit_of_its_activity(vuit, officer):
    one = make.delegation(vuit)
    role = UnionRole.objects.get()
    before = Delegation.objects.get().version
    url = address(UnionRole, "change", role.pk)
    assert officer.post(url, fields(officer.get(url)) | {"people": "9"}).status_code == 302
    assert Delegation.objects.get().version > before
    assert one.scopes.get(union=vuit).people == 9


def test_two_unions_swap_the_lead_in_one_saving(vgcl, vuit, veu, head_administrator):
    one = make.delegation(vuit)
    UnionRole.objects.create(activity_id=one.pk, union=veu, part="cooperating")
    url = address(Delegation, "change", one.pk)
    values = fields(head_administrator.get(url))
    values[row(values, "union_roles", union=vuit.pk) + "-part"] = "cooperating"
    values[row(values, "union_roles", union=veu.pk) + "-part"] = "lead"
    assert head_administrator.post(url, values).status_code == 302
    assert dict(UnionRole.objects.values_list("union__code", "part")) == {"vuit": "cooperating", "veu": "lead"}


def test_two_rows_swap_their_unions_in_one_saving(vgcl, vuit, veu, head_administrator):
    one = make.delegation(vuit, people=1)
    UnionRole.objects.create(activity_id=one.pk, union=veu, part="cooperating", people=2)
    url = address(Delegation, "change", one.pk)
    values = fields(head_administrator.get(url))
    first, second = row(values, "union_roles", union=vuit.pk), row(values, "union_roles", union=veu.pk)
    values |= {f"{first}-union": str(veu.pk), f"{second}-union": str(vuit.pk)}
    assert head_administrator.post(url, values).status_code == 302
    assert dict(UnionRole.objects.values_list("union__code", "people")) == {"vuit": 2, "veu": 1}
    assert one.scopes.get(union=vuit).people == 2


def test_a_leading_union_is_replaced_in_one_saving(vgcl, vuit, veu, head_administrator):
    one = make.delegation(vuit)
    url = address(Delegation, "change", one.pk)
    values = fields(head_administrator.get(url))
    values[row(values, "union_roles", union=vuit.pk) + "-DELETE"] = "on"
    add_row(values, "union_roles", union=veu.pk, part="lead")
    assert head_administrator.post(url, values).status_code == 302
    assert [role.union for role in UnionRole.objects.all()] == [veu]
    assert not one.scopes.filter(union=vuit).exists()


def test_two_leads_are_refused_in_words(vgcl, vuit, veu, head_administrator):
    url = address(Delegation, "add")
    values = fields(head_administrator.get(url))
    values |= {"title": "Two heads", "direction": "out", "status": "held", "starts_on": "15/06/2023"}
    add_row(values, "union_roles", union=vuit.pk, part="lead")
    add_row(values, "union_roles", union=veu.pk, part="lead")
    response = head_administrator.post(url, values)
    assert response.status_code == 200
    assert "Another union already leads this activity; the others cooperate." in text(response)


def test_what_a_conference_counts_as_follows_its_rows(vuit, officer):
    home = Country.objects.create(code="VN", name="Việt Nam", name_en="Vietnam", region="asean")
    abroad = make.country()
    one = make.conference(vuit, role="hosted")
    assert one.category() == ""
    url = address(Conference, "change", one.pk)
    values = fields(officer.get(url))
    add_row(values, "activity_countries", country=home.pk)
    add_row(values, "activity_countries", country=abroad.pk)
    assert officer.post(url, values).status_code == 302
    assert Conference.objects.get().counts_as == "conference_hosted"
    assert one.scopes.get(union=vuit).counts_as == "conference_hosted"
    values = fields(officer.get(url))
    values[row(values, "activity_countries", country=abroad.pk) + "-DELETE"] = "on"
    assert officer.post(url, values).status_code == 302
    assert Conference.objects.get().counts_as == ""
    assert ActivityCountry.objects.count() == 1


def test_a_month_is_named_by_any_of_its_days(vuit, officer):
    values = fields(officer.get(address(Delegation, "add")))
    values |= {"title": "In June", "direction": "in", "status": "held", "starts_on": "15/06/2022", "precision": "month"}
    assert officer.post(address(Delegation, "add"), values).status_code == 302
    one = Delegation.objects.get()
    assert (one.starts_on.day, one.ends_on.day) == (1, 30)


def test_administrators_derive_again_and_officers_do_not(vuit, signed_in, officer, vgcl):
    one = make.delegation(vuit)
    one.scopes.all().delete()
    chosen = {"action": "derive_again", "_selected_action": [one.pk]}
    assert "derive_again" not in text(officer.get(address(Delegation, "changelist")))
    root = signed_in(make.person("root", None, is_superuser=True))
    root.post(address(Delegation, "changelist"), chosen)
    assert one.scopes.count() == 2


def test_words_used_before_are_offered_again_and_only_those_seen(veu, vuit, officer):
    make.delegation(vuit, place="Viêng Chăn")
    make.delegation(veu, place="Hidden place")
    page = text(officer.get(address(Delegation, "add")))
    assert '<datalist id="offered-place"><option value="Viêng Chăn"></option></datalist>' in page
    assert "Hidden place" not in page
    assert '<option value="Viêng Chăn"></option>' in text(officer.get(address(Course, "add")))
    kinds = text(officer.get(address(Agreement, "add")))
    assert '<option value="bản ghi nhớ"></option>' in kinds


def test_a_partner_is_saved_with_its_contacts_and_federations(officer):
    one, federation = make.partner(), make.partner()
    url = address(Partner, "change", one.pk)
    values = fields(officer.get(url))
    add_row(values, "contacts", name="Bà Phương", title="Chủ tịch")
    add_row(values, "affiliations", federation=federation.pk)
    assert officer.post(url, values).status_code == 302
    assert one.contacts.get().title == "Chủ tịch"
    assert one.affiliations.get().federation == federation
