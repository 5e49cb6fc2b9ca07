"""The province is set up: administrators, bureaus, units, their admins; the law is published."""

import json

from deploy.local.story.scene import Scene
from deploy.local.telling import expect
from libs.events.envelope import Role
from libs.events.roles import OFFICIAL
from libs.policy.drafts import draft, names

UNIVERSITY = "样例大学"
BUREAU = OFFICIAL[Role.PROVINCE_BUREAU]
THE_THREE = (("system_admin", "韦系统"), ("security_admin", "黄安全"), ("audit_admin", "覃审计"))


async def the_three_take_office(scene: Scene) -> str:
    """Every other account descends from them."""
    cast = scene.cast
    for role, name in THE_THREE:
        cast.callers[role] = await cast.take_office(role, name)
    return "system, security and audit administrators (三员) took their one-time codes"


async def the_bureau_opens(scene: Scene) -> str:
    """The province's bureau with two officials: nobody publishes law alone."""
    cast = scene.cast
    system, security = cast.callers["system_admin"], cast.callers["security_admin"]
    more = {"kind": "province_bureau", "affiliation": "region"}
    code = await cast.unit(system, BUREAU, **more)
    account = await cast.account(BUREAU, code, security)
    for who, name in (("author", "莫处长"), ("approver", "陆副处长")):
        cast.callers[who] = await cast.admin(account, "province_bureau", name)
    return f"{BUREAU} has two officials"


async def a_unit_opens(scene: Scene) -> str:
    """A university with two departments, a general admin and a department's admin."""
    cast = scene.cast
    bureau = cast.callers["author"]
    code = await cast.unit(bureau, UNIVERSITY)
    account = await cast.account(UNIVERSITY, code, bureau)
    cast.callers["account"] = account
    for name in ("信息学院", "文学院"):
        path = f"/identity/units/{account.unit_id}/departments"
        scene.notes[name] = (await account.do("POST", path, {"name": name}))["id"]
    cast.callers["general"] = await cast.admin(account, "unit_admin", "农主任")
    cast.callers["department"] = await cast.admin(
        account, "department_admin", "蓝秘书", scene.notes["信息学院"]
    )
    return f"{UNIVERSITY} has 2 departments, a general and a department admin"


async def the_law_is_published(scene: Scene) -> str:
    """Drafts become law by an author and a second person's approval."""
    author, approver = scene.cast.callers["author"], scene.cast.callers["approver"]
    for name in names():
        pack = draft(name)
        content = json.loads(pack.canonical_json())
        await author.do("POST", f"/policy/packs/{name}/proposals", {"content": content})
        path = f"/policy/packs/{name}/approval"
        alone = await author.refused("POST", path, {"digest": pack.digest})
        await approver.do("POST", path, {"digest": pack.digest})
    published = await scene.cast.nobody.do("GET", "/policy/packs")
    expect(len(published) == len(names()), f"{len(published)} packs are published")
    return f"{', '.join(names())}; the author alone was refused: {alone}"
