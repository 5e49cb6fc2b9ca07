"""Who is still let in, checked inside the batch.

A token lives five minutes. A session's end counts as soon as it is heard of; when identity has
not been heard of for longer than a token lives, admins wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from libs.decider import Refused
from libs.events.envelope import Envelope, Role
from libs.runtime import refusals
from libs.runtime.tables import Rows, Statement

MAY_BE_SILENT = timedelta(minutes=5)
_NO_ADMIN = frozenset({Role.LEARNER, Role.SERVICE})


def ask(envelopes: Sequence[Envelope]) -> Sequence[Statement]:
    """What is known of these sessions, and when identity was last heard."""
    sessions = {e.actor.session_id for e in envelopes if e.actor.session_id}
    return (
        Statement(
            "SELECT session_id FROM ended_sessions WHERE session_id = ANY(%s)", (list(sessions),)
        ),
        Statement("SELECT as_of FROM heard WHERE context = 'identity'"),
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """What the batch knows of sessions."""

    ended: frozenset[UUID]
    identity_heard: datetime | None

    @classmethod
    def of(cls, ended: Rows, heard: Rows) -> "Gate":
        """From the rows that `ask` asked for."""
        return cls(frozenset(row[0] for row in ended), heard[0][0] if heard else None)

    def let_in(self, envelope: Envelope, *, hears_identity: bool) -> None:
        """Refused: TOKEN_MISSING for an ended session, BEHIND for an admin in the silence."""
        actor = envelope.actor
        if actor.session_id in self.ended:
            raise Refused(refusals.TOKEN_MISSING)
        if not hears_identity or actor.role in _NO_ADMIN:
            return
        if self.identity_heard is None or envelope.at - self.identity_heard > MAY_BE_SILENT:
            raise Refused(refusals.BEHIND.because("登录与权限信息超过 5 分钟未同步"))
