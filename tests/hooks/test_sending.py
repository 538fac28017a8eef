"""How calls are made: signed as the specification says, again after a failure, never to an address of a network inside,
and no longer to who answers nothing good for days.
"""

import datetime as dt
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core import mail
from django.utils import timezone
from kombu.exceptions import OperationalError
from standardwebhooks import WebhookVerificationError

from tests import factories as make
from tests.hooks.listening import hook_of
from tests.machines import free_port
from unionrelations.accounts.letters import all_handed_over
from unionrelations.accounts.models import Officer
from unionrelations.hooks import sending
from unionrelations.hooks.models import ATTEMPTS, TEST, WAITS, Attempt, Call, Hook, Kind, Problem
from unionrelations.privacy.forgetting import CALLS_KEPT, forget
from unionrelations.tasks.hooks import tell_hook, tell_hooks, tell_soon


def call_of(hook, **said) -> Call:
    now = timezone.now()
    return Call.objects.create(hook=hook, kind=TEST, happened_at=now, due_at=now, **said)


def told_of(union, hook) -> Call:
    """A call about a record."""
    Officer.objects.create(union=union, name=f"Người {Officer.objects.count()}")
    tell_hooks()
    return Call.objects.filter(hook=hook).latest("pk")


def bring_forward(**which) -> None:
    Call.objects.waiting().filter(**which).update(due_at=timezone.now())


def test_a_call_is_signed_as_the_specification_s_own_library_reads_it(listener, officer):
    hook, secret = hook_of(officer, listener.address)
    call_of(hook)
    tell_hooks()
    assert listener.verified(secret)["type"] == "test"
    headers, _body = listener.heard[0]
    assert headers["webhook-id"] == f"evt_{Call.objects.get().event.hex}"
    _other, stranger = hook_of(officer, listener.address)
    with pytest.raises(WebhookVerificationError):
        listener.verified(stranger)


def test_while_a_secret_is_changed_both_sign_and_then_the_new_one_alone(listener, officer):
    hook, before = hook_of(officer, listener.address)
    after = hook.change_secret(timezone.now())
    call_of(hook)
    tell_hooks()
    assert listener.verified(before) == listener.verified(after)
    Hook.objects.update(former_until=timezone.now() - dt.timedelta(seconds=1))
    call_of(hook)
    tell_hooks()
    listener.verified(after)
    with pytest.raises(WebhookVerificationError):
        listener.verified(before)


def test_a_secret_lies_in_the_database_sealed(officer):
    hook, secret = hook_of(officer, "https://vanban.example.vn/")
    hook.change_secret(timezone.now())
    kept = " ".join(str(value) for value in Hook.objects.values().get().values())
    assert secret.removeprefix("whsec_") not in kept


def test_a_failed_call_is_made_again_under_the_same_name_with_the_same_body(listener, officer, union):
    hook, secret = hook_of(officer, listener.address)
    listener.status = 500
    call = told_of(union, hook)
    assert call.state == Call.State.WAITING
    assert call.due_at - timezone.now() > WAITS[0] - dt.timedelta(seconds=20)
    tell_hooks()
    assert len(listener.heard) == 1  # not before its time
    listener.status = 200
    bring_forward()
    tell_hooks()
    (first, one), (second, other) = listener.heard
    assert one == other
    assert first["webhook-id"] == second["webhook-id"]
    listener.verified(secret)
    call.refresh_from_db()
    assert call.state == Call.State.DONE
    assert list(call.attempts.order_by("pk").values_list("status", flat=True)) == [500, 200]


def test_a_program_that_was_away_hears_what_it_missed(listener, officer, union):
    hook, _secret = hook_of(officer, listener.address)
    listener.stop()
    call = told_of(union, hook)
    assert Attempt.objects.get().problem == Problem.NOBODY
    listener.start_again()
    bring_forward()
    tell_hooks()
    assert listener.records == [("record.created", "officers", call.key)]


