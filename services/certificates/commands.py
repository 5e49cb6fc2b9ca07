"""What may be asked about certificates, by a learner or by what other services said."""

from functools import cached_property
from typing import Annotated
from uuid import UUID

from pydantic import Field

from libs.events.certificates import Kind, Number
from libs.events.command import Command
from libs.events.envelope import Actor, Role

ITSELF = Actor(UUID("00000000-0000-4000-8000-00000000ce27"), Role.SERVICE)
"""The service, when a foreign event or a timer moves it."""


class _OfPerson(Command):
    person_id: UUID

    @cached_property
    def stream(self) -> str:  # asked several times a command
        """The person's own."""
        return f"certificates/{self.person_id}"


class _OfCertificate(_OfPerson):
    certificate_id: UUID
    number: Number  # its random part is made outside the decision

    @property
    def resource(self) -> UUID:
        """The new certificate."""
        return self.certificate_id


class GenerateCertificate(_OfCertificate):
    """生成证书: a certificate of this kind for this year, by the learner himself."""

    kind: Kind
    year: Annotated[int, Field(ge=1)]


class ExchangeCertificate(_OfCertificate):
    """换发: a new certificate for a valid one, with the hours as they stand now."""

    old_id: UUID


class Reassess(_OfPerson):
    """重新核定: the year as its entries stand now; what must fall falls."""

    year: int

    @property
    def resource(self) -> UUID:
        """The person."""
        return self.person_id


CertificatesCommand = GenerateCertificate | ExchangeCertificate | Reassess
