"""What an audit must keep: its opinion, its quantity, its window, and nothing counted twice."""

from libs.decider import Kind, Rule, conventions
from libs.decider.refusals import OPINION_MISSING
from libs.events.numbers import names_somebody
from libs.policy import Moment, Says, quantities
from services.hours.commands import FailAudit, PassAudit
from services.hours.rules.known import claim_of, law_of, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PersonYear

HELD = Rule(
    "held-as-the-same",
    "与已登记或已计入的同一活动重复，须先核对",
    conventions.SAMENESS,
    "核对为同一活动的请不予通过；确为不同活动的请注明后通过",
    Kind.CONFLICT,
    "distinct",
)
AUDIT_TOO_LATE = Rule(
    "audit-window-closed",
    "已过单位审验时限",
    conventions.CLAIMS,
    "请向主管部门申请延长审验时限并说明原因",
)


def opinion_is_given(command: FailAudit, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Who refuses says why, without anybody's numbers."""
    if not command.opinion:
        return law_of(command, facts).pack.citing(OPINION_MISSING, Says.OPINION)
    return names_somebody(command.opinion, "opinion")


def nothing_counts_twice(command: PassAudit, state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """What is held for another entry or claim passes only once somebody has compared them."""
    same_as = claim_of(command, state).same_as
    if same_as is None or command.distinct:
        return None
    return HELD.because(f"重复于 {same_as}")


def recognised_is_possible(command: PassAudit, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """认定学时 is held to the same measure as 申请学时."""
    if command.hours is None:
        return None
    pack, activity = law_of(command, facts).pack, claim_of(command, state).activity
    most = pack.hours.most(pack.rule(activity.rule), activity.began, activity.ended)
    return quantities.amiss(command.hours, pack.hours, most)


def audit_is_in_time(command: PassAudit, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """After the window only where the bureau has extended it; then it is flagged."""
    law = law_of(command, facts)
    unit_id = place_of(command, facts).unit_id
    window = law.window("hours.audit", unit_id)
    if window.at(command.envelope.at) is not Moment.LATE:
        return None
    return AUDIT_TOO_LATE.citing(window.source).because(f"截止 {window.closes:%Y-%m-%d}")


def is_late(command: PassAudit, facts: HoursFacts) -> bool:
    """逾期审验: after the notice's own last day, within an extension."""
    return law_of(command, facts).pack.hours.audit.at(command.envelope.at) is Moment.LATE
