"""Whoever signs in sees their own union's records and those below it, through every door, and nothing else."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db.models.sql.compiler import SQLCompiler

from activities.entities import ACTIVITIES
from activities.models import Activity, Paper
from activities.reports.models import ReportFile
from activities.reports.reports import Report
from tests import factories as make
from tests.doors import DAY, RECORDS, SHARED, alerts, count_afresh, csv_rows, enter, lasting, text, typed_in, xlsx_rows
from tests.seeded import seed
from unionrelations.accounts.models import Union, User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.periods import Period

# Read below the union that owns them as well: the unions there work by them.
HANDED_DOWN = {"terms", "plans", "plan-lines", "documents", "rules", "reminders"}
UNNAMED = {
    "figures",
    "relations",
    "terms",
    "rules",
    "reminders",
    "days-off",
    "promises",
    "costs",
    "history",
}  # of no name that a search could find
NAMES = {"proposals": "text", "unions": "name", "officers": "name", "programme": "topic", "talks": "with_whom"}
KEPT = {"unions", "terms", "rules", "reminders"}  # by administrators
YEAR = Period.years(2022)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The seeded house, a record of every entity in three of its unions, and one activity of two of them."""
    with lasting(django_db_blocker):
        seed()
        below_ha_noi = make.UnionFactory(code="co-so", parent=Union.objects.get(code="ha-noi"))
        for union in (*Union.objects.filter(code__in=["vgcl", "vuit", "ha-noi"]), below_ha_noi):
            for slug, record in RECORDS.items():
                if slug not in SHARED and (slug != "terms" or union.code not in ("vgcl", "co-so")):
                    record(union)
        count_afresh()
        yield


@pytest.fixture
def unions(house, db):
    return {one.code: one for one in Union.objects.all()}


@pytest.fixture
def joint(unions):
    """One delegation of two unions side by side, each with its own people."""
    return make.DelegationFactory(
        title="Đoàn chung", unions=[(unions["vuit"], 5), (unions["ha-noi"], 7)], starts_on=DAY
    )


def reader_of(unions, code, role=User.Role.OFFICER):
    return make.UserFactory(union=unions[code] if code else None, role=role, language="en")


def in_reach(reader) -> set[int | None]:
    """The unions a person sees, found by walking up from each union."""
    if reader.is_superuser and reader.union is None:
        return {one.pk for one in Union.objects.all()}
    seen: set[int | None] = set()
    for one in Union.objects.all():
        above = one
        while above is not None:
            if above == reader.union:
                seen.add(one.pk)
            above = above.parent
    return seen


def line_above(reader) -> set[int]:
    above, found = reader.union, set()
    while above is not None:
        found.add(above.pk)
        above = above.parent
    return found


def owners(entity, record) -> set:
    if entity.slug == "unions":
        return {record.pk}
    if entity.slug in ("programme", "talks", "promises"):
        record = record.activity
    if hasattr(record, "union_roles"):
        return {one.union_id for one in record.union_roles.all()}
    if entity.slug == "agreements":
        return {one.union_id for one in record.parties.all()} - {None}
    if entity.slug == "plan-lines":
        return {record.plan.union_id}
    return {record.union_id}


def expected(entity, reader) -> set[int]:
    records = entity.model._base_manager.all()
    if entity.slug in SHARED or (reader.is_superuser and reader.union is None):
        return {one.pk for one in records}
    if reader.union is None:
        return set()
    seen = in_reach(reader)
    if entity.slug in HANDED_DOWN:
        seen |= line_above(reader) | {None}
    return {one.pk for one in records if owners(entity, one) & seen}


def listed_by_api(browser, slug, **asked) -> list[int]:
    answer = browser.get(f"/api/{slug}/", {**asked, "count": "true"}).json()
    found = [one["id"] for one in answer["results"]]
    while answer["next"]:
        answer = browser.get(answer["next"]).json()
        found += [one["id"] for one in answer["results"]]
    assert len(found) == answer["count"]
    return found


OWNED = [one for one in ENTITIES if one.slug != "history"]  # which is read as its rows are: tests/history/test_reach.py
READERS = [(role, code) for role in User.Role for code in ("vgcl", "vuit", "ha-noi", "co-so", None)]
# Rows are asked for by union alone; that they are the same for each role is no matter of the database.
each_reader = pytest.mark.parametrize(
    ("role", "code"),
    [
        pytest.param(role, code, marks=[] if role == User.Role.OFFICER else pytest.mark.one_database)
        for role, code in READERS
    ],
    ids=str,
)


