"""Đoàn ra, the form of one province: each trip by its head, with departure and return in columns of their own."""

import unicodedata

from tests.spreadsheets.grids import Csv, Sheet, book, grid

from .headings import OUT_BY_HEAD, closing, opening

HA_TINH = "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ TĨNH"
TITLE = "DANH SÁCH ĐOÀN RA"
PERIOD = "Từ ngày 15/12/2022 Đến ngày 14/12/2023"

KHAMMOUANE, GERMANY, THAILAND, TOTAL = grid("""
#1 | Nguyễn Văn Danh | 05/03/2023 | 09/03/2023 | Số 12/TTr-LĐLĐ ngày 10/01/2023 | Số 245/QĐ-UBND ngày 20/01/2023 | LĐLĐ tỉnh | Lào | Trao đổi kinh nghiệm công tác công đoàn | 85.000.000 | NSNN | Liên hiệp Công đoàn tỉnh Khăm Muộn | 45/BC-LĐLĐ ngày 20/3/2023 |
#2 | Trần Thị Mai | 18/06/2023 | 27/06/2023 | 33/TTr-LĐLĐ, 02/5/2023 | 1021/QĐ-UBND, 15/5/2023 | LĐLĐ tỉnh | CHLB Đức | Dự hội thảo về chuyển dịch công bằng | 210.500.000 | Tài chính công đoàn | IG Metall | | Đi cùng đoàn Tổng LĐLĐ
#3 | Phạm Quốc Hùng | 12/09/2023 | | | 1870/QĐ-UBND ngày 28/8/2023 | CĐ Khu kinh tế Vũng Áng | Thái Lan | Tham dự khóa học ngắn hạn | | Phía bạn đài thọ | ILO | |
Tổng cộng | | | | | | | | | 295.500.000
""")

DATE_CELLS = grid("""
Danh sách đoàn ra năm 2021
STT | TÊN TRƯỞNG ĐOÀN | NGÀY ĐI | NGÀY VỀ | NƯỚC ĐẾN | MỤC ĐÍCH | SỐ TIỀN | NGUỒN KINH PHÍ | ĐƠN VỊ MỜI
{=ROW()-2 -> #1} | Đinh Công Sơn | @2021-10-04 | {=C3+4 -> @2021-10-08} | Nhật Bản | Làm việc với nghiệp đoàn | #120000000 | Tài chính công đoàn | JAW
{=ROW()-2 -> #2} | Đinh Công Sơn | 20/11/2021 | @2021-11-25 | Hàn Quốc | Thăm và làm việc | {=G3/2 -> #60000000} | Tự túc |
{=ROW()-2 -> #3} | Vũ Thị Hà | @2021-12-01 | 03-12-2021 | Singapore | Dự diễn đàn | 45000000 | Tài trợ |
Cộng | | | | | | {=SUM(G3:G5) -> #225000000}
""")

EVERY_MISTAKE = grid("""
#1 | Lê Văn 1 | 31/02/2023 | 15/04/2023 | | | | Lào | Trao đổi kinh nghiệm |
#2 | Lê Văn 2 | 20/05/2023 | 15/05/2023 | | | | Lào | Trao đổi kinh nghiệm |
#3 | Lê Văn 3 | 10/04/2023 | 15/04/2023 | | | | Lào - Thái Lan - ? | Trao đổi kinh nghiệm |
#4 | Lê Văn 4 | 10/04/2023 | 15/04/2023 | | | | Canbodia | Trao đổi kinh nghiệm |
#5 | Lê Văn 5 | | | | | | Lào | Trao đổi kinh nghiệm |
#6 | Lê Văn 6 | !#REF! | 15/04/2023 | | | | Wakanda | Trao đổi kinh nghiệm | mười lăm con trâu
#7 | Lê Văn 7 | 10/04/2023 | {=C13+4} | | | | Lào | Trao đổi kinh nghiệm |
#8 | Lê Văn 8 | 10/04/2023 | 15/04/2023 | | | | Lào | Trao đổi kinh nghiệm | -5.000.000
#9 | Lê Văn 9 | sau Tết | | | | | Lào | Trao đổi kinh nghiệm |
#10 | Lê Văn 10 | 10/13/2023 | 15/13/2023 | | | | Lào | Trao đổi kinh nghiệm |
#11 | Lê Văn 11 | 05/06/1823 | | | | | Lào | Trao đổi kinh nghiệm |
#12 | Lê Văn 12 | 10/04/2023 | 15/04/2023 | | | | Lào | Trao đổi kinh nghiệm |
""")

# Marks lost in the headings, columns in another order, some left out, one nobody has ever seen.
SPOILT_BY_HAND = grid("""
Danh sach doan ra nam 2022
stt | nuoc den | ten truong doan | muc dich | ngay ve | ngay di | don vi moi | Cỡ áo | ghi chu
#1 | Lào | Bùi Đức Long | Ký kết hợp tác | 17/5/2022 | 14/5/2022 | LFTU | L |
#2 | Trung Quốc | Hoàng Thị Yến | Khảo sát | 09/8/2022 | 02/8/2022 | | M | đi bằng tàu hỏa
""")

