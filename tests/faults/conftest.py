"""The small contexts, for tests that crash their processes."""

from tests.component.certificates.conftest import Province, province
from tests.component.conftest import Pair, pair

__all__ = ["Pair", "Province", "pair", "province"]
