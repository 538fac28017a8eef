"""Plain lists of what else the house holds, as an office would type them, and shapes of the house's own files."""

from tests.spreadsheets.grids import Csv, book, grid

BOOKS = {
    "doi-tac.xlsx": book(
        grid("""
DANH SÁCH ĐỐI TÁC NƯỚC NGOÀI
(cập nhật đến ngày 31/12/2023)

STT | Tên đối tác | Tên tiếng Anh | Tên viết tắt | Loại tổ chức | Nước | Giấy phép hết hạn ngày | Ghi chú
1 | Tổng Công đoàn toàn quốc Trung Quốc | All-China Federation of Trade Unions | ACFTU | trung tâm công đoàn quốc gia | Trung Quốc | |
2 | Tổ chức Cứu trợ Trẻ em | Save the Children | SC | tổ chức phi chính phủ | VQ Anh | 30/6/2025 | Văn phòng tại Hà Nội
3 | Công đoàn Kim khí Đức | IG Metall | IG Metall | Công đoàn ngành | Đức | |
4 | Liên minh Công đoàn Sao Hỏa | | MTU | câu lạc bộ bóng đá | Sao Hỏa | 31/6/2025 |
5 | | Nameless | NN | công đoàn ngành | Lào | |
""")
    ),
    "can-bo.csv": book(
        grid("""
Danh sách cán bộ làm công tác đối ngoại
STT | Họ và tên | Chức danh | Đơn vị | Chuyên trách | Ngoại ngữ
1 | Nguyễn Thị Lan | Chuyên viên Ban Đối ngoại | Ban Đối ngoại | x | tiếng Anh
2 | PHẠM VĂN NAM | Phó Trưởng ban | Ban Tổ chức | Kiêm nhiệm |
3 | | Chuyên viên | | |
"""),
        csv=Csv("utf-8-sig", ";"),
    ),
    "ke-hoach.xlsx": book(
        grid("""
Tên kế hoạch | Từ ngày | Đến ngày | Đơn vị thường trực
Kế hoạch đối ngoại năm 2022 | 01/01/2022 | 31/12/2022 | Ban Đối ngoại
Kế hoạch đối ngoại năm 2023 | @2023-01-01 | @2023-12-31 | Ban Đối ngoại
Kế hoạch lộn ngược | 31/12/2024 | 01/01/2024 |
""")
    ),
    "don-vi.ods": book(
        grid("""
Mã | Tên đơn vị | Tên tiếng Anh | Tên ngắn | Loại | Công đoàn cấp trên | Hoạt động từ ngày
dau-khi | Công đoàn Dầu khí Việt Nam | Vietnam Petroleum Union | CĐ Dầu khí | công đoàn ngành trung ương | Tổng Liên đoàn Lao động Việt Nam | 16/11/1990
thanh-hoa | Liên đoàn Lao động tỉnh Thanh Hóa | | LĐLĐ Thanh Hóa | liên đoàn lao động tỉnh, thành phố | TLĐ |
Sai Mã | Công đoàn có mã sai | | | công đoàn cơ sở | TLĐ |
""")
    ),
    "nhiem-ky.xlsx": book(
        grid("""
CÁC NHIỆM KỲ
Tên | Đại hội | Ngày đầu | Ngày cuối
2013-2018 | Đại hội IV Công đoàn Công Thương Việt Nam | 12/6/2013 | 20/5/2018
2018-2023 | Đại hội V | 21/5/2018 | 11/7/2023
lần thứ VI | Đại hội VI | 12/7/2023 | hôm sau
""")
    ),
    "tai-lieu.xlsx": book(
        grid("""
Mã | Tên tài liệu | Loại tài liệu | Nơi công bố | Ngày công bố | Ngôn ngữ
bc-2022 | Báo cáo công tác đối ngoại năm 2022 | báo cáo | Công đoàn Giáo dục Việt Nam | 20/12/2022 | tiếng Việt
bai-2023 | Công đoàn Giáo dục hội nhập | bài báo | Báo Lao Động | 5/5/2023 | tiếng Việt
bai-loi | Bài không rõ ngày | bài báo | Báo Lao Động | ngày 40/5/2023 | tiếng Việt
""")
    ),
    "de-xuat.xlsx": book(
        grid("""
TỔNG HỢP ĐỀ XUẤT, KIẾN NGHỊ
STT | Nội dung đề xuất | Người phát biểu | Tài liệu nguồn | Vị trí trong tài liệu
1 | Tăng kinh phí cho công tác đối ngoại | Nguyễn Ngọc Ân | Four Suggestions For Trade Union Foreign Affairs in 2023-2028 | đoạn 20
2 | Mở lớp ngoại ngữ cho cán bộ công đoàn | Đỗ Tiến Dũng | Four Suggestions For Trade Union Foreign Affairs in 2023-2028 | đoạn 21
3 | | Ẩn danh | Four Suggestions For Trade Union Foreign Affairs in 2023-2028 | đoạn 22
""")
    ),
    "nuoc.csv": book(
        grid("""
Nước | Tên tiếng Anh | Mã ISO | Khu vực
Lào | Laos | LA | ASEAN
Nhật Bản | Japan | JP | Đông Á
Kosovo | Kosovo | XK | châu Âu
Xứ Thần Tiên | Fairyland | 123 | châu Âu
"""),
        csv=Csv("utf-8-sig", ","),
    ),
    "xuat-tu-danh-sach-doan.csv": book(
        grid("""
Hoạt động | Công đoàn | Đối tác | Nước | Thời gian | Số người | Tình trạng
Đoàn Công đoàn Công Thương Việt Nam thăm Lào và hỗ trợ tập huấn | CĐ Công Thương | LFTU | Lào | 6/2022 | | đã diễn ra
Đoàn IndustriALL thăm Công đoàn Công Thương Việt Nam | CĐ Công Thương | IndustriALL | Việt Nam | 6 tháng đầu năm 2023 | | đã diễn ra
Đoàn Công đoàn Hiệp hội ô tô Nhật Bản (JAW) thăm và làm việc tại Việt Nam | CĐ Công Thương | JAW | Nhật Bản; Việt Nam | 6 tháng đầu năm 2023 | 14 | đã diễn ra
"""),
        csv=Csv("utf-8-sig", ","),
    ),
}
