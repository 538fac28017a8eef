"""Whatever stands around them, rows are found once each, with their numbers, cells and groups."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from unionrelations.kit.folding import fold
from unionrelations.kit.spreadsheets import Book, Line, Sheet, find_tables

COLUMNS = ["TÊN ĐOÀN", "NƯỚC ĐẾN", "NGÀY ĐI", "SỐ NGƯỜI", "MỤC ĐÍCH", "GHI CHÚ"]
PLACES = {"NƯỚC ĐẾN": "ĐỊA ĐIỂM", "NGÀY ĐI": "ĐỊA ĐIỂM", "SỐ NGƯỜI": "KẾT QUẢ", "MỤC ĐÍCH": "KẾT QUẢ"}
ABOVE: list[dict[str, str]] = [dict.fromkeys(PLACES, "CHUYẾN ĐI"), PLACES, {}]  # what stands over the columns, by level
NAMES = ["Tổng công ty Điện lực", "Tổng Liên đoàn", "Công đoàn Dầu khí", "Cộng hòa Séc", "Đoàn công tác",
         "Người lao động", "Ghi chép", "Ký kết", "Nguồn nhân lực", "I", "A", "TM", "Ban Đối ngoại"]  # fmt: skip
TITLES = [
    "CÔNG ĐOÀN CÔNG THƯƠNG",
    "DANH SÁCH ĐOÀN RA",
    "Năm 2023",
    "(Từ ngày 1/1/2023 đến ngày 31/12/2023)",
    "Biểu số 2",
]
GROUPS = ["I. Cấp tỉnh", "II. Cấp huyện", "A. Trung ương", "B. Địa phương", "Khối doanh nghiệp", "1. Châu Á"]
NOTES = ["Ghi chú: số liệu đến 30/6", "(*) Đoàn trực tuyến", "Nguồn: báo cáo các đơn vị", "Lưu ý: còn thiếu"]
SIGNING = [("Nơi nhận:", "TM. BAN THƯỜNG VỤ"), ("- Như trên;", "CHỦ TỊCH"), (None, "Nguyễn Văn A")]
MANY = 4

names = st.sampled_from(NAMES)
values = st.one_of(
    names,
    st.integers(0, 5000),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["12/6", "X", "Lào, Nga"]),
)
rows = st.tuples(names, values, values, st.none() | values, st.none() | values, st.none() | values)
parts = st.one_of(
    st.lists(rows, min_size=1, max_size=MANY).map(lambda some: ("rows", some)),
    st.sampled_from(GROUPS).map(lambda words: ("group", words)),
    st.just(("heading", None)),
    st.just(("blank", None)),
)


@dataclass
class Form:
    """A sheet in the making, and what should be found on it."""

    left: int = 0
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple] = field(default_factory=list)
    expected: list[tuple] = field(default_factory=list)
    number: int = 0

    def put(self, *cells) -> int:
        self.number += 1
        if any(cell is not None for cell in cells):
            self.lines.append(Line(self.number, (None,) * self.left + cells))
        return self.number

    def head(self, columns, levels):
        """Headings in lines that name groups of columns above them, merged as forms have them."""
        first, lines = self.number + 1, ABOVE[3 - levels :]
        for level, names in enumerate(lines):
            lowest = level == levels - 1
            told = [names.get(one, one if lowest or level == 0 else None) for one in columns]
            if level and not lowest:
                told = [name if one in names else None for one, name in zip(columns, told, strict=True)]
            if lowest and level:
                told = [one if one in ABOVE[1] else None for one in columns]
            shown = [None if place and name in told[:place] else name for place, name in enumerate(told)]
            number = self.put(None if level else "STT", *shown)
            for name in {*names.values()}:
                under = [self.left + 1 + place for place, one in enumerate(told) if one == name]
                self.merges.append((number, under[0], number, under[-1]))
        if levels > 1:
            alone = [place for place, one in enumerate(["STT", *columns]) if one not in ABOVE[1]]
            self.merges += [(first, self.left + place, self.number, self.left + place) for place in alone]


@st.composite
def forms(draw):
    form = Form(left=draw(st.integers(0, 3)))
    columns = COLUMNS if draw(st.booleans()) else COLUMNS[:3]
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=4)):
        form.put(title)
    for _blank in range(draw(st.integers(0, 2))):
        form.put()
    levels = draw(st.integers(1, 3)) if len(columns) > 3 else 1
    form.head(columns, levels)
    if draw(st.booleans()):
        form.put(*range(1, len(columns) + 2))
    counter = 0
    for kind, what in draw(st.lists(parts, max_size=8)):
        if kind == "group":
            form.put(what)
        elif kind == "heading" and levels == 1:
            form.put("STT", *columns)
        elif kind == "blank":
            form.put()
        elif kind == "rows":
            for cells in what:
                counter += 1
                cells = (counter, *cells[: len(columns)])
                form.expected.append((form.put(*cells), cells))
    if draw(st.booleans()):
        form.put(None, "Tổng cộng", *[None] * (len(columns) - 2), draw(st.integers(1, 99)))
    for note in draw(st.lists(st.sampled_from(NOTES), max_size=2)):
        form.put(note)
    if draw(st.booleans()):
        form.put()
        for left, right in SIGNING:
            form.put(left, *[None] * (len(columns) - 1), right)
    return form


@given(forms(), st.booleans())
def test_every_row_is_found_once_with_its_number_and_cells(form, known):
    sheet = Sheet("Sheet1", lines=form.lines, merges=form.merges)
    vocabulary = {fold(one) for one in COLUMNS} if known else ()
    (table,) = find_tables(Book("xlsx", [sheet]), vocabulary)
    assert [(row.number, row.cells) for row in table.rows] == form.expected
    assert [heading.parts[-1] for heading in table.headings] == ["STT", *COLUMNS[: len(table.headings) - 1]]
    around = [one.number for one in table.skipped]
    headed = range(table.first_heading_row, table.last_heading_row + 1)
    accounted = sorted([*around, *(row.number for row in table.rows), *headed])
    above = [line.number for line in form.lines if line.number < table.first_heading_row]
    assert len(table.titles) == len(above)
    assert above + accounted == [line.number for line in form.lines]
