"""Lớp đào tạo: courses with their days, place, trainees and report."""

from tests.spreadsheets.grids import Csv, book, grid

from .headings import COURSES, closing, opening

VUIT, TITLE = "CÔNG ĐOÀN CÔNG THƯƠNG VIỆT NAM", "DANH SÁCH LỚP ĐÀO TẠO, BỒI DƯỠNG CÓ YẾU TỐ NƯỚC NGOÀI"
PERIOD = "Từ ngày 01/01/2023 Đến ngày 31/12/2023"

TAUGHT = grid("""
I | Lớp do ta tổ chức
1 | Lớp tập huấn kỹ năng thương lượng | Thương lượng, đối thoại | 18-20/7/2023 | Đồng Hới, Quảng Bình | 34 học viên | 12/BC-CĐCT ngày 02/8/2023 | 85.000.000
2 | Khóa tập huấn giảng viên cho công đoàn Lào (khóa VII, bước 2) | Phương pháp giảng dạy | tháng 10/2023 | Viêng Chăn | 02 lớp x 20 | | 5.000 USD
II | Lớp do bạn tổ chức
3 | Lớp an toàn lao động trong ngành hóa chất | An toàn, vệ sinh lao động | quý I/2023 | Trực tuyến | khoảng 50 | | ILO tài trợ
4 | Lớp trùng ngày | | 5/5/2023 – 4/5/2023 | Hà Nội | 20 | |
Cộng | | | | | 104
""")

BOOKS = {
    "lop-dao-tao.xlsx": book(
        [*opening(VUIT, TITLE, PERIOD), COURSES, *TAUGHT, *closing("Hà Nội", "Phan Văn Bản")],
        merged=["A3:H3", "A4:H4", "B7:H7", "B10:H10"],
    ),
    "lop-dao-tao.csv": book([[TITLE], [PERIOD], COURSES, *TAUGHT], csv=Csv("utf-8", "\t", "\n")),
    "lop-dao-tao-dao-cot.xls": book(
        grid("""
CÁC LỚP TẬP HUẤN NĂM 2023
Địa điểm | Học viên | Thời gian | Tên lớp | Đối tác | Kinh phí | Cỡ giày
Hà Nội | 25 | 11/4/2023 | Lớp tiếng Anh cho cán bộ đối ngoại | APHEDA | 12 triệu | 39
Huế | #30 | @2023-05-12 | Lớp bồi dưỡng kiến thức đối ngoại | | |
""")
    ),
}
