"""An activity's page: where it is counted is what the reports count, sums stay within their currency, and so on."""

import re

import pytest

from activities.models import Activity, ActivityScope, Cost, Term
from activities.reports.indicators import INDICATORS
from activities.reports.questions import Question
from activities.reports.standing import standings
from tests import factories as make
from tests.doors import count_afresh, enter, lasting, text
from tests.seeded import seed
from unionrelations.accounts.models import Union, User


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The seeded house, and what documents do not hold: a shared trip, a loose date, a part, an online one."""
    with lasting(django_db_blocker):
        seed()
        unions = {one.code: one for one in Union.objects.all()}
        vuit, hanoi, vgcl = unions["vuit"], unions["ha-noi"], unions["vgcl"]
        make.DelegationFactory(title="Đoàn chung", unions=[(vuit, 5), (hanoi, None)], mode="online")
        make.DelegationFactory(unions=[(vuit, 9)], starts_on="2023-07-01", ends_on="2024-06-30", precision="span")
        whole = make.ConferenceFactory(unions=[(vgcl, 3)], role="abroad")
        make.ConferenceFactory(unions=[(vgcl, 2)], format="meeting", role="", part_of=whole.activity_ptr)
        make.ConferenceFactory(unions=[(vuit, 2)], format="meeting", role="", part_of=whole.activity_ptr)
        count_afresh()
        yield


def standings_of(activity):
    scopes = list(ActivityScope.objects.filter(activity=activity).select_related("union"))
    return list(standings(scopes, Term.objects.all().of_each([one.union for one in scopes])))


def test_an_activity_stands_where_the_figures_count_it_and_nowhere_else(house, db):
    told, tried = set(), 0
    for one in Activity.objects.all():
        for standing in standings_of(one):
            report = standing.report
            told |= {
                (one.pk, report.union.pk, report.term.pk, share.indicator.code, standing.is_sure)
                for share in standing.shares
            }
            for share in standing.shares:
                rows = share.indicator.rows(report.question, undetermined=not standing.is_sure)
                assert one.pk in rows.values_list("pk", flat=True)
                tried += 1
    assert tried > 60
    for union in Union.objects.filter(code__in=["vuit", "vgcl"]):
        for term in Term.objects.all().of(union):
            for indicator in (one for one in INDICATORS if one.counts_activities):
                for undetermined in (False, True):
                    rows = indicator.rows(Question(union, term.period), undetermined=undetermined)
                    for pk in rows.values_list("pk", flat=True):
                        assert (pk, union.pk, term.pk, indicator.code, not undetermined) in told


def test_what_it_brings_is_what_its_row_brings_to_the_sum(house, db):
    joint = Activity.objects.get(title="Đoàn chung")
    people = {
        (one.report.union.code, one.report.under): share.brings
        for one in standings_of(joint)
        for share in one.shares
        if share.indicator.code == "officials_out"
    }
    assert people == {("vuit", False): 5, ("ha-noi", False): None, ("vgcl", True): 5}


def test_the_page_tells_of_reports_in_reach_alone(house, db):
    joint = Activity.objects.get(title="Đoàn chung")
    for code, reports in {"vuit": {"vuit"}, "ha-noi": {"ha-noi"}, "vgcl": {"vuit", "ha-noi", "vgcl"}}.items():
        page = text(enter(make.UserFactory(union=Union.objects.get(code=code))).get(f"/delegations/{joint.pk}/"))
        assert set(re.findall(r'href="/reports/([\w-]+)/2018-2023/', page)) == reports


@pytest.mark.parametrize("code", ["vgcl", "vuit"])
def test_every_number_on_the_page_opens_rows_that_hold_the_activity(house, db, code):
    browser = enter(make.UserFactory(union=Union.objects.get(code=code), role=User.Role.LEADER))
    for one in Activity.objects.filter(title__in=["Đoàn chung"]) | Activity.objects.filter(part_of__isnull=False):
        if browser.get(f"/activities/{one.pk}/").status_code == 404:
            continue
        page = text(browser.get(f"/activities/{one.pk}/"))
        addresses = {address.replace("&amp;", "&") for address in re.findall(r'href="(/\w+/\?figure=[^"]*)"', page)}
        assert addresses
        for address in addresses:
            assert re.search(rf'class="row-link" href="/\w+/{one.pk}/"', text(browser.get(address)))


def test_sums_are_told_for_each_currency(db):
    union = make.UnionFactory()
    trip = make.DelegationFactory(unions=[(union, 5)])
    for currency, estimate in (("VND", 48_000_000), ("VND", 2_000_000), ("USD", 1250)):
        Cost.objects.create(activity_id=trip.pk, union=union, item="Vé", estimate=estimate, currency=currency)
    page = enter(make.UserFactory(union=union)).get(f"/delegations/{trip.pk}/")
    assert [(currency, int(sum_)) for currency, sum_, *_rest in page.context["sums"]] == [
        ("USD", 1250),
        ("VND", 50_000_000),
    ]
    assert "50.000.000" in text(page)


@pytest.mark.parametrize("status", ["planned", "held"])
def test_what_is_not_counted_says_why(db, status):
    union = make.UnionFactory()
    conference = make.ConferenceFactory(unions=[(union, 5)], status=status, international=False)
    page = enter(make.UserFactory(union=union, language="en")).get(f"/conferences/{conference.pk}/")
    assert not page.context["standing"]
    why = {"planned": "only what was held is counted", "held": "only where it is international"}
    assert why[status] in text(page)
