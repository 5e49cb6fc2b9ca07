"""The notices as data: packs, what may be asked of one, and what a year's entries come to.

`Pack` is the law of one jurisdiction and year; `count` and `standing` judge by it.
"""

from libs.policy.clauses import Says
from libs.policy.counting import Count, Line
from libs.policy.figures import Figure, Sourced, Status, figures
from libs.policy.law import NO_PACK, Law
from libs.policy.outcomes import Outcome
from libs.policy.pack import Pack, digest_of
from libs.policy.recognition import Credit
from libs.policy.refused import PackRefused, Silent
from libs.policy.standing import Standing, count, judge, judged, standing
from libs.policy.windows import Moment, Window, china_day, china_half_day

__all__ = [
    "NO_PACK",
    "Count",
    "Credit",
    "Figure",
    "Law",
    "Line",
    "Moment",
    "Outcome",
    "Pack",
    "PackRefused",
    "Says",
    "Silent",
    "Sourced",
    "Standing",
    "Status",
    "Window",
    "china_day",
    "china_half_day",
    "count",
    "digest_of",
    "figures",
    "judge",
    "judged",
    "standing",
]
