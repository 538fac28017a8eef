"""Hội nghị, hội thảo: three merged heading rows, in two kinds, hosted (chủ trì) and attended (tham dự)."""

from tests.spreadsheets.grids import Csv, Sheet, book, grid

from .headings import CONFERENCES, closing, conference_merges, opening

VGCL = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
HOSTED = "DANH SÁCH HỘI NGHỊ, HỘI THẢO QUỐC TẾ CHỦ TRÌ"
ATTENDED = "DANH SÁCH HỘI NGHỊ, HỘI THẢO QUỐC TẾ THAM DỰ"
PERIOD = "Từ ngày 01/01/2022 Đến ngày 31/12/2022"

OURS = grid("""
1 | Hội thảo quốc tế về tiền lương và thương lượng tập thể | ILO | Chia sẻ kinh nghiệm đàm phán lương | 80 | 5 | 12 | Đức, Nhật Bản | 18-20/7/2022 | Hà Nội | 250.000.000 | 45/BC-TLĐ ngày 01/8/2022 | X | Tổng Liên đoàn
2 | Diễn đàn công đoàn và chuyển đổi số | Viện Friedrich Ebert | | #120 | | #6 | Đức | 6 tháng đầu năm 2022 | TP Hồ Chí Minh | Phía bạn tài trợ | | | UBND tỉnh
3 | Tọa đàm về bình đẳng giới | APHEDA; IndustriALL | Nội dung chính: nhà trẻ cho con công nhân | 30 | 02 | | | 8/3/2022 | Đà Nẵng | | | x |
Cộng | | | | 230 | 7 | 18
""")
THEIRS = grid("""
1 | Đại hội Công đoàn Giáo dục quốc tế | Education International | Dự đại hội | 3 | | | | 26 - 29/6 | Bangkok, Thái Lan | 95.000.000 | | X | Tổng Liên đoàn
2 | Hội thảo quốc tế về an toàn lao động | ILO | | 2 | 4 | 20 | Lào, Campuchia | 11/10/2022 | Hà Nội | | 77/BC-CĐ ngày 20/10/2022 | |
""")
WRONG = grid("""
1 | Hội thảo A | ILO | | tám mươi lăm phẩy tư | | | | 18/7/2022 | Hà Nội
2 | Hội thảo B | FES | | 20 | | | | | Hà Nội
3 | Hội thảo C | ILO | | 20 | -1 | | Lào, Narnia | 20/7/2022 | Hà Nội
4 | Hội thảo D | ILO | | 20 | | | | quý V/2022 | Hà Nội
5 | Hội thảo E | ILO | | hơn 100 | | | Lào | quý IV/2022 | Hà Nội
""")
FLAT = grid("""
HỘI NGHỊ HỘI THẢO QUỐC TẾ DO ĐƠN VỊ CHỦ TRÌ NĂM 2021
TT | Tên hội nghị, hội thảo | Đối tác phối hợp | Đại biểu Việt Nam | Đại biểu quốc tế | Ngày tổ chức | Địa điểm
01 | Hội thảo quốc tế trực tuyến về COVID-19 và việc làm | ILO | 150 | 25 | 28-29.5 | Hà Nội (trực tuyến)
02 | Hội nghị quốc tế về lao động nữ | | 60 | | Ngày 3.4 | Huế
""")

BOOKS = {
    "hoi-nghi-chu-tri.xlsx": book(
        [*opening(VGCL, HOSTED, PERIOD), *CONFERENCES, *OURS, *closing("Hà Nội", "Phan Văn Anh")],
        merged=["A3:N3", "A4:N4", *conference_merges(6)],
    ),
    "hoi-nghi-tham-du.xlsx": book(
        [*opening(VGCL, ATTENDED, PERIOD), *CONFERENCES, *THEIRS, *closing("Hà Nội", "Phan Văn Anh")],
        merged=["A3:N3", "A4:N4", *conference_merges(6)],
    ),
    "hoi-nghi-hai-sheet.xlsx": book(
        Sheet("Chủ trì", [[PERIOD], *CONFERENCES, *OURS], merged=conference_merges(2)),
        Sheet("Tham dự", [[], [PERIOD], [], *CONFERENCES, *THEIRS], merged=conference_merges(4)),
    ),
    "hoi-nghi-chu-tri.ods": book(
        [*opening(VGCL, HOSTED, PERIOD), *CONFERENCES, *OURS], merged=["A3:N3", *conference_merges(6)]
    ),
    "hoi-nghi-loi.xls": book(
        [*opening(VGCL, HOSTED, PERIOD), *CONFERENCES, *WRONG], merged=["A3:N3", *conference_merges(6)]
    ),
    "hoi-nghi-mot-dong-tieu-de.csv": book(FLAT, csv=Csv("utf-8-sig", ";")),
}
