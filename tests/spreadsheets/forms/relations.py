"""Ký kết hữu nghị: pairs of places, or of unions, that became twins."""

from tests.spreadsheets.grids import book, grid

from .headings import TWINNING, closing, opening

QUANG_NAM, TITLE = "LIÊN ĐOÀN LAO ĐỘNG TỈNH QUẢNG NAM", "TÌNH HÌNH KÝ KẾT HỮU NGHỊ"

PAIRS = grid("""
Tỉnh Quảng Nam - tỉnh Sê Kông (Lào) | 12/3/2018 | Đã ký kết | Trao đổi đoàn hằng năm
Thành phố Hội An - thành phố Wernigerode (Đức) | tháng 5/2019 | Đã ký kết | Hợp tác du lịch
LĐLĐ tỉnh Quảng Nam - Liên hiệp Công đoàn tỉnh Sê Kông | 20/6/2019 | Kết nghĩa công đoàn | Hỗ trợ đào tạo cán bộ
""")

BOOKS = {
    "ky-ket-huu-nghi.xlsx": book(
        [*opening(QUANG_NAM, TITLE), TWINNING, *PAIRS, *closing("Quảng Nam", "Phan Xuân Quang")], merged=["A3:D3"]
    ),
    "ky-ket-huu-nghi.ods": book(
        [
            *opening(QUANG_NAM, TITLE),
            [one.upper() for one in TWINNING],
            *PAIRS[:2],
            *grid("Thành phố Tam Kỳ - thành phố Pakse (Lào) | 30/02/2020 | Đang đàm phán |"),
        ],
        merged=["A3:D3"],
    ),
}
