"""What every page is made with, there before the first is asked for. Never knows a page."""

import gc
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LOOK_THROUGH = (10_000, 10, 10)  # objects made before the youngest are looked through, and so on to the oldest


def prepare() -> None:
    """Loads all views and templates, which then stay as long as the process.

    Python would look through all of it, again and again, for what may go; everybody waits meanwhile, some 0.2 s.
    """
    get_resolver().url_patterns  # noqa: B018 - with it come all views
    for one in TEMPLATES.rglob("*.html"):
        get_template(str(one.relative_to(TEMPLATES)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOK_THROUGH)
