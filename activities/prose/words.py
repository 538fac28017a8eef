"""The field's words: what is counted, what is done, and what says whose, where, when or how surely. Patterns alone.

All of them read even text (`clear.py`): lower case, one blank between words, tones set one way.
"""

from __future__ import annotations

import re


def _whole(words: str) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


# --- What is counted. Each pattern is tried right after a number.

_GATHERING = (
    r"hội nghị(?: - hội thảo)?|hội thảo|diễn đàn|tọa đàm|cuộc họp|khóa họp|kỳ họp|phiên họp|cuộc hội thảo|"
    r"cuộc hội nghị|sự kiện|hội nghị chuyên đề"
)
_BESIDE = rf"{_GATHERING}|(?:lớp |khóa )?tập huấn|đào tạo|hội thao|đại hội|hoạt động"
_GATHERING_EN = r"conferences?|workshops?|seminars?|forums?|fora|symposi(?:um|a)|events?|congresses|round ?tables?"
_KIND_EN = (
    r"(?:(?:international|regional|global|foreign|overseas|outbound|outgoing|inbound|incoming|visiting|bilateral|"
    r"multilateral|high-level|official|"
    r"working|trade union|trade-union|union|online|virtual|new|joint|training|basic|advanced|short-term|short|"
    r"cooperation|foreign-partner|"
    r"different|separate|major|business|in-person|external|in-country|domestic|labou?r|distinct) )*"
)
_AND = r"(?:,| và| hoặc| ?/| -| cùng|, và| and|, and| or| &)"

DELEGATION = "delegation"
PEOPLE = "people"
GUESTS = "guests"
CONFERENCE = "conference"
MEETING = "meeting"
COURSE = "course"
TRAINEES = "trainees"
CERTIFICATES = "certificates"
AGREEMENT = "agreement"
PARTNERS = "partners"
COUNTRIES = "countries"
ACTIVITIES = "activities"
ONLINE = "online"

