"""The composition root of filing."""

from libs.events import filing, hours, identity, policy
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.documents.files import Folder
from libs.runtime.documents.paper import Press
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings, unlocked
from services.filing import private
from services.filing.api import ROUTERS
from services.filing.api.desk import Keys
from services.filing.decider import DECIDER
from services.filing.facts import FilingLookup
from services.filing.reactions import FOREIGN, REACTIONS
from services.filing.rules.steps import REPORTED_AND_SEALED
from services.filing.settings import FilingSettings
from services.filing.views import FILINGS, rows


def compose(settings: Settings) -> Composition:
    """The context, wired."""
    mine = FilingSettings()
    texts = unlocked(mine.text_key)
    numbers = unlocked(settings.match_key)
    service = Service(
        name="filing",
        events=Registry.of(filing),
        streams={"filing": Stream(DECIDER, rows)},
        facts=FilingLookup(),
        views=(FILINGS, *FOREIGN),
        private_tables=private.OWN,
        private=private.rows,
        reactions=REACTIONS,
        foreign=Registry.of(identity, policy, hours),
    )
    return Composition(
        service,
        "Filing (培训备案)",
        "Training classes of bases: filed, reported, and granted (培训班备案、学时认定).",
        ROUTERS,
        refuses=(REPORTED_AND_SEALED,),
        files=Folder(settings.files),
        keys={"JIXU_FILING_TEXT_KEY": texts, "JIXU_MATCH_KEY": numbers},
        parts={
            "keys": Keys(texts, numbers),
            "press": Press(mine.fonts),
            "limits": mine,
        },
    )