@each_reader
def test_everybody_sees_exactly_their_rows(unions, joint, role, code):
    reader = reader_of(unions, code, role)
    browser = enter(reader)
    for entity in OWNED:
        rows = expected(entity, reader)
        found = listed_by_api(browser, entity.slug)
        assert (sorted(found), entity.slug) == (sorted(rows), entity.slug)
        assert browser.get(f"/{entity.slug}/").context["total"] == len(rows), entity.slug


def test_whoever_keeps_the_house_running_sees_all_of_it(unions, joint):
    keeper = make.UserFactory(union=None, is_superuser=True)
    browser = enter(keeper)
    for entity in OWNED:
        assert sorted(listed_by_api(browser, entity.slug)) == sorted(expected(entity, keeper)), entity.slug


@pytest.mark.parametrize("code", ["vgcl", "vuit", None])
@pytest.mark.parametrize("entity", OWNED, ids=lambda entity: entity.slug)
def test_files_hold_the_rows_of_the_list(unions, joint, entity, code):
    reader = reader_of(unions, code)
    browser, rows = enter(reader), expected(entity, reader)
    assert len(xlsx_rows(browser.get(f"/{entity.slug}/", {"format": "xlsx"}))) == len(rows)
    assert len(csv_rows(browser.get(f"/{entity.slug}/", {"format": "csv"}))) == len(rows)


@pytest.mark.parametrize("entity", [one for one in ENTITIES if one.slug not in SHARED], ids=lambda entity: entity.slug)
def test_a_guessed_number_opens_nothing(unions, entity):
    record = RECORDS[entity.slug](make.UnionFactory(code="xa-la", parent=unions["vgcl"]))
    for role in (User.Role.OFFICER, User.Role.ADMINISTRATOR):
        browser = enter(reader_of(unions, "vuit", role))
        allowed = 404 if role == User.Role.ADMINISTRATOR or entity.slug not in KEPT else 403
        page, endpoint = f"/{entity.slug}/{record.pk}/", f"/api/{entity.slug}/{record.pk}/"
        assert browser.get(page).status_code == 404
        assert browser.get(endpoint).status_code == 404
        if entity.form:
            for address in (f"{page}edit/", f"{page}delete/"):
                assert browser.get(address).status_code == allowed, address
                assert browser.post(address, {}).status_code == allowed, address
            for method in (browser.put, browser.patch, browser.delete):
                assert method(endpoint, {}, "application/json").status_code in (404, 403, 405)
        assert entity.model._base_manager.filter(pk=record.pk).exists()


def test_search_finds_only_what_one_may_see(unions):
    stranger = make.UnionFactory(code="xa-la", name="Công đoàn Bí Mật", parent=unions["vgcl"])
    for slug in set(RECORDS) - SHARED:
        name = NAMES.get(slug, "title")
        if slug not in UNNAMED:
            RECORDS[slug](stranger, **{name: f"Zanzibar {slug}"})
    make.FigureFactory(union=stranger, printed="Zanzibar 6")
    assert enter(reader_of(unions, "vuit")).get("/search/", {"q": "zanzibar"}).context["groups"] == []
    found = enter(reader_of(unions, "vgcl")).get("/search/", {"q": "zanzibar"}).context["groups"]
    assert sum(len(group.hits) for group in found) == len(set(RECORDS) - SHARED - (UNNAMED - {"figures"}))


def test_the_first_page_counts_and_shows_only_one_s_own(unions):
    stranger = make.UnionFactory(code="xa-la", parent=unions["vgcl"])
    hidden = make.DelegationFactory(unions=[(stranger, 3)], title="Đoàn Zanzibar")
    make.DelegationFactory(unions=[(unions["vuit"], 3)])
    for role in User.Role:
        reader = reader_of(unions, "vuit", role)
        page = enter(reader).get("/")
        assert hidden.title not in text(page)
        if page.context["health"]:
            every = len(expected(ACTIVITIES, reader))
            assert max(found.number for _label, found in page.context["health"].lacks()) <= every
    assert hidden.title in text(enter(reader_of(unions, "vgcl")).get("/"))


# --- Reports

TERM, DAYS = "/reports/{}/2018-2023/", "/reports/{}/?from=2022-01-01&to=2022-12-31"


@pytest.mark.parametrize("address", [TERM, DAYS])
@pytest.mark.parametrize("form", ["", "json", "xlsx", "docx", "pdf"])
@pytest.mark.parametrize("code", ["vgcl", "ha-noi", "co-so", "no-such-union"])
def test_a_report_out_of_reach_is_not_there(unions, address, form, code):
    browser = enter(reader_of(unions, "vuit"))
    asked = address.format(code) + ("&" if "?" in address else "?") + f"format={form}"
    assert browser.get(asked if form else address.format(code)).status_code == 404
    assert browser.get("/reports/", {"union": code, "term": "2018-2023"}).status_code == 404
    kept = {"union": code, "term": "2018-2023", "format": "xlsx"}
    assert browser.post("/reports/files/", kept).status_code == 404
    assert not ReportFile.objects.exists()


