"""No question makes a list of a table that is as long as that of the activities, to look up in it what is not there.

Once such a list outgrows the memory PostgreSQL gives a question, it is read again for every activity.
"""

import re

import pytest
from django.db import connection
from django.utils import timezone

from activities.entities import ACTIVITIES
from activities.models import Activity, Conference, SourceLink
from activities.reports.models import Merge, Suspicion
from tests import factories as make
from unionrelations.accounts.models import User

LISTED = re.compile(
    r'IN \(SELECT [^()]*? FROM "activities_(paper|sourcelink|unionrole|activity|delegation|conference|course)"'
)


@pytest.fixture
def officer(db):
    return make.UserFactory(union=make.UnionFactory(code="vuit"), role=User.Role.OFFICER)


def filtered(officer, rf, **asked):
    request = rf.get("/")
    request.user = officer
    return ACTIVITIES.filterset(asked, queryset=ACTIVITIES.queryset(officer), request=request).qs


def test_what_is_without_something_is_asked_of_each_activity(officer, rf):
    asked = (
        Activity.objects.report_missing(timezone.localdate()),
        Activity.objects.removable_by(officer),
        filtered(officer, rf, report="without"),
        filtered(officer, rf, source="without"),
    )
    for rows in asked:
        assert "NOT EXISTS" in str(rows.query).replace("NOT (EXISTS", "NOT EXISTS")
        assert not LISTED.search(str(rows.query))


def test_what_a_reader_may_read_beside_a_record_is_asked_of_each_row(officer):
    for rows in (SourceLink.objects, Suspicion.objects, Merge.objects):
        asked = str(rows.visible_to(officer).query)
        assert "OFFSET 0" in asked
        assert not LISTED.search(asked)


def test_such_a_list_would_be_noticed():
    reported = Activity.objects.exclude(pk__in=Activity.objects.filter(papers__kind="trip_report").values("pk"))
    assert LISTED.search(str(reported.query))


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (lambda: Activity.objects.exclude(precision="day"), "activity_of_a_vague_day"),
        (
            lambda: Conference.objects.filter(counts_as="conference_hosted").report_missing(timezone.localdate()),
            "activity_hosted_and_held",
        ),
    ],
    ids=["a vague day", "a report on a conference"],
)
def test_what_few_activities_are_asked_for_is_asked_in_the_words_of_their_index(db, asked, index):
    for _number in range(3):
        make.ConferenceFactory()
    with connection.cursor() as cursor:  # of so few rows any other way would do as well
        cursor.execute("ANALYZE activities_activity")
        cursor.execute("DROP INDEX activity_by_status_and_day")
        for way in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert index in asked().order_by().values("pk").explain()
