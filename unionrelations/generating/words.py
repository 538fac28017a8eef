"""The words synthetic records are made of: common names, places and subjects. Nobody in particular is meant."""

FAMILY_NAMES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"),
    *("Lý", "Đinh", "Mai", "Trịnh", "Cao"),
)
MIDDLE_NAMES = ("Văn", "Thị", "Đức", "Thanh", "Minh", "Ngọc", "Quang", "Hữu", "Xuân", "Thu", "Kim", "Hồng")
GIVEN_NAMES = (
    *("An", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long"),
    *("Mai", "Nam", "Nga", "Phong", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tuấn", "Vân", "Yến"),
)
TITLES = (
    *("Chủ tịch", "Phó Chủ tịch", "Ủy viên Ban Thường vụ", "Trưởng ban", "Phó Trưởng ban", "Chuyên viên"),
    *("Phiên dịch", ""),
)
LOCALITIES = (
    *("An Giang", "Bắc Giang", "Bạc Liêu", "Bến Tre", "Bình Dương", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đồng Nai"),
    *("Gia Lai", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa", "Lạng Sơn", "Lào Cai", "Long An"),
    *("Nam Định", "Nghệ An", "Ninh Bình", "Phú Yên", "Quảng Bình", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Bình"),
    *("Thanh Hóa", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Yên Bái"),
)
INDUSTRIES = (
    *("Công Thương", "Dệt May", "Dầu khí", "Điện lực", "Cao su", "Giao thông vận tải", "Hàng hải", "Ngân hàng"),
    *("Y tế", "Giáo dục", "Than – Khoáng sản", "Thông tin và Truyền thông", "Hàng không", "Viên chức"),
)
CITIES = ("Hà Nội", "Thành phố Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế", "Nha Trang", "Quảng Ninh", "")
SUBJECTS = (
    *("an toàn, vệ sinh lao động", "thương lượng tập thể", "tiền lương tối thiểu", "việc làm bền vững"),
    *("lao động nữ", "chuỗi cung ứng toàn cầu", "chuyển đổi số", "đào tạo cán bộ công đoàn", "lao động di cư"),
    *("quan hệ lao động", "bảo hiểm xã hội", "chuyển đổi xanh", "tổ chức đoàn viên", "đối thoại tại nơi làm việc"),
)
BODIES = (
    *("Liên đoàn Lao động", "Trung tâm Công đoàn", "Công đoàn ngành Kim loại", "Công đoàn Xây dựng"),
    *("Công đoàn Dịch vụ công", "Công đoàn Vận tải", "Công đoàn Dệt may", "Viện Lao động", "Quỹ Hợp tác"),
    *("Hiệp hội Giới chủ", "Trường Công đoàn", "Công đoàn Giáo viên"),
)
BODIES_EN = (
    *("Labour Federation", "Trade Union Centre", "Metal Workers' Union", "Construction Workers' Union"),
    *("Public Services Union", "Transport Workers' Union", "Textile Workers' Union", "Labour Institute"),
    *("Cooperation Foundation", "Employers' Association", "Trade Union School", "Teachers' Union"),
)
