"""What an audit must keep: its opinion, its quantity, its window, and nothing counted twice."""

from libs.decider import Kind, Rule, conventions
from libs.decider.refusals import OPINION_MISSING
from libs.events.numbers import names_somebody
from libs.policy import Moment, Says, quantities
from services.hours.commands import FailAudit, PassAudit
from services.hours.rules.known import claim_of, law_of, place_of
from services.hours.state.known import HoursFacts
from services.hours.state.year import PersonYear

QUANTITY_NOT_STATED = Rule(
    "quantity-not-stated",
    "该类别的学时标准未经核实，须由审核人逐条填写认定学时",
    conventions.CLAIMS,
    "请核对佐证材料后填写认定学时；批量审核须为每一条分别填写",
    Kind.INVALID,
    "hours",
)
MORE_THAN_THE_HALF_DAYS = Rule(
    "more-than-the-half-days",
    "学时多于按起止时间每半天计算的学时",
    conventions.CLAIMS,
    "请核对培训证明：确以证明所载学时为准的，请填写认定学时并在审核意见中说明；否则请改为按半天计算的学时",
    Kind.INVALID,
    "opinion",
)
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
    "该登记仍待审核，不因此失效；请申请自治区人力资源社会保障厅延长审验时限并说明原因，延长后再审核",
)

Audit = PassAudit | FailAudit
"""Both answers (通过、不通过)."""


def opinion_is_given(command: FailAudit, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Who refuses says why, without anybody's numbers."""
    if not command.opinion:
        return law_of(command, facts).pack.citing(OPINION_MISSING, Says.OPINION)
    return names_somebody(command.opinion, "opinion")


def opinion_names_nobody(command: PassAudit, _state: PersonYear, _facts: HoursFacts) -> Rule | None:
    """An opinion on what is passed holds nobody's numbers either."""
    return names_somebody(command.opinion, "opinion")


def quantity_is_decided(command: PassAudit, state: PersonYear, facts: HoursFacts) -> Rule | None:
    """An unverified rule never approves by itself: a person states the quantity, of this claim."""
    rule = law_of(command, facts).pack.rule(claim_of(command, state).activity.rule)
    if command.hours is not None or not rule.decided_by_person:
        return None
    return QUANTITY_NOT_STATED.citing(rule.source).because(rule.note or rule.name)


def more_than_the_half_days_is_explained(
    command: PassAudit, state: PersonYear, facts: HoursFacts
) -> Rule | None:
    """What a certificate says may replace 每半天4学时; whoever passes it says so, and how many."""
    pack, activity = law_of(command, facts).pack, claim_of(command, state).activity
    proposed = pack.hours.prefilled(activity.began, activity.ended)
    recognised = command.hours or activity.hours
    if not pack.rule(activity.rule).by_half_days or recognised <= proposed:
        return None
    if command.hours is not None and command.opinion.strip():
        return None
    field = "hours" if command.hours is None else "opinion"
    return (
        MORE_THAN_THE_HALF_DAYS.citing(pack.hours.half_day.source)
        .because(f"按半天计算为 {proposed.shown} 学时，拟认定 {recognised.shown} 学时")
        .on(field)
    )


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


def audit_is_in_time(command: Audit, _state: PersonYear, facts: HoursFacts) -> Rule | None:
    """Once the window is over neither answer is given until the bureau has lengthened it: what
    was received in time waits, and is lost by neither. A pack may merely flag what is late."""
    law = law_of(command, facts)
    unit_id = place_of(command, facts).unit_id
    window = law.window("hours.audit", unit_id)
    if window.late == "flag" or window.at(command.envelope.at) is not Moment.LATE:
        return None
    return AUDIT_TOO_LATE.citing(window.source).because(f"截止 {window.closes:%Y-%m-%d}")


def is_late(command: Audit, facts: HoursFacts) -> bool:
    """逾期审验: after the notice's own last day, extended or not."""
    return law_of(command, facts).pack.hours.audit.at(command.envelope.at) is Moment.LATE
