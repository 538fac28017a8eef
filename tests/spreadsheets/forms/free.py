"""Tables nobody prescribed: how part-time officers really type what headquarters asks for."""

from tests.spreadsheets.grids import Csv, book, grid

TWO_COLUMNS = grid("""
LĐLĐ TỈNH ĐIỆN BIÊN
Đoàn ra năm 2023

TT | Tên đoàn | Trưởng đoàn | Thời gian | | Nước | SL người
 | | | Từ ngày | Đến ngày | |
1 | Đoàn thăm Phongsaly | Lò Văn Mừng | 05/3 | 09/3 | Lào | 6
2 | Đoàn học tập Vân Nam | Quàng Thị Vân | @2023-05-10 | 14/5/2023 | Trung Quốc | 4
3 | Đoàn ngược ngày | Lò Văn Thanh | 20/6 | 18/6 | Lào | 3
""")

TWO_LINES = grid("""
DANH SÁCH ĐOÀN RA 2023
TT | Tên đoàn | Trưởng đoàn | Thời gian | Nước đến | Số người
1 | Đoàn A | Lê An | Từ 05/3/2023\\nđến 09/3/2023 | Lào | 6
2 | Đoàn B | Lê Bình | 10/5/2023\\n14/5/2023 | Lào,\\nThái Lan | 4 người
3 | Đoàn C | Lê Cường | 28/12 -\\n05/01/2024 | Lào | 3
""")

TITLES_OF_HEADS = grid("""
DANH SÁCH ĐOÀN RA NĂM 2022
TT | HỌ TÊN, CHỨC VỤ TRƯỞNG ĐOÀN | NGÀY ĐI | NGÀY VỀ | NƯỚC ĐẾN | MỤC ĐÍCH
1 | Ông Nguyễn Văn Bình, Chủ tịch LĐLĐ tỉnh | 1/3/2022 | 5/3/2022 | Lào | Thăm
2 | Đ/c Trần Thị Hoa - Phó Chủ tịch Thường trực | 2/4/2022 | 6/4/2022 | Lào | Thăm
3 | Bà Lê Thị Cúc (Trưởng ban Nữ công) | 3/5/2022 | 7/5/2022 | Lào | Thăm
""")

BY_MONTH = grid("""
THEO DÕI ĐOÀN VÀO NĂM 2023
STT | Tên đoàn | Thời gian | Đến từ | Số khách | Nội dung làm việc
Tháng 3
1 | Đoàn JAW | 05-09/3 | Nhật Bản | 5 | Chào xã giao
2 | Đoàn FES | Ngày 15.3 | Đức | 2 | Bàn kế hoạch
Tháng 4
Tháng 5
1 | Đoàn LFTU | 28-29.5 | Lào | 10 | Ký kết
Cả năm: 3 đoàn | | | | 17
""")

UNITS_IN_HEADINGS = grid("""
ĐOÀN RA NĂM 2021
STT | Tên đoàn | Nước đến | Thời gian | Kinh phí (tr.đ)
1 | Đoàn một | Lào | 1/3/2021 | 85
2 | Đoàn hai | Lào | 2/3/2021 | 120,5
3 | Đoàn ba | Lào | 3/3/2021 | #47.25
4 | Đoàn bốn | Lào | 4/3/2021 | 2.000 USD
""")

HEADINGS_AGAIN = grid("""
DANH SÁCH ĐOÀN RA NĂM 2020
STT | Tên đoàn | Nước đến | Thời gian | Số người
1 | Đoàn trang một | Lào | 1/3/2020 | 3
2 | Đoàn trang một nữa | Lào | 2/3/2020 | 3
 | | | | Trang 1/2
STT | Tên đoàn | Nước đến | Thời gian | Số người
3 | Đoàn trang hai | Lào | 30/2/2020 | 3
4 | Đoàn trang hai nữa | Lào | 4/3/2020 | 3
Tổng số | | | | 12
""")

