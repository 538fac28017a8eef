"""Đoàn ra and đoàn vào, the form of another province: grouped by level, with all days in one column."""

from tests.spreadsheets.grids import Csv, Sheet, book, grid

from .headings import IN_BY_LEVEL, OUT_BY_LEVEL, closing, opening

BAC_NINH = "LIÊN ĐOÀN LAO ĐỘNG TỈNH BẮC NINH"
OUT, IN = "BIỂU TỔNG HỢP ĐOÀN RA", "BIỂU TỔNG HỢP ĐOÀN VÀO"
PERIOD = "Từ ngày 15/12/2018 Đến ngày 14/12/2019"

GROUPED = grid("""
I | CẤP TỈNH
A | Lãnh đạo Liên đoàn Lao động tỉnh
1 | Đoàn LĐLĐ tỉnh Bắc Ninh thăm Hàn Quốc | Nguyễn Thị Vân Hà | Hàn Quốc | Tổng Liên đoàn Lao động Hàn Quốc | Hội đàm, ký kết hợp tác | 8 | 19/10 – 23/10/2019 | 350.000.000 | 120/BC-LĐLĐ, ngày 05/11/2019 | X |
2 | Đoàn cán bộ công đoàn KCN học tập tại Thái Lan | Trần Văn Thuật | Thái Lan | ILO; FES | Học tập kinh nghiệm | gồm 6 thành viên | 18-20/7/2019 | 120 triệu đồng | | x | Kinh phí do phía bạn đài thọ một phần
B | Các ban
4 | Đoàn Ban Nữ công dự diễn đàn | Lê Thị Nga | Campuchia | Công đoàn Campuchia | Dự diễn đàn | 02 | 28-29.5 | | | | Mời trực tiếp
II | CẤP HUYỆN
5 | Đoàn LĐLĐ thị xã Từ Sơn thăm Lào | Ngô Văn Bách | Lào | Công đoàn Lào | Thăm hữu nghị | 5 người | 26/11-2/12 | 95.000.000 | | X |
Tổng cộng: 4 đoàn | | | | | | 21 | | 565.000.000
""")

EVERY_DATE = grid("""
1 | Đoàn một | A | Lào | | | 3 | 19/10 – 23/10/2019
2 | Đoàn hai | B | Lào | | | 3 | 26 - 29/6
3 | Đoàn ba | C | Lào | | | 3 | 18-20/7/2019
4 | Đoàn bốn | D | Lào | | | 3 | từ ngày 11 đến 13-11
5 | Đoàn năm | E | Lào | | | 3 | 28-29.5
6 | Đoàn sáu | F | Lào | | | 3 | 26/11-2/12
7 | Đoàn bảy | G | Lào | | | 3 | 8/9 đến 19/9/2018
8 | Đoàn tám | H | Lào | | | 3 | Ngày 3.4
9 | Đoàn chín | I | Lào | | | 3 | 07-08-2019
10 | Đoàn mười | K | Lào | | | 3 | tháng 6/2019
11 | Đoàn mười một | L | Lào | | | 3 | quý I/2019
12 | Đoàn mười hai | M | Lào | | | 3 | 6 tháng đầu năm 2019
13 | Đoàn mười ba | N | Lào | | | 3 | giai đoạn 2015 - 2018
14 | Đoàn mười bốn | O | Lào | | | 3 | @2019-05-06
15 | Đoàn mười lăm | P | Lào | | | 3 | Từ 01/4 đến 05/4/2019
16 | Đoàn mười sáu | Q | Lào | | | 3 | năm 2019
17 | Đoàn mười bảy | R | Lào | | | 3 | Tháng 9
18 | Đoàn mười tám | S | Lào | | | 3 | 30-31/6/2019
19 | Đoàn mười chín | T | Lào | | | 3 | chưa xác định
20 | Đoàn hai mươi | U | Lào | | | 3 |
""")

