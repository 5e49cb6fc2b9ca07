"""What happens to people, accounts and organisations. No person's name, number or address."""

from libs.events.identity.accounts import (
    AccountActivated,
    ActivationIssued,
    LoginFailed,
    PasswordReset,
    SessionEnded,
    SessionStarted,
    Way,
)
from libs.events.identity.admins import (
    AdminAppointed,
    AdminDismissed,
    AdminScopeChanged,
    LoginAllowed,
    LoginDenied,
)
from libs.events.identity.people import (
    DepartmentAssigned,
    IdentityCorrected,
    MembershipConfirmed,
    MembershipDeclined,
    PersonDetailsChanged,
    PersonErased,
    PersonRegistered,
    PersonTransferred,
)
from libs.events.identity.units import (
    BaseDesignated,
    BaseDesignationEnded,
    DepartmentAdded,
    DepartmentClosed,
    UnitRegistered,
    UnitRenamed,
)
from libs.events.identity.values import (
    Affiliation,
    BaseLevel,
    Name,
    Placement,
    UnitCode,
    UnitKind,
)

__all__ = [
    "AccountActivated",
    "ActivationIssued",
    "AdminAppointed",
    "AdminDismissed",
    "AdminScopeChanged",
    "Affiliation",
    "BaseDesignated",
    "BaseDesignationEnded",
    "BaseLevel",
    "DepartmentAdded",
    "DepartmentAssigned",
    "DepartmentClosed",
    "IdentityCorrected",
    "LoginAllowed",
    "LoginDenied",
    "LoginFailed",
    "MembershipConfirmed",
    "MembershipDeclined",
    "Name",
    "PasswordReset",
    "PersonDetailsChanged",
    "PersonErased",
    "PersonRegistered",
    "PersonTransferred",
    "Placement",
    "SessionEnded",
    "SessionStarted",
    "UnitCode",
    "UnitKind",
    "UnitRegistered",
    "UnitRenamed",
    "Way",
]
