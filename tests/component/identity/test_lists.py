"""专业技术人员管理: lists that are found, paged, and end where one's scope ends."""

from typing import Any
from uuid import uuid4

import psycopg

from libs.runtime.web import paging
from services.identity.filling import fill
from tests.component import lab
from tests.component.identity.caller import Caller, number
from tests.component.identity.office import Province
from tests.component.identity.sheet import person, sheet
from tests.component.identity.test_import import send

NAMES = ("覃小明", "覃晓明", "曾国华", "单雄信", "韦大山", "韦大山", "黄一", "Anna Smith")


async def filled(province: Province) -> None:
    said = await send(province.general, sheet(*(person(name, number()) for name in NAMES)))
    assert said["taken"] == len(NAMES)


async def names(caller: Caller, **words: Any) -> list[str]:
    page = await caller.do("POST", "/people/search", words)
    return [one["name"] for one in page["items"]]


async def test_people_are_found_by_name_pinyin_and_initials(province: Province) -> None:
    await filled(province)
    general = province.general
    assert await names(general, name="小明") == ["覃小明"]
    assert set(await names(general, name="qinxiao")) == {"覃晓明", "覃小明"}
    assert await names(general, name="zgh") == ["曾国华"]
    assert await names(general, name="shan") == ["单雄信"]
    assert await names(general, name="anna") == ["Anna Smith"]
    assert await names(general, name="100%_") == []
    assert await names(general, name="x\\") == []


async def test_a_bureau_finds_by_how_a_name_begins(province: Province) -> None:
    await filled(province)
    bureau, unit = province.bureau, {"unit_id": province.unit_id}
    assert await names(bureau, name="小明") == []
    assert await names(bureau, name="小明", **unit) == ["覃小明"]
    assert await names(bureau, name="覃小") == ["覃小明"]
    assert await names(bureau, name="z") == ["曾国华"]
    assert await names(bureau, name="ZG H") == ["曾国华"]
    assert await names(bureau, name="Anna S") == ["Anna Smith"]
    paged = await names(bureau, name="韦", limit=1)
    assert paged == ["韦大山"]
    assert await names(bureau, name="韦大") == ["韦大山"] * 2
    assert await names(bureau, name="%") == []


async def test_a_province_of_an_older_release_lists_everybody(province: Province) -> None:
    await filled(province)
    settings = province.office.lab.settings
    before = await names(province.bureau)
    with psycopg.connect(settings.database_owner, autocommit=True) as conn:
        conn.execute("TRUNCATE private.listed")
    assert await names(province.bureau) == []
    for _ in range(2):
        await fill(settings.database)
        assert await names(province.bureau) == before


async def test_a_person_is_found_by_number_which_never_stands_in_an_address(
    province: Province,
) -> None:
    await filled(province)
    person_id, of = await province.office.person(province.account, "陆小曼")
    page = await province.general.do("POST", "/people/search", {"document": {"number": of.lower()}})
    assert [one["person_id"] for one in page["items"]] == [person_id]
    assert await names(province.general, document={"number": number()}) == []
    for operation in province.office.app.openapi()["paths"].values():
        for method in operation.values():
            said = {p["name"] for p in method.get("parameters", [])}
            assert not said & {"number", "document", "mobile"}


async def test_a_list_comes_in_pages_each_person_once(province: Province) -> None:
    await filled(province)
    whole = await names(province.general)
    paged: list[str] = []
    ids = set()
    cursor: str | None = None
    while True:
        words = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await province.general.do("POST", "/people/search", words)
        paged += [one["name"] for one in page["items"]]
        ids |= {one["person_id"] for one in page["items"]}
        cursor = page["next"]
        if cursor is None:
            break
    assert paged == whole
    assert len(ids) == len(whole) == len(NAMES) + 1
    assert whole.index("单雄信") < whole.index("韦大山") < whole.index("曾国华")
    for bad in ("nonsense", "gqFh", whole[0]):
        said = await province.general.refused("POST", "/people/search", {"cursor": bad})
        assert said == "cursor-invalid"


async def test_a_department_admin_sees_the_own_department_alone(province: Province) -> None:
    desk, unit_id = province.office, province.unit_id
    path = f"/units/{unit_id}/departments"
    physics = (await province.account.do("POST", path, {"name": "物理学院"}))["id"]
    chemistry = (await province.general.do("POST", path, {"name": "化学学院"}))["id"]
    mine, _of = await desk.person(province.account, "覃小明", department_id=physics)
    other, _of = await desk.person(province.account, "韦大山", department_id=chemistry)
    nobody_s, _of = await desk.person(province.account, "黄一")
    admin = await desk.admin(province.account, unit_id, "department_admin", physics)
    assert [one["person_id"] for one in (await admin.do("GET", "/people"))["items"]] == [mine]
    for hidden in (other, nobody_s):
        for method, where, body in (
            ("GET", "", None),
            ("PATCH", "", {"mobile": "13800000000"}),
            ("POST", "/activation-code", None),
        ):
            said = await admin.refused(method, f"/people/{hidden}{where}", body)
            assert said == "person-not-in-scope", (method, where)
    words = {"people": [mine, other], "department_id": chemistry}
    answers = await admin.do("POST", "/people/departments", words)
    assert [answer["refused"]["rule"] for answer in answers] == ["not-your-task"] * 2
    answers = await province.general.do("POST", "/people/departments", words)
    assert [answer["refused"] for answer in answers] == [None, None]
    assert (await admin.do("GET", "/people"))["items"] == []
    loose = await province.general.do("POST", "/people/search", {"no_department": True})
    assert nobody_s in {one["person_id"] for one in loose["items"]}


