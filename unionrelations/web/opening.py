"""What a form held when it was opened, signed and sent along with it. Never kept on the server.

It says who opened which record, so that what was typed is kept for that person even when their session has ended, and
what stood in every field, so that a second person's edit is merged with it and nothing is overwritten.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field

from django.core import signing

SALT = "unionrelations.web.opening"
GOOD_FOR = 24 * 3600  # seconds in which it stands for a person whose session has ended


@dataclass(frozen=True)
class Opened:
    who: int
    slug: str
    record: int | None
    version: int | None = None
    was: dict[str, list[str]] = field(default_factory=dict)  # field → what a browser would have sent
    rows: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)  # prefix → row's key → field → …
    key: str = field(default_factory=lambda: secrets.token_urlsafe(9))  # of this one form, wherever it is sent from

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, token: str | None, slug: str, record: int | None, *, max_age: int | None = None) -> Opened | None:
        """The form opened on this record; None where the token is missing, too old, or another record's."""
        try:
            one = cls(**signing.loads(token or "", salt=SALT, max_age=max_age))
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return one if (one.slug, one.record) == (slug, record) else None
