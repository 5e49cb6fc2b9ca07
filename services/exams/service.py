"""The composition root of exams."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from libs.events import exams, identity, policy
from libs.events.registry import Registry
from libs.runtime.composition import Composition
from libs.runtime.service import Service, Stream
from libs.runtime.settings import Settings, unlocked
from services.exams import private, timers
from services.exams.api import ROUTERS
from services.exams.decider import course, study
from services.exams.facts import ExamsLookup
from services.exams.reactions import FOREIGN, REACTIONS
from services.exams.rules.examining import PASSED_ALREADY
from services.exams.views import OWN, course_rows, study_rows


class ExamsSettings(BaseSettings):
    """What only exams needs. `text_key`: hexadecimal, keys the digests of texts and banks."""

    model_config = SettingsConfigDict(env_prefix="JIXU_EXAMS_", frozen=True)

    text_key: SecretStr = SecretStr("")


def compose(_settings: Settings) -> Composition:
    """The context, wired."""
    text_key = unlocked(ExamsSettings().text_key)
    service = Service(
        name="exams",
        events=Registry.of(exams),
        streams={
            "course": Stream(course.DECIDER, course_rows),
            "exams": Stream(study.DECIDER, study_rows),
        },
        facts=ExamsLookup(),
        views=(*OWN, *FOREIGN),
        private_tables=private.TABLES,
        private=private.rows,
        reactions=REACTIONS,
        foreign=Registry.of(identity, policy),
    )
    return Composition(
        service,
        "Exams (公需科目)",
        "Courses, study and exams of public subjects (公需科目学习与考试).",
        ROUTERS,
        refuses=(PASSED_ALREADY,),
        keys={"JIXU_EXAMS_TEXT_KEY": text_key},
        parts={"text_key": text_key},
        due=(timers.attempts_over,),
    )