async def test_a_closed_department_leaves_its_people_to_the_general_admin(
    province: Province,
) -> None:
    desk, unit_id = province.office, province.unit_id
    path = f"/units/{unit_id}/departments"
    physics = (await province.account.do("POST", path, {"name": "物理学院"}))["id"]
    person_id, _of = await desk.person(province.account, department_id=physics)
    admin = await desk.admin(province.account, unit_id, "department_admin", physics)
    said = await province.account.refused("DELETE", f"{path}/{physics}")
    assert said == "department-has-admins"
    where = f"/units/{unit_id}/admins/{admin.account_id}"
    await province.account.do("PUT", f"{where}/department", {"department_id": None})
    await province.account.do("DELETE", f"{path}/{physics}")
    assert await province.account.do("GET", path) == []

    async def has_none() -> bool:
        said = await province.general.do("GET", f"/people/{person_id}")
        return said["department_id"] is None

    async with desk.lab.at_work("timer"):
        await lab.until(has_none)
    said = await province.account.refused("DELETE", f"{path}/{physics}")
    assert said == "department-unknown"


async def test_units_are_listed_by_who_supervises_them(province: Province) -> None:
    desk = province.office
    city_id, code = await desk.unit(province.bureau, "南宁市人社局", kind="city_bureau")
    account = await desk.unit_account(city_id, code, province.bureau)
    city = await desk.admin(account, city_id, "city_bureau")
    own, _code = await desk.unit(city, "南宁样例小学")
    # located in Nanning, supervised by the province: not the city's to see
    listed = {unit["unit_id"] for unit in (await city.do("GET", "/units"))["items"]}
    assert listed == {city_id, own}
    assert await city.refused("GET", f"/units/{province.unit_id}") == "unit-not-in-scope"
    path = f"/units/{province.unit_id}/admins"
    assert await city.refused("GET", path) == "unit-not-in-scope"
    taken = {
        "code": province.unit_code,
        "name": "同码单位",
        "affiliation": "city",
        "city": "南宁市",
        "county": "青秀区",
    }
    assert await city.refused("POST", "/units", taken) == "unit-code-taken"
    wrong = taken | {"code": province.unit_code[:-1] + "Z"}
    assert await city.refused("POST", "/units", wrong) == "unit-code-invalid"
    personal = taken | {"name": "电话13800000000的单位"}
    assert await city.refused("POST", "/units", personal) == "personal-number-in-name"


async def test_a_renamed_unit_has_its_new_name_everywhere(province: Province) -> None:
    path = f"/units/{province.unit_id}"
    seen = (await province.bureau.ask("GET", path)).headers["etag"]
    fresh = {"headers": {"If-Match": seen}}
    await province.bureau.do("PUT", f"{path}/name", {"name": "广西新样例大学"}, **fresh)
    late = await province.bureau.refused("PUT", f"{path}/name", {"name": "别名大学"}, **fresh)
    assert late == "stale-version"
    assert (await province.account.do("GET", path))["name"] == "广西新样例大学"


async def test_a_cursor_at_somebody_out_of_scope_is_one_at_nobody(province: Province) -> None:
    await filled(province)
    office = province.office
    unit_id, code = await office.unit(province.bureau, "别的单位")
    account = await office.unit_account(unit_id, code, province.bureau)
    stranger, _number = await office.person(account, "覃小朋")
    for last in (stranger, str(uuid4())):
        words = {"cursor": paging.encode([last])}
        said = await province.general.refused("POST", "/people/search", words)
        assert said == "cursor-invalid"


async def test_who_is_no_person_asks_what_it_is(province: Province) -> None:
    said = await province.account.do("GET", "/me")
    unit = (said["role"], said["unit_id"], said["unit_name"])
    assert unit == ("unit_account", province.unit_id, "广西样例大学")
    for caller, role in ((province.system, "system_admin"), (province.security, "security_admin")):
        said = await caller.do("GET", "/me")
        assert (said["role"], said["account_id"]) == (role, caller.account_id)
        assert (said["unit_id"], said["unit_name"]) == (None, None)
