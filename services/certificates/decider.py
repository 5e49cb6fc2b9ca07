"""The decisions about one person's certificates."""

from collections.abc import Iterator, Sequence
from typing import assert_never
from uuid import UUID

from libs.decider import Decider, Refused, conventions, keep
from libs.events.certificates import (
    CertificateIssued,
    CertificateRevoked,
    Fallen,
    StandingChanged,
    Why,
)
from libs.events.values import Hours
from libs.policy import Pack, Standing, china_day, judged
from services.certificates.commands import (
    CertificatesCommand,
    ExchangeCertificate,
    GenerateCertificate,
    Reassess,
)
from services.certificates.rules import asking, falling
from services.certificates.state import Certificate, Holder, Known, Year, evolve
from services.certificates.state.holder import CertificatesEvent

TOTAL = "total"


def decide(
    command: CertificatesCommand, state: Holder, facts: Known
) -> Sequence[CertificatesEvent]:
    """What happens, or Refused."""
    match command:
        case GenerateCertificate():
            return [_issued(command, state, facts)]
        case ExchangeCertificate():
            issued = _issued(command, state, facts)
            return [_exchanged(state.certificates[command.old_id], issued), issued]
        case Reassess():
            return [*_fallen(command, state, facts), *_standing(command, state, facts)]
        case _:
            assert_never(command)


def _issued(command: asking.Ask, state: Holder, facts: Known) -> CertificateIssued:
    keep(asking.ON_ASK, command, state, facts)
    kind, year = asking.asked_for(command, state)
    law = asking.law_of(command, state, facts)
    assert law is not None, "a rule has made sure"  # noqa: S101
    pack = law.pack
    terms, entries = pack.certificate(kind), facts.year(command.person_id, year)
    standing = judged(pack, entries.lines())
    if standing is None:
        raise Refused(asking.known_to_lack(command, facts, asking.CONDITIONS))
    if broken := asking.unmet(pack, terms, standing):
        raise Refused(asking.known_to_lack(command, facts, broken))
    place = facts.places[command.person_id]
    old = state.certificates[command.old_id] if isinstance(command, ExchangeCertificate) else None
    return CertificateIssued(
        certificate_id=command.certificate_id,
        person_id=command.person_id,
        kind=kind,
        year=year,
        number=command.number,
        title=terms.title.value,
        entries=tuple(
            one.line.entry for one in entries.standing() if terms.concerns(one.line.category)
        ),
        gone=tuple(entries.left),
        totals=_totals(standing),
        unit_id=place.unit_id,
        unit_name=place.unit_name,
        pack=law.version,
        issued_on=china_day(command.envelope.at),
        replaces=old.number if old else None,
    )


def _totals(standing: Standing) -> dict[str, Hours]:
    counted = {code: Hours(n) for code, n in standing.count.by_category.items() if n}
    return {**counted, TOTAL: Hours(standing.count.total)}


def _exchanged(old: Certificate, new: CertificateIssued) -> CertificateRevoked:
    return CertificateRevoked(
        certificate_id=old.id,
        person_id=new.person_id,
        kind=old.kind,
        year=old.year,
        number=old.number,
        why=Why.EXCHANGED,
        replaced_by=new.number,
        rule=str(conventions.CERTIFICATES),
        says="持证人已换发新证书，原证书失效。",
    )


def _fallen(command: Reassess, state: Holder, facts: Known) -> Iterator[CertificateRevoked]:
    """What the leaving of entries makes fall. What had left before it was issued can't."""
    year = facts.year(command.person_id, command.year)
    if not year.left:
        return
    for certificate in state.valid(command.year):
        pack = facts.version(certificate.pack)
        if cause := _felled_by(certificate, year, pack):
            terms = pack.certificate(certificate.kind)
            yield CertificateRevoked(
                certificate_id=certificate.id,
                person_id=command.person_id,
                kind=certificate.kind,
                year=certificate.year,
                number=certificate.number,
                why=Why.HOURS_REVOKED,
                fallen=_told(cause, year),
                rule=str(terms.falls_on.source),
                says=falling.sentence_of_falling(pack, terms, year.left[cause]),
            )


def _felled_by(certificate: Certificate, year: Year, pack: Pack) -> UUID | None:
    terms = pack.certificate(certificate.kind)
    for entry in year.left:
        if entry in certificate.gone:
            continue
        known = year.joined.get(entry)
        category = known.line.category if known else None
        if falling.falls(pack, terms, category, rested_on=entry in certificate.entries):
            return entry
    return None


def _told(entry: UUID, year: Year) -> Fallen:
    known = year.joined.get(entry)
    if known is None:
        return Fallen(entry_id=entry)
    return Fallen(
        entry_id=entry,
        category=known.line.category,
        began=known.began,
        ended=known.ended,
        hours=known.line.hours,
    )


def _standing(command: Reassess, state: Holder, facts: Known) -> Iterator[StandingChanged]:
    """The standing, where it or the law by which it was judged has changed."""
    law = facts.law(command.person_id, command.year)
    if law is None:
        return
    standing = judged(law.pack, facts.year(command.person_id, command.year).lines())
    if standing is None:
        return
    satisfied = tuple(sorted(standing.satisfied))
    total = Hours(standing.count.total)
    before = state.standings.get(command.year)
    if before is None or (before.satisfied, before.pack) != (satisfied, law.version):
        yield StandingChanged(
            person_id=command.person_id,
            year=command.year,
            satisfied=satisfied,
            total=total,
            pack=law.version,
        )


CERTIFICATES = Decider(Holder, decide, evolve)
