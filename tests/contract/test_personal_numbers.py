"""Numbers of people are found in texts however they are typed, and dates are not taken for them."""

import pytest

from libs.events.numbers import check_digit, has_personal_number

ID = "45010219900307001" + check_digit("45010219900307001")


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
    ],
)
def test_what_is_none_is_left(text: str) -> None:
    assert not has_personal_number(text)
