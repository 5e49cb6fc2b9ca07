"""What an audit must keep: its opinion, its quantity, and nothing counted twice."""

from libs.decider import Kind, Rule, conventions
from libs.decider.refusals import OPINION_MISSING
from libs.events.numbers import names_somebody
from libs.policy import Says, quantities
from services.hours.commands import FailAudit, PassAudit
from services.hours.rules.known import claim_of, law_of
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
MORE_THAN_ASKED = Rule(
    "more-than-asked",
    "认定学时多于申请学时",
    conventions.CLAIMS,
    "确需多认定的，请在审核意见中说明；否则请填写不多于申请学时的学时",
    Kind.INVALID,
    "opinion",
)


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
    return QUANTITY_NOT_STATED.because(rule.note or rule.name)


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
    return MORE_THAN_THE_HALF_DAYS.because(
        f"按半天计算为 {proposed.shown} 学时，拟认定 {recognised.shown} 学时"
    ).on(field)


def more_than_asked_is_explained(
    command: PassAudit, state: PersonYear, _facts: HoursFacts
) -> Rule | None:
    """Who gives more than anybody asked for says why."""
    asked = claim_of(command, state).activity.hours
    if command.hours is None or command.hours <= asked or command.opinion.strip():
        return None
    return MORE_THAN_ASKED.because(f"申请 {asked.shown} 学时，拟认定 {command.hours.shown} 学时")


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
