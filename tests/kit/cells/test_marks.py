import pytest

from tests.kit.cells import refused, spellings
from unionrelations.kit.written import read_mark, read_mode


@pytest.mark.parametrize(
    ("cell", "ticked"),
    [
        *(
            (one, True)
            for one in ("X", "x", "✓", "v", "có", "Có", "yes", "1", "trong KH", "Trong kế hoạch", "trong KH năm 2023")
        ),
        *((one, True) for one in (1, 1.0, True)),
        *((one, False) for one in ("không", "no", "0", "ngoài KH", "Ngoài kế hoạch", "đột xuất")),
        *((one, False) for one in (0, 0.0, False)),
        *((one, None) for one in (None, "", "  ", "-", "…")),
    ],
)
def test_a_tick_is_read_as_people_set_it(cell, ticked):
    for one in spellings(cell) if isinstance(cell, str) else [cell]:
        assert read_mark(one) is ticked


@pytest.mark.parametrize("cell", ["xong", 2, "có lẽ"])
def test_what_is_neither_yes_nor_no_is_refused(cell):
    said, suggestion = refused(read_mark, cell)
    assert "neither yes nor no" in said
    assert suggestion == "X"


@pytest.mark.parametrize(
    ("cell", "mode"),
    [
        ("trực tiếp", "in_person"),
        ("Trực tuyến", "online"),
        ("online", "online"),
        ("qua Zoom", "online"),
        ("kết hợp", "hybrid"),
        ("trực tiếp kết hợp trực tuyến", "hybrid"),
        ("Trực tiếp và trực tuyến", "hybrid"),
        ("hybrid", "hybrid"),
        ("", None),
        (None, None),
    ],
)
def test_how_people_met_is_read(cell, mode):
    for one in spellings(cell) if cell else [cell]:
        assert read_mode(one) == mode


def test_how_people_met_is_not_guessed():
    assert "does not say how people met" in refused(read_mode, "phòng họp")[0]
