"""The pure core: rules, refusals, decisions and the cases that prove them.

Knows no other library.
"""

from libs.decider.decider import Decider
from libs.decider.rule import Kind, Refused, Rule, Source, first_broken, keep
from libs.decider.scenario import Scenario

__all__ = ["Decider", "Kind", "Refused", "Rule", "Scenario", "Source", "first_broken", "keep"]
