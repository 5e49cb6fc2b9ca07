"""What decisions may read beside their own stream, kept current inside a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from libs.events import identity
from libs.events.envelope import Role
from libs.events.event import Event
from libs.events.identity import Placement, UnitKind, UnitRegistered, Way
from libs.events.values import Digest


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Another unit's place in the administration."""

    unit_id: UUID
    kind: UnitKind
    bureau_id: UUID
    parent_id: UUID | None
    city: str
    county: str
    industry: str | None
    jurisdiction: str

    def placement(self, department_id: UUID | None, effective: date) -> Placement:
        """Belonging to this unit, in full."""
        return Placement(
            unit_id=self.unit_id,
            department_id=department_id,
            bureau_id=self.bureau_id,
            parent_id=self.parent_id,
            city=self.city,
            county=self.county,
            industry=self.industry,
            jurisdiction=self.jurisdiction,
            effective=effective,
        )


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose number a digest is, the digest of that person's name, and the unit if there is one."""

    person_id: UUID
    name_digest: Digest
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A one-time code that has been made and not been used."""

    activation_id: UUID
    until: datetime


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """Loaded once a batch, for the ids that its commands name."""

    units: Mapping[UUID, UnitFacts] = field(default_factory=dict)
    departments: Mapping[UUID, UUID] = field(default_factory=dict)  # open ones, to their unit
    heads: Mapping[UUID, int] = field(default_factory=dict)  # admins of each department
    codes: Mapping[str, UUID] = field(default_factory=dict)  # 统一社会信用代码 taken
    kinds: Mapping[UnitKind, int] = field(default_factory=dict)  # units there are of a kind
    owners: Mapping[Digest, Owner] = field(default_factory=dict)
    pending: Mapping[tuple[UUID, Way], Pending] = field(default_factory=dict)
    holders: Mapping[Role, UUID] = field(default_factory=dict)  # 三员
    hashes: Mapping[UUID, str] = field(default_factory=dict, repr=False)  # of passwords that hold

    def after(self, events: Sequence[Event]) -> "IdentityFacts":
        """The facts once these events have happened."""
        found = self
        for event in events:
            found = found._after(event)
        return found

    def _after(self, event: Event) -> "IdentityFacts":
        match event:
            case identity.UnitRegistered():
                return replace(
                    self,
                    units={**self.units, event.unit_id: facts_of(event)},
                    codes={**self.codes, event.code: event.unit_id},
                    kinds={**self.kinds, event.kind: self.kinds.get(event.kind, 0) + 1},
                )
            case identity.DepartmentAdded():
                return replace(
                    self, departments={**self.departments, event.department_id: event.unit_id}
                )
            case identity.DepartmentClosed():
                rest = {d: u for d, u in self.departments.items() if d != event.department_id}
                return replace(self, departments=rest)
            case identity.AdminAppointed() | identity.AdminScopeChanged():
                return self._appointed(event)
            case identity.AdminDismissed(unit_id=None):
                rest_held = {r: p for r, p in self.holders.items() if r is not event.role}
                return replace(self, holders=rest_held)
            case identity.ActivationIssued():
                code = Pending(event.activation_id, event.until)
                return replace(self, pending={**self.pending, (event.person_id, event.way): code})
            case identity.PasswordReset():
                return self._without_hash(event.person_id)
            case identity.AccountActivated():
                left = {k: p for k, p in self.pending.items() if k[0] != event.person_id}
                left = {k: p for k, p in left.items() if p.activation_id != event.activation_id}
                return replace(self, pending=left)._without_hash(event.person_id)
        return self

    def _without_hash(self, account: UUID) -> "IdentityFacts":
        """Its password is another from now on."""
        return replace(self, hashes={a: h for a, h in self.hashes.items() if a != account})

    def _appointed(
        self, event: identity.AdminAppointed | identity.AdminScopeChanged
    ) -> "IdentityFacts":
        if event.unit_id is None:
            return replace(self, holders={**self.holders, event.role: event.person_id})
        if event.department_id is None:
            return self
        count = self.heads.get(event.department_id, 0) + 1
        return replace(self, heads={**self.heads, event.department_id: count})


def facts_of(unit: UnitRegistered) -> UnitFacts:
    """What others need to know of a unit."""
    return UnitFacts(
        unit_id=unit.unit_id,
        kind=unit.kind,
        bureau_id=unit.bureau_id,
        parent_id=unit.parent_id,
        city=unit.city,
        county=unit.county,
        industry=unit.industry,
        jurisdiction=unit.jurisdiction,
    )
