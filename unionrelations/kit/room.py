"""Room for all the calls below a function, taken once. Never knows what is called.

CPython keeps the frames of a thread in pieces of 16 kB, and gives a piece back to the system as soon as it is empty. A
page is written some two hundred calls deep: what is called again and again just where a piece ends has one taken and
given back each time, two thousand times a page, a quarter of its processor time. A frame that says it needs more than
all of that lies in one large piece, in which those of all calls below find room. None of it is touched before it is
needed.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutinefunction, isgeneratorfunction
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

ROOM = 33_000  # words of 8 bytes: the piece is twice as large, and what is left of it holds a thousand calls


def with_room(function: Function) -> Function:
    """The function itself, written in Python, which from now on takes the room when it is called.

    Not for what is made many times and lasts, such as generators: each would hold all of it. TypeError.
    """
    if isgeneratorfunction(function) or iscoroutinefunction(function):
        raise TypeError("Each call of it would hold the room as long as it lasts.")
    function.__code__ = function.__code__.replace(co_stacksize=ROOM)  # type: ignore[attr-defined]
    return function
