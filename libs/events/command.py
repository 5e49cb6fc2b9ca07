"""What is asked of a context, by whom, when: the words of the request and its envelope."""

from abc import ABC, abstractmethod
from uuid import UUID

from pydantic import BaseModel, ConfigDict, InstanceOf

from libs.events.envelope import Envelope


class Command(BaseModel, ABC):
    """A request that is either refused by a rule or becomes events of one stream."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    envelope: InstanceOf[Envelope]

    @property
    @abstractmethod
    def stream(self) -> str:
        """The stream that decides, such as `hours/{person}/{year}`."""

    @property
    @abstractmethod
    def resource(self) -> UUID:
        """What the command is about; its version is what If-Match speaks of."""