TWICE = grid("""
#4 | Phạm Quốc Hùng | 12/09/2023 | 14/09/2023 | | | | Thái Lan
#5 | Lý Thanh Tùng | 02/10/2023 | 06/10/2023 | | | | Lào | Tập huấn | | | LFTU
""")

ENGLISH = grid("""
Outbound delegations, 2022
No. | Head of delegation | Departure | Return | Country | Purpose | Inviting body | Number of people | Remarks
#1 | Dang Ngoc Tung | @2022-07-03 | @2022-07-09 | Germany | Study visit | IG Metall | #6 |
#2 | Tran Van Ly | @2022-08-14 | @2022-08-18 | Cambodia and Laos | Seminar | ILO | 4 people | by bus
#3 | Nguyen Thi Thu | 2022-09-30 | 2022-10-02 | Atlantis | Congress | | #2 |
""")


def plain(*rows):
    return [*opening(HA_TINH, TITLE, PERIOD), OUT_BY_HEAD, *rows]


def decomposed(rows):
    """As a Mac writes it: letters and marks apart, with no-break spaces and blanks at both ends."""
    return [[_decomposed(one) if isinstance(one, str) else one for one in row] for row in rows]


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", f"  {text}\u00a0".replace(" ", "\u00a0", 1))


def of_year(year: int, head: str):
    return [[f"DANH SÁCH ĐOÀN RA NĂM {year}"], OUT_BY_HEAD, *grid(f"#1 | {head} | 11/5 | 15/5 | | | | Lào | Thăm")]


PROVINCE = plain(KHAMMOUANE, GERMANY, THAILAND, TOTAL)
SIGNED = PROVINCE + closing("Hà Tĩnh", "Ngô Đình Vân")

BOOKS = {
    "doan-ra-theo-truong-doan.xlsx": book(SIGNED, merged=["A3:N3", "A4:N4", "H1:N1", "A10:I10"]),
    "doan-ra-cu.xls": book(SIGNED, merged=["A3:N3", "A4:N4"]),
    "doan-ra-excel-viet.csv": book(PROVINCE, csv=Csv("utf-8-sig", ";")),
    "doan-ra-utf8.csv": book(PROVINCE, csv=Csv("utf-8", ",", "\n")),
    "doan-ra-unicode-text.csv": book(PROVINCE, csv=Csv("utf-16", "\t")),
    "doan-ra-windows-1258.csv": book(PROVINCE, csv=Csv("cp1258", ";")),
    "doan-ra-libreoffice.ods": book(
        plain(
            KHAMMOUANE,
            *grid(
                "#2 | Trần Thị Mai | @2023-06-18 | @2023-06-27 | | | | CHLB Đức | Hội thảo | #210500000 | Tài chính công đoàn"
            ),
            *grid("#3 | Phạm Quốc Hùng | 30/02/2023 | | | | | Thái Lan | Khóa học"),
            TOTAL,
        ),
        merged=["A3:N3", "A4:N4"],
    ),
    "doan-ra-o-ngay-va-cong-thuc.xlsx": book(DATE_CELLS),
    "doan-ra-moi-loi.xlsx": book(plain(*EVERY_MISTAKE)),
    "doan-ra-khong-dau.xlsx": book(SPOILT_BY_HAND),
    "doan-ra-to-hop.xlsx": book(decomposed(plain(KHAMMOUANE, GERMANY))),
    "doan-ra-trung.xlsx": book(plain(KHAMMOUANE, GERMANY, [3, *KHAMMOUANE[1:]], *TWICE)),
    "doan-ra-hang-an.xlsx": book(
        Sheet(
            "Đoàn ra 2023",
            plain(KHAMMOUANE, GERMANY, *grid("#3 | Cao Văn Ẩn | 01/7/2023 | 40/7/2023 | | | | Lào | Làm việc")),
            hidden_rows=(8, 9),
            hidden_columns=("G",),
        ),
        Sheet("DanhMuc", grid("Nước\nLào\nThái Lan\nNguồn\nNSNN\nTự túc"), hidden=True),
    ),
    "doan-ra-ba-nam.xlsx": book(
        Sheet("2021", of_year(2021, "Mai Văn Một")),
        Sheet("2022", of_year(2022, "Mai Văn Hai")),
        Sheet("Ghi chú", grid("Người lập: Lê Thị Hồng\nĐiện thoại: 0912 345 678")),
        Sheet("2023", [*of_year(2023, "")[:2], [], *of_year(2023, "Mai Văn Ba")[2:]]),
    ),
    "doan-ra-trong.xlsx": book(plain()),
    "khong-co-bang.xlsx": book(
        grid("""
Kính gửi: Ban Đối ngoại
Trân trọng đề nghị cho biết mẫu biểu để báo cáo.

Lê Thị Hồng
""")
    ),
    "tep-rong.csv": book([[""]]),
    "doan-ra-tu-o-d9.xlsx": book(
        [
            [TITLE],
            [PERIOD],
            OUT_BY_HEAD,
            KHAMMOUANE,
            *grid("#2 | Võ Trọng Hải | 1/11/2023 | 3/13/2023 | | | | Lào | Họp"),
        ],
        at="D9",
    ),
    "outbound-in-english.xlsx": book(ENGLISH),
}
