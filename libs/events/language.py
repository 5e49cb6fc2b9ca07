"""The whole public language, for readers of every context."""

from libs.events import certificates, exams, filing, hours, identity, policy
from libs.events.registry import Registry

MODULES = (certificates, exams, filing, hours, identity, policy)


def all_events() -> Registry:
    """Every event of every context."""
    return Registry.of(*MODULES)
