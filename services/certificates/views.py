"""The rows that people and verification read: certificates and standings, functions of state."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from libs.events.hours import PackVersion
from libs.runtime.service import Touch
from libs.runtime.tables import Gone, Row, Table
from services.certificates.state import Certificate, Holder

CERTIFICATES = Table(
    "certificates",
    key=("certificate_id",),
    columns={
        "certificate_id": "uuid",
        "person_id": "uuid NOT NULL",
        "kind": "text NOT NULL",
        "year": "int NOT NULL",
        "number": "text NOT NULL",
        "title": "text NOT NULL",
        "totals": "text NOT NULL",  # JSON: hours by category, and total
        "issued_unit_id": "uuid NOT NULL",
        "unit_name": "text NOT NULL",
        "issued_on": "date NOT NULL",
        "pack": "text NOT NULL",
        "pack_version": "int NOT NULL",
        "replaces": "text",
        "valid": "boolean NOT NULL",
        "revoked_at": "timestamptz",
        "why": "text",
        "fallen": "text",  # JSON: the entry that left
        "replaced_by": "text",
        "rule": "text",
        "says": "text",
        "version": "bigint NOT NULL",
    },
    # lists go from holder to holder: what may be asked of a whole province has its index
    indexes=(
        "(person_id, certificate_id)",
        "(number)",
        "(year, person_id, certificate_id)",
        "(kind, person_id, certificate_id)",
        "(person_id, certificate_id) WHERE NOT valid",
    ),
)

STANDINGS = Table(
    "standings",
    key=("person_id", "year"),
    columns={
        "person_id": "uuid",
        "year": "int",
        "satisfied": "text NOT NULL",  # kinds, with spaces between
        "pack": "text NOT NULL",
        "pack_version": "int NOT NULL",
        "digest": "text NOT NULL",
    },
)


def rows(
    state: Holder, touched: Collection[UUID], touches: Mapping[UUID, Touch]
) -> Iterable[Row | Gone]:
    """A row for each certificate touched; the standings where the person is."""
    for one in touched:
        if one in state.certificates:
            yield _certificate(state.certificates[one], state, touches[one])
        else:
            for year, judged in state.standings.items():
                yield standing(one, year, judged.satisfied, judged.pack)


def standing(person: UUID, year: int, satisfied: Sequence[str], law: PackVersion) -> Row:
    """How a person's year stands, and by which law."""
    return STANDINGS.row(
        person_id=person,
        year=year,
        satisfied=" ".join(satisfied),
        pack=law.pack,
        pack_version=law.version,
        digest=law.digest,
    )


def _certificate(one: Certificate, holder: Holder, touch: Touch) -> Row:
    fall = one.fall
    return CERTIFICATES.row(
        certificate_id=one.id,
        person_id=holder.person_id,
        kind=one.kind,
        year=one.year,
        number=one.number,
        title=one.title,
        totals=msgspec.json.encode({k: str(v) for k, v in one.totals.items()}).decode(),
        issued_unit_id=one.unit_id,
        unit_name=one.unit_name,
        issued_on=one.issued_on,
        pack=one.pack.pack,
        pack_version=one.pack.version,
        replaces=one.replaces,
        valid=one.valid,
        revoked_at=touch.at if fall else None,
        why=fall.why.value if fall else None,
        fallen=fall.fallen.model_dump_json() if fall and fall.fallen else None,
        replaced_by=fall.replaced_by if fall else None,
        rule=fall.rule if fall else None,
        says=fall.says if fall else None,
        version=touch.position,
    )
