"""A unit as far as decisions need it: its place, its departments, its titles, its account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from libs.events.identity import BaseDesignated, BaseLevel, UnitRegistered
from services.identity.state.account import Account


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's stream, added up."""

    registered: UnitRegistered | None = None
    name: str = ""
    departments: Mapping[UUID, str] = field(default_factory=dict)  # every one that ever was
    closed: frozenset[UUID] = frozenset()
    bases: Mapping[BaseLevel, BaseDesignated] = field(default_factory=dict)
    account: Account = field(default_factory=Account)

    @property
    def open_departments(self) -> Mapping[UUID, str]:
        """The departments that people may belong to."""
        return {key: name for key, name in self.departments.items() if key not in self.closed}