NOUNS: tuple[tuple[str, re.Pattern], ...] = tuple(
    (kind, re.compile(rf" ?(?:{words})(?!\w)"))
    for kind, words in (
        (ONLINE, r"of (?:them|these|which|those)|(?:were|was)(?: held)? online"),
        (
            DELEGATION,
            r"(?:lượt )?(?:đoàn đoàn|đoàn)(?! (?:viên|kết|thể|chủ tịch|thanh niên|tncs|phí|tàu|xe|quân|trường|hội|"
            r"luật sư|kinh tế|nghệ thuật|văn công))"
            r"(?: ra(?! (?:mắt|đời|quân|khơi|đi))| vào|(?: (?:đại biểu|công tác|cán bộ|khách|lãnh đạo|cấp cao|"
            r"chuyên gia|chuyên viên|quốc tế|nước ngoài|công đoàn))*)"
            rf"|{_KIND_EN}(?:delegations?|missions?)(?: abroad| overseas)?",
        ),
        (
            GUESTS,
            r"(?:lượt )?(?:vị )?(?:khách(?: mời)?(?: quốc tế| nước ngoài| nước bạn)?|đại biểu (?:quốc tế|"
            r"nước ngoài)|chuyên gia (?:quốc tế|nước ngoài))"
            r"|(?:international|foreign|overseas)? ?(?:guests?|visitors?)",
        ),
        (TRAINEES, r"(?:lượt )?học viên|trainees?|learners?|students?"),
        (
            PEOPLE,
            r"lượt(?! đoàn| khách| học viên| hội| tiếp| đối| truy| xem)(?: (?:người|cán bộ|đại biểu|công chức|"
            r"đoàn viên))?(?:, (?:công chức|đoàn viên))*"
            r"|(?:cán bộ|người|đại biểu|thành viên|đồng chí|chuyên viên)(?!\w)"
            rf"|{_KIND_EN}(?:person-trips?|person trips?|officials?|officers?|people|persons?|individuals?|"
            rf"participants?|members|delegates?|cadres?|staff|representatives|trips?)",
        ),
        (
            COURSE,
            r"(?:lớp|khóa)(?: học)?(?: (?:đào tạo|tập huấn|bồi dưỡng|huấn luyện|nâng cao|cơ bản|ngắn hạn|chuyên sâu|"
            r"giảng viên|kỹ năng|nghiệp vụ|ngoại ngữ|tiếng \w+))"
            r"(?:(?:,| và| -) (?:đào tạo|tập huấn|bồi dưỡng|huấn luyện))*"
            r"|(?:đợt|cuộc|đợt|chương trình) (?:tập huấn|đào tạo|bồi dưỡng)(?:, (?:tập huấn|đào tạo|bồi dưỡng))*|"
            r"lớp|khóa(?= (?:cho|với|về))"
            rf"|{_KIND_EN}(?:(?:training )?(?:courses?|classes|trainings)|"
            rf"training sessions?)(?: and (?:training )?(?:courses?|classes))?",
        ),
        (
            CONFERENCE,
            rf"(?:cuộc |lượt )?(?:{_GATHERING})(?:{_AND} (?:cuộc )?(?:{_BESIDE}))*(?: (?:quốc tế|khu vực|chuyên đề))*"
            r"(?: (?:ở |tại )?(?:ngoài nước|nước ngoài|trong nước))?"
            rf"|{_KIND_EN}(?:{_GATHERING_EN})(?:{_AND} {_KIND_EN}(?:{_GATHERING_EN}|training courses|"
            rf"trainings))*(?: abroad| overseas| in the country| at home)?",
        ),
        (
            MEETING,
            r"(?:cuộc|buổi|lượt) (?:hội đàm|tiếp xã giao|chào xã giao|đối thoại|gặp gỡ|gặp|tiếp xúc|làm việc|"
            r"hội kiến|tiếp|trao đổi)"
            r"(?:(?:,| và| -|/) (?:cuộc |buổi )?(?:hội đàm|tiếp xã giao|chào xã giao|đối thoại|gặp gỡ|gặp|tiếp xúc|"
            r"làm việc|hội kiến|trao đổi|xã giao))*"
            r"|hội đàm"
            rf"|(?:rounds? of )?{_KIND_EN}(?:talks|courtesy calls?|dialogues?|"
            rf"meetings?)(?:{_AND} {_KIND_EN}(?:talks|courtesy calls?|courtesy call|dialogues?|dialogue|meetings?))*",
        ),
        (
            AGREEMENT,
            r"(?:bản |văn bản |văn kiện |biên bản )?(?:thỏa thuận|ghi nhớ|ý định thư|bản ghi nhớ|biên bản ghi nhớ|"
            r"chương trình hợp tác|kế hoạch hợp tác|"
            r"văn bản hợp tác|văn kiện hợp tác|biên bản hợp tác|biên bản hội đàm|tuyên bố chung|thông cáo chung|"
            r"hợp tác)"
            r"(?:(?:,| và|/) (?:bản |biên bản |văn bản )?(?:thỏa thuận|ghi nhớ|ý định thư|chương trình|kế hoạch|"
            r"tuyên bố chung|biên bản))*(?: (?:hợp tác|quốc tế|song phương))*"
            rf"|{_KIND_EN}(?:agreements?|memorand(?:a|ums?) of (?:understanding|cooperation)|mous?|"
            rf"letters? of intent|joint statements?)",
        ),
        (CERTIFICATES, r"(?:giấy )?chứng (?:chỉ|nhận)|certificates?"),
        (
            PARTNERS,
            rf"(?:tổ chức )?đối tác|tổ chức(?= (?:công đoàn|quốc tế|phi chính phủ))|{_KIND_EN}(?:partners?|"
            rf"partner organi[sz]ations?)",
        ),
        (
            COUNTRIES,
            r"(?:nước|quốc gia)(?: (?:và|,) (?:vùng lãnh thổ|quốc gia))?(?! ngoài)|countr(?:y|"
            r"ies)(?: and territories)?",
        ),
        (
            ACTIVITIES,
            r"(?:lượt )?hoạt động(?: (?:đối ngoại|hợp tác quốc tế|quốc tế|giao lưu quốc tế))?"
            r"|(?:international|external|foreign|foreign-affairs|external-affairs|total)? ?(?:affairs |relations |"
            r"cooperation )?activit(?:y|ies)",
        ),
    )
)

# --- What is done

