"""学时数: whether a number of hours can be one at all. A cap is no refusal: see counting."""

from libs.decider import Kind, Rule, conventions
from libs.events.values import NONE, Hours
from libs.policy.hours import HoursRules

NO_HOURS = Rule(
    "no-hours", "学时须大于 0", conventions.QUANTITIES, "请填写实际学时", Kind.INVALID, "hours"
)
FINER_THAN_THE_STEP = Rule(
    "finer-than-the-step",
    "学时的最小单位不符",
    conventions.QUANTITIES,
    "请按最小单位填写学时",
    Kind.INVALID,
    "hours",
)
IMPOSSIBLE_HOURS = Rule(
    "impossible-hours",
    "学时超过活动天数可能的上限",
    conventions.QUANTITIES,
    "请核对起止时间、天数与学时",
    Kind.INVALID,
    "hours",
)


def amiss(hours: Hours, rules: HoursRules | None, most: Hours | None = None) -> Rule | None:
    """More than none; by the pack's rules, where it has them, in whole steps and no more than
    `most`, which its days can hold."""
    if hours <= NONE:
        return NO_HOURS.citing(rules.step.source) if rules else NO_HOURS
    if rules is None:
        return None
    if not rules.fits_step(hours):
        shown = f"最小单位为 {rules.step.value.shown} 学时"
        return FINER_THAN_THE_STEP.citing(rules.step.source).because(shown)
    if most is not None and hours > most:
        shown = f"按天数至多 {most.shown} 学时"
        return IMPOSSIBLE_HOURS.citing(rules.a_day_at_most.source).because(shown)
    return None
