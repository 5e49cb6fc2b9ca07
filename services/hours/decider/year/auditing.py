"""What an auditor answers: passed to the next stage, passed into the ledger, or not passed."""

from libs.events import hours as events
from libs.events.hours import HoursRecognised, SourceKind
from services.hours.commands import FailAudit, PassAudit
from services.hours.decider.year.claiming import about
from services.hours.rules import actors, auditing, deadlines, states
from services.hours.rules.known import claim_of, law_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PersonYear, YearEvent

ON_AUDIT = (*actors.ASKED, states.is_there, actors.may_audit, states.is_pending)
ON_PASS = (
    *ON_AUDIT,
    auditing.opinion_names_nobody,
    auditing.nothing_counts_twice,
    auditing.quantity_is_decided,
    auditing.more_than_the_half_days_is_explained,
    auditing.more_than_asked_is_explained,
    auditing.recognised_is_possible,
    deadlines.audit_is_in_time,
)
ON_FAIL = (*ON_AUDIT, auditing.opinion_is_given, deadlines.audit_is_in_time)


def passed(command: PassAudit, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """The last stage recognises the hours in the same append."""
    claim, law = claim_of(command, state), law_of(command, facts)
    stage = claim.stage + 1
    passed = events.AuditPassed(
        **about(command),
        stage=stage,
        by_unit_id=command.envelope.actor.unit_id,
        late=deadlines.is_late(command, facts),
        opinion_digest=command.opinion_digest,
    )
    if stage < len(law.pack.hours.stages.value):
        return [passed]
    said = claim.activity
    recognised = HoursRecognised(
        person_id=command.person_id,
        year=command.year,
        entry_id=claim.id,
        category=said.category,
        rule=said.rule,
        asked=said.hours,
        recognised=command.hours or said.hours,
        source=SourceKind.CLAIM,
        source_id=claim.id,
        activity=said.name,
        began=said.began,
        ended=said.ended,
        by_unit_id=command.envelope.actor.unit_id,
        pack=law.version,
    )
    return [passed, recognised]


def failed(command: FailAudit, state: PersonYear, facts: HoursFacts) -> list[YearEvent]:
    """The opinion stands in the private table."""
    return [
        events.AuditFailed(
            **about(command),
            stage=claim_of(command, state).stage + 1,
            by_unit_id=command.envelope.actor.unit_id,
            late=deadlines.is_late(command, facts),
            opinion_digest=command.opinion_digest,
        )
    ]
