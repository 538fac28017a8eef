"""The headings of the forms, exactly as offices use them, and the lines that stand around a table."""

OUT_BY_HEAD = (
    *("STT", "TÊN TRƯỞNG ĐOÀN", "NGÀY ĐI", "NGÀY VỀ", "VĂN BẢN XIN PHÉP", "VĂN BẢN CHO PHÉP", "ĐƠN VỊ XIN PHÉP"),
    *("NƯỚC ĐẾN", "MỤC ĐÍCH", "SỐ TIỀN", "NGUỒN KINH PHÍ", "ĐƠN VỊ MỜI", "BÁO CÁO", "GHI CHÚ"),
)
IN_BY_NAME = (
    *("STT", "TÊN ĐOÀN", "TÊN TRƯỞNG ĐOÀN", "NGÀY ĐẾN", "NGÀY ĐI", "TÊN ĐOÀN VÀO", "VĂN BẢN XIN PHÉP"),
    *("VĂN BẢN CHO PHÉP", "MỤC ĐÍCH", "LĨNH VỰC", "NỘI DUNG"),
)
OUT_BY_LEVEL = (
    *("STT", "Tên đoàn", "Trưởng đoàn", "Nước đi", "Đối tác làm việc", "Nội dung hoạt động", "Số người"),
    *("Thời gian thực hiện", "Kinh phí", "Báo cáo (Số, ngày báo cáo)", "Đoàn trong KH (X)", "Ghi chú"),
)
IN_BY_LEVEL = (
    *("STT", "Tên đoàn", "Trưởng đoàn", "Đến từ nước", "Đơn vị, địa phương làm việc", "Nội dung hoạt động"),
    *("Số người", "Thời gian thực hiện", "Kinh phí", "Báo cáo (Số, ngày báo cáo)", "Đoàn trong KH (X)", "Ghi chú"),
)
AGREEMENTS = (
    *("STT", "Cơ quan, địa phương đề xuất ký", "Danh nghĩa ký", "Loại văn bản", "Tên văn bản", "Nước ký"),
    *("Tên đối tác", "Ngày ký", "Tình trạng hiệu lực", "Ngày hiệu lực", "Thời hạn hiệu lực", "Người ký"),
    *("Cấp có thẩm quyền phê duyệt", "Có ủy quyền", "Ghi chú"),
)
COURSES = (
    *("STT", "Tên lớp", "Nội dung", "Thời gian thực hiện", "Địa điểm", "Số lượng đại biểu", "Số, ngày báo cáo"),
    "Kinh phí thực hiện",
)
TWINNING = ("Tên cặp địa phương ký kết hữu nghị", "Ngày ký kết", "Tình hình ký kết", "Kết quả triển khai ký kết")
STATISTICS = ("STT", "ĐƠN VỊ", "SỐ ĐOÀN", "SỐ LƯỢT", "SỐ NGƯỜI")

# Three merged rows, of which the columns of delegates have all three.
CONFERENCES = (
    (
        *("STT", "Tên/Chủ đề hội nghị, hội thảo", "Tên cơ quan/Tổ chức nước ngoài phối hợp thực hiện"),
        *("Nội dung hoạt động", "Số lượng đại biểu", None, None, None, "Thời gian thực hiện", "Địa điểm tổ chức"),
        *("Kinh phí", "Báo cáo", "Hoạt động trong KH", "Cấp cho phép"),
    ),
    (None, None, None, None, "Người Việt Nam", "Người nước ngoài"),
    (None, None, None, None, None, "Ở trong nước", "Từ nước ngoài", "Đến từ (các nước)"),
)


def conference_merges(row: int) -> list[str]:
    """The merged cells of the three heading rows that begin in this row."""
    single = [f"{letter}{row}:{letter}{row + 2}" for letter in "ABCDIJKLMN"]
    return [*single, f"E{row}:H{row}", f"E{row + 1}:E{row + 2}", f"F{row + 1}:H{row + 1}"]


def opening(union: str, title: str, period: str = "") -> list[list[object]]:
    """The rows above a table: who reports, what, from when to when, and an empty one."""
    return [
        [union, None, None, None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [None, None, None, None, None, None, None, "Độc lập - Tự do - Hạnh phúc"],
        [title],
        [period or None],
        [],
    ]


def closing(place: str, signer: str) -> list[list[object]]:
    """The rows below a table: a note, the place and day, and who signs."""
    return [
        [],
        [None, "Ghi chú: số liệu tổng hợp từ báo cáo của các đơn vị."],
        [None, None, None, None, None, None, None, f"{place}, ngày 15 tháng 12 năm 2023"],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, None, None, "TM. BAN THƯỜNG VỤ"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, None, None, "CHỦ TỊCH"],
        [],
        [None, "Lê Thị Hồng", None, None, None, None, None, signer],
    ]