def test_waits_grow_and_then_hook_and_call_are_given_up_and_its_person_is_told(listener, officer, union, settings):
    settings.MAIL_IS_SENT = True
    officer.email = "lan@example.vn"
    officer.save()
    hook, _secret = hook_of(officer, listener.address)
    listener.status = 503
    call = told_of(union, hook)
    waits = []
    for _number in range(ATTEMPTS - 1):
        call.refresh_from_db()
        waits.append(call.due_at - call.attempts.first().at)
        bring_forward()
        tell_hook(hook.pk)
    assert waits == list(WAITS)
    assert waits == sorted(waits)
    call.refresh_from_db()
    hook.refresh_from_db()
    assert call.state == Call.State.GIVEN_UP
    assert hook.off_because == "failed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("answers", "state"), [(410, "gone"), (503, "")])
def test_who_answers_that_it_is_gone_is_told_nothing_more_and_its_person_is_written_to(
    listener, settings, answers, state
):
    settings.MAIL_IS_SENT = True
    union = make.UnionFactory(code="tren")
    officer = make.UserFactory(union=union, email="lan@example.vn", language="en")
    hook, _secret = hook_of(officer, listener.address)
    listener.status = answers
    told_of(union, hook)
    all_handed_over()
    hook.refresh_from_db()
    assert hook.off_because == state
    assert [one.to for one in mail.outbox] == ([["lan@example.vn"]] if state else [])
    assert all(f"/hooks/{hook.pk}/" in one.body for one in mail.outbox)
    told_of(union, hook)
    assert len(listener.heard) == (1 if state else 2)


def test_one_call_that_is_refused_keeps_back_no_other_and_switches_nothing_off(listener, officer, union):
    hook, _secret = hook_of(officer, listener.address)
    listener.answers = lambda said: 400 if said["data"]["id"] == poison else 200
    poison = Officer.objects.create(union=union, name="Một").pk
    other = Officer.objects.create(union=union, name="Hai").pk
    tell_hooks()
    tell_hooks()
    assert {key for _kind, _entity, key in listener.records} == {poison, other}
    for _number in range(ATTEMPTS):
        bring_forward(key=poison)
        tell_hook(hook.pk)
        told_of(union, hook)
    hook.refresh_from_db()
    assert Call.objects.get(key=poison).state == Call.State.GIVEN_UP
    assert hook.off_at is None


def test_a_program_that_is_away_keeps_no_worker_from_others(listener, officer, union):
    away, _secret = hook_of(officer, f"http://127.0.0.1:{free_port()}/")
    hook_of(officer, listener.address)
    for number in range(5):
        Officer.objects.create(union=union, name=f"Người {number}")
    tell_hooks()
    assert len(listener.heard) == 5
    assert Attempt.objects.filter(call__hook=away).count() == 1


def test_where_nobody_answers_nothing_newer_is_tried_before_that_is_tried_again(listener, officer, union):
    hook, _secret = hook_of(officer, listener.address)
    listener.stop()
    told_of(union, hook)
    for _number in range(3):
        told_of(union, hook)
    assert Attempt.objects.count() == 1
    listener.start_again()
    bring_forward()
    tell_hooks()
    assert len(listener.records) == 4


def test_a_call_whose_worker_was_killed_is_made_by_another_later(listener, officer):
    hook, _secret = hook_of(officer, listener.address)
    call = call_of(hook)
    taken = Call.objects.take_up(hook.pk, timezone.now())
    assert taken == call
    assert Call.objects.take_up(hook.pk, timezone.now()) is None
    assert Call.objects.take_up(hook.pk, timezone.now() + dt.timedelta(days=1)) == call


def test_where_the_broker_is_gone_the_next_minute_tells(listener, officer, union, monkeypatch):
    hook_of(officer, listener.address)
    Officer.objects.create(union=union, name="Lan")

    def gone(*args, **more):
        raise OperationalError

    with monkeypatch.context() as away:
        away.setattr(tell_hooks, "delay", gone)
        tell_soon()
    assert listener.heard == []
    tell_hooks()
    assert len(listener.heard) == 1


