"""What an event is: a frozen fact about one subject, written once."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """An immutable fact. Its class name and its module's name make its name on the wire.

    `subject` names the field whose value is the partition key: the person where a person is
    the subject, else the aggregate. `about` names the field of the resource that it changes,
    whose version (ETag) is the position of the last event about it; `part` the field of a part of
    it, of which a resource may have thousands, and whose row alone is written anew.
    Fields are only ever added, with a default; a change of meaning is a new `version`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: ClassVar[int] = 1
    subject: ClassVar[str] = "person_id"
    about: ClassVar[str] = "person_id"
    part: ClassVar[str] = ""

    @classmethod
    def wire_name(cls) -> str:
        """`context.EventName`, as topics, logs and schemas call it."""
        return f"{cls.__module__.split('.')[2]}.{cls.__name__}"

    @classmethod
    def term(cls) -> str:
        """The official term, with which its own docstring begins."""
        return (cls.__doc__ or "").partition(":")[0].strip()

    @property
    def subject_id(self) -> UUID:
        """The partition key."""
        return self._id(self.subject)

    @property
    def about_id(self) -> UUID:
        """The resource whose version this event moves."""
        return self._id(self.about)

    @property
    def touched_ids(self) -> tuple[UUID, ...]:
        """What its rows are written anew of: the resource, and the part of it."""
        return (self.about_id, self._id(self.part)) if self.part else (self.about_id,)

    def _id(self, field: str) -> UUID:
        value = getattr(self, field)
        if not isinstance(value, UUID):
            raise TypeError(f"{self.wire_name()}.{field} is not an id")
        return value