EVERY_NUMBER = grid("""
1 | Đoàn 1 | A | Lào | | | 02 | 1/3/2019
2 | Đoàn 2 | B | Lào | | | 1.909 | 2/3/2019
3 | Đoàn 3 | C | Lào | | | gồm 6 thành viên | 3/3/2019
4 | Đoàn 4 | D | Lào | | | 8 người | 4/3/2019
5 | Đoàn 5 | E | Lào | | | 2A và 6B (8 người) | 5/3/2019
6 | Đoàn 6 | G | Lào | | | hơn 20 | 6/3/2019
7 | Đoàn 7 | H | Lào | | | khoảng 15 người | 7/3/2019
8 | Đoàn 8 | I | Lào | | | hàng trăm | 8/3/2019
9 | Đoàn 9 | K | Lào | | | mười | 9/3/2019
10 | Đoàn 10 | L | Lào | | | ba người | 10/3/2019
11 | Đoàn 11 | M | Lào | | | #7 | 11/3/2019
12 | Đoàn 12 | N | Lào | | | #12.0 | 12/3/2019
13 | Đoàn 13 | O | Lào | | | | 13/3/2019
14 | Đoàn 14 | P | Lào | | | 2A và 6B (9 người) | 14/3/2019
15 | Đoàn 15 | Q | Lào | | | #4.5 | 15/3/2019
16 | Đoàn 16 | R | Lào | | | -3 | 16/3/2019
17 | Đoàn 17 | S | Lào | | | abc | 17/3/2019
18 | Đoàn 18 | T | Lào | | | gần 30 | 18/3/2019
""")

MONEY = grid("""
1 | Đoàn 1 | A | Lào | | | 2 | 1/3/2019 | 350.000.000
2 | Đoàn 2 | B | Lào | | | 2 | 2/3/2019 | 120 triệu đồng
3 | Đoàn 3 | C | Lào | | | 2 | 3/3/2019 | 1,2 tỷ
4 | Đoàn 4 | D | Lào | | | 2 | 4/3/2019 | 15.000 USD
5 | Đoàn 5 | E | Lào | | | 2 | 5/3/2019 | 3.500,50 EUR
6 | Đoàn 6 | G | Lào | | | 2 | 6/3/2019 | #85000000
7 | Đoàn 7 | H | Lào | | | 2 | 7/3/2019 | 45.500.000đ (NSNN)
8 | Đoàn 8 | I | Lào | | | 2 | 8/3/2019 | Tự túc
9 | Đoàn 9 | K | Lào | | | 2 | 9/3/2019 | 0
10 | Đoàn 10 | L | Lào | | | 2 | 10/3/2019 | 12,5 triệu VND
11 | Đoàn 11 | M | Lào | | | 2 | 11/3/2019 | $2,000
12 | Đoàn 12 | N | Lào | | | 2 | 12/3/2019 | 12 con trâu
""")

PLACES = grid("""
1 | Đoàn 1 | A | Lào, Thái Lan | ILO, IG Metall | | 2 | 1/3/2019
2 | Đoàn 2 | B | Lào; Canbodia | Công đoàn Lào; Công đoàn Campuchia | | 2 | 2/3/2019
3 | Đoàn 3 | C | VQ Anh - CHLB Đức | IG BCE\\nViện Friedrich Ebert | | 2 | 3/3/2019
4 | Đoàn 4 | D | Mỹ và Ca-na-đa | | | 2 | 4/3/2019
5 | Đoàn 5 | E | Nhật Bản\\nHàn Quốc | JAW | | 2 | 5/3/2019
6 | Đoàn 6 | G | TRUNG QUOC | tong cong doan thanh pho bac kinh | | 2 | 6/3/2019
7 | Đoàn 7 | H | Phần Lan, Thuỵ Điển và Na-uy | Công đoàn Kim khí Phlenđơ Bỉ | | 2 | 7/3/2019
8 | Đoàn 8 | I | Lào - Thái Lan - ? | | | 2 | 8/3/2019
9 | Đoàn 9 | K | Thái Lam | | | 2 | 9/3/2019
10 | Đoàn 10 | L | Bru-nây Darussalam | | | 2 | 10/3/2019
11 | Đoàn 11 | M | Úc - Niu Di-lân - Quần đảo Chim Én | | | 2 | 11/3/2019
""")

GUESTS = grid("""
I | CẤP TỈNH
1 | Đoàn Công đoàn Gyeonggi | Park Ji-won | Hàn Quốc | LĐLĐ tỉnh Bắc Ninh | Hội đàm | 12 | 18-20/7/2019 | 45.000.000 | 88/BC-LĐLĐ ngày 01/8/2019 | X |
2 | Đoàn Quốc tế Giáo dục | Susan Hopgood | Bỉ, Pháp | CĐ Giáo dục tỉnh | Khảo sát trường học | 4 khách | tháng 9/2019 | Tự túc | | | Đi kèm 2 phiên dịch
II | CẤP HUYỆN
3 | Đoàn hữu nghị Lào | Bounthavy | Lào | LĐLĐ thị xã Từ Sơn | Giao lưu | hơn 20 | 05/12/2019 | | | X |
Cộng | | | | | | 36
""")

