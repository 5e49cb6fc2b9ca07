"""培训班备案登记表 as it is printed: the annex's words, and no others."""

from datetime import date

import pytest

from services.filing.paper import form_data
from tests.unit.filing.desk import CLASS, FORM, PACK

ROW = {"filing_id": CLASS, "declared_on": date(2024, 12, 2), "held": True, "as_filed": True}


@pytest.mark.parametrize(
    ("unit", "pledged"),
    [("广西大学", "广西大学继续教育基地"), ("广西大学继续教育基地", "广西大学继续教育基地")],
)
def test_the_pledge_names_the_base_once(unit: str, pledged: str) -> None:
    said = str(form_data(ROW, FORM, PACK, unit, "")["pledge"])
    assert said.count("继续教育基地") == 1
    assert pledged in said


def test_the_remark_is_the_base_s_alone() -> None:
    """The annex has no seal and no date in 备注."""
    said = form_data(ROW, FORM, PACK, "广西大学", "")
    assert (said["remark"], said["sealing"]) == (PACK.filing.default_remark.value, "")
