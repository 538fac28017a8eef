"""Calls at any depth find room in one piece of memory, and whatever the house does begins there."""

import resource
import threading

import pytest

import manage
from unionrelations.celery import app
from unionrelations.kit.room import ROOM, with_room
from unionrelations.operations.answers import Answers
from unionrelations.tasks.sending import SentTask

DEPTHS, TIMES = 300, 200
OF_THIS_THREAD = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)  # Linux alone tells threads apart


def called():
    return None


def again_and_again():
    for _time in range(TIMES):
        called()


def at(depth):
    return at(depth - 1) if depth else again_and_again()


def at_every_depth():
    for depth in range(DEPTHS):
        at(depth)


@with_room
def in_one_piece():
    at_every_depth()


def pages_taken(work) -> int:
    """How many pages of memory a thread asks the system for in doing this a second time."""
    taken = []

    def twice():
        work()
        before = resource.getrusage(OF_THIS_THREAD).ru_minflt
        work()
        taken.append(resource.getrusage(OF_THIS_THREAD).ru_minflt - before)

    thread = threading.Thread(target=twice)  # the tests have room themselves; a thread begins anew
    thread.start()
    thread.join()
    return taken[0]


def test_without_room_memory_is_taken_each_time_a_call_begins_a_piece():
    assert pages_taken(at_every_depth) > TIMES


def test_with_it_calls_take_none_however_deep():
    assert pages_taken(in_one_piece) < TIMES / 2


def test_what_it_is_given_to_it_leaves_as_it_was():
    @with_room
    def told(one, *more, named="a", **others):
        """What it tells."""
        return one, more, named, others

    assert told(1, 2, named="b", other=3) == (1, (2,), "b", {"other": 3})
    assert (told.__name__, told.__doc__) == ("told", "What it tells.")


def test_what_lasts_does_not_take_it():
    def generator():
        yield

    async def coroutine():
        pass

    for lasting in (generator, coroutine):
        with pytest.raises(TypeError):
            with_room(lasting)


def test_requests_tasks_and_commands_begin_with_it():
    for begins in (Answers.__call__, SentTask.__call__, manage.main):
        assert begins.__code__.co_stacksize == ROOM
    app.loader.import_default_modules()
    own = [one for one in app.tasks.values() if type(one).__module__.startswith("unionrelations")]
    assert own
    assert all(isinstance(one, SentTask) for one in own)
