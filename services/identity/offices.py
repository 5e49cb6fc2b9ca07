"""The three administrators' first codes, printed once by `identity migrate`."""

import sys
from datetime import timedelta
from uuid import uuid4

from uuid_utils.compat import uuid7

from libs.events.envelope import Actor, Envelope, Role
from libs.events.identity import Way
from libs.runtime.clock import Clock
from libs.runtime.log.answers import Asked
from libs.runtime.log.writer import Writer
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.working import working
from services.identity import filling, keys
from services.identity.commands import Holder, IssueCode
from services.identity.rules.codes import office_id
from services.identity.settings import IdentitySettings
from services.identity.tools import Tools

TITLES = {
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}
FIRST_CODE_LASTS = timedelta(days=7)
SETUP = Actor(office_id(Role.SERVICE), Role.SERVICE)


async def after_migrate(
    service: Service, settings: Settings, own: IdentitySettings, tools: Tools
) -> None:
    """Fill what a new release lists people by; publish the public keys; make the offices' first
    codes, and print them if they are new."""
    await filling.fill(settings.database)
    if settings.token_keys is not None:
        keys.write(settings.token_keys, own.signing_key.get_secret_value(), own.other_key)
    writer = Writer(service, settings.database)
    async with working(writer.run()):
        for role, title in TITLES.items():
            command = first_code(role, Clock(settings.clock))
            accepted = await writer.submit(Asked(command))
            if accepted.said["version"]:
                code = tools.codes.of(command.activation_id, Way.HANDED)
                sys.stdout.write(f"{title} {role.value} {code}\n")


def first_code(role: Role, clock: Clock) -> IssueCode:
    """The very first code of an office; asked again, nothing happens."""
    now = clock.now()
    envelope = Envelope(at=now, actor=SETUP, key=uuid4().hex, correlation=uuid7())
    return IssueCode(
        envelope=envelope,
        holder=Holder.OFFICE,
        account_id=office_id(role),
        activation_id=uuid7(),
        way=Way.HANDED,
        until=now + FIRST_CODE_LASTS,
        pause=timedelta(),
        first=True,
    )
