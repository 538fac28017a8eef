"""An authenticator app of the tests', which is told the time: RFC 6238 by its text, not by the library's code."""

import base64
import hashlib
import hmac
import struct


def code(secret: str, moment: float) -> str:
    """The six digits that an app shows at that moment, in seconds since 1970."""
    counter = struct.pack(">Q", int(moment) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_the_codes_are_those_printed_in_the_rfc():
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code(secret, moment) for moment in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]
