"""Đoàn vào, the form of one province: each delegation by its name, with arrival and departure."""

from tests.spreadsheets.grids import Csv, Sheet, book, grid

from .headings import IN_BY_NAME, closing, opening

HA_NOI = "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ HÀ NỘI"
TITLE, PERIOD = "DANH SÁCH ĐOÀN VÀO", "Từ ngày 01/01/2019 Đến ngày 31/12/2019"

GUESTS = grid("""
1 | Đoàn Tổng Công đoàn thành phố Bắc Kinh | Zhang Liang | 19/10/2019 | 23/10/2019 | Beijing Federation of Trade Unions | 88/TTr-LĐLĐ ngày 01/9/2019 | 3021/UBND-ĐN ngày 20/9/2019 | Thăm và làm việc | Công đoàn | Hội đàm về chăm lo đời sống người lao động
2 | Đoàn Liên hiệp Công đoàn thủ đô Viêng Chăn | Bounthavy Sisouk | 05/11/2019 | 07/11/2019 | Đoàn Viêng Chăn | | 3300/UBND-ĐN ngày 30/10/2019 | Trao đổi kinh nghiệm | Đào tạo | Thăm Trường Đại học Công đoàn
3 | Đoàn FES | Axel Blaschke | 02/12/2019 | | Friedrich-Ebert-Stiftung | | | Chào xã giao | Hợp tác | Bàn kế hoạch năm 2020
""")

MISTAKES = grid("""
1 | Đoàn Công đoàn Úc | Tom Brown | 15/3/2019 | 12/3/2019 | ACTU | | | Thăm | |
2 | Đoàn JAW | Tanaka Ichiro | 29/02/2019 | 03/3/2019 | JAW | | | Thăm | |
3 | Đoàn Công đoàn Hàn Quốc | Kim Min-su | | | FKTU | | | Thăm | |
4 | Đoàn ILO | Lee Chang-hee | 8/8/2019 | 9/8/2019 | ILO | | | Làm việc | |
5 | Đoàn Cuba | Jose Marti | !#N/A | 40/4/2019 | CTC | | | Thăm | |
""")

# In CSV a cell may hold line breaks, separators and quotation marks.
QUOTED = grid("""
1 | Đoàn Tổng Công đoàn\\nthành phố Bắc Kinh | Zhang Liang | 19/10/2019 | 23/10/2019 | "Beijing", FTU | | | Thăm;\\nlàm việc | Công đoàn | Hội đàm: "một vành đai", một con đường
2 | Đoàn FES | Axel Blaschke | 02/12/2019 | 32/12/2019 | FES | | | Chào xã giao | Hợp tác |
""")

BOOKS = {
    "doan-vao-theo-ten.xlsx": book(
        [*opening(HA_NOI, TITLE, PERIOD), IN_BY_NAME, *GUESTS, *closing("Hà Nội", "Nguyễn Phi Thường")],
        merged=["A3:K3", "A4:K4"],
    ),
    "doan-vao-loi.ods": book([*opening(HA_NOI, TITLE, PERIOD), IN_BY_NAME, *MISTAKES], merged=["A3:K3"]),
    "doan-vao-nhieu-dong-trong-o.csv": book([[TITLE], IN_BY_NAME, *QUOTED], csv=Csv("utf-8-sig", ",")),
    "doan-vao-cu.xls": book(
        Sheet("DOAN VAO", [*opening(HA_NOI, TITLE, PERIOD), [one.title() for one in IN_BY_NAME], *GUESTS])
    ),
    "doan-vao-tieng-anh.csv": book(
        grid("""
Inbound delegations received in 2019
Delegation | Leader | Arrival date | Departure date | Country of origin | Guests | Topics
Beijing Federation of Trade Unions delegation | Zhang Liang | 19/10/2019 | 23/10/2019 | China | 8 | welfare
Delegation of Education International | Susan Hopgood | 12/11/2019 | 14/11/2019 | Belgium, France | about 5 | education
"""),
        csv=Csv("utf-8", "\t", "\n"),
    ),
}
