"""学时登记、审验: what a claim may say, until when, and who passes it."""

from datetime import date

from libs.events.values import HalfDay, Hours
from libs.policy.figures import Figure, Quantity, Strict, Text
from libs.policy.recognition import Recognition
from libs.policy.windows import Window


class States(Strict):
    """审核状态: the official names of a claim's states."""

    draft: Figure[Text]  # 待提交
    submitted: Figure[Text]  # 待初审
    passed_first: Figure[Text]  # 待复核
    passed: Figure[Text]  # 通过认定
    failed: Figure[Text]  # 不予认定

    def shown(self, state: str) -> str | None:
        """The name that the notice gives a state; None for one that it doesn't know (deleted)."""
        named: Figure[Text] | None = getattr(self, state, None)
        return named.value if named else None


class HoursRules(Strict):
    """What a person or unit may register as hours, and the unit's audit of it.

    `half_day`: hours for each half-day. `step`: quantities are multiples of it. `a_day_at_most`:
    hours that one day of an activity can hold. `stages`: the audits that a claim passes, in order.
    """

    half_day: Figure[Quantity]
    step: Figure[Quantity]
    a_day_at_most: Figure[Quantity]
    promise: Figure[Text]
    states: States
    stages: Figure[tuple[Text, ...]]
    claim: Window
    audit: Window

    def prefilled(self, began: HalfDay, ended: HalfDay) -> Hours:
        """申请学时 as the form proposes it: half-days, both ends counted, times their hours."""
        return Hours(began.through(ended) * self.half_day.value.hundredths)

    def fits_step(self, hours: Hours) -> bool:
        """Whether a quantity is a multiple of the step."""
        return hours.hundredths % self.step.value.hundredths == 0

    def most(self, rule: Recognition, began: HalfDay, ended: HalfDay) -> Hours:
        """The most that an activity of these days can have been; a result's work was done on no
        days that are known, and is held to what its year can hold."""
        if rule.has_dates:
            return self.most_of((ended.day - began.day).days + 1)
        first, next_first = (date(ended.day.year + n, 1, 1) for n in (0, 1))
        return self.most_of((next_first - first).days)

    def most_of(self, days: int) -> Hours:
        """The most that so many days can hold."""
        return Hours(days * self.a_day_at_most.value.hundredths)
