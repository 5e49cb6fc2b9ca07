"""时限: until when hours are registered and audited, and what may still be done after that day.

What was received in time is never lost (docs/decisions/0113): it may be put right and submitted
again, it waits for its audit, and nobody but who registered it gives it up.
"""

from libs.decider import Kind, Rule, conventions
from libs.policy import Moment, Window
from services.hours.commands import (
    AmendClaim,
    ClaimHours,
    DeleteClaim,
    FailAudit,
    PassAudit,
    SubmitClaim,
)
from services.hours.rules import actors, sameness
from services.hours.rules.known import claim_of, law_of, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import ClaimState, PersonYear

Claiming = ClaimHours | AmendClaim | SubmitClaim | DeleteClaim
Audit = PassAudit | FailAudit
"""Both answers (通过、不通过)."""

TOO_LATE = Rule(
    "claim-window-closed",
    "已过学时登记时限，且该登记未曾在时限内提交",
    conventions.CLAIMS,
    "时限由自治区人力资源社会保障厅说明原因后延长；请通过所在单位提出",
)
TOO_EARLY = Rule(
    "claim-window-not-open", "尚未到学时登记时间", conventions.CLAIMS, "请在时限内登记"
)
ANOTHER_ACTIVITY = Rule(
    "another-activity",
    "已过学时登记时限，在时限内提交过的登记只能更正，不能改为另一项活动，也不能增加申请学时",
    conventions.CLAIMS,
    "请按原登记的活动更正：活动名称或起止时间与原登记相符，申请学时不多于原登记",
    Kind.CONFLICT,
    "name",
)
PLACE_WOULD_BE_LOST = Rule(
    "place-would-be-lost",
    "已过学时登记时限，删除后专业技术人员不能重新登记，审核单位不能删除",
    conventions.CLAIMS,
    "请审核该登记，不予认定的填写审核意见；登记人可自行删除",
)
AUDIT_TOO_LATE = Rule(
    "audit-window-closed",
    "已过单位审验时限",
    conventions.CLAIMS,
    "该登记仍待审核，不因此失效；请申请自治区人力资源社会保障厅延长审验时限并说明原因，延长后再审核",
)


def _window(name: str, command: Claiming | Audit, facts: HoursFacts) -> Window:
    return law_of(command, facts).window(name, place_of(command, facts).unit_id)


def _refuses(window: Window, command: Claiming | Audit) -> bool:
    return window.late == "refuse" and window.at(command.envelope.at) is Moment.LATE


def is_over(command: Claiming, facts: HoursFacts) -> bool:
    """Whether nothing more is registered: the last day is over, lengthened or not."""
    return _refuses(_window("hours.claim", command, facts), command)


def in_the_window(
    command: ClaimHours | AmendClaim | SubmitClaim, state: PersonYear, facts: HoursFacts
) -> Rule | None:
    """Registered and submitted in time; the time counts at which it was first received."""
    claim = state.claims.get(command.claim_id)
    if claim is not None and claim.received:
        return None
    window = _window("hours.claim", command, facts)
    if _refuses(window, command):
        return TOO_LATE.citing(window.source).because(window.until)
    if window.at(command.envelope.at) is Moment.EARLY:
        return TOO_EARLY.citing(window.source)
    return None


def stays_the_same_activity(
    command: AmendClaim, state: PersonYear, facts: HoursFacts
) -> Rule | None:
    """After the last day a claim is put right; it becomes no other activity than it was by then,
    and asks no more."""
    said, before = command.activity, claim_of(command, state).in_time
    window = _window("hours.claim", command, facts)
    if not _refuses(window, command):
        return None
    if said.hours > before.hours:
        asked = f"{window.until}，原申请 {before.hours.shown} 学时"
        return ANOTHER_ACTIVITY.because(asked).on("hours")
    return ANOTHER_ACTIVITY.because(window.until) if sameness.is_another(before, said) else None


def takes_nobodys_place(command: DeleteClaim, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """What can't be registered again is given up by who registered it; passed hours are deleted
    at any time (需要由单位管理员进行删除认定内容)."""
    claim, window = claim_of(command, state), _window("hours.claim", command, facts)
    if claim.state is ClaimState.PASSED or not _refuses(window, command):
        return None
    if actors.may_handle(command, state, facts) is None:
        return None
    return PLACE_WOULD_BE_LOST.because(window.until)


def audit_is_in_time(command: Audit, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Once the window is over neither answer is given until the bureau has lengthened it: what
    was received in time waits, and is lost by neither. A pack may merely flag what is late."""
    window = _window("hours.audit", command, facts)
    if not _refuses(window, command):
        return None
    return AUDIT_TOO_LATE.citing(window.source).because(window.until)


def is_late(command: Audit, facts: HoursFacts) -> bool:
    """逾期审验: after the notice's own last day, extended or not."""
    return law_of(command, facts).pack.hours.audit.at(command.envelope.at) is Moment.LATE
