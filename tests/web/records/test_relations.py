"""Pages of partners, unions and countries: every number opens as many rows, and nothing out of reach is told."""

import datetime as dt
import re

import pytest

from activities.models import Activity, Delegation
from partners.models import Contact, RelationEvent
from tests import factories as make
from tests.doors import count_afresh, enter, lasting, text
from tests.seeded import seed
from unionrelations.accounts.models import Union, UnionSuccession, User
from unionrelations.catalogue import ENTITIES
from unionrelations.kit.periods import Period
from unionrelations.web.records.meetings import Met
from unionrelations.web.records.timeline import Item, Timeline
from unionrelations.web.records.world import World, places

TODAY = dt.date(2023, 11, 30)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The seeded house with a busy partner of several unions: loose dates, a plan, agreements, events."""
    with lasting(django_db_blocker):
        seed()
        unions = {one.code: one for one in Union.objects.all()}
        vuit, hanoi, vgcl = unions["vuit"], unions["ha-noi"], unions["vgcl"]
        partner = make.PartnerFactory(name="Đối tác bận rộn", acronym="ĐTBR")
        both = {"partners": [partner], "countries": [partner.country]}
        make.DelegationFactory(unions=[(vuit, 5)], **both)
        make.DelegationFactory(unions=[(hanoi, 5)], title="Đoàn riêng của Hà Nội", **both)
        make.DelegationFactory(unions=[(vuit, 5), (hanoi, 3)], direction="in", starts_on="2021-05-04", **both)
        loose = {"starts_on": "2021-07-01", "ends_on": "2022-06-30", "precision": "span"}
        make.DelegationFactory(unions=[(vuit, 9)], **loose, **both)
        make.DelegationFactory(unions=[(vuit, 9)], status="planned", starts_on="2024-01-01", **both)
        make.CourseFactory(unions=[(vgcl, None)], **both)
        make.ConferenceFactory(unions=[(vuit, 2)], international=False, **both)
        make.AgreementFactory(unions=[vuit], partners=[partner])
        make.AgreementFactory(unions=[hanoi], partners=[partner], title="Bản ghi nhớ của Hà Nội")
        RelationEvent.objects.create(union=vuit, partner=partner, kind="established", starts_on="2019-01-01")
        Contact.objects.create(partner=partner, name="Bà Khamla")
        count_afresh()
        yield


@pytest.fixture
def partner(house, db):
    return make.PartnerFactory._meta.model.objects.get(acronym="ĐTBR")


def reader(code, **more):
    return enter(make.UserFactory(union=Union.objects.get(code=code), role=User.Role.LEADER, **more))


NUMBER = re.compile(r'<a(?: class="figure-link")? href="(/[a-z]+/\?[^"]*)">([\d.]+)</a>')


def numbers_on(page) -> list[tuple[str, int]]:
    found = NUMBER.findall(text(page))
    return [(address.replace("&amp;", "&"), int(said.replace(".", ""))) for address, said in found]


@pytest.mark.parametrize("code", ["vgcl", "vuit", "ha-noi"])
def test_every_number_opens_as_many_rows(partner, code):
    browser = reader(code)
    pages = [f"/partners/{partner.pk}/", f"/countries/{partner.country_id}/", "/countries/"]
    pages += [f"/unions/{one.pk}/" for one in Union.objects.filter(code=code)]
    for address in pages:
        numbers = numbers_on(browser.get(address))
        assert numbers, address
        for rows, said in numbers:
            assert (browser.get(rows).context["total"], rows) == (said, rows)


def test_a_partner_s_visits_are_those_held_that_the_reader_sees(partner):
    visits = {}
    for code in ("vgcl", "vuit", "ha-noi"):
        met = reader(code).get(f"/partners/{partner.pk}/").context["met"]
        visits[code] = {lane: one.number for lane, one in met.numbers.items()}
    assert visits == {
        "vgcl": {"out": 3, "in": 1, "conferences": 1, "courses": 1},
        "vuit": {"out": 2, "in": 1, "conferences": 1, "courses": 0},
        "ha-noi": {"out": 1, "in": 1, "conferences": 0, "courses": 0},
    }


def test_no_section_tells_of_rows_out_of_reach(partner):
    page = text(reader("vuit").get(f"/partners/{partner.pk}/"))
    assert "Bà Khamla" in page
    for hidden in ("Đoàn riêng của Hà Nội", "Bản ghi nhớ của Hà Nội"):
        assert hidden not in page
        assert hidden in text(reader("ha-noi").get(f"/partners/{partner.pk}/"))
    country = text(reader("vuit").get(f"/countries/{partner.country_id}/"))
    assert "Đoàn riêng của Hà Nội" not in country
    assert "Bản ghi nhớ của Hà Nội" not in country
    assert reader("vuit").get(f"/unions/{Union.objects.get(code='ha-noi').pk}/").status_code == 404


def test_the_last_contact_is_the_newest_that_surely_had_begun(partner, rf):
    request = rf.get("/")
    request.user = make.UserFactory(union=Union.objects.get(code="vgcl"))
    met = Met(request, partner=partner.pk)
    assert met.last(dt.date(2021, 5, 3)) is None
    assert met.last(dt.date(2021, 12, 31)).starts_on == dt.date(2021, 5, 4)
    assert met.last(dt.date(2022, 6, 30)).precision == "span"
    assert met.last(TODAY).status == Activity.Status.HELD


def test_a_partner_never_met_says_so(house, db):
    stranger = make.PartnerFactory(name="Chưa gặp")
    page = reader("vgcl", language="en").get(f"/partners/{stranger.pk}/")
    assert page.context["last"] is None
    assert not page.context["timeline"]
    assert "none yet" in text(page)


LISTED = [(entity, section) for entity in ENTITIES for section in entity.sections if section.elsewhere]


@pytest.mark.parametrize(("entity", "section"), LISTED, ids=lambda one: one.slug)
def test_a_part_with_a_list_of_its_own_holds_the_rows_of_that_list(house, db, entity, section):
    person = make.UserFactory(union=Union.objects.get(code="vgcl"))
    browser, tried = enter(person), 0
    for record in entity.queryset(person)[:12]:
        rows = set(section.rows(record, person).values_list("pk", flat=True))
        slug, _field, asked = section.elsewhere
        listed = set(browser.get(f"/{slug}/", asked(record)).context["table"].data.data.values_list("pk", flat=True))
        if section.slug == "below":
            assert rows <= listed  # the list goes on to those below these
        else:
            assert listed == rows
        tried += bool(rows)
    assert tried


def test_a_page_with_very_many_rows_stays_light(db):
    top = make.UnionFactory(code="tren")
    for number in range(100):
        make.UnionFactory(parent=top, name=f"Công đoàn cấp trên trực tiếp cơ sở khu công nghiệp số {number}")
    page = enter(make.UserFactory(union=top, language="en")).get(f"/unions/{top.pk}/")
    assert "40 more rows are not shown here." in text(page)
    assert page.context["parts"]["below"].list_url in text(page)
    assert len(page.content) < 150_000


def test_a_union_s_terms_lead_to_its_reports(house, db):
    vgcl = Union.objects.get(code="vgcl")
    page = text(reader("vgcl").get(f"/unions/{vgcl.pk}/"))
    assert 'href="/reports/vgcl/2018-2023/"' in page
    assert 'href="/reports/vgcl/2018-2023/?under=1"' in page


def test_a_union_s_own_activities_are_told_apart_from_those_below(house, db):
    vgcl = Union.objects.get(code="vgcl")
    page = reader("vgcl").get(f"/unions/{vgcl.pk}/")
    held = Activity.objects.filter(status="held")
    assert page.context["own"].number == held.filter(unions=vgcl).count()
    assert page.context["below"].number == held.count()
    assert page.context["figures_all"].number == vgcl.reported_figures.count()
    assert page.context["own"].number < page.context["below"].number


def test_a_succession_is_told_on_both_unions_pages_and_links_only_in_reach(db):
    top = make.UnionFactory(code="tren")
    old, new = make.UnionFactory(name="Công đoàn cũ", parent=top), make.UnionFactory(name="Công đoàn mới", parent=top)
    UnionSuccession.objects.create(predecessor=old, successor=new, kind="absorption", day="2025-07-01")
    above, below = (enter(make.UserFactory(union=one)) for one in (top, old))
    for one in (old, new):
        page = text(above.get(f"/unions/{one.pk}/"))
        assert f'href="/unions/{old.pk}/"' in page
        assert f'href="/unions/{new.pk}/"' in page
    page = text(below.get(f"/unions/{old.pk}/"))
    assert "Công đoàn mới" in page
    assert f'href="/unions/{new.pk}/"' not in page


def test_a_long_past_stays_drawn_within_its_frame():
    lanes = [("out", "Đoàn ra"), ("in", "Đoàn vào")]
    spans = [Period(dt.date(1990 + n % 36, 1 + n % 12, 1), dt.date(1990 + n % 36, 1 + n % 12, 9)) for n in range(400)]
    spans += [Period(dt.date(2020, 1, 1), None), Period(dt.date(2022, 1, 1), dt.date(2099, 12, 31))]
    drawn = Timeline(lanes, [Item("out", span, False, "c-out") for span in spans], TODAY)
    assert [words for words, _y, _bars in drawn.rows] == ["Đoàn ra"]
    bars = drawn.rows[0][2]
    assert len(bars) <= 250
    assert all(bar.x >= 128 and bar.x + bar.width <= 960 for bar in bars)
    assert len(drawn.years) <= 15


def test_the_map_names_the_archipelagos_and_dots_what_is_known(house, db):
    page = text(reader("vgcl").get("/countries/"))
    assert "Hoàng Sa" in page
    assert "Trường Sa" in page
    assert 'href="/activities/?country=LA&amp;status=held"' in page
    assert len(page) < 150_000


def test_every_country_we_met_lies_on_the_map(house, db):
    met = Delegation.objects.values_list("countries__code", flat=True)
    assert {code for code in met if code} <= set(places())
    assert all(0 <= x <= World.width and 0 <= y <= World.height for x, y in places().values())
