"""The composition root of certificates."""

import asyncio

from libs.events import certificates, hours, identity, policy
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.following import laws
from libs.runtime.following.directory import DIRECTORY
from libs.runtime.following.people import PEOPLE, UNIT_NAMES, UNITS
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings
from services.certificates import keys
from services.certificates.api import ROUTERS
from services.certificates.decider import CERTIFICATES as DECIDER
from services.certificates.desk import Counter
from services.certificates.facts import Knowing
from services.certificates.reactions import REACTIONS
from services.certificates.rebuild import Standings
from services.certificates.rules.asking import ALREADY_VALID
from services.certificates.settings import CertificatesSettings
from services.certificates.timers import REJUDGED, Rejudging
from services.certificates.views import CERTIFICATES, STANDINGS, rows


def compose(_settings: Settings) -> Composition:
    """The context, wired."""
    own, knowing = CertificatesSettings(), Knowing()
    service = Service(
        name="certificates",
        events=Registry.of(certificates),
        streams={"certificates": Stream(DECIDER, rows)},
        facts=knowing,
        committed=knowing.remember,
        views=(CERTIFICATES, STANDINGS, PEOPLE, UNITS, UNIT_NAMES, *laws.FOLLOWED),
        private_tables=(DIRECTORY, REJUDGED),
        reactions=REACTIONS,
        foreign=Registry.of(hours, identity, policy),
        refold=Standings(),
    )

    async def project(settings: Settings) -> None:
        from services.certificates.projector import run  # Faust is loaded in this role alone

        await run(service, settings)

    async def after_migrate(_settings: Settings) -> None:
        if own.keys is not None:
            await asyncio.to_thread(keys.ensure, own.keys)

    return Composition(
        service,
        "Certificates (合格证书)",
        "Certificates generated, exchanged, printed and verified (生成、换发、打印、验证).",
        ROUTERS,
        refuses=(ALREADY_VALID,),
        parts={"counter": Counter.of(own)},
        due=(Rejudging(),),
        project=project,
        after_migrate=after_migrate,
    )
