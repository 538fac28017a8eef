"""E-mails about what is due: each thing once at each step, to whoever may see it, whatever is killed in between."""

import datetime as dt
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from activities.models import FollowUp
from activities.reports.models import Digest, Notice
from tests import factories as make
from tests.machines import free_port, kill_worker, wait_until
from tests.mailing import mail_server
from unionrelations.accounts.models import OfficeDay, User
from unionrelations.settings import CELERY_BEAT_SCHEDULE
from unionrelations.tasks import send_digest, send_digests

THURSDAY = dt.date(2026, 11, 26)
PATIENCE = timedelta(hours=1)


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def server(port):
    with mail_server(port) as one:
        yield one


@pytest.fixture
def post(server, port, settings):
    """A mail server, and Django's settings of it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.MAIL_IS_SENT, settings.SITE_URL = True, "https://doingoai.example.vn"
    return server


@pytest.fixture(autouse=True)
def no_plan_is_due(settings):
    settings.PLAN_DUE = (6, 1)


@pytest.fixture
def union(db):
    return make.UnionFactory()


@pytest.fixture
def officer(union):
    return reader(union)


def reader(union, digest="daily", **more):
    person = make.UserFactory(union=union, digest=digest, **{"language": "en"} | more)
    person.email = person.email or f"{person.username}@example.vn"
    person.save()
    return person


def promise(union, due_on, what="Gửi tài liệu"):
    at = make.CourseFactory(unions=[(union, 3)], starts_on=due_on - timedelta(days=20), title="Lớp ở Huế")
    return FollowUp.objects.create(activity_id=at.pk, what=what, due_on=due_on)


def told():
    return sorted(Notice.objects.values_list("title", "stage"))


# --- What is said


def test_a_letter_says_what_is_due_as_text_and_as_html_and_leads_there(post, union, officer):
    promise(union, THURSDAY - timedelta(days=2))
    promise(union, THURSDAY + timedelta(days=1), "Gửi danh sách")
    send_digests(str(THURSDAY))
    (letter,) = post.accepted
    assert (letter["To"], letter["Subject"]) == (officer.email, "2 things due, 26/11/2026")
    words, html = (letter.get_body(kind).get_content() for kind in (("plain",), ("html",)))
    assert words.index("Gửi tài liệu") < words.index("Gửi danh sách")
    assert "2 days late" in words
    assert "https://doingoai.example.vn/courses/" in words
    assert '<a href="https://doingoai.example.vn/courses/' in html
    assert "https://doingoai.example.vn/due/" in words
    assert Digest.objects.get().address == officer.email


def test_it_is_in_the_readers_language(post, union):
    reader(union, language="vi")
    promise(union, THURSDAY - timedelta(days=10))
    send_digests(str(THURSDAY))
    letter = post.accepted[0]
    assert letter["Subject"] == "1 việc đến hạn, 26/11/2026"
    assert "quá 10 ngày" in letter.get_body(("plain",)).get_content().lower()


def test_nothing_is_told_of_records_the_person_may_not_see(post, union, officer):
    promise(make.UnionFactory(), THURSDAY)
    promise(make.UnionFactory(parent=union), THURSDAY)  # seen, but those below have their own letters
    send_digests(str(THURSDAY))
    assert post.accepted == []
    assert Digest.objects.get().state == Digest.State.DONE


def test_what_was_moved_out_of_reach_before_a_second_attempt_is_not_told(post, union, officer):
    one = promise(union, THURSDAY)
    row = Digest.objects.create(person=officer, slot=THURSDAY, day=THURSDAY)
    what = {"rule": "our-promise", "key": str(one.pk), "due_on": THURSDAY, "stage": 0}
    Notice.objects.create(digest=row, person=officer, title="Gửi tài liệu", **what)
    one.activity.union_roles.all()[0].delete()
    send_digest.delay(row.pk)
    assert post.accepted == []


# --- To whom, and when


@pytest.mark.parametrize(
    ("digest", "weekday", "days"),
    [("daily", 0, "26 27 30"), ("weekly", 3, "26"), ("weekly", 4, "27"), ("weekly", 0, "30"), ("none", 0, "")],
)
def test_it_comes_daily_on_working_days_or_weekly_or_never(post, union, digest, weekday, days):
    person = reader(union, digest=digest, digest_weekday=weekday)
    for slot in ("2026-11-20", "2026-11-23"):  # what lies before is done
        Digest.objects.create(person=person, slot=slot, day=slot, state="done")
    Digest.objects.create(person=person, slot="2026-11-19", day="2026-11-19", state="done")
    found = []
    for number in range(26, 31):
        promise(union, dt.date(2026, 11, number), f"Việc {number}")
        send_digests(f"2026-11-{number}")
        if len(post.accepted) > len(found):
            found.append(str(number))
    assert " ".join(found) == days


@pytest.mark.parametrize("who", ["closed", "without an address", "without a union"])
def test_who_cannot_read_it_gets_none(post, union, officer, who):
    promise(union, THURSDAY)
    changed = {"closed": {"is_active": False}, "without an address": {"email": ""}, "without a union": {"union": None}}
    User.objects.filter(pk=officer.pk).update(**changed[who])
    send_digests(str(THURSDAY))
    assert (post.accepted, Digest.objects.count()) == ([], 0)


def test_a_week_that_missed_its_day_is_told_on_the_next(post, union):
    reader(union, digest="weekly", digest_weekday=0)
    promise(union, THURSDAY)
    send_digests(str(THURSDAY))
    assert len(post.accepted) == 1
    assert Digest.objects.get().slot == dt.date(2026, 11, 23)


def test_a_day_the_administrators_made_a_day_off_has_no_daily_letter(post, union, officer):
    OfficeDay.objects.create(day=THURSDAY, kind="off")
    promise(union, THURSDAY)
    send_digests("2026-11-25")
    send_digests(str(THURSDAY))
    assert len(post.accepted) == 1  # the reminder moved to Wednesday, and so did the letter


def test_without_a_mail_server_nothing_is_sent_and_nothing_counts_as_sent(post, union, officer, settings):
    settings.MAIL_IS_SENT = False
    promise(union, THURSDAY)
    send_digests(str(THURSDAY))
    assert (post.accepted, Notice.objects.count(), Digest.objects.count()) == ([], 0, 0)
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_digests")


# --- Once


def test_each_step_is_told_once_however_often_it_is_asked(post, union, officer):
    promise(union, THURSDAY)
    for number in (12, 13, 16, 23, 24, 26, 26, 27, 30):
        send_digests(f"2026-11-{number}")
        send_digests(f"2026-11-{number}")
    assert told() == [("Gửi tài liệu", -1), ("Gửi tài liệu", 0), ("Gửi tài liệu", 3), ("Gửi tài liệu", 14)]
    assert len(post.accepted) == 4


def test_a_clock_set_back_tells_nothing_again_and_nothing_earlier(post, union, officer):
    promise(union, THURSDAY)
    send_digests("2026-11-27")
    assert told() == [("Gửi tài liệu", -1)]
    for day in ("2026-11-26", "2026-11-24", "2026-11-12", "2026-11-27"):
        send_digests(day)
    assert told() == [("Gửi tài liệu", -1)]
    assert len(post.accepted) == 1


def test_another_day_is_another_thing(post, union, officer):
    one = promise(union, THURSDAY)
    send_digests(str(THURSDAY))
    one.due_on = THURSDAY + timedelta(days=1)
    one.save()
    send_digests("2026-11-27")
    assert len(post.accepted) == 2


def test_a_digest_delivered_again_after_it_was_sent_does_nothing(post, union, officer):
    promise(union, THURSDAY)
    send_digests(str(THURSDAY))
    send_digest.delay(Digest.objects.get().pk)
    assert len(post.accepted) == 1


def test_what_a_mail_server_refused_is_told_when_it_takes_it(post, union, officer):
    promise(union, THURSDAY)
    post.answers = "451 try again later"
    with pytest.raises(CommandError, match="451"):
        call_command("send_digests", day=THURSDAY)
    assert (post.accepted, told()) == ([], [])
    post.answers = "250 OK"
    call_command("send_digests", day=THURSDAY)
    assert (len(post.accepted), len(told())) == (1, 1)


def test_a_wrong_address_keeps_nobody_else_waiting(post, union, officer):
    other = reader(union)
    post.refused.add(officer.email)
    promise(union, THURSDAY)
    send_digests(str(THURSDAY))
    assert post.told == [other.email]
    assert Digest.objects.get(person=officer).state == Digest.State.FAILED
    assert not officer.notices.exists()


def test_the_command_says_how_many_left(post, union, officer, capsys):
    promise(union, THURSDAY)
    call_command("send_digests", day=THURSDAY)
    assert capsys.readouterr().out == "Đã gửi 1 thư.\n" or "1 e-mail sent" in capsys.readouterr().out


def test_beat_sends_them_each_morning_in_vietnam():
    entry = CELERY_BEAT_SCHEDULE["send_digests"]
    assert (entry["task"], entry["schedule"].hour, entry["schedule"].minute) == (send_digests.name, {6}, {30})


# --- On a worker and a broker


@pytest.fixture
def place(port, tmp_path):
    return {
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DATA_DIR": str(tmp_path),
        "PLAN_DUE": "1/6",
        "TASK_VISIBILITY_TIMEOUT": "600",
        "SITE_URL": "https://doingoai.example.vn",
    }


def done():
    states = list(Digest.objects.values_list("state", flat=True))
    return bool(states) and set(states) == {"done"}


def sent_once(server, people) -> bool:
    numbers = [one["Message-ID"] for one in server.accepted]
    return sorted(server.told) == sorted(one.email for one in people) and len(set(numbers)) == len(numbers)


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_a_letter_leaves_loses_none_and_doubles_none(server, place, start_worker, settings):
    settings.MAIL_IS_SENT = True
    union = make.UnionFactory()
    people = [reader(union) for _number in range(4)]
    promise(union, THURSDAY)
    server.slow_for = 3
    first = start_worker(**place)
    send_digests.delay(str(THURSDAY))
    wait_until(lambda: len(server.accepted) >= 1 and server.begun > len(server.accepted), what="a letter on its way")
    kill_worker(first)
    assert Notice.objects.filter(digest__state="running").count() == 1
    server.slow_for = 0
    Digest.objects.filter(state="running").update(claimed_at=timezone.now() - PATIENCE)
    start_worker(**place)
    send_digests.delay(str(THURSDAY))
    wait_until(done, what="the other letters")
    assert sent_once(server, people)
    assert Notice.objects.count() == len(people)


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_clock_set_back_tell_each_thing_once(server, place, start_worker, settings):
    settings.MAIL_IS_SENT = True
    union = make.UnionFactory()
    people = [reader(union) for _number in range(6)]
    promise(union, THURSDAY)
    for _worker in range(2):
        start_worker(**place)
    for _time in range(3):
        send_digests.delay(str(THURSDAY))
    wait_until(lambda: len(server.accepted) >= len(people) and done(), what="all letters")
    for day in ("2026-11-25", "2026-11-26"):
        send_digests.delay(day)
    wait_until(lambda: Digest.objects.count() == 2 * len(people) and done(), what="the letters of the day before")
    assert sent_once(server, people)
    assert told() == [("Gửi tài liệu", 0)] * len(people)
