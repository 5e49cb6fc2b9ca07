"""The composition root of identity."""

from libs.events import identity as events
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings
from services.identity import decider, offices, private, timers, views
from services.identity.api import ROUTERS
from services.identity.directory import Directory
from services.identity.facts import IdentityLookup
from services.identity.rules.admins.reasons import ALREADY_APPOINTED
from services.identity.settings import IdentitySettings
from services.identity.tools import Tools

SERVICE = Service(
    name="identity",
    events=Registry.of(events),
    streams={
        "person": Stream(decider.PERSON, views.of_person),
        "unit": Stream(decider.UNIT, views.of_unit),
        "office": Stream(decider.OFFICE),
    },
    facts=IdentityLookup(),
    views=views.TABLES,
    private_tables=private.TABLES,
    private=private.rows,
    log_indexes=("(subject, position)",),  # the audit of one person or unit
)


def compose(settings: Settings) -> Composition:
    """Identity, wired by settings."""
    own = IdentitySettings()
    tools = Tools(settings, own)
    return Composition(
        SERVICE,
        "Identity (人员与单位)",
        "People, units, their admins, and who is logged in (注册、登录、单位、部门、管理员)",
        ROUTERS,
        parts={"tools": tools},
        refuses=(ALREADY_APPOINTED,),
        due=timers.due(),
        after_round=Directory(settings.prefix).after_round,
        after_migrate=lambda said: offices.after_migrate(SERVICE, said, own, tools),
    )
