"""A base files a class, reports it, and the province grants its hours to the roster."""

import time
from typing import Any

from deploy.local.story.province import UNIVERSITY
from deploy.local.story.samples import id_number
from deploy.local.story.scene import Scene, seen
from deploy.local.story.sheets import filled
from deploy.local.telling import expect

LATE = "赵后来"
UNTIL_IT_IS_OVER = 6  # days from the filing on 20 December to the day after its end


def form(**changes: Any) -> dict[str, Any]:
    """培训班备案登记表."""
    return {
        "class_name": "数字技术应用能力提升高级研修班",
        "run_type": "own",
        "audience": "高等教育领域专业技术人员",
        "content": "数据治理的新理论、新方法",
        "teachers": [{"name": "韦老师", "unit": "广西大学", "post": "教授"}],
        "starts": "2024-12-23/am",
        "ends": "2024-12-25/pm",
        "days": 3,
        "modes": ["offline"],
        "hours": "24.00",
        "place": "南宁市大学东路",
        "contact": "陆老师",
        "department": "继续教育学院",
        "office_phone": "0771-3237366",
        "mobile": "13877100001",
        "fax": "无",
        "email": "jxjy@example.edu.cn",
        "address": "南宁市大学东路100号",
        "postcode": "530004",
        "promises": [True] * 7,
        "responsible_person": "黄院长",
        "responsible_on": "2024-12-20",
    } | changes


async def a_class_is_filed(scene: Scene) -> str:
    """Before it begins. Saved is submitted: neither changed nor deleted."""
    base = scene.cast.callers["base"]
    filed = await base.do("POST", "/filing/filings", form())
    path = f"/filing/filings/{filed['id']}"
    scene.notes["filing"] = path
    changed = await base.refused("PUT", path, form(place="柳州市"))
    deleted = await base.refused("DELETE", path)
    expect(bool(deleted), "deleting was not refused")
    said = await base.do("GET", path)
    expect(not said["after_start"], f"filed on {said['declared_on']}, after it had begun")
    return (
        f"filed on {said['declared_on']}, before it begins on {form()['starts'][:10]}; "
        f"changing and deleting were refused: {changed}"
    )


async def the_class_is_held(scene: Scene) -> str:
    """Nothing is reported before it is over; the province's days go by."""
    base, path = scene.cast.callers["base"], scene.notes["filing"]
    early = await base.refused("POST", f"{path}/report", {})
    await scene.days_pass(UNTIL_IT_IS_OVER)
    return f"reporting before its end was refused: {early}; {UNTIL_IT_IS_OVER} days go by"


async def it_is_reported_and_sealed(scene: Scene) -> str:
    """Report before scan, scan and roster before the request."""
    base, path = scene.cast.callers["base"], scene.notes["filing"]
    early = await base.refused("POST", f"{path}/request")
    await base.do("POST", f"{path}/report", {})
    paper = await base.ask("GET", f"{path}/form")
    expect(paper.content.startswith(b"%PDF-"), f"no form: {paper.text[:300]}")
    place = scene.papers.keep(
        "培训班备案登记表", paper.content, "the form of the class, to be sealed"
    )
    scan = {"file": ("scan.pdf", paper.content, "application/pdf")}
    await base.do("POST", f"{path}/sealed-form", files=scan)
    return f"the request before the report was refused: {early}; {place}"


def roster(template: bytes, rows: list[tuple[str, Any]]) -> bytes:
    """The service's own template, filled in: name and number of people of the university."""
    return filled(
        template,
        [
            {"序号": str(n), "姓名": name, "身份证件号码": number, "工作单位": UNIVERSITY}
            for n, (name, number) in enumerate(rows, 1)
        ],
    )


async def the_roster_is_imported(scene: Scene) -> str:
    """201 people, one of them not registered yet; bad rows are listed with their reason."""
    base, path = scene.cast.callers["base"], scene.notes["filing"]
    late = id_number()
    scene.notes["late"] = late
    people: list[tuple[str, Any]] = [(name, number) for name, number, _ in scene.people[:200]]
    bad: list[tuple[str, Any]] = [
        ("某某", people[0][1]),
        (people[1][0], people[1][1]),
        ("数字格", 450199197501011000.0),
        ("校验错", late[:-1] + ("0" if late[-1] != "0" else "1")),
    ]
    template = (await base.ask("GET", "/filing/roster-template")).content
    content = roster(template, [*people, (LATE, late), *bad])
    pending = await base.do("POST", f"{path}/rosters", files={"file": ("roster.xlsx", content)})
    expect(pending["good"] == 201, f"{pending['good']} rows are good: {pending['bad']}")
    expect(pending["registered"] == 200, f"{pending['registered']} are registered")
    await base.do("POST", f"{path}/rosters/{pending['roster_id']}/confirmation")
    reasons = "; ".join(f"row {row['row']}: {row['reason']}" for row in pending["bad"])
    return f"201 rows confirmed, {len(pending['bad'])} listed as bad ({reasons})"


async def the_province_grants(scene: Scene) -> str:
    """One act: 200 have the hours, each once; one waits for registration."""
    cast, path = scene.cast, scene.notes["filing"]
    await cast.callers["base"].do("POST", f"{path}/request")
    again = await cast.callers["base"].refused("POST", f"{path}/request")
    began = time.monotonic()
    await cast.callers["author"].do("POST", f"{path}/grant", {})

    async def settled() -> bool:
        said = await cast.callers["base"].do("GET", path)
        grant = said["outcome"] or {}
        return (grant.get("credited"), grant.get("waiting")) == (200, 1)

    await seen(settled, "200 credited and 1 waiting")
    took = time.monotonic() - began
    return f"200 credited, 1 waiting after {took:.2f} s; a second request was refused: {again}"


async def one_registers_a_day_later(scene: Scene) -> str:
    """The one who waited has the hours then."""
    cast, path = scene.cast, scene.notes["filing"]
    await scene.days_pass()
    general = cast.callers["general"]
    await general.do("POST", "/identity/people", {"number": scene.notes["late"], "name": LATE})

    async def settled() -> bool:
        said = await cast.callers["base"].do("GET", path)
        grant = said["outcome"] or {}
        return (grant.get("credited"), grant.get("waiting")) == (201, 0)

    took = await seen(settled, "201 credited")
    return f"registered on the next day, credited {took:.2f} s later"
