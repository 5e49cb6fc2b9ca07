"""What may be asked about hours: claims and their audit, and what other contexts cause."""

from uuid import UUID

from libs.events.command import Command
from libs.events.envelope import Actor, Role
from libs.events.hours import Activity, PackVersion, RegisteredBy, RevokedFor, RuleCode, Title
from libs.events.values import CategoryCode, Digest, HalfDay, Hours

HOURS = Actor(UUID("6f0e1d5c-0000-4000-8000-000000000001"), Role.SERVICE)
"""Who acts when an event or a timer moves this service."""


class YearCommand(Command):
    """About one person's year."""

    person_id: UUID
    year: int

    @property
    def stream(self) -> str:
        """The person's year."""
        return f"hours/{self.person_id}/{self.year}"


class ClaimCommand(YearCommand):
    """About one claim."""

    claim_id: UUID

    @property
    def resource(self) -> UUID:
        """The claim."""
        return self.claim_id


class ClaimHours(ClaimCommand):
    """学时登记. `promised`: 本人承诺以上信息属实 is ticked. `content` is for the private table.
    `prefilled`: 申请学时 is left to what the form proposes."""

    activity: Activity
    content: str
    prefilled: bool = False
    registered_by: RegisteredBy
    promised: bool


class AmendClaim(ClaimCommand):
    """修改登记. `prefilled`: 申请学时 is left to what the form proposes."""

    activity: Activity
    content: str
    prefilled: bool = False


class SubmitClaim(ClaimCommand):
    """提交审核: to the own unit, or to the unit named (提交至主管部门审核)."""

    to_unit_id: UUID | None = None


class WithdrawClaim(ClaimCommand):
    """撤回."""


class DeleteClaim(ClaimCommand):
    """删除: by who registered it, or by the auditor; recognised hours leave the ledger."""


class PassAudit(ClaimCommand):
    """通过. `hours`: 认定学时 as the auditor states it, else what was asked. `distinct`: the
    auditor has compared it with what it was held for, and it is another activity. `opinion`:
    审核意见, for the private table."""

    hours: Hours | None = None
    distinct: bool = False
    opinion: str = ""
    opinion_digest: Digest | None = None


class FailAudit(ClaimCommand):
    """不通过, with the opinion (审核意见), which is for the private table."""

    opinion: str
    opinion_digest: Digest


class ReturnClaim(ClaimCommand):
    """A pending claim goes back to its learner, who has moved to another unit."""


class CreditEntry(YearCommand):
    """A course or a class enters the ledger."""

    entry_id: UUID
    category: CategoryCode
    rule: RuleCode
    hours: Hours
    source_id: UUID
    activity: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID
    pack: PackVersion

    @property
    def resource(self) -> UUID:
        """The entry."""
        return self.entry_id


class CreditCourse(CreditEntry):
    """公需科目学时自动计入: from the exams context."""


class CreditClass(CreditEntry):
    """培训学时计入: one person of a granted roster. `organisers`: 举办单位, the base and who had it
    hold the class, where they are known."""

    organisers: tuple[Title, ...] = ()


class RevokeEntry(YearCommand):
    """An entry leaves the ledger because what it rests on does not stand."""

    entry_id: UUID
    cause: RevokedFor
    by_unit_id: UUID

    @property
    def resource(self) -> UUID:
        """The entry."""
        return self.entry_id


class GrantCommand(Command):
    """About the grant of one class."""

    filing_id: UUID

    @property
    def stream(self) -> str:
        """The grant."""
        return f"grant/{self.filing_id}"

    @property
    def resource(self) -> UUID:
        """The filing that was granted."""
        return self.filing_id


class StartGrant(GrantCommand):
    """The province has granted a class's hours to its roster."""

    year: int
    rule: RuleCode
    category: CategoryCode
    hours: Hours
    count: int
    roster_id: UUID
    roster_digest: Digest
    left_out: tuple[int, ...]
    activity: Title
    began: HalfDay
    ended: HalfDay
    by_unit_id: UUID
    pack: PackVersion


class RefuseGrantEntry(GrantCommand):
    """One person of the roster can't be credited, by this rule."""

    person_id: UUID
    rule: str
    same_as: UUID | None = None


class ReopenGrantEntry(GrantCommand):
    """What kept a class's hours from this person may have left the ledger: it is tried again."""

    person_id: UUID


class SettleGrant(GrantCommand):
    """Everybody on the roster is credited, waits for registration, or is refused."""

    credited: int
    waiting: int


ClaimsCommand = (
    ClaimHours
    | AmendClaim
    | SubmitClaim
    | WithdrawClaim
    | DeleteClaim
    | PassAudit
    | FailAudit
    | ReturnClaim
    | CreditCourse
    | CreditClass
    | RevokeEntry
)
GrantsCommand = StartGrant | RefuseGrantEntry | ReopenGrantEntry | SettleGrant
