"""The composition root of hours."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from libs.events import exams, filing, hours, identity, policy
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.documents.files import Folder
from libs.runtime.following.directory import DIRECTORY
from libs.runtime.following.erasing import ERASED
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings, unlocked
from services.hours import private, timers
from services.hours.api import ROUTERS
from services.hours.decider import grant, year
from services.hours.facts import HoursLookup
from services.hours.reactions import FOREIGN, REACTIONS
from services.hours.rules.sameness import ALREADY_CREDITED
from services.hours.views import OWN, grant_rows, year_rows


class HoursSettings(BaseSettings):
    """What only hours needs. `text_key`: hexadecimal, keys the digests of texts."""

    model_config = SettingsConfigDict(env_prefix="JIXU_HOURS_", frozen=True)

    text_key: SecretStr = SecretStr("")


def compose(settings: Settings) -> Composition:
    """The context, wired."""
    text_key = unlocked(HoursSettings().text_key)
    match_key = unlocked(settings.match_key)
    service = Service(
        name="hours",
        events=Registry.of(hours),
        streams={
            "hours": Stream(year.DECIDER, year_rows),
            "grant": Stream(grant.DECIDER, grant_rows),
        },
        facts=HoursLookup(),
        views=(*OWN, *FOREIGN),
        private_tables=(private.TEXTS, DIRECTORY, ERASED),
        private=private.rows,
        reactions=REACTIONS,
        foreign=Registry.of(identity, policy, exams, filing),
    )
    return Composition(
        service,
        "Hours (学时)",
        "Claims, audits and the one ledger of hours (学时登记、审核、学时档案).",
        ROUTERS,
        refuses=(ALREADY_CREDITED,),
        files=Folder(settings.files),
        keys={"JIXU_HOURS_TEXT_KEY": text_key, "JIXU_MATCH_KEY": match_key},
        parts={"text_key": text_key, "match_key": match_key},
        due=timers.DUE,
    )
