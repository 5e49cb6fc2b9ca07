"""The composition root of policy."""

from libs.events import identity, policy
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.following import RowsOnly
from libs.runtime.following.people import sessions
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings
from services.policy import private
from services.policy.api import router
from services.policy.decider import DECIDER
from services.policy.facts import PolicyLookup
from services.policy.rules import OTHER_LAW
from services.policy.views import EXTENSIONS, PUBLISHED, rows


def compose(_settings: Settings) -> Composition:
    """The context, wired."""
    service = Service(
        name="policy",
        events=Registry.of(policy),
        streams={"pack": Stream(DECIDER, rows)},
        facts=PolicyLookup(),
        views=(PUBLISHED, EXTENSIONS),
        private_tables=(private.REASONS,),
        private=private.rows,
        reactions={"identity": RowsOnly((sessions,))},
        foreign=Registry.of(identity),
    )
    return Composition(
        service,
        "Policy (政策)",
        "The notices as packs, proposed, approved and published.",
        [router],
        refuses=(OTHER_LAW,),
    )