def test_the_report_index_offers_only_reports_in_reach(unions):
    reader = reader_of(unions, "ha-noi")
    page = enter(reader).get("/reports/")
    assert {union.pk for union, _terms in page.context["unions"]} == in_reach(reader)
    for name in ("union", "other"):
        assert {one.pk for one in page.context["form"].fields[name].queryset} == in_reach(reader)


SECRET = re.compile(r"(?<=value=.)\w{64}")  # of a form: another for every answer


@pytest.mark.parametrize("entity", ["delegations", "activities", "partners", "agreements"])
def test_a_number_out_of_reach_is_refused_like_one_that_does_not_exist(unions, entity):
    browser = enter(reader_of(unions, "vuit"))
    said = {}
    for door in (f"/{entity}/", f"/api/{entity}/"):
        for code in ("ha-noi", "no-such-union"):
            asked = {"figure": "delegations_out", "union": code, "since": "2022-01-01"}
            response = browser.get(door, asked)
            assert response.status_code == 400
            said[code] = SECRET.sub("", text(response)).replace(code, "…")
        assert said["ha-noi"] == said["no-such-union"]


# --- An activity of two unions


def figures(report):
    return {one.indicator.code: one for one in report.figures}


def _trips(union) -> str:
    return figures(Report.of_days(union, YEAR))["officials_out"].rows_url


def people_listed(browser, joint, **asked):
    table = browser.get("/delegations/", asked).context["table"]
    return next(row.get_cell_value("people") for row in table.rows if row.record.pk == joint.pk)


@pytest.mark.parametrize(("code", "people"), [("vuit", 5), ("ha-noi", 7), ("vgcl", 12)])
def test_a_joint_activity_is_one_row_with_the_reader_s_own_people(unions, joint, code, people):
    browser = enter(reader_of(unions, code))
    assert listed_by_api(browser, "delegations").count(joint.pk) == 1
    everywhere = [
        next(row for row in xlsx_rows(browser.get("/delegations/", {"format": "xlsx"})) if row[0] == joint.title)[5],
        int(next(row for row in csv_rows(browser.get("/delegations/", {"format": "csv"})) if row[0] == joint.title)[5]),
        people_listed(browser, joint),
        people_listed(browser, joint, union=code),
    ]
    assert everywhere == [people] * 4


def test_the_other_union_s_people_are_told_nowhere(unions, joint):
    browser = enter(reader_of(unions, "vuit"))
    joint.union_roles.filter(union=unions["ha-noi"]).get().delete()
    role = joint.union_roles.create(union=unions["ha-noi"], part="cooperating", people=7654)
    page = text(browser.get(f"/delegations/{joint.pk}/"))
    assert role.union.name_en in page  # that it took part is no secret
    shapes = [
        page,
        text(browser.get(f"/delegations/{joint.pk}/edit/")),
        text(browser.get("/delegations/")),
        text(browser.get("/delegations/", {"format": "csv"})),
        text(browser.get("/activities/", {"format": "csv"})),
        text(browser.get(f"/api/delegations/{joint.pk}/")),
        text(browser.get(f"/api/activities/{joint.pk}/")),
        text(browser.get("/reports/vuit/", {"from": "2022-01-01", "format": "json"})),
        text(browser.get("/reports/vuit/", {"from": "2022-01-01", "under": 1})),
        str(
            xlsx_rows(
                browser.get(figures(Report.of_days(unions["vuit"], YEAR))["officials_out"].rows_url + "&format=xlsx")
            )
        ),
    ]
    for number, shape in enumerate(shapes):
        assert not any(one in shape for one in ("7654", "7.654", "7,654", "7659", "7.659", "7,659")), number
    assert "7,654" in text(enter(reader_of(unions, "vgcl")).get(f"/delegations/{joint.pk}/"))


def test_a_joint_activity_is_in_both_reports_with_each_union_s_people(unions, joint):
    def number(code, indicator, **asked):
        page = enter(reader_of(unions, code)).get(f"/reports/{code}/", {"from": "2022-01-01", "format": "json"} | asked)
        return next(one["logged"] for one in page.json()["figures"] if one["indicator"] == indicator)

    before = {code: number(code, "officials_out") for code in ("vuit", "ha-noi")}
    under = number("vgcl", "officials_out", under=1), number("vgcl", "delegations_out", under=1)
    joint.union_roles.all().delete()
    assert number("vuit", "officials_out") == before["vuit"] - 5
    assert number("ha-noi", "officials_out") == before["ha-noi"] - 7
    after = number("vgcl", "officials_out", under=1), number("vgcl", "delegations_out", under=1)
    assert after == (under[0] - 12, under[1] - 1)


