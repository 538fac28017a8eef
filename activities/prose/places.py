"""Names of countries as texts write them, to tell what goes abroad from what stays at home. Never names Vietnam.

Not the table of countries: a text is read on an empty database too, and says countries in more ways than records do.
"""

from __future__ import annotations

import re

VI = (
    "lào|campuchia|cam-pu-chia|cam pu chia|thái lan|singapore|xin-ga-po|malaysia|ma-lai-xi-a|indonesia|in-đô-nê-xi-a|"
    "philippines|phi-líp-pin|myanmar|mi-an-ma|brunei|đông timor|timor-leste|trung quốc|đài loan|hồng kông|nhật bản|"
    "nhật|hàn quốc|"
    "triều tiên|mông cổ|ấn độ|pakistan|bangladesh|sri lanka|nepal|úc|ôxtrâylia|australia|new zealand|niu di-lân|"
    "liên bang nga|"
    "nga|belarus|bê-la-rút|ukraina|ukraine|kazakhstan|uzbekistan|đức|cộng hòa liên bang đức|pháp|anh quốc|"
    "vương quốc anh|anh|bỉ|hà lan|luxembourg|thụy sĩ|thụy điển|"
    "na uy|đan mạch|phần lan|áo|ý|italia|tây ban nha|bồ đào nha|hy lạp|ba lan|séc|cộng hòa séc|slovakia|hungary|"
    "hung-ga-ri|"
    "rumani|bulgaria|serbia|síp|ireland|thổ nhĩ kỳ|hoa kỳ|mỹ|canada|ca-na-đa|mexico|mê-hi-cô|cuba|cu-ba|brazil|"
    "bra-xin|"
    "argentina|ác-hen-ti-na|chile|venezuela|vê-nê-xu-ê-la|ai cập|nam phi|ma-rốc|maroc|algeria|an-giê-ri|nigeria|"
    "angola|mozambique|"
    "israel|iran|qatar|ả rập xê út|các tiểu vương quốc ả rập thống nhất|châu âu|châu á|châu phi|châu mỹ|asean|"
    "đông nam á|eu|"
    "bắc kinh|quảng tây|vân nam|quảng đông|thượng hải|tokyo|seoul|viêng chăn|vientiane|băng cốc|bangkok|geneva|"
    "giơ-ne-vơ|genève|luông pha băng|"
    "xa-vẳn-na-khệt|savannakhet|chăm-pa-sắc|champasak|phnôm pênh|mát-xcơ-va|brussels|berlin|jakarta|kuala lumpur|"
    "manila|la habana"
)
EN = (
    "laos|lao pdr|cambodia|thailand|china|taiwan|hong kong|japan|korea|south korea|republic of korea|mongolia|"
    "india|russia|"
    "russian federation|germany|france|united kingdom|uk|britain|england|belgium|netherlands|switzerland|sweden|"
    "norway|denmark|finland|"
    "austria|italy|spain|portugal|greece|poland|czech republic|czechia|hungary|romania|türkiye|turkey|"
    "united states|usa|u\\.s\\.|america|"
    "egypt|south africa|morocco|beijing|shanghai|guangxi|yunnan|europe|asia|africa|moscow|vienna|paris|london|rome|"
    "turin|sydney|"
    "melbourne|new york|washington|the hague|oslo|stockholm|copenhagen|helsinki|madrid|delhi|new delhi|hanover|"
    "frankfurt"
)
ADJECTIVES = (
    "lao(?! động)|cambodian|thai|chinese|japanese|korean|mongolian|indian|russian|german|french|british|belgian|"
    "dutch|swiss|swedish|norwegian|"
    "danish|finnish|austrian|italian|spanish|portuguese|polish|czech|turkish|american|cuban|mexican|egyptian|"
    "australian|european|"
    "asian|african|indonesian|malaysian|singaporean|filipino|canadian"
)
# Short names that are also common words or parts of names count only where something says that a country is meant.
SHORT = (
    r"(?:(?<=nước )|(?<=quốc )|(?<=tại )|(?<=sang )|(?<=đi )|(?<=đến )|(?<=tới )|(?<=thăm )|(?<=ở )|(?<=từ )|"
    r"(?<=của )|(?<=đoàn ))"
)
_SURE = "|".join(
    sorted(
        set((VI + "|" + EN).split("|")) - {"anh", "nga", "đức", "mỹ", "áo", "ý", "úc", "pháp", "nhật", "eu"},
        key=len,
        reverse=True,
    )
)
COUNTRY = (
    rf"(?<!\w)(?:{_SURE}|{ADJECTIVES}|{SHORT}(?:anh(?! em| chị)|nga|đức|mỹ(?! thuật)|áo|ý(?! kiến| định)|úc|"
    rf"pháp(?! luật| lý)|nhật|eu))(?!\w)"
)
COUNTRIES = re.compile(COUNTRY)

# Words beside country names that say "abroad" or "not ours".
FOREIGN = re.compile(
    rf"{COUNTRY}|\b(?:quốc tế|nước ngoài|ngoài nước|đối ngoại|nước bạn|các nước|toàn cầu|khu vực và thế giới|"
    rf"song phương|đa phương|abroad|overseas|foreign|"
    r"international(?:ly)?|global|external|bilateral|multilateral|other countries|ilo|industriall|fes|apheda|oecd|"
    r"wftu|ituc|"
    r"đoàn (?:ra|vào)|outbound|inbound|chuyên gia nước|liên hiệp công đoàn|tổng công đoàn|công đoàn bạn|của bạn|"
    r"hội đàm|tiếp xã giao)\b"
)
