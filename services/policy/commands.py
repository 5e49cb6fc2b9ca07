"""What may be asked about packs."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.events.command import Command
from libs.events.values import Digest, PackId


def key_of(pack: PackId) -> UUID:
    """A pack's id as a UUID, for its stream's place on the topic."""
    return uuid5(NAMESPACE_URL, f"pack:{pack}")


class PackCommand(Command):
    """About one pack."""

    pack: PackId

    @property
    def stream(self) -> str:
        """The pack's own."""
        return f"pack/{self.pack}"

    @property
    def resource(self) -> UUID:
        """The pack."""
        return key_of(self.pack)


class ProposePack(PackCommand):
    """提交政策草案: the whole content of a version."""

    content: str


class ApprovePack(PackCommand):
    """批准发布: the version that was proposed with this digest."""

    digest: Digest


class ExtendWindow(PackCommand):
    """延长时限, with a reason, for everybody or for one unit."""

    window: str
    until: date
    unit_id: UUID | None
    reason_id: UUID
    reason: str


PolicyCommand = ProposePack | ApprovePack | ExtendWindow
