"""What the API says where the libraries have no words of ours, and in one shape: a path to each field, and sentences.

Never decides what is refused.
"""

from __future__ import annotations

from django.utils.translation import ngettext
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.views import exception_handler


def in_our_words(exc, context):
    if isinstance(exc, Throttled):
        seconds = max(int(exc.wait or 0) + 1, 1)
        exc.wait = seconds  # the library makes it the Retry-After
        said = ngettext(
            "Too many requests. Ask again in %(n)d second.", "Too many requests. Ask again in %(n)d seconds.", seconds
        )
        exc.detail = said % {"n": seconds}
    answer = exception_handler(exc, context)
    if isinstance(exc, ValidationError):
        answer.data = by_path(answer.data)
    return answer


def by_path(said, path: str = "") -> dict[str, list[str]]:
    """`union_roles.1.people` → sentences, for whatever depth a field has."""
    if not isinstance(said, dict | list):
        return {path or "non_field_errors": [str(said)]}
    places = said.items() if isinstance(said, dict) else enumerate(said)
    found: dict[str, list[str]] = {}
    for place, problems in places:
        is_sentence = isinstance(said, list) and not isinstance(problems, dict | list)
        here = path if is_sentence or (path and place == "non_field_errors") else f"{path}.{place}".removeprefix(".")
        for name, sentences in by_path(problems, here).items():
            found.setdefault(name, []).extend(sentences)
    return found
