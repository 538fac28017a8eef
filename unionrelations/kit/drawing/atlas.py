"""The world's land, its countries and where each lies, made by `.ci/world.py`. Never knows a number or a reader."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings

WIDTH, HEIGHT = 960, 379  # of the drawings, in pixels
HOME = "VN"
# Archipelagos of Vietnam too small for the outline: where they lie, and where their names stand.
ISLANDS = (
    (779, 180, 791, 172, "Hoàng Sa"),
    (784, 197, 796, 214, "Trường Sa"),
)
SMALL = 9.0  # square pixels of the box round a country: a smaller one is not seen as a shape

SHAPE = re.compile(r'<path id="(?P<name>\w+)" transform="scale\(\.1\)" d="(?P<path>[^"]*)"/>')
PIECE = re.compile(r"M(?P<start>-?\d+ -?\d+)l(?P<steps>[^z]*)z")
STEP = re.compile(r"-?\d+")


def _paths(name: str) -> dict[str, str]:
    text = (Path(settings.BASE_DIR) / "static" / name).read_text(encoding="utf-8")
    return {found["name"]: found["path"] for found in SHAPE.finditer(text)}


@cache
def places() -> dict[str, list[int]]:
    """The middle of each country by its code, in pixels of the drawing."""
    return json.loads((Path(__file__).parent / "places.json").read_text(encoding="utf-8"))


@cache
def land() -> str:
    """The outline of all land, in tenths of a pixel."""
    return _paths("world.svg")["land"]


@cache
def countries() -> dict[str, str]:
    """The outline of each country that has one, in tenths of a pixel."""
    return {code: path for code, path in _paths("countries.svg").items() if path}


@cache
def is_small(code: str) -> bool:
    """Whether a country has no shape that is seen, so that it needs a dot."""
    largest = 0.0
    for piece in PIECE.finditer(countries().get(code, "")):
        steps = [int(one) for one in STEP.findall(piece["steps"])]
        wide, high = _spread(steps[0::2]), _spread(steps[1::2])
        largest = max(largest, wide * high / 100)
    return largest < SMALL


def _spread(steps: list[int]) -> int:
    """How far apart the ends of a walk of these steps lie."""
    where, lowest, highest = 0, 0, 0
    for step in steps:
        where += step
        lowest, highest = min(lowest, where), max(highest, where)
    return highest - lowest
