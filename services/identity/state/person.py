"""A person as far as decisions need it: where they belong, what they may act as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from libs.events.envelope import Role
from libs.events.identity import Placement
from services.identity.state.account import Account


class Membership(Enum):
    """Whether the unit says the person is one of its own."""

    NONE = "none"  # never registered with a unit
    PENDING = "pending"  # 待单位确认
    MEMBER = "member"
    DECLINED = "declined"  # 单位不予确认


@dataclass(frozen=True, slots=True)
class Office:
    """A role held for a unit (none: one of the three); `standing` until dismissed."""

    department_id: UUID | None
    standing: bool = True


Held = tuple[UUID | None, Role]


@dataclass(frozen=True, slots=True)
class Person:
    """One person's stream, added up."""

    id: UUID | None = None
    placement: Placement | None = None
    membership: Membership = Membership.NONE
    offices: Mapping[Held, Office] = field(default_factory=dict)
    allowed: frozenset[UUID] = frozenset()  # units for which 允许登录系统 is ticked
    account: Account = field(default_factory=Account)
    erased: bool = False

    @property
    def standing(self) -> Mapping[Held, Office]:
        """The roles that the person holds now."""
        return {held: office for held, office in self.offices.items() if office.standing}

    @property
    def record(self) -> Mapping[str, Any]:
        """The columns that scope is asked of."""
        place = self.placement
        return {
            "person_id": self.id,
            "unit_id": place and place.unit_id,
            "department_id": place and place.department_id,
            "parent_id": place and place.parent_id,
            "bureau_id": place and place.bureau_id,
        }
