"""A sequence kept in pieces outside memory says what was put in, as often as it is asked."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.pieces import IN_MEMORY, Pieces

ITEMS = st.one_of(st.none(), st.text(), st.integers(), st.dates(), st.frozensets(st.integers()))


class Shared:
    """Is itself wherever it is named; cannot be copied into the file."""

    def __reduce__(self):
        raise TypeError("not to be kept")


@given(pieces=st.lists(st.lists(ITEMS)))
def test_what_is_read_is_what_was_added_piece_by_piece(pieces):
    kept = Pieces()
    for one in pieces:
        kept.add(one)
    assert list(kept) == pieces
    assert list(kept) == pieces
    assert len(kept) == len(pieces)


def test_pieces_may_be_added_while_others_are_read():
    kept = Pieces()
    kept.add([1, 2])
    kept.add([3])
    read = []
    for piece in kept:
        read += piece
        if len(kept) < 4:
            kept.add([dt.date(2023, 1, len(kept))])
    assert read == [1, 2, 3, dt.date(2023, 1, 2), dt.date(2023, 1, 3)]


def test_a_shared_thing_is_the_same_in_every_piece():
    table, other = Shared(), Shared()
    kept = Pieces(Shared)
    kept.add([(table, 1), (other, 2)])
    kept.add([(table, 3)])
    first, second = kept
    assert first[0][0] is second[0][0] is table
    assert first[1][0] is other


def test_what_is_done_to_an_item_is_not_kept():
    kept = Pieces()
    kept.add([{"n": 1}])
    next(iter(kept))[0]["n"] = 2
    assert next(iter(kept)) == [{"n": 1}]


def test_what_is_longer_than_may_stay_in_memory_goes_to_the_disk_and_comes_back():
    kept = Pieces()
    for number in range(4):
        kept.add([f"{number}" * (IN_MEMORY // 2)])
    assert kept.file._rolled
    assert [piece[0][0] for piece in kept] == ["0", "1", "2", "3"]
