"""Who is refused for the role hears whose task it is, and is sent to no other office."""

from typing import Any

import pytest

from libs.decider import Rule
from libs.events.envelope import Role
from libs.events.identity import UnitKind
from services.identity import commands
from services.identity.commands import Holder
from services.identity.rules.codes import office_id
from tests.unit.identity.cast import AUDIT, GENERAL, OF_CITY, OF_PHYSICS, QIN
from tests.unit.identity.desk import (
    activated,
    appoint,
    code_for,
    envelope,
    new_unit,
    office,
    person,
    registered,
    unit,
)

MEMBER = person.given(registered(), activated())
OF_SYSTEM = {"holder": Holder.OFFICE, "account": office_id(Role.SYSTEM_ADMIN)}


@pytest.mark.parametrize(
    ("case", "command", "remedy"),
    [
        (
            MEMBER,
            commands.ErasePerson(envelope=envelope(GENERAL), person_id=QIN),
            "请由自治区人力资源社会保障厅办理",
        ),
        (
            MEMBER,
            appoint(OF_PHYSICS),
            "请由该单位的单位账号办理；二级管理员也可由该单位的其他单位总管理员办理",
        ),
        (unit, new_unit(OF_CITY, kind=UnitKind.PROVINCE_BUREAU), "请由系统管理员办理"),
        (unit, new_unit(GENERAL, kind=UnitKind.CITY_BUREAU), "请由自治区人力资源社会保障厅办理"),
        (office, code_for(AUDIT, **OF_SYSTEM), "请由安全管理员办理"),  # type: ignore[arg-type]
    ],
)
def test_the_remedy_names_the_office_whose_task_it_is(case: Any, command: Any, remedy: str) -> None:
    outcome = case.when(command).outcome
    assert isinstance(outcome, Rule)
    assert (outcome.code, outcome.remedy) == ("not-your-task", remedy)
