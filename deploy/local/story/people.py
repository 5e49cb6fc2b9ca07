"""The people of the sample province come in through the unit's own sheet (导入人员)."""

from io import BytesIO

import xlsxwriter

from deploy.local import asked
from deploy.local.story.samples import id_number
from deploy.local.story.scene import Scene
from deploy.local.telling import expect

_FAMILY = "韦黄覃李陆莫农梁蒙蓝廖罗苏谭唐"
_GIVEN = "子文明慧建华秀英志强丽敏海燕晓东雪梅"


def name(n: int) -> str:
    """The n-th synthetic name."""
    family, given = _FAMILY[n % len(_FAMILY)], _GIVEN[n // len(_FAMILY) % len(_GIVEN)]
    return family + given + _GIVEN[n * 7 % len(_GIVEN)]


def sheet(rows: list[tuple[str, str, str]], head: list[list[str]]) -> bytes:
    """A filled-in sheet below the template's own head: name, number, department."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    for n, row in enumerate(head):
        page.write_row(n, 0, row)
    for n, (who, number, department) in enumerate(rows, len(head)):
        page.write_row(n, 0, [who, "", number, "", "", department])
    book.close()
    return out.getvalue()


async def a_unit_imports_its_people(scene: Scene) -> str:
    """SCALE people, a sheet at a time; only who acts later takes a password."""
    general, count = scene.cast.callers["general"], asked.people()
    people = [(name(n), id_number(), "信息学院" if n % 2 else "文学院") for n in range(count)]
    head = [["人员"], ["姓名", "证件类型", "证件号码", "手机号码", "邮箱", "部门"]]
    taken = 0
    for start in range(0, count, 5000):
        content = sheet(people[start : start + 5000], head)
        said = await general.do(
            "POST", "/identity/people/import", files={"file": ("people.xlsx", content)}
        )
        taken += said["taken"]
    expect(taken == count, f"{taken} of {count} people were taken")
    scene.people = people
    return f"{taken} people came in by the unit's sheet"