# --- Where it never goes


@pytest.mark.parametrize(
    "leads_to",
    [
        *("10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *(
            "255.255.255.255",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
        ),
        *("127.0.0.1", "::1", "::ffff:127.0.0.1"),
    ],
)
def test_a_name_that_leads_inside_a_network_is_never_called(officer, monkeypatch, leads_to):
    family = socket.AF_INET6 if ":" in leads_to else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (leads_to, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    opened = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: opened.append(address))
    hook, _secret = hook_of(officer, "https://vanban.example.vn/")
    call_of(hook)
    tell_hooks()
    assert opened == []
    assert Attempt.objects.get().problem == Problem.INSIDE


def test_a_name_server_that_changes_its_answer_changes_nothing(officer, monkeypatch):
    """The first answer is looked at, and is where the call goes; a second one is never asked for."""
    answers = iter([("203.0.114.7", 443), ("10.0.0.1", 443), ("10.0.0.1", 443)])
    opened = []

    def named(host, port, *args, **more):
        address = (host, port) if host[0].isdigit() else next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    def connect(self, address):
        opened.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", named)
    monkeypatch.setattr(socket.socket, "connect", connect)
    hook, _secret = hook_of(officer, "https://vanban.example.vn/")
    call_of(hook)
    tell_hooks()
    assert opened == [("203.0.114.7", 443)]


def test_no_redirect_is_followed(listener, officer):
    hook, _secret = hook_of(officer, listener.address)
    listener.status, listener.headers = 302, {"Location": "http://169.254.169.254/latest/"}
    call_of(hook)
    tell_hooks()
    assert Attempt.objects.get().status == 302
    assert len(listener.heard) == 1


def test_no_proxy_and_no_password_of_the_server_is_used(listener, officer, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login may password mat-khau\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    hook, _secret = hook_of(officer, listener.address)
    call_of(hook)
    tell_hooks()
    assert "authorization" not in listener.heard[0][0]


def test_a_certificate_nobody_vouches_for_is_refused(officer, settings, tmp_path):
    settings.HOOKS_ON_LOOPBACK = True
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hook, _secret = hook_of(officer, f"https://localhost:{server.server_port}/")
    call_of(hook)
    tell_hooks()
    server.shutdown()
    assert asked == []
    assert Attempt.objects.get().problem == Problem.CERTIFICATE


def _self_signed(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    file = folder / "server.pem"
    kind = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *kind) + signed.public_bytes(serialization.Encoding.PEM)
    )
    return str(file)


def test_who_answers_too_slowly_is_left(listener, officer, monkeypatch):
    monkeypatch.setattr(sending, "ANSWER_WITHIN", 0.2)
    over = threading.Event()
    listener.answers = lambda said: over.wait(5) or 200
    hook, _secret = hook_of(officer, listener.address)
    call_of(hook)
    tell_hooks()
    over.set()
    assert Attempt.objects.get().problem == Problem.TOO_LONG


def test_who_answers_drop_by_drop_is_left_when_the_worker_s_time_is_over(listener, officer, monkeypatch):
    def over(*args, **more):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(sending.HTTPSession, "post", over)
    hook, _secret = hook_of(officer, listener.address)
    call_of(hook)
    tell_hook(hook.pk)
    assert Attempt.objects.get().problem == Problem.TOO_LONG


def test_calls_are_forgotten_after_their_time_but_not_while_they_wait(listener, officer, union):
    hook, _secret = hook_of(officer, listener.address)
    done = told_of(union, hook)
    listener.status = 500
    waiting = told_of(union, hook)
    forget(timezone.now() + CALLS_KEPT + dt.timedelta(days=1))
    assert list(Call.objects.all()) == [waiting]
    assert done.kind == Kind.CREATED
