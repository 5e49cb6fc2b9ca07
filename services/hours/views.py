"""What lists and pages read: claims, the ledger, grants. Each row is a function of its stream."""

import json
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.hours.state.grant import Grant
from services.hours.state.year import Claim, PersonYear

CLAIMS = Table(
    "claims",
    key=("claim_id",),
    columns={
        "claim_id": "uuid",
        "person_id": "uuid NOT NULL",
        "year": "int NOT NULL",
        "state": "text NOT NULL",
        "registered_by": "text NOT NULL",
        "to_unit_id": "uuid",
        "category": "text NOT NULL",
        "rule": "text NOT NULL",
        "name": "text NOT NULL",
        "organiser": "text NOT NULL",
        "form": "text NOT NULL",
        "result": "text NOT NULL",
        "began": "text NOT NULL",
        "ended": "text NOT NULL",
        "asked": "int NOT NULL",  # hundredths of an hour
        "recognised": "int",
        "evidence": "text NOT NULL",
        "stage": "int NOT NULL",
        "passed_by": "uuid",
        "same_as": "uuid",
        "opinion_digest": "text",
        "late": "boolean NOT NULL",
        "changed_at": "timestamptz NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(person_id, year)", "(to_unit_id, state, version)", "(state, version)", "(version)"),
)

ENTRIES = Table(
    "entries",
    key=("entry_id",),
    columns={
        "entry_id": "uuid",
        "person_id": "uuid NOT NULL",
        "year": "int NOT NULL",
        "category": "text NOT NULL",
        "rule": "text NOT NULL",
        "asked": "int NOT NULL",
        "recognised": "int NOT NULL",
        "source": "text NOT NULL",
        "source_id": "uuid NOT NULL",
        "activity": "text NOT NULL",
        "began": "text NOT NULL",
        "ended": "text NOT NULL",
        "by_unit_id": "uuid NOT NULL",
        "pack": "text NOT NULL",
        "recognised_at": "timestamptz NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(person_id, year)", "(source_id)", "(version)"),
)

GRANTS = Table(
    "grants",
    key=("filing_id",),
    columns={
        "filing_id": "uuid",
        "roster_id": "uuid NOT NULL",
        "left_out": "text NOT NULL",
        "said": "text NOT NULL",  # GrantStarted as JSON
        "count": "int NOT NULL",
        "credited": "int NOT NULL",
        "waiting": "int NOT NULL",
        "refused": "int NOT NULL",
        "settled": "boolean NOT NULL",
        "version": "bigint NOT NULL",
    },
    indexes=("(roster_id)", "(filing_id) WHERE NOT settled"),
)

GRANT_REFUSALS = Table(
    "grant_refusals",
    key=("filing_id", "person_id"),
    columns={
        "filing_id": "uuid",
        "person_id": "uuid",
        "rule": "text NOT NULL",
        "same_as": "uuid",
    },
    indexes=("(person_id)", "(same_as) WHERE same_as IS NOT NULL"),
)

OWN = (CLAIMS, ENTRIES, GRANTS, GRANT_REFUSALS)


def year_rows(
    year: PersonYear, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """The rows of these claims and entries. A claim and the entry it became share an id."""
    for resource in touched:
        touch = touches[resource]
        if (claim := year.claims.get(resource)) is not None:
            yield _claim_row(year, claim, touch)
        if (entry := year.entries.get(resource)) is not None:
            yield ENTRIES.row(
                entry_id=entry.entry_id,
                person_id=entry.person_id,
                year=entry.year,
                category=entry.category,
                rule=entry.rule,
                asked=entry.asked.hundredths,
                recognised=entry.recognised.hundredths,
                source=entry.source.value,
                source_id=entry.source_id,
                activity=entry.activity,
                began=str(entry.began),
                ended=str(entry.ended),
                by_unit_id=entry.by_unit_id,
                pack=entry.pack.pack,
                recognised_at=touch.at,
                version=touch.position,
            )
        elif resource in year.revoked:
            yield ENTRIES.gone(resource)


def _claim_row(year: PersonYear, claim: Claim, touch: Touch) -> Row:
    said = claim.activity
    entry = year.entries.get(claim.id)
    return CLAIMS.row(
        claim_id=claim.id,
        person_id=year.person_id,
        year=year.year,
        state=claim.state.value,
        registered_by=claim.registered_by.value,
        to_unit_id=claim.to_unit_id,
        category=said.category,
        rule=said.rule,
        name=said.name,
        organiser=said.organiser,
        form=said.form,
        result=said.result,
        began=str(said.began),
        ended=str(said.ended),
        asked=said.hours.hundredths,
        recognised=entry.recognised.hundredths if entry else None,
        evidence=json.dumps(said.evidence),
        stage=claim.stage,
        passed_by=claim.passed_by,
        same_as=claim.same_as,
        opinion_digest=claim.opinion_digest,
        late=claim.late,
        changed_at=touch.at,
        version=touch.position,
    )


def grant_rows(
    grant: Grant, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """How far a grant has gone, and whom it could not credit."""
    said, settled = grant.started, grant.settled
    if said is None:
        return
    for filing_id in touched:
        yield GRANTS.row(
            filing_id=filing_id,
            roster_id=said.roster_id,
            left_out=json.dumps(said.left_out),
            said=said.model_dump_json(),
            count=said.count,
            credited=settled.credited if settled else 0,
            waiting=settled.waiting if settled else 0,
            refused=len(grant.refused),
            settled=settled is not None,
            version=touches[filing_id].position,
        )
    for person_id, why in grant.refused.items():
        yield GRANT_REFUSALS.row(
            filing_id=said.filing_id, person_id=person_id, rule=why.rule, same_as=why.same_as
        )
    for person_id in grant.reopened:
        yield GRANT_REFUSALS.gone(said.filing_id, person_id)
