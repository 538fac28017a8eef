"""What a call says and how it is signed, by the Standard Webhooks specification (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from .models import Call, Kind


def body_of(call: Call) -> bytes:
    """The same however often it is sent: which record, and never what it says."""
    data: dict[str, str | int | None] = {}
    if not call.is_test:
        stands = call.kind != Kind.DELETED
        url = settings.SITE_URL + reverse(f"api-{call.slug}-detail", args=[call.key]) if stands else None
        data = {"entity": call.slug, "id": call.key, "url": url, "act": str(call.act), "way": call.way}
    if call.step:
        data["step"] = call.step
    told = {"type": call.kind, "timestamp": call.happened_at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False).encode()


def headers_of(call: Call, body: bytes, now: datetime) -> dict[str, str]:
    """One signature for each secret that is good now."""
    name, moment = f"evt_{call.event.hex}", str(int(now.timestamp()))
    said = f"{name}.{moment}.".encode() + body
    signatures = (hmac.new(key, said, hashlib.sha256).digest() for key in call.hook.keys(now))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures),
    }
