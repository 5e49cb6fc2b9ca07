"""What the kept province holds beside the set-up of the story: offices, and a class that is over.

The province begins some days before the day that people find it at, so that the class was filed
before it began, as the notice wants it.
"""

from datetime import timedelta

from deploy.local.stage import STARTS
from deploy.local.story.classes import LATE, form, roster
from deploy.local.story.samples import id_number
from deploy.local.story.scene import Scene
from deploy.local.telling import expect
from libs.events.envelope import Role
from libs.events.roles import OFFICIAL

FILED = STARTS - timedelta(days=7)
"""13 December 2024, 09:00 in China: the class is filed."""

CLASS = "人工智能赋能教学研修班"
ROSTER = "roster.xlsx"  # in the province's folder
ON_ROSTER = 20
CITY, COUNTY = "南宁市人力资源和社会保障局", "青秀区人力资源和社会保障局"
AUTHORITY, DESK, SCHOOL = "自治区教育厅", OFFICIAL[Role.SERVICE_DESK], "样例中学"


async def the_other_offices_open(scene: Scene) -> str:
    """City and county bureau, a school of the county, an authority, the service desk."""
    cast = scene.cast
    province = cast.callers["author"]
    opened = (
        (CITY, "city_bureau", "city", "李科长", "author"),
        (COUNTY, "county_bureau", "county", "苏股长", "city_bureau"),
        (AUTHORITY, "industry_authority", "region", "梁处长", "author"),
        (DESK, "service_desk", "region", "廖客服", "author"),
    )
    for name, kind, affiliation, official, by in opened:
        code = await cast.unit(cast.callers[by], name, kind=kind, affiliation=affiliation)
        account = await cast.account(name, code, province)
        cast.callers[kind] = await cast.admin(account, kind, official)
    county = cast.callers["county_bureau"]
    code = await cast.unit(county, SCHOOL, affiliation="county")
    account = await cast.account(SCHOOL, code, county)
    await cast.admin(account, "unit_admin", "罗主任")
    return f"{CITY}, {COUNTY} with {SCHOOL}, {AUTHORITY}, {DESK}"


async def a_class_was_held(scene: Scene) -> str:
    """Filed before it began; then the days go by. Nobody has reported it yet."""
    base = scene.cast.callers["base"]
    held = form(
        class_name=CLASS,
        starts="2024-12-16/am",
        ends="2024-12-18/pm",
        responsible_on="2024-12-13",
    )
    path = f"/filing/filings/{(await base.do('POST', '/filing/filings', held))['id']}"
    said = await base.do("GET", path)
    expect(not said["after_start"], f"filed on {said['declared_on']}, after it had begun")
    await base.refused("POST", f"{path}/report", {})
    template = (await base.ask("GET", "/filing/roster-template")).content
    people = [(name, number) for name, number, _ in scene.people[:ON_ROSTER]]
    sheet = roster(template, [*people, (LATE, id_number())])
    (scene.wiring.folder / ROSTER).write_bytes(sheet)
    await scene.clock_goes_to(STARTS)
    return f"{CLASS}, filed on {said['declared_on']}, was held from 16 to 18 December"
