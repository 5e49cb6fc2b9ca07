"""Numbers of people are found in texts however they are typed, and dates are not taken for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.events.documents.citizen import check_digit
from libs.events.numbers import has_personal_number

ID = "45010219900307001" + check_digit("45010219900307001")
OLD = "450102900307001"
MOBILE = "13977654321"


@pytest.mark.parametrize(
    "text",
    [
        "班 13977654321",
        "班 +8613977654321",
        "班 008613977654321",
        "班 013977654321",
        "139-7765-4321",
        "139.7765.4321",
        "139/7765/4321",
        "139_7765_4321",
        "139（7765）4321",
        "１３９７７６５４３２１",
        "١٣٩٧٧٦٥٤٣٢١",
        f"学员 {ID}。",
        "\u200b".join(ID),
        "·".join((ID[:6], ID[6:14], ID[14:])),
        "、".join((ID[:6], ID[6:14], ID[14:])),
        f"活动 {ID} 2024年 班",
        f"活动 1 {ID}",
        f"{ID} {MOBILE}",
        f"{ID}、{ID}",
        f"{MOBILE} {MOBILE}",
        f"{MOBILE}-8001",
        f"2024-11-20 {MOBILE}",
        f"a{ID}b",
        f"1234{ID}567",
        f"学员{OLD}",
        f"{OLD} 2024",
        "(139) 7765-4321",
        "+86 139 7765 4321 转 8001",
        "1397 7654 321",
        "139 – 7765 – 4321",
        "1\ufe0f\u20e33\ufe0f\u20e39\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e36\ufe0f\u20e3"
        "5\ufe0f\u20e34\ufe0f\u20e33\ufe0f\u20e32\ufe0f\u20e31\ufe0f\u20e3",
    ],
)
def test_it_is_found(text: str) -> None:
    assert has_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-04至2024-11-06",
        "2024.11.04-2024.11.06 共5个半天",
        "第13期 2024/11/04",
        "电话 0771-966111",
        "学员 450102199003070010000",
        "编号 1397765432",
        f"{ID[:-1]}{'1' if ID[-1] != '1' else '2'}",  # its check digit is wrong
        "450102199013070017",  # no such month
        "450102241120001",  # a county, a day of 2024, a number: no year of birth
        "450102903307001",  # no such day
        "13977654321234",
        "ISBN 978-7-5495-1234-5",
        "9787549512345",
        "桂继教备〔2024〕135号 2024-11-20",
        "2024年11月20日 14:00-15:30 1350教室",
        "14:30-16:00, 1400-1530 101",
        "13.5学时、14.5学时、15学时",
        "2022 2023 2024 2025",
        "1:30-2:30 2024-01-08 7:30-8:30",
        "load-1-35-18-22-10-1-97-76-54-32-1",
        "01975c3a-5d3f-7a61-8e5c-139a77654321",
    ],
)
def test_what_is_none_is_left(text: str) -> None:
    assert not has_personal_number(text)


def grouped(number: str, *sizes: int) -> list[str]:
    """The number in groups of these sizes, the last as long as the rest."""
    groups = []
    for size in sizes:
        groups.append(number[:size])
        number = number[size:]
    return [*groups, number] if number else groups


@st.composite
def citizens(draw: st.DrawFn) -> list[str]:
    """A number of an identity card, old or new, in groups as people write them."""
    born = draw(st.dates()).replace(
        year=draw(st.integers(1930, 1999)), day=draw(st.integers(1, 28))
    )
    region = draw(st.sampled_from(["450102", "110101", "659001", "710000", "820000"]))
    order = f"{draw(st.integers(1, 999)):03}"
    if draw(st.booleans()):
        return grouped(f"{region}{born:%y%m%d}{order}", *draw(st.sampled_from([(15,), (6, 6)])))
    first = f"{region}{born:%Y%m%d}{order}"
    sizes = [(18,), (6, 8), (6, 4, 2, 2), (6, 12), (14,), (17,), (3, 3, 4, 4), *evenly(18)]
    number = first + check_digit(first)
    return grouped(draw(st.sampled_from([number, number.lower()])), *draw(st.sampled_from(sizes)))


def evenly(digits: int) -> list[tuple[int, ...]]:
    """Groups of one size."""
    return [(size,) * (digits // size) for size in (1, 2, 3, 4, 6, 9)]


@st.composite
def mobiles(draw: st.DrawFn) -> list[str]:
    """A mobile number, in groups as people write them."""
    number = f"1{draw(st.integers(3, 9))}{draw(st.integers(0, 10**9 - 1)):09}"
    sizes = [(11,), (3, 4), (3,), (7,), (4, 4), (4, 3), (1,) * 11, (3, 3, 3)]
    first, *rest = grouped(number, *draw(st.sampled_from(sizes)))
    return [draw(st.sampled_from(["", "", "86", "0086", "0"])) + first, *rest] if rest else [first]


GAPS = st.sampled_from([" ", "-", ".", "/", "·", "、", "_", "–", "  ", " - ", "\u3000"])
DIGITS = ["1", "35", "2024", "2024-11-20", "13.5", "8001", "450102", "7" * 17, MOBILE[:-1]]
BESIDE = st.sampled_from([*DIGITS, "", "班", "第13期", "a", "tel", "+86", "（"])


@given(st.one_of(citizens(), mobiles()), GAPS, BESIDE, GAPS, GAPS, BESIDE)
def test_it_is_found_however_it_is_written_and_whatever_stands_beside_it(
    groups: list[str], gap: str, left: str, left_gap: str, right_gap: str, right: str
) -> None:
    assert has_personal_number(f"{left}{left_gap}{gap.join(groups)}{right_gap}{right}")


TITLES = ["继续教育培训班", "Python 3.11 入门", "第13期", "高级研修班", "公需科目", "GB/T 22239"]
DAYS = ["{:%Y-%m-%d}", "{:%Y.%m.%d}", "{:%Y年%m月%d日}", "{:%Y%m%d}", "{:%Y/%m/%d}", "{:%Y}"]


@st.composite
def usual(draw: st.DrawFn) -> str:
    """A name as activities have it: words, days, editions, hours, numbers of papers and rooms."""
    days = st.builds(
        str.format, st.sampled_from(DAYS), st.dates().map(lambda day: day.replace(year=2024))
    )
    numbers = st.one_of(
        st.integers(1, 99).map(str),
        st.integers(1, 999).map("第{}期".format),
        st.uuids().map(str),
        st.integers(0, 180).map(lambda halves: f"{halves / 2}学时"),
        st.integers(1, 9999).map(lambda n: f"桂人社函〔2024〕{n}号"),
        st.integers(0, 23).map(lambda hour: f"{hour}:30-{hour + 1}:30"),
        st.integers(10**5, 10**6 - 1).map(lambda n: f"978-7-04-{n}-3"),
    )
    parts = st.one_of(st.sampled_from(TITLES), days, numbers)
    return draw(GAPS).join(draw(st.lists(parts, min_size=1, max_size=8)))


@given(usual())
def test_usual_names_are_left(name: str) -> None:
    assert not has_personal_number(name)