MERGED_IN_BODY = grid("""
DANH SÁCH ĐOÀN RA NĂM 2019
Đơn vị | Tên đoàn | Nước đến | Thời gian | Số người
LĐLĐ huyện Yên Phong | Đoàn thứ nhất | Hàn Quốc | 1/3/2019 | 3
 | Đoàn thứ hai | | 5/4/2019 | 4
LĐLĐ huyện Quế Võ | Đoàn thứ ba | Lào | 6/5/2019 | 5
""")

BROKEN_HEADINGS = grid("""
BIỂU TỔNG HỢP ĐOÀN RA NĂM 2023
S\\nTT | Tên\\nđoàn | Họ tên\\ntrưởng đoàn | Nước\\nđến | Số\\nngười | T.gian\\nthực hiện | K.phí | Đ.vị mời | Ghi\\nchú
1 | Đoàn thăm Nhật | Lê An | Nhật Bản | 6 | 19/10 – 23/10 | 90 triệu | JAW | đã báo cáo
2 | Đoàn thăm Đức | Lê Bình | Đức | 4 | 8/9 đến 19/9 | 200.000.000 | IGM |
""")

NUMBERED_COLUMNS = grid("""
DANH SÁCH ĐOÀN VÀO NĂM 2022
STT | Tên đoàn | Trưởng đoàn | Đến từ nước | Số người | Thời gian thực hiện | Ghi chú
(1) | (2) | (3) | (4) | (5) | (6) | (7)
1 | Đoàn IndustriALL | Atle Hoie | Thụy Sĩ | 3 | 12/9/2022 |
2 | Đoàn ABVV-Metaal | Rohnny Champagne | Bỉ | 02 | tháng 11/2022 | chưa chốt ngày
""")

NOTES_AT_ONCE = grid("""
DANH SÁCH ĐOÀN RA NĂM 2018
STT | Tên đoàn | Trưởng đoàn | Nước đến | Ngày đi | Ngày về
1 | Đoàn dự hội nghị | Lê An | Lào | 1/3/2018 | 3/3/2018
2 | Đoàn dự tập huấn | Lê Bình | Lào | 5/3/2018 | 8/3/2018
- Số liệu trên chưa gồm các đoàn đi việc riêng.
(*) Đoàn số 2 do phía bạn mời
Nơi nhận: | | | | TM. BAN THƯỜNG VỤ
- Như trên; | | | | PHÓ CHỦ TỊCH
- Lưu: VT. | | | | Nguyễn Thị Vân Hà
""")

TOTAL_FIRST = grid("""
ĐOÀN RA NĂM 2017
STT | Đơn vị | Tên đoàn | Nước đến | Số người | Thời gian
 | TỔNG SỐ: 2 ĐOÀN | | | 7 |
I | KHỐI CƠ QUAN | | | 3 |
1 | Ban Tổ chức | Đoàn học tập | Lào | 3 | 3/4/2017
II | KHỐI DOANH NGHIỆP | | | 4 |
1 | CĐ các KCN | Đoàn khảo sát | Thái Lan | 4 | 5/6/2017
""")

NUMBERS_PREPARED = [
    *grid("DANH SÁCH ĐOÀN RA NĂM 2016\nSTT | Tên đoàn | Nước đến | Số người | Thời gian | Ghi chú"),
    *grid("#1 | Đoàn đầu năm | Lào | 3 | 5/1/2016 |\n#2 | Đoàn cuối năm | Lào | 4 | 5/12/2016 |"),
    *[[number, None, None, None, None, None] for number in range(3, 61)],
    *grid("Tổng cộng | | | {=SUM(D3:D62) -> #7}"),
]

