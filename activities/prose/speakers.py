"""Who a sentence is about: the bodies it names, which of them acts, and whether that is a union of ours.

Never knows what they did. A ministry, a company, a partner or another country's union is somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clear import Clear
from .places import COUNTRIES
from .unions import UnionNames

OURS, HEADLESS, OTHER = "ours", "headless", "other"

_UP = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_STOP = (
    "đã|đang|sẽ|tổ|cử|đón|tiếp|có|cho|đăng|tham|dự|đạt|được|là|với|của|trong|năm|từ|phối|hợp|chủ|trì|ký|báo|nêu|chia|sang|thăm|"
    "làm|hiện|cũng|còn|vừa|tại|về|và|do|nhiệm|giai|các|gồm|theo|không|chưa|gửi|mời|tập|đào|trao|thực|triển|phát|dự|đề|nhận|giao|"
    "trực|luôn|đều|mới|chỉ|riêng|khóa|lần|cùng|để|này|ngày|tháng|quý|phấn|trình|trả|nói|hoàn|mở|cấp|nhằm|chú|cần|như|vào|đến|ra|tự|đưa|"
    "sent|received|hosted|attended|held|signed|had|has|have|organi[sz]ed|welcomed|took|took|is|was|ran|trained|worked|will|plans|and|of|said"
)
_NAME = rf"[{_UP}][\w&-]*(?: (?!(?:{_STOP})(?!\w))[a-zđà-ỹ][\w]*){{0,2}}"
_NAMES = rf"{_NAME}(?:(?:,? và| &|,)? {_NAME}){{0,6}}"
_UNION_VI = (
    rf"(?:Tổng Liên đoàn(?: Lao động| LĐ)?|Tổng LĐLĐ|TLĐ)(?: ?Việt Nam| ?VN)?"
    rf"|(?:(?:Liên đoàn|LIÊN ĐOÀN) (?:Lao động|LAO ĐỘNG|lao động)|LĐLĐ)(?: (?:tỉnh|thành phố|TP\.?|huyện|quận|"
    rf"thị xã|TỈNH|THÀNH PHỐ))? {_NAMES}"
    rf"|(?:Công đoàn|CÔNG ĐOÀN|CĐ)(?: (?:ngành|Ngành|NGÀNH|Tổng công ty|Tập đoàn|Tổng Công ty|các Khu công nghiệp|"
    rf"khối))* {_NAMES}"
)
_UNION_EN = (
    rf"(?:the )?(?:[{_UP}][\w-]+ (?:and |of )?){{1,7}}(?:Trade Unions?|Unions?|Federation of Labou?r|"
    rf"Labou?r Federation|Confederation of Labou?r|"
    rf"Federation of Trade Unions)(?! of Workers)(?: of (?:[{_UP}][\w-]+ ?)+)?(?<! )"
)
_OTHER_VI = (
    rf"(?:Bộ|Sở|Vụ|Cục|UBND|Ủy ban|Uỷ ban|HĐND|Hội|Hiệp hội|Tập đoàn|Công ty|Tổng công ty|Tổng Công ty|Ngân hàng|"
    rf"Trường|Đại học|Học viện|Viện|"
    rf"Đại sứ quán|Tổng lãnh sự|Mặt trận|Đoàn Thanh niên|Đoàn TNCS|Thành đoàn|Tỉnh đoàn|Quỹ|Liên hiệp|Liên minh|"
    rf"Quốc hội|Chính phủ|Sở Du lịch|"
    rf"Bệnh viện|Tổ chức|Tỉnh|Thành phố) {_NAMES}|(?:Công an|Hải quan|Quân khu|Bộ đội|Tòa án|"
    rf"Viện kiểm sát|Báo|Đài|"
    rf"Nhà máy|Khách sạn|"
    rf"Bảo tàng|Trung tâm|Chi cục|Huyện|Quận|Xã|Phường)(?: (?:tỉnh|thành phố|huyện))?(?: {_NAMES})?(?!\w)|"
    rf"(?:Ban Đối ngoại Trung ương|Văn phòng Quốc hội|VCCI|ILO|FES|UNDP|"
    rf"UBND|Quốc hội|Chính phủ)(?!\w)"
)
_OTHER_EN = (
    r"(?:the )?(?:Ministry|Department|Embassy|University|Association|Chamber|Company|Corporation|Government|"
    r"National Assembly|Women's Union|"
    r"Youth Union|Farmers' Union|People's Committee|Institute)(?: of (?:the )?[A-Z][\w' -]+)?"
)
MENTION = re.compile(
    rf"(?<!\w)(?:(?P<union>{_UNION_VI}|{_UNION_EN})|(?P<other>{_OTHER_VI}|(?:[{_UP}][\w-]+ ){{0,4}}{_OTHER_EN}))"
)
HEADLESS_WORDS = re.compile(
    r"(?<!\w)(?:công đoàn ngành|toàn ngành|toàn tỉnh|toàn thành phố|toàn hệ thống|các cấp công đoàn|"
    r"công đoàn các cấp|tổ chức công đoàn|"
    r"công đoàn tỉnh|liên đoàn lao động tỉnh|lđlđ tỉnh|lđlđ thành phố|liên đoàn(?! lao động)|đơn vị|chúng tôi|ta|"
    r"cơ quan|công đoàn(?= (?:đã|cử|đón|tổ chức|tiếp|đăng cai|có))|"
    r"ban đối ngoại|the union|our union|the federation|the confederation|unions at all levels|"
    r"trade unions at all levels|we|it)(?!\w)"
)
OTHER_WORDS = re.compile(
    r"(?<!\w)(?:(?<!cán )bộ|sở|ủy ban nhân dân tỉnh|ubnd tỉnh|tỉnh|thành phố|tập đoàn|công ty|doanh nghiệp|"
    r"nhà trường|ngành du lịch|"
    r"đoàn thanh niên|đại sứ quán|phía bạn|công đoàn bạn|the ministry|the company|the province|the city|"
    r"the government|"
    r"the association|the university|tourism)(?= (?:\w+ ){0,2}?(?:đã|cử|đón|tiếp|có|tổ chức|ký|sẽ|sent|received|"
    r"welcomed|hosted|has|had|signed|organi[sz]ed)(?!\w))"
)
OPENS = re.compile(r"(?:^|[,;:.(\"] ?|\b(?:rằng|khi|mà|nếu|vì|that|while|and|but) )$")
# A name after these is whose, with whom or where, and does not act.
OBLIQUE = re.compile(
    r"(?:\b(?:của|với|cùng|do|bởi|cho|từ|tại|về|đến|sang|tới|thăm|và|theo|mời|đón|(?<!liên )tiếp|gặp|giữa|chủ tịch|"
    r"phó chủ tịch(?: thường trực)?|đại diện|"
    r"lãnh đạo|đồng chí|trưởng ban|ban chấp hành|ban thường vụ|cán bộ|đoàn viên|đoàn|of|with|by|from|to|at|in|and|"
    r"between|for|president|vice president|"
    r"chairman|leaders|visited|received|hosted|welcomed|met|invited)|[&/(\[]) ?(?:the )?$"
)
# Of these, the body that reports: what follows is about it where nobody else acts.
REPORTS = re.compile(
    r"\b(?:báo cáo|theo|kết quả|tình hình|hoạt động|số liệu|thống kê|công tác|chủ tịch|"
    r"phó chủ tịch(?: thường trực)?|đại diện|lãnh đạo|số đoàn ra|số đoàn vào|"
    r"đoàn (?:ra|vào)|report|figures|results|president|representative|activities|affairs|work)"
    r"(?: (?:đối ngoại|tổng kết|sơ kết|năm|nhiệm kỳ|\d{4}|công tác|hợp tác quốc tế|của|of|for|by|the|from))* $|"
    r"\b(?:according to|theo) (?:the )?$|\($"
)
FOREIGN_NAME = re.compile(
    r"\b(?:quốc tế|toàn cầu|thế giới|các nước|liên hiệp công đoàn|tổng công đoàn|beijing|lao |international|global|"
    r"world|bắc kinh|guangxi)\b"
)
ABROAD_AFTER = re.compile(r" (?:quốc tế|các nước|thế giới|toàn cầu|khu vực|nước|cơ sở|bạn|cấp|huyện|quận)(?!\w)")


@dataclass(frozen=True)
class Mention:
    """A body named in a sentence. `code` is set where it is certainly that union; `acts` where it stands as subject."""

    start: int
    end: int
    kind: str
    acts: bool
    reports: bool = False
    code: str | None = None
    words: str = ""


def mentions(clear: Clear, start: int, end: int, names: UnionNames) -> list[Mention]:
    """The bodies named between two places, in their order."""
    found = [
        Mention(one.start, one.end, OURS, *_part(clear, start, one.start), one.code)
        for one in (_widened(clear, one, start) for one in names.found_in(clear.cased, start, end))
        if _is_certain(clear, one.start, one.end)
    ]
    found += [_read(clear, start, one) for one in MENTION.finditer(clear.cased, start, end)]
    for pattern, kind in ((HEADLESS_WORDS, HEADLESS), (OTHER_WORDS, OTHER)):
        for one in pattern.finditer(clear.text, start, end):
            if kind == OTHER and not OPENS.search(clear.text[start : one.start()]):
                continue
            found.append(Mention(one.start(), one.end(), kind, *_part(clear, start, one.start())))
    return _apart(found)


def _widened(clear: Clear, one, start: int):
    """A name with the "Vietnam" that stands before it."""
    before = clear.text[max(start, one.start - 8) : one.start]
    return type(one)(one.code, one.start - 8, one.end) if before == "vietnam " else one


def _read(clear: Clear, start: int, found: re.Match) -> Mention:
    words = clear.text[found.start() : found.end()]
    kind = OTHER if found["other"] else OURS
    if kind == OURS and (
        FOREIGN_NAME.search(words + " ") or COUNTRIES.search(clear.text, found.start(), found.end() + 0)
    ):
        kind = OTHER
    if kind == OURS and ABROAD_AFTER.match(clear.text, found.end()):
        kind = OTHER
    return Mention(found.start(), found.end(), kind, *_part(clear, start, found.start()))


def _part(clear: Clear, start: int, place: int) -> tuple[bool, bool]:
    """Whether a name at this place acts, and whether it is the one that reports."""
    before = clear.text[max(start, place - 60) : place]
    return OBLIQUE.search(before) is None, REPORTS.search(before) is not None


def _is_certain(clear: Clear, start: int, end: int) -> bool:
    """Whether a name does not go on to be that of somebody else, such as the education union of another country."""
    if ABROAD_AFTER.match(clear.text, end):
        return False
    after = clear.cased[end : end + 24]
    if re.match(rf" [{_UP}]", after) and not re.search(
        r"(?:nam|vn|\b[A-Z]{2,})$", clear.text[start:end], re.IGNORECASE
    ):
        return COUNTRIES.match(clear.text, end + 1) is None
    return True


def _apart(found: list[Mention]) -> list[Mention]:
    """Of names that overlap the certain one, else the one that begins first, else the longest."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.code is None, one.start, -one.end)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
