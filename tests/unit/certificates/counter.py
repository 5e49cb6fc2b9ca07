"""The counter of certificates: one learner, the law of 2024, and what was heard of hours."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from libs.decider import Refused, Rule
from libs.events.certificates import CertificateIssued, CertificateRevoked
from libs.events.envelope import Actor, Envelope, Role
from libs.events.hours import RevokedFor
from libs.events.values import Half, HalfDay, Hours
from libs.policy import Line, Pack
from services.certificates.commands import (
    CertificatesCommand,
    ExchangeCertificate,
    GenerateCertificate,
    Reassess,
)
from services.certificates.decider import CERTIFICATES
from services.certificates.state import Entry, Holder, Known, Ledger, Place
from tests.policy.golden import law_of, pack_of

AT = datetime(2024, 12, 20, 1, 0, tzinfo=UTC)
LI = UUID(int=1)
UNIT = UUID(int=2)
YEAR = 2024
GX = pack_of("gx-2024")
Ask = GenerateCertificate | ExchangeCertificate

ISSUER = Actor(UUID(int=9), Role.SERVICE)


def named(name: str) -> UUID:
    """An id that a case calls by a name."""
    return uuid5(UNIT, name)


def entry(name: str, hours: str, rule: str = "training", pack: Pack = GX) -> Entry:
    """An entry of the ledger, by the pack's rule."""
    line = Line(named(name), pack.rule(rule).category, rule, Hours.of(hours))
    day = HalfDay(date(2024, 11, 4), Half.MORNING)
    return Entry(line, day, day)


def ledger(*entries: Entry, left: tuple[str, ...] = ()) -> Ledger:
    """What has joined, and what has left."""
    found = Ledger()
    for one in entries:
        found = found.joins(YEAR, one)
    for name in left:
        found = found.leaves(YEAR, named(name), RevokedFor.DELETED)
    return found


def known(of: Ledger, pack: Pack | None = GX, at: datetime = AT) -> Known:
    """Everything current, the learner at a unit of the pack's jurisdiction."""
    where = pack.jurisdiction if pack else GX.jurisdiction
    return Known(
        ledgers={LI: of},
        places={LI: Place(UNIT, "广西示例大学", where)},
        laws={(where, YEAR): law_of(pack)} if pack else {},
        versions={(pack.id, pack.version): law_of(pack)} if pack else {},
        heard=dict.fromkeys(("hours", "identity", "policy"), at),
        may_lag=timedelta(seconds=60),
    )


def envelope(actor: Actor | None = None, at: datetime = AT) -> Envelope:
    """The learner's click, unless somebody else's."""
    who = actor or Actor(LI, Role.LEARNER)
    return Envelope(at=at, actor=who, key="click-1234", correlation=UUID(int=5))


def generate(kind: str = "annual", name: str = "first", actor: Actor | None = None) -> Ask:
    """生成证书."""
    return GenerateCertificate(
        envelope=envelope(actor),
        person_id=LI,
        certificate_id=named(name),
        number=number(name),
        kind=kind,
        year=YEAR,
    )


def exchange(old: str, name: str, actor: Actor | None = None) -> Ask:
    """换发."""
    return ExchangeCertificate(
        envelope=envelope(actor),
        person_id=LI,
        certificate_id=named(name),
        old_id=named(old),
        number=number(name),
    )


def number(name: str) -> str:
    """A number that a case calls by a name."""
    return f"2024{named(name).int % 10**10:010}7"


REASSESS = Reassess(envelope=envelope(ISSUER), person_id=LI, year=YEAR)


@dataclass(frozen=True)
class Counter:
    """A learner at the counter; hours are heard of between what he asks."""

    facts: Known
    holder: Holder = field(default_factory=Holder)
    refused: Rule | None = None
    said: tuple[object, ...] = ()

    def heard(self, of: Ledger) -> "Counter":
        """The ledger is this now, and the year is reassessed."""
        facts = replace(self.facts, ledgers={LI: of})
        return replace(self, facts=facts).ask(REASSESS)

    def ask(self, command: CertificatesCommand) -> "Counter":
        """Ask; the answer is kept."""
        try:
            events = tuple(CERTIFICATES.decide(command, self.holder, self.facts))
        except Refused as refused:
            return replace(self, refused=refused.rule, said=())
        holder = CERTIFICATES.fold(events, self.holder)
        return replace(
            self, holder=holder, facts=self.facts.after(events), said=events, refused=None
        )

    @property
    def valid(self) -> list[str]:
        """The kinds of the valid certificates."""
        return sorted(c.kind for c in self.holder.valid(YEAR))

    @property
    def satisfied(self) -> tuple[str, ...]:
        """The kinds whose conditions the year meets."""
        return self.holder.standings[YEAR].satisfied

    @property
    def issued(self) -> CertificateIssued:
        """What was issued last."""
        return next(e for e in self.said if isinstance(e, CertificateIssued))

    @property
    def fallen(self) -> list[CertificateRevoked]:
        """What fell by the last command."""
        return [e for e in self.said if isinstance(e, CertificateRevoked)]