BY_PLACE = grid("""
HỘI NGHỊ, HỘI THẢO QUỐC TẾ THAM DỰ NĂM 2022
STT | Tên hội nghị | Đơn vị tổ chức | Thời gian | Địa điểm
A | Ở TRONG NƯỚC
1 | Hội thảo quốc tế về việc làm bền vững | ILO | 3/3/2022 | Đà Nẵng
B | Ở NƯỚC NGOÀI
1 | Hội nghị Lao động quốc tế lần thứ 110 | ILO | 6 - 11/6/2022 | Geneva
""")

BOTH_WAYS = grid("""
THEO DÕI ĐOÀN RA, ĐOÀN VÀO NĂM 2019
STT | Loại đoàn | Tên đoàn | Nước | Thời gian | Số người
1 | Đoàn ra | Đoàn thăm Lào | Lào | 1/3/2019 | 6
2 | Đoàn vào | Đoàn Lào sang thăm | Lào | 5/4/2019 | 8
3 | ra | Đoàn thăm Cuba | Cuba | 6/5/2019 | 4
4 | ngang | Đoàn không rõ | Cuba | 7/5/2019 | 4
""")

NAMES_WITH_SIGNS = grid("""
ĐOÀN RA NĂM 2023
STT | Tên đoàn | Nước đến | Đối tác làm việc | Thời gian
1 | Đoàn 1 | Thụy Sĩ | Tổ chức Lao động Quốc tế (ILO) | 1/3/2023
2 | Đoàn 2 | Đức | Viện Friedrich Ebert, Đức | 2/3/2023
3 | Đoàn 3 | Đức | Công đoàn Mỏ, Hóa chất và Năng lượng Đức | 3/3/2023
4 | Đoàn 4 | Bỉ | - ABVV Metaal\\n- IndustriALL Global Union | 4/3/2023
5 | Đoàn 5 | Đức | FES và IG Metall | 5/3/2023
6 | Đoàn 6 | Lào | Lao Federation of Trade Unions; Công đoàn Xây dựng Lào | 6/3/2023
""")

BOOKS = {
    "tu-do-ngay-hai-cot.xlsx": book(TWO_COLUMNS, merged=["D4:E4", "A4:A5", "B4:B5", "C4:C5", "F4:F5", "G4:G5"]),
    "tu-do-ngay-hai-dong.xlsx": book(TWO_LINES),
    "tu-do-chuc-danh-trong-o.xlsx": book(TITLES_OF_HEADS),
    "tu-do-nhom-theo-thang.ods": book(BY_MONTH, merged=["A3:F3", "A6:F6", "A7:F7"]),
    "tu-do-don-vi-tien-o-tieu-de.xlsx": book(UNITS_IN_HEADINGS),
    "tu-do-lap-tieu-de.xlsx": book(HEADINGS_AGAIN),
    "tu-do-gop-o-trong-bang.xlsx": book(MERGED_IN_BODY, merged=["A3:A4", "C3:C4"]),
    "tu-do-xuong-dong-tieu-de.xlsx": book(BROKEN_HEADINGS),
    "tu-do-danh-so-cot.xls": book(NUMBERED_COLUMNS),
    "tu-do-ghi-chu-lien.xlsx": book(NOTES_AT_ONCE),
    "tu-do-tong-o-dau.xlsx": book(TOTAL_FIRST),
    "tu-do-danh-san-so.xlsx": book(NUMBERS_PREPARED),
    "tu-do-sep.csv": book(
        [
            ["sep=;"],
            *grid("STT | Tên đoàn | Trưởng đoàn | Nước đi | Số người | Thời gian thực hiện"),
            *grid("1 | Đoàn thăm Lào; Thái Lan | Lê An | Lào; Thái Lan | 6 | 18-20/7/2023"),
        ],
        csv=Csv("utf-8", ";"),
    ),
    "tu-do-trong-va-ngoai-nuoc.xlsx": book(BY_PLACE),
    "tu-do-loai-doan.xlsx": book(BOTH_WAYS),
    "tu-do-ten-co-dau-phay.xlsx": book(NAMES_WITH_SIGNS),
}
