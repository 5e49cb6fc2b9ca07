"""`make run`: the sample province, kept in its folder from one run to the next."""

import asyncio
import json
import os
import threading
from datetime import datetime
from typing import Any

from deploy.local.asked import number
from deploy.local.choice import choose, told
from deploy.local.folders import InUse, held
from deploy.local.keeping import kept
from deploy.local.layout import PROVINCE
from deploy.local.ports import asked_for
from deploy.local.room import enough_room
from deploy.local.servers import running, servers_of
from deploy.local.stage import province
from deploy.local.story import SET_UP, claims, people
from deploy.local.story.samples import PASSWORD
from deploy.local.story.scene import Scene
from deploy.local.telling import Step, tell
from deploy.local.troubles import Trouble
from libs.events.envelope import Role
from libs.policy.windows import CHINA
from libs.runtime import clock

ADDRESS = PROVINCE / "address"
LOGINS = PROVINCE / "logins.json"
PORT, LAST_PORT = 8700, 65535

TERMS = {
    Role.LEARNER: "专业技术人员",
    Role.UNIT_ACCOUNT: "单位账号",
    Role.UNIT_ADMIN: "单位总管理员",
    Role.DEPARTMENT_ADMIN: "单位二级管理员",
    Role.INDUSTRY_AUTHORITY: "行业主管部门",
    Role.CITY_BUREAU: "市人力资源社会保障局",
    Role.COUNTY_BUREAU: "县（区）人力资源社会保障局",
    Role.PROVINCE_BUREAU: "自治区人社厅",
    Role.SERVICE_DESK: "培训中心（客服）",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}

LOADED: tuple[Step[Scene], ...] = (*SET_UP, Step("A learner", claims.a_learner_claims))


def run() -> None:
    """Start everything on the province's folder and stay up until Ctrl-C."""
    # No containers here: what they hold would be gone with them.
    port, choice = number("PORT", PORT, 1, LAST_PORT), choose(os.environ)
    people.wanted()
    enough_room(choice)
    try:
        with held(PROVINCE):
            asked_for(port)
            with (
                running(servers_of(choice, PROVINCE), data_stay=True) as servers,
                kept(servers),
                province(servers, PROVINCE, port) as scene,
            ):
                _stay(scene, told(choice))
    except InUse:
        raise Trouble(already(ADDRESS.read_text() if ADDRESS.exists() else "")) from None


def _stay(scene: Scene, where: str) -> None:
    ADDRESS.write_text(scene.wiring.address)
    try:
        if not LOGINS.exists():
            print("The sample province is loaded:", flush=True)
            asyncio.run(tell(LOADED, scene))
            LOGINS.write_text(json.dumps(scene.cast.logins, ensure_ascii=False))
        print(f"\nThe province is up ({where}): {scene.wiring.address}")
        print(today(clock.Clock(scene.wiring.clock).now()))
        print(f"Who may log in, all with the password {PASSWORD}:")
        for login in json.loads(LOGINS.read_text()):
            print(f"  {line(*login)}")
        print("POST /identity/sessions logs in; each service's API is described at /SERVICE/docs.")
        print("Ctrl-C stops it; what it holds stays in .local/province.", flush=True)
        threading.Event().wait()
    finally:
        ADDRESS.unlink(missing_ok=True)


def line(role: str, whose: str, who: dict[str, Any]) -> str:
    """A login: the role's word, the official term, whose it is, what is said to log in."""
    return f"{role:17} {TERMS[Role(role)]}，{whose}  {json.dumps(who, ensure_ascii=False)}"


def today(now: datetime) -> str:
    """The province's date is not this machine's: its deadlines would look wrong otherwise."""
    day = now.astimezone(CHINA)
    said = f"{day.year}年{day.month}月{day.day}日 {day:%H:%M}"
    return f"There it is {said}, whatever this machine's date: deadlines are judged by that."


def already(address: str) -> str:
    """The sentence for a second run."""
    where = f" at {address}" if address else "; it is just starting or stopping"
    return f"The province runs already{where}. Use that one, or stop it with Ctrl-C first."