FAR = grid("""
1 | Đoàn thăm Nhật Bản | Lê Văn Xa | Nhật Bản | JAW | Làm việc | 6 | 12/3/2098 - 15/3/2098 | 500 triệu | | X |
2 | Đoàn thăm Cuba | Lê Văn Gần | Cuba | | Thăm | 4 | tháng 5/2098 | | | Ngoài KH: theo thư mời đột xuất |
3 | Đoàn thăm Đức | Lê Văn Cũ | Đức | IG Metall | Thăm | 3 | quý I/2019 | | | |
""")

LONG = "Trao đổi kinh nghiệm về công tác chăm lo, bảo vệ quyền lợi người lao động; " * 60

BOOKS = {
    "doan-ra-theo-cap.xlsx": book(
        [*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *GROUPED, *closing("Bắc Ninh", "Nguyễn Thị Vân Hà")],
        merged=["A3:L3", "A4:L4", "B7:L7", "B8:L8", "B11:L11", "B13:L13", "A15:F15"],
    ),
    "doan-ra-theo-cap.ods": book(
        [*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *GROUPED, *closing("Bắc Ninh", "Nguyễn Thị Vân Hà")],
        merged=["A3:L3", "A4:L4", "B7:L7", "B8:L8", "B11:L11", "B13:L13", "A15:F15"],
    ),
    "doan-ra-moi-cach-ghi-ngay.xlsx": book([*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *EVERY_DATE]),
    "doan-ra-moi-cach-ghi-so.xlsx": book([*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *EVERY_NUMBER]),
    "doan-ra-moi-cach-ghi-tien.xlsx": book([*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *MONEY]),
    "doan-ra-nhieu-nuoc.xls": book([*opening(BAC_NINH, OUT, PERIOD), OUT_BY_LEVEL, *PLACES]),
    "doan-ra-khong-nam.csv": book(
        [["DANH SÁCH ĐOÀN RA"], OUT_BY_LEVEL, *EVERY_DATE[1:4], *EVERY_DATE[7:10]], csv=Csv("utf-8-sig", ";")
    ),
    "doan-ra-du-kien.xlsx": book([["DANH SÁCH ĐOÀN RA"], [], OUT_BY_LEVEL, *FAR]),
    "doan-ra-chu-dai.xlsx": book(
        [
            ["DANH SÁCH ĐOÀN RA NĂM 2019"],
            OUT_BY_LEVEL,
            [1, "Đoàn nói dài", "A", "Lào", None, LONG, 3, "1/3/2019", None, None, None, LONG],
            [2, "Đoàn " + "rất " * 200 + "dài", "B", "Lào", None, None, 3, "2/3/2019"],
        ]
    ),
    "doan-vao-theo-cap.xlsx": book(
        [*opening(BAC_NINH, IN, PERIOD), IN_BY_LEVEL, *GUESTS, *closing("Bắc Ninh", "Nguyễn Thị Vân Hà")],
        merged=["A3:L3", "A4:L4", "B7:L7", "B10:L10"],
    ),
    "doan-vao-theo-cap.ods": book([*opening(BAC_NINH, IN, PERIOD), IN_BY_LEVEL, *GUESTS]),
    "doan-ra-va-vao-hai-sheet.xlsx": book(
        Sheet("Đoàn ra", [[OUT], [PERIOD], OUT_BY_LEVEL, *GROUPED[2:4]]),
        Sheet("Đoàn vào", [[IN], [PERIOD], [], IN_BY_LEVEL, *GUESTS[1:3]]),
    ),
    "doan-ra-va-vao-mot-sheet.xlsx": book(
        [
            *[[BAC_NINH], ["A. ĐOÀN RA"], [PERIOD], OUT_BY_LEVEL, *GROUPED[2:4], ["Tổng cộng: 2 đoàn"], []],
            *[["B. ĐOÀN VÀO"], IN_BY_LEVEL, *GUESTS[1:3], ["Tổng cộng: 2 đoàn"], []],
            *closing("Bắc Ninh", "Nguyễn Thị Vân Hà"),
        ]
    ),
}