def test_saving_a_joint_activity_leaves_the_other_union_as_it_was(unions, joint):
    browser = enter(reader_of(unions, "vuit"))
    page = f"/delegations/{joint.pk}/edit/"
    typed = typed_in(browser.get(page)) | {"title": ["Đoàn chung, sửa lại"]}
    response = browser.post(page, typed)
    assert response.status_code == 302, alerts(response)
    joint.refresh_from_db()
    assert joint.title == "Đoàn chung, sửa lại"
    kept = {one.union.code: (one.people, one.part) for one in joint.union_roles.all()}
    assert kept == {"vuit": (5, "lead"), "ha-noi": (7, "cooperating")}


# --- Files


def test_a_paper_is_handed_to_who_sees_its_activity(unions, joint):
    scan = ContentFile(b"%PDF-1.4 %%EOF", name="to-trinh.pdf")
    paper = Paper.objects.create(activity=joint.activity_ptr, kind="request", number="1/TLĐ", file=scan)
    for code, status in (("vuit", 200), ("ha-noi", 200), ("vgcl", 200), ("co-so", 404), (None, 404)):
        response = enter(reader_of(unions, code)).get(f"/files/{paper.file.name}")
        assert response.status_code == status, code
    assert response.headers.get("Content-Disposition", "").startswith("attachment") or status == 404


def test_a_report_file_is_handed_to_who_sees_its_union(unions):
    kept = ReportFile(
        union=unions["vuit"], first_day=DAY, format="xlsx", language="vi", asked_by=reader_of(unions, "vuit")
    )
    kept.file.save("vuit.xlsx", ContentFile(b"PK"))
    for code, status in (("vuit", 200), ("vgcl", 200), ("ha-noi", 404), (None, 404)):
        browser = enter(reader_of(unions, code))
        assert browser.get(f"/files/{kept.file.name}").status_code == status, code
        assert browser.get(f"/reports/files/{kept.pk}/").status_code == status, code


@pytest.mark.parametrize("path", ["../settings.py", "..%2f..%2fetc/passwd", "papers/", "nothing.pdf"])
def test_no_path_leads_to_another_file(unions, path):
    assert enter(reader_of(unions, "vgcl")).get(f"/files/{path}").status_code == 404


def test_what_a_record_points_at_is_named_only_to_who_sees_it(unions):
    """A part of somebody else's whole is ours; the whole is not."""
    whole = make.ConferenceFactory(title="Diễn đàn Zanzibar", unions=[(unions["ha-noi"], 1)])
    part = make.DelegationFactory(unions=[(unions["vuit"], 1)], part_of=Activity.objects.get(pk=whole.pk))
    assert "Zanzibar" not in text(enter(reader_of(unions, "vuit")).get(f"/delegations/{part.pk}/"))
    assert "Zanzibar" in text(enter(reader_of(unions, "vgcl")).get(f"/delegations/{part.pk}/"))


def test_what_keeps_a_shared_record_is_told_by_its_kind_where_it_is_out_of_reach(unions):
    partner = make.PartnerFactory()
    make.DelegationFactory(title="Đoàn Zanzibar", unions=[(unions["ha-noi"], 1)], partners=[partner])
    RECORDS["relations"](unions["vuit"], partner=partner, note="của ta")
    browser = enter(reader_of(unions, "vuit"))
    page = browser.post(f"/partners/{partner.pk}/delete/")
    answer = browser.delete(f"/api/partners/{partner.pk}/")
    assert (page.status_code, answer.status_code) == (409, 409)
    for said in (text(page), text(answer)):
        assert unions["vuit"].label in said
        assert "outside your reach" in said
        assert unions["ha-noi"].name_en not in said


@pytest.mark.one_database  # nobody is asked
def test_a_question_that_asks_for_nothing_is_neither_put_nor_written(db, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    with django_assert_num_queries(0):
        rows = Activity.objects.none().for_listing().order_by("-pk")
        assert (list(rows), bool(rows), len(rows)) == ([], False, 0)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda one: one.slug)
def test_whether_one_may_change_a_record_one_sees_is_the_same_by_every_way(unions, entity):
    changing = 0
    for code in ("vgcl", "vuit", "ha-noi"):
        for role in User.Role.values:
            reader = make.UserFactory(union=Union.objects.get(code=code), role=role)
            manager = entity.model._default_manager
            mine = set(manager.writable_by(reader).values_list("pk", flat=True))
            for pk in manager.visible_to(reader).values_list("pk", flat=True)[:30]:
                assert manager.lets_write(reader, pk) == (pk in mine)
                changing += pk in mine
    assert changing or entity.slug == "days-off"  # of which this house has none
