"""Opening an address somebody typed: the only place in the house that does, and never one of its own network.

The library asks where the name leads, refuses private, loopback, link-local, multicast and such addresses, and connects
to the very address it looked at, so that a second answer of a name server changes nothing; the certificate is asked for
the name. No redirect is followed, no proxy of the environment is used, nothing of an answer is read but its status.
"""

from __future__ import annotations

import time
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from requests import RequestException, Timeout
from requests.exceptions import SSLError
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

from .hearing import may_be_told
from .models import ATTEMPTS, WAITS, Attempt, Call, Problem
from .signing import body_of, headers_of

CONNECT_WITHIN, ANSWER_WITHIN = 5, 10  # seconds
GONE = 410  # by the specification: the address wants no more


def attempt(call: Call) -> bool:
    """Tells it once; whether the house may go on with this hook. What may not be told any more is forgotten."""
    reader = call.hook.reader()
    if reader is None or not (call.is_test or may_be_told(call, reader)):
        call.delete()
        return True
    now, began = timezone.now(), time.monotonic()
    status, problem = _post(call, now)
    took = int((time.monotonic() - began) * 1000)
    with transaction.atomic():
        Attempt.objects.create(call=call, at=now, took=took, status=status, problem=problem)
        if status is not None and 200 <= status < 300:
            _done(call)
            return True
        _failed(call, now, status)
        return False


def _post(call: Call, now: datetime) -> tuple[int | None, str]:
    """The status that was answered, or None and a word for what went wrong."""
    body = body_of(call)
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=settings.HOOKS_ON_LOOPBACK,
        never_redirect=True,
        default_timeout=(CONNECT_WITHIN, ANSWER_WITHIN),
        user_agent_override="UnionRelations-Webhook/1",
    )
    try:
        with HTTPSession(config) as session:
            session.trust_env = False  # a proxy, or a password of the server's own, is nothing for a typed address
            answer = session.post(call.hook.address, data=body, headers=headers_of(call, body, now), stream=True)
            answer.close()
            return answer.status_code, ""
    except InvalidIPAddress:
        return None, Problem.INSIDE
    except (Timeout, SoftTimeLimitExceeded):
        return None, Problem.TOO_LONG
    except SSLError:
        return None, Problem.CERTIFICATE
    except (RequestException, ValueError):  # an address that is none raises either
        return None, Problem.NOBODY


def _done(call: Call) -> None:
    call.state = Call.State.DONE
    call.save(update_fields=["state"])
    if call.hook.failing_since is not None:
        call.hook.failing_since = None
        call.hook.save(update_fields=["failing_since"])


def _failed(call: Call, now: datetime, status: int | None) -> None:
    """Later again; after the last time it is given up, and so is the hook, if it took nothing else meanwhile."""
    hook, tried = call.hook, call.attempts.count()
    is_last = call.is_test or tried >= ATTEMPTS
    if is_last:
        call.state = Call.State.GIVEN_UP
    else:
        call.due_at = now + WAITS[tried - 1]
    call.save(update_fields=["state", "due_at"])
    if call.is_test:
        return
    if hook.failing_since is None:
        hook.failing_since = now
        hook.save(update_fields=["failing_since"])
    first = call.attempts.order_by("pk").values_list("at", flat=True)[0]
    if status == GONE or (is_last and hook.failing_since <= first):
        hook.give_up(now, gone=status == GONE)