VERBS: tuple[tuple[str, str], ...] = (
    ("host", r"đăng cai(?: tổ chức)?|chủ trì(?: tổ chức)?|đồng chủ trì|hosted|hosts?|hosting|co-hosted|chaired"),
    (
        "send",
        r"(?<!bầu )(?<!đề )(?<!ứng )cử(?! tri| chỉ| nhân)(?: đi)?|điều động|sent|send|sends|sending|"
        r"dispatch(?:ed|es|ing)?|went|travelled|made",
    ),
    (
        "receive",
        r"đón(?: tiếp)?|(?<!trực )(?<!gián )tiếp(?! tục| theo| cận| thu| nối| xúc| xã giao| đến|"
        r" diễn)(?: đón| nhận)?|đón nhận|"
        r"received|receives?|receiving|welcomed|welcomes?|welcoming",
    ),
    ("call", r"tiếp xã giao|chào xã giao|paid courtesy calls? on"),
    (
        "attend",
        r"(?:tham )?dự(?! kiến| án| toán| thảo| báo| phòng| tính| thi)|tham gia|attended|attends?|attending|"
        r"took part in|takes? part in|participated in|joined",
    ),
    ("train", r"đào tạo|tập huấn|bồi dưỡng|mở|trained|training|train"),
    ("give", r"(?:trao|cấp|phát)(?: (?:giấy |bằng ))?|awarded|issued|gave|given|granted|presented"),
    ("sign", r"(?:đã )?ký(?: kết)?(?! niệm| túc| ức)|signed|signs?|signing|concluded|concludes?"),
    (
        "work",
        r"(?:có )?quan hệ làm việc|làm việc|hợp tác(?! quốc tế)|phối hợp|gặp gỡ|kết nối|worked with|"
        r"cooperated with|working relations|works? with|cooperates? with",
    ),
    (
        "hold",
        r"tổ chức(?! (?:công đoàn|quốc tế|phi|lao động|liên|thành viên|đối tác|của|đảng|chính))|ran|runs|"
        r"running|delivered|offered|opened|thực hiện|tiến hành|triển khai|organi[sz](?:ed|es?|ing)|held|"
        r"holds?|conducted|arranged",
    ),
    ("have", r"có|had|has|have|there (?:were|was)|gồm|đạt"),
)
VERB = re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{words})(?!\w))" for name, words in VERBS))

# --- What says where

OUT_TAIL = re.compile(
    r"\b(?:ra|đi|sang|tới|đến|công tác|học tập|khảo sát|làm việc|thăm|ở|tại)(?: \w+){0,6} (?:nước ngoài|ngoài nước|"
    r"các nước)\b|công tác (?:nước ngoài|ngoài nước)"
    r"|\b(?:abroad|overseas|to foreign countries|to other countries|outbound|outgoing)\b"
)
IN_TAIL = re.compile(
    r"^[\w ]{0,30}\b(?:khách|quốc tế|nước ngoài)\b|\b(?:đến từ|từ các nước|từ nước ngoài|của (?:các )?(?:nước|"
    r"đối tác|tổ chức quốc tế|công đoàn các nước|công đoàn (?:nước )?bạn))\b|"
    r"\b(?:đến|sang|vào)(?: thăm)?(?:,| và)?(?: làm việc)?(?: tại| với)? (?:việt nam|công đoàn)\b|\b(?:foreign|"
    r"inbound|incoming|visiting|from abroad|from overseas|from foreign|from partner)\b"
)
AT_HOME = re.compile(
    r"\b(?:đi cơ sở|xuống cơ sở|về cơ sở|cơ sở|kiểm tra|giám sát|thanh tra|trong nước|tại các địa phương|"
    r"các tỉnh(?:,| và)? thành|trong tỉnh|cấp tỉnh|công nhân|thăm hỏi|viếng|"
    r"xe|tình nguyện|hành hương|về nguồn|bộ đội|trường sa|các doanh nghiệp|địa phương|các đơn vị|thăm,? tặng quà|"
    r"tặng quà|grassroots|domestic|within the country|"
    r"inspection|provincial|các huyện|các bộ|trung ương đến)\b"
)
IS_ABROAD = re.compile(
    r"\b(?:ngoài nước|nước ngoài|tại các nước|ở các nước|abroad|overseas|outside (?:the country|"
    r"vietnam))\b"
)
IS_HOME = re.compile(
    r"\b(?:trong nước|tại việt nam|ở việt nam|in the country|in vietnam|at home|in-country|"
    r"domestic|within vietnam|inside the country|locally)\b"
)
IS_INTERNATIONAL = re.compile(
    r"\b(?:quốc tế|international|global|với (?:các )?(?:đối tác|tổ chức|chuyên gia|công đoàn) (?:nước ngoài|quốc tế|"
    r"các nước)|ilo|industriall|fes|apheda|asean|"
    r"regional|foreign partners?|khu vực)\b"
)
IS_ONLINE = re.compile(r"\b(?:trực tuyến|online|virtual(?:ly)?)\b")

# --- What says how it is meant

