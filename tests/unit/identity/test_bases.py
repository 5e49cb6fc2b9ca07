"""继续教育基地名单: annex 3 of the notice, counted and compared with itself."""

import re

from libs.events.identity import BaseLevel
from services.identity.bases import annex_3

BASES = annex_3()
NATIONAL = [base for base in BASES if base.level is BaseLevel.NATIONAL]
REGIONAL = [base for base in BASES if base.level is BaseLevel.REGIONAL]
BATCHES = [f"第{n}批" for n in "一二三四五六七八九十"]


def test_five_national_and_thirty_nine_regional_in_order() -> None:
    assert [base.number for base in NATIONAL] == list(range(1, 6))
    assert [base.number for base in REGIONAL] == list(range(1, 40))


def test_four_hold_both_titles_and_have_one_phone() -> None:
    regional = {base.name: base.phone for base in REGIONAL}
    double = {base.name: base.phone for base in NATIONAL if base.double}
    assert double == {name: regional[name] for name in double}
    assert set(double) == {"广西大学", "广西医科大学", "桂林旅游学院", "广西师范大学"}
    assert {base.name for base in NATIONAL} & set(regional) == set(double)


def test_batches_come_in_their_order() -> None:
    order = [BATCHES.index(base.batch or "") for base in REGIONAL]
    assert order == sorted(order)
    assert set(order) == set(range(10))


def test_forty_units_with_phones_and_former_names() -> None:
    assert len({base.name for base in BASES}) == 40
    assert all(re.fullmatch(r"07[0-9]{2}-[0-9]{7}|1[0-9]{10}", base.phone) for base in BASES)
    former = {base.name: base.former_name for base in BASES if base.former_name}
    assert former == {
        "南宁师范大学": "广西师范学院",
        "北部湾大学": "钦州学院",
        "广西开放大学": "广西广播电视大学",
    }
