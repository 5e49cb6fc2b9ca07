"""What lists and pages read of filings. Each row is a function of its stream."""

import json
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.filing.state.filing import Filing

UNSEALED = "sealed IS NULL AND held IS NOT FALSE"
"""The stamped form is still to come, if the class is over."""

FILINGS = Table(
    "filings",
    key=("filing_id",),
    columns={
        "filing_id": "uuid",
        "unit_id": "uuid NOT NULL",
        "year": "int NOT NULL",
        "pack": "text NOT NULL",
        "name": "text NOT NULL",
        "run_type": "text NOT NULL",
        "mode": "text NOT NULL",
        "began": "text NOT NULL",
        "ended": "text NOT NULL",
        "ended_on": "date NOT NULL",
        "days": "int NOT NULL",
        "hours": "int NOT NULL",  # hundredths of an hour
        "declared_on": "date NOT NULL",
        "after_start": "boolean NOT NULL",
        "held": "boolean",
        "as_filed": "boolean",
        "remark_digest": "text",
        "sealed": "text",
        "roster_id": "uuid",
        "roster_count": "int",
        "recognition": "text NOT NULL",
        "requests": "int NOT NULL",
        "granted_hours": "int",
        "granted_count": "int",
        "left_out": "text NOT NULL",
        "opinion_digest": "text",
        "reason_digest": "text",
        "changed_at": "timestamptz NOT NULL",
        "version": "bigint NOT NULL",
    },
    # a list is in the order of `version`: each condition that may be asked of all has its index
    indexes=(
        "(unit_id, version)",
        "(recognition, version)",
        f"(version) WHERE {UNSEALED}",
        "(year, version)",
        "(version)",
    ),
)


def rows(
    filing: Filing, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """One row a filing."""
    said = filing.submitted
    if said is None:
        return
    filed, report, roster, granted = said.filed, filing.report, filing.roster, filing.granted
    for filing_id in touched:
        touch = touches[filing_id]
        yield FILINGS.row(
            filing_id=filing_id,
            unit_id=said.unit_id,
            year=said.year,
            pack=said.pack.pack,
            name=filed.name,
            run_type=filed.run_type.value,
            mode=filed.mode.value,
            began=str(filed.began),
            ended=str(filed.ended),
            ended_on=filed.ended.day,
            days=filed.days,
            hours=filed.hours.hundredths,
            declared_on=filed.declared_on,
            after_start=said.after_start,
            held=report and report.held,
            as_filed=report and report.as_filed,
            remark_digest=report and report.remark_digest,
            sealed=filing.sealed,
            roster_id=roster and roster.id,
            roster_count=roster and len(roster.attendees),
            recognition=filing.recognition.value,
            requests=filing.requests,
            granted_hours=granted and granted.hours.hundredths,
            granted_count=granted and granted.count,
            left_out=json.dumps(granted.left_out if granted else ()),
            opinion_digest=filing.opinion_digest,
            reason_digest=filing.reason_digest,
            changed_at=touch.at,
            version=touch.position,
        )
