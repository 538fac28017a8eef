from datetime import date

import pytest

from unionrelations.kit.periods import Period
from unionrelations.kit.spreadsheets.stated_periods import stated_period


@pytest.mark.parametrize(
    ("titles", "start", "end"),
    [
        (["DANH SÁCH ĐOÀN RA NĂM 2023"], (2023, 1, 1), (2023, 12, 31)),
        (["Năm 2023"], (2023, 1, 1), (2023, 12, 31)),
        (["DANH SÁCH ĐOÀN RA 2023"], (2023, 1, 1), (2023, 12, 31)),
        (["Từ ngày 15/12/2022 đến ngày 14/12/2023"], (2022, 12, 15), (2023, 12, 14)),
        (["Báo cáo năm 2023", "(Từ ngày 15/12/2022 đến 14/12/2023)"], (2022, 12, 15), (2023, 12, 14)),
        (["từ ngày 01 tháng 01 năm 2023 đến ngày 30 tháng 6 năm 2023"], (2023, 1, 1), (2023, 6, 30)),
        (["Từ 01/01 đến 30/6/2023"], (2023, 1, 1), (2023, 6, 30)),
        (["(01/01/2023 - 30/06/2023)"], (2023, 1, 1), (2023, 6, 30)),
        (["BÁO CÁO 6 THÁNG ĐẦU NĂM 2023"], (2023, 1, 1), (2023, 6, 30)),
        (["Báo cáo sáu tháng cuối năm 2023"], (2023, 7, 1), (2023, 12, 31)),
        (["Quý II/2023"], (2023, 4, 1), (2023, 6, 30)),
        (["quý II năm 2023"], (2023, 4, 1), (2023, 6, 30)),
        (["Tháng 6/2023"], (2023, 6, 1), (2023, 6, 30)),
        (["Giai đoạn 2018 - 2023"], (2018, 1, 1), (2023, 12, 31)),
        (["First half of 2023"], (2023, 1, 1), (2023, 6, 30)),
        (["Outbound delegations, 2023", "From 15/12/2022 to 14/12/2023"], (2022, 12, 15), (2023, 12, 14)),
        (["Hà Nội, ngày 5 tháng 1 năm 2024", "DANH SÁCH NĂM 2023"], (2023, 1, 1), (2023, 12, 31)),
        (["Kèm theo Công văn số 12/CV-TLĐ ngày 05/01/2024", "Năm 2023"], (2023, 1, 1), (2023, 12, 31)),
    ],
)
def test_titles_state_a_period(titles, start, end):
    assert stated_period(titles) == Period(date(*start), date(*end))


@pytest.mark.parametrize(
    "titles",
    [[], ["DANH SÁCH ĐOÀN RA"], ["Năm 2022", "Năm 2023"], ["Năm 2022 và kế hoạch năm 2023"], ["Từ ngày … đến ngày …"],
     ["Nhiệm kỳ 2018 - 2023"], ["Năm 2021", "Từ ngày 15/12/2022 đến ngày 14/12/2023"], ["Hà Nội, tháng 12/2023"]],
)  # fmt: skip
def test_titles_without_one_clear_period_state_none(titles):
    assert stated_period(titles) is None
