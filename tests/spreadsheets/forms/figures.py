"""Thống kê đoàn ra/vào theo lượt: numbers that somebody else counted, one row a unit."""

from tests.spreadsheets.grids import Formula, book, grid

from .headings import STATISTICS, closing, opening

HA_NOI = "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HÀ NỘI"
PERIOD = "Từ ngày 15/12/2018 Đến ngày 14/12/2019"

OUT = grid("""
1 | LĐLĐ quận Ba Đình | 2 | 9 | 8
2 | LĐLĐ quận Hoàn Kiếm | 2 | 9 | 9
3 | Công đoàn Viên chức thành phố | #12 | 1.909 | #40
4 | LĐLĐ huyện Sóc Sơn | 0 | 0 | 0
""")
BOOKS = {
    "thong-ke-doan-ra.xlsx": book(
        [
            *[*opening(HA_NOI, "THỐNG KÊ ĐOÀN RA THEO LƯỢT", PERIOD), STATISTICS, *OUT],
            ["Tổng cộng", None, Formula("=SUM(C7:C10)", 16), 1927, Formula("=SUM(E7:E10)", 57)],
            *closing("Hà Nội", "Nguyễn Phi Thường"),
        ],
        merged=["A3:E3", "A4:E4", "A11:B11"],
    ),
    "thong-ke-doan-vao.xls": book(
        [
            *opening(HA_NOI, "THỐNG KÊ ĐOÀN VÀO THEO LƯỢT", PERIOD),
            STATISTICS,
            *grid("""
1 | Cơ quan LĐLĐ thành phố | 5 | hơn 60 | 55
2 | LĐLĐ quận Đống Đa | năm đoàn | hai mươi | 20
3 | LĐLĐ huyện Gia Lâm | 5/7 | 12 | 12
Cộng | | 10 | 92 | 87
"""),
        ],
        merged=["A3:E3"],
    ),
}
