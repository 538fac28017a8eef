"""Cells that choose: a tick, how people meet, who pays. Never adds a choice of its own to what is known."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from unionrelations.kit.date_words import plain

from .cells import Misread, Value, refuse_other_kinds, says_nothing, words_of

TICKED = re.compile(
    r"x+|v|✓|✔|☑|✅|√|co|yes|y|true|dung|1|on plan|"
    r"(?:hoat dong |doan )?(?:trong|theo) (?:kh|ke hoach)(?: (?:nam )?\d{4})?"
)
NOT_TICKED = re.compile(
    r"khong|khong co|ko|no|n|false|sai|0|(?:hoat dong |doan )?(?:ngoai|khong theo) (?:kh|ke hoach)(?: (?:nam )?\d{4})?|"
    r"dot xuat|off plan"
)
SIGNS = {"☒": True, "☐": False, "□": False}


def read_mark(value: Value) -> bool | None:
    """Whether the cell is ticked; None where it is blank. Raises Misread."""
    if isinstance(value, bool):
        return value
    words = words_of(value)
    told = plain(words).strip(" .()[]\"'")
    if isinstance(value, float) and value in (0, 1):
        return bool(value)
    if TICKED.fullmatch(told):
        return True
    if NOT_TICKED.fullmatch(told):
        return False
    if words in SIGNS:
        return SIGNS[words]
    if says_nothing(words):
        return None
    raise Misread(_("“%(typed)s” is neither yes nor no. Write X for yes, 0 for no.") % {"typed": words}, suggestion="X")


IN_PERSON = re.compile(r"truc tiep|tap trung|tai cho|offline|in[ -]person|face[ -]to[ -]face|on[ -]?site")
ONLINE = re.compile(
    r"truc tuyen|tu xa|qua mang|online|on line|virtual\w*|webinar|zoom|teams|truyen hinh|video|remote\w*"
)
MIXED = re.compile(r"ket hop|hon hop|hybrid|blended")


def read_mode(value: Value) -> str | None:
    """`in_person`, `online` or `hybrid`, the keys of a mode; None where the cell is blank. Raises Misread."""
    refuse_other_kinds(value)
    words = words_of(value)
    if says_nothing(words):
        return None
    told = plain(words)
    in_person, online = IN_PERSON.search(told), ONLINE.search(told)
    if MIXED.search(told) or (in_person and online):
        return "hybrid"
    if in_person or online:
        return "in_person" if in_person else "online"
    raise Misread(
        _("“%(typed)s” does not say how people met. Write trực tiếp, trực tuyến or kết hợp.") % {"typed": words}
    )


PAYS = r"(?: (?:dai tho|tai tro|chi tra|chi|lo|cung cap|ho tro|bao|pays?|covers?|toan bo|chi phi|kinh phi))*"
# In this order: what is more particular is taken first, and its words are not read again.
FUNDING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (source, re.compile(rf"\b(?:{pattern})\b"))
    for source, pattern in (
        ("self", r"tu tuc|tu (?:chi tra|chi|lo|dai tho|bo tien)|ca nhan(?: tu)?(?: chi tra| chi)?|"
                 r"self[ -]?fund(?:ed|ing)|own expense"),
        ("union", r"(?:tai chinh|ngan sach|kinh phi|quy|nguon)(?: cua)? "
                  r"(?:cong doan|cd|tong lien doan|tong ldld|tld|ldld)\w*|tccd|kpcd|union (?:finance|budget|funds?)"),
        ("partner", r"(?:do )?(?:phia |ben )?(?:ban|doi tac|nuoc ngoai|nuoc ban|don vi moi|co quan moi|to chuc moi|"
                    r"ben moi|phia moi|chu nha|nuoc chu nha|ban to chuc)" + PAYS + r"|dai tho|"
                    r"(?:covered by |paid by )?(?:the )?(?:partner|host|inviting (?:body|side|party))(?: pays)?"),
        ("sponsor", r"(?:nha )?tai tro|vien tro|sponsor(?:ed|ship|s)?|donors?|grants?"),
        ("state", r"nsnn|nstw|nsdp|ns nha nuoc|state budget|"
                  r"(?:nguon )?ngan sach(?: (?:nha nuoc|tinh|thanh pho|trung uong|dia phuong|nn))?"),
    )
)  # fmt: skip


OURS = ("cong doan", "cd", "cong doan viet nam", "tong lien doan", "tld", "union")  # within a name they name a partner


def funding_in(words: str) -> list[str]:
    """Every source of money the words name."""
    told, found = plain(words), []
    for source, pattern in FUNDING:
        told, times = pattern.subn(" ", told)
        found += [source] if times else []
    return found


def read_funding(value: Value) -> str | None:
    """`state`, `union`, `partner`, `self` or `sponsor`, a source's keys; None where it is blank. Raises Misread."""
    refuse_other_kinds(value)
    words = words_of(value)
    if says_nothing(words):
        return None
    if plain(words) in OURS:
        return "union"
    found = funding_in(words)
    if len(found) == 1:
        return found[0]
    if found:
        raise Misread(
            _("“%(typed)s” names several sources of money. Write one, and a row for each other one.") % {"typed": words}
        )
    raise Misread(
        _(
            "“%(typed)s” is not a known source of money. Write ngân sách nhà nước, tài chính công đoàn, "
            "phía bạn đài thọ, tự túc or tài trợ."
        )
        % {"typed": words}
    )
