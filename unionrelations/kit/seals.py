"""What lies in the database, or in an address, and is read by this house alone: sealed with its secret key.

Whatever is sealed for one purpose does not open for another. Former keys (`SECRET_KEY_FALLBACKS`) still open.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(purpose: str) -> MultiFernet:
    keys = [str(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose} {key}".encode()).digest())) for key in keys
    )