SUBSET = re.compile(
    r"\b(?:trong (?:số )?(?:đó|này)|trong tổng số đó|tính riêng|riêng|bao gồm cả|kể cả|of (?:which|these|them|"
    r"those)|including|among (?:them|these|which))\b"
)
PLANNED = re.compile(
    r"\b(?:dự kiến|phấn đấu|sẽ|mục tiêu|(?<!vượt )(?<!đạt )chỉ tiêu|kế hoạch(?! đã)|phương hướng|"
    r"nhiệm vụ(?: trọng tâm)?|định hướng|dự định|đề xuất|đề nghị|xin phép|chủ trương|"
    r"sắp tới|chuẩn bị|will|plans?(?! for)|planned|planning|targets?|targeted|aims?|intends?|expects?|expected|"
    r"is to|are to|would|shall|scheduled|proposes?|hopes?|programme for)\b"
)
NOT_PLANNED = re.compile(
    r"\b(?:thực hiện (?:theo )?(?:đúng )?kế hoạch|theo đúng kế hoạch|so với kế hoạch|"
    r"hoàn thành (?:vượt mức )?(?:kế hoạch|chỉ tiêu|nhiệm vụ|mục tiêu)|vượt (?:kế hoạch|chỉ tiêu)|"
    r"ngoài kế hoạch|trong kế hoạch|thực hiện (?:tốt )?(?:nhiệm vụ|mục tiêu|chủ trương|chỉ tiêu)|kế hoạch hợp tác|"
    r"according to plan|as planned|\d+% (?:kế hoạch|chỉ tiêu)|of the plan|under the plan|xây dựng kế hoạch"
    r"|chủ trương,? đường lối|thực hiện (?:các )?kế hoạch|triển khai kế hoạch)\b"
)
DONE = re.compile(r"\b(?:đã|were|was|have been|has been|received|hosted|organi[sz]ed|kết quả|thực hiện được)\b")
LIMIT = re.compile(
    r"\b(?:không quá|tối đa|tối thiểu|không (?:được )?vượt(?: quá)?|không được quá|không nhiều hơn|at most|"
    r"no more than|not (?:to )?exceed(?:ing)?|up to(?= \d)|maximum(?: of)?|minimum(?: of)?|"
    r"limited to|định mức|hạn mức)\b[\w ]{0,40}$|\b(?:mỗi(?! hoạt động tính)|bình quân|trung bình|"
    r"each(?! activity counted)|every|on average|an average of|per)\b"
)
LIMIT_AFTER = re.compile(
    r"^[\w ]{0,24}?(?:/ ?(?:năm|đoàn|người|lần|lượt|tháng|year|delegation)|\b(?:mỗi năm|"
    r"một năm|hằng năm|hàng năm|per (?:year|delegation)|a year|each year|every year|annually)\b|"
    r"trở lên|or more|trở xuống)"
)
COMPARED_BEFORE = re.compile(
    r"\b(?:tăng(?: thêm)?|giảm|nhiều hơn|ít hơn|hơn|kém|vượt|gấp|thiếu|cao hơn|thấp hơn|so với [^,;]{0,40}|"
    r"bằng|up|down|rose by|fell by|increased by|decreased by|an increase of|"
    r"a decrease of|more than last year by|compared (?:with|to)[^,;]{0,40}|up from|down from|tăng từ|giảm từ|lên|"
    r"lên thành|thay vì|instead of|versus|than) $"
)
COMPARED_AFTER = re.compile(
    r"^(?:[\w ]{0,30})(?:\((?:tăng|giảm))?\b(?:so với|nhiều hơn|ít hơn|hơn (?:cùng kỳ|năm)|more than (?:the|last|"
    r"in)|fewer than (?:the|last|in)|compared (?:to|with))\b"
)
TIMES_AFTER = re.compile(
    r"^ (?:lần|times|fold|%|phần trăm|tuổi|km|cây số|ngày|tháng|năm|giờ|phút|hours?|days?|"
    r"years?|months?|weeks?|tuần|buổi)\b"
)
NONE_IS_KNOWN = re.compile(
    r"^(?:chưa rõ|chưa có số liệu|không rõ|not known|unknown|dated too loosely|ghi ngày|ghi thời gian|"
    r"không đủ căn cứ|vì ngày|ngày ghi|không thể xác định)"
)
STOCK = re.compile(
    r"\b(?:hiện (?:nay |đang |tại )?(?:có|duy trì|giữ|quan hệ)|hiện nay|hiện tại|đang (?:có|duy trì|quan hệ|"
    r"hợp tác)|(?:có|duy trì|thiết lập|mở rộng|giữ|đặt|nâng) (?:mối )?quan hệ(?! làm việc)|là thành viên|"
    r"thành viên của|"
    r"quan hệ (?:hợp tác |hữu nghị |truyền thống |song phương )+với|gồm có|còn hiệu lực|đang (?:còn )?hiệu lực|"
    r"currently|at present|now has|maintains?|has relations|has (?:established )?(?:ties|relations)|"
    r"established (?:ties|relations)|"
    r"ties with|(?<!working )relations with|in force|member of|đầu tư|invest(?:ing|ed)?|vận hành)\b"
)
