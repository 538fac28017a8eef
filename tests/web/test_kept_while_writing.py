"""No page is kept of what was taken back, nor of what was not to be seen yet."""

import threading

import pytest
from django.core.cache import caches
from django.db import connections, transaction

from activities.models import Delegation
from tests import factories as make
from tests.doors import enter, text
from unionrelations.accounts.models import User


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_leaves_no_page(transactional_db):
    union = make.UnionFactory()
    browser, one = enter(make.UserFactory(union=union)), make.DelegationFactory(unions=[(union, 2)])
    with transaction.atomic():
        Delegation.objects.filter(pk=one.pk).update(title="Chưa từng có")
        assert "Chưa từng có" in text(browser.get("/delegations/"))
        transaction.set_rollback(True)
    Delegation.objects.filter(pk=one.pk).update(place="Hà Nội")
    assert "Chưa từng có" not in text(browser.get("/delegations/"))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_page_made_while_an_earlier_change_is_still_open_is_not_kept(transactional_db):
    """Numbers are given as rows are written, and seen as transactions end: the first writer ends last."""
    browser = enter(make.UserFactory(union=make.UnionFactory(code="tren"), role=User.Role.OFFICER))
    country = make.CountryFactory()
    wrote, may_end = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                make.PartnerFactory(name="Bạn đến chậm", country=country)
                wrote.set()
                assert may_end.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert wrote.wait(20)
    make.PartnerFactory(name="Bạn đến nhanh", country=country)
    for _visit in range(2):
        page = browser.get("/partners/")
        assert page.context is not None
        assert "Bạn đến nhanh" in text(page)
        assert "Bạn đến chậm" not in text(page)
    may_end.set()
    thread.join()
    assert "Bạn đến chậm" in text(browser.get("/partners/"))
    assert browser.get("/partners/").context is None
