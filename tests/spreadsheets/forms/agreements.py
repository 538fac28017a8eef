"""Thỏa thuận quốc tế: what was signed, with whom, by whom and for how long."""

from tests.spreadsheets.grids import Csv, book, grid

from .headings import AGREEMENTS, closing, opening

VGCL, TITLE = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "THỐNG KÊ THỎA THUẬN QUỐC TẾ ĐÃ KÝ KẾT"

SIGNED = grid("""
1 | Ban Đối ngoại | Tổng LĐLĐ Việt Nam | Bản ghi nhớ | Bản ghi nhớ hợp tác giai đoạn 2019 - 2023 | Lào | LFTU | 15/8/2019 | Còn hiệu lực | 15/8/2019 | 5 năm | Ông Bùi Văn Cường, Chủ tịch | Ban Bí thư | Không |
2 | Ban Đối ngoại | Tổng LĐLĐ Việt Nam | Thỏa thuận | Thỏa thuận hợp tác với ILO về quan hệ lao động | Thụy Sĩ | ILO | @2020-01-10 | Còn hiệu lực | @2020-02-01 | đến 31/12/2024 | Nguyễn Đình Khang | Đoàn Chủ tịch | X | Ký bằng hai thứ tiếng
3 | LĐLĐ thành phố Hà Nội | LĐLĐ thành phố Hà Nội | Ý định thư | Ý định thư hợp tác công đoàn thủ đô | Trung Quốc | Tổng Công đoàn thành phố Bắc Kinh | tháng 12/2018 | Hết hiệu lực | | Không thời hạn | Nguyễn Thị Tuyến | | |
Tổng cộng: 03 văn bản
""")
WRONG = grid("""
1 | Ban Đối ngoại | | Bản ghi nhớ | Bản ghi nhớ với Cuba | Cuba | CTC Cuba | 31/9/2021 | | | 3 năm
2 | Ban Đối ngoại | | Bản ghi nhớ | | Đức | IG Metall | 12/10/2021 | | | 3 năm
3 | Ban Đối ngoại | | Kế hoạch hợp tác | Kế hoạch hợp tác 2022 | Đức | IG BCE | 12/10/2021 | Còn hiệu lực | 12/13/2021 | 1 năm
4 | Ban Đối ngoại | | Chương trình hợp tác | Chương trình hợp tác 2022 - 2024 | Bỉ | ABVV Metaal | 20/10/2021 | Còn hiệu lực | 01/01/2022 | 3 năm
""")

BOOKS = {
    "thoa-thuan.xlsx": book(
        [*opening(VGCL, TITLE), AGREEMENTS, *SIGNED, *closing("Hà Nội", "Phan Văn Anh")], merged=["A3:O3", "A10:O10"]
    ),
    "thoa-thuan-loi.xlsx": book([[TITLE], [], AGREEMENTS, *WRONG]),
    "thoa-thuan.csv": book([[TITLE], AGREEMENTS, *SIGNED], csv=Csv("utf-16", ";")),
    "thoa-thuan.ods": book([*opening(VGCL, TITLE), [one.upper() for one in AGREEMENTS], *SIGNED], merged=["A3:O3"]),
}
