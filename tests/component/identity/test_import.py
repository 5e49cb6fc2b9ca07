"""导入人员: good rows are taken, bad ones named by row and reason, whatever the sheet is."""

import time
import zipfile
from io import BytesIO
from typing import Any

import pytest

from libs.decider import Refused
from services.identity import sheets
from tests.component.identity.caller import Caller, number
from tests.component.identity.office import PASSWORD, Province
from tests.component.identity.sheet import Formula, person, sheet


async def send(caller: Caller, content: bytes, key: str | None = None) -> Any:
    files = {"file": ("人员.xlsx", content)}
    answer = await caller.ask("POST", "/people/import", key=key, files=files)
    assert answer.status_code == 200, answer.text
    return answer.json()


def reasons(said: Any) -> dict[int, str]:
    return {row["row"]: row["refused"]["rule"] for row in said["rows"] if row["refused"]}


async def test_the_template_is_handed_out_and_taken_back(province: Province) -> None:
    answer = await province.account.ask("GET", "/people/import/template")
    assert "spreadsheetml" in answer.headers["content-type"]
    files = {"file": ("人员.xlsx", answer.content)}
    sent = await province.account.ask("POST", "/people/import", files=files)
    said = sent.json()
    assert (sent.status_code, said["rule"], said["field"]) == (422, "sheet-without-rows", "file")
    assert said["title"] == "表中没有数据行"


async def test_people_come_in_by_sheet_and_take_their_codes(province: Province) -> None:
    desk = province.office
    made = await province.account.do(
        "POST", f"/units/{province.unit_id}/departments", {"name": "物理学院"}
    )
    of = number()
    said = await send(
        province.general,
        sheet(
            person("覃小明", of, mobile="13800000000", department="物理学院"),
            person("李嘉欣", "H1234567802", "港澳居民来往内地通行证"),
        ),
    )
    assert (said["taken"], said["refused"]) == (2, 0)
    first, second = said["rows"]
    words = {"document": {"number": of}, "code": first["activation_code"], "password": PASSWORD}
    await desk.anybody.do("POST", "/activations", words)
    learner = await desk.log_in(of, "learner")
    mine = await learner.do("GET", "/me")
    assert (mine["department_id"], mine["membership"]) == (made["id"], "member")
    assert second["activation_code"] != first["activation_code"]


async def test_bad_rows_are_listed_with_row_and_reason_and_good_ones_are_taken(
    province: Province,
) -> None:
    _id, taken = await province.office.person(province.account, "黄大山")
    _id, mine = await province.office.person(province.account, "黄大山")
    elsewhere, code = await province.office.unit(province.bureau, "广西样例医院")
    account = await province.office.unit_account(elsewhere, code, province.bureau)
    _id, of_hospital = await province.office.person(account, "莫医生")
    good, twice = number(), number()
    said = await send(
        province.general,
        sheet(
            person("覃小明", good),
            person("覃小明", 450102199003071230.0),
            person("覃小明", "450102199003071239"),
            person("覃小明", twice),
            person("韦大明", twice.lower()),
            person("黄小山", taken),
            person("黄大山", mine),
            person("莫医生", of_hospital),
            person("覃1", number()),
            person("覃小明", number(), "学生证"),
            person("覃小明", number(), mobile="1380"),
            person("覃小明", number(), department="化学学院"),
            person("", ""),
            person("=1+1", number()),
            person("覃小明", ""),
        ),
    )
    assert (said["taken"], said["rows"][0]["row"]) == (1, 3)
    assert reasons(said) == {
        4: "number-cell",
        5: "document-number-invalid",
        6: "twice-in-sheet",
        7: "twice-in-sheet",
        8: "number-of-another-name",
        9: "number-registered",
        10: "member-of-another-unit",
        11: "name-invalid",
        12: "document-kind-unknown",
        13: "mobile-invalid",
        14: "department-of-another-unit",
        16: "name-invalid",
        17: "document-number-invalid",
    }
    for secret in (good, twice, taken, of_hospital, "覃小明"):
        assert secret not in str(said)


async def test_the_same_sheet_under_the_same_key_is_taken_once(province: Province) -> None:
    content = sheet(*(person("覃小明", number()) for _ in range(5)))
    first = await send(province.general, content, "the-same-click")
    assert await send(province.general, content, "the-same-click") == first
    again = await send(province.general, content)
    assert set(reasons(again).values()) == {"number-registered"}
    assert again["taken"] == 0


async def test_another_sheet_under_the_same_key_is_refused_whole(province: Province) -> None:
    one, other = (sheet(*(person("覃小明", number()) for _ in range(many))) for many in (1, 3))
    first = await send(province.general, one, "the-same-click")
    files = {"file": ("人员.xlsx", other)}
    answer = await province.general.ask("POST", "/people/import", key="the-same-click", files=files)
    assert (answer.status_code, answer.json()["rule"]) == (422, "key-reused")
    assert await send(province.general, one, "the-same-click") == first
    assert (await send(province.general, other))["taken"] == 3


def bomb() -> bytes:
    """A sheet that unpacks to far more than it weighs."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MOST_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"not a sheet", "sheet-unreadable"),
        (b"", "sheet-unreadable"),
        (sheet(headings=("姓名", "号码")), "sheet-unreadable"),
        (b"x" * (sheets.MOST_BYTES + 1), "sheet-too-large"),
        (bomb(), "sheet-too-large"),
        (sheet(*(("覃小明",) for _ in range(sheets.MOST_ROWS + 1))), "sheet-too-large"),
    ],
    ids=["text", "nothing", "other headings", "heavy", "zip bomb", "long"],
)
def test_what_is_no_sheet_of_ours_is_refused_before_it_is_unpacked(
    content: bytes, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        sheets.read(content)
    assert refused.value.rule.code == rule


async def test_a_file_that_is_none_and_a_caller_who_may_not(province: Province) -> None:
    files = {"file": ("人员.xlsx", b"not a sheet")}
    path = "/people/import"
    assert await province.general.refused("POST", path, files=files) == "sheet-unreadable"
    assert await province.general.refused("POST", path, {"file": "x"}) == "sheet-unreadable"
    assert await province.bureau.refused("POST", path, files=files) == "not-your-task"


async def test_two_thousand_people_in_one_sheet(province: Province) -> None:
    content = sheet(*(person("覃小明", number()) for _ in range(2000)))
    began = time.monotonic()
    said = await send(province.general, content)
    assert said["taken"] == 2000
    assert time.monotonic() - began < 30
    assert len({row["activation_code"] for row in said["rows"]}) == 2000


async def test_a_name_that_was_not_typed_is_no_name(province: Province) -> None:
    said = await send(
        province.general,
        sheet(person(True, number()), person(12, number())),  # type: ignore[arg-type]
    )
    assert (said["taken"], set(reasons(said).values())) == (0, {"name-cell"})


async def test_what_was_computed_is_not_taken_in_any_column(province: Province) -> None:
    rows = (
        person(Formula("=1+1"), number()),
        person("覃小明", Formula("=1+1")),
        person("覃小明", number(), mobile=Formula("=13800000000")),
    )
    said = await send(province.general, sheet(*rows))
    assert (said["taken"], set(reasons(said).values())) == (0, {"formula-cell"})
