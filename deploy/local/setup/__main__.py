"""`python3 -m deploy.local.setup [WORD]`: what `make` does before each of its words.

Looks at the Python first, in words that any Python 3 reads.
"""

import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:  # whoever has an older one is told so, not shown a trace
    sys.exit(
        "This needs Python 3.11 or newer, and %s is Python %d.%d. "  # noqa: UP031
        "Install a newer one and name it: make demo PYTHON=python3.11"
        % (sys.executable, sys.version_info[0], sys.version_info[1])
    )

from deploy.local.setup import cleaning, steps  # noqa: E402

words = sys.argv[1:]
sys.exit(cleaning.main() if words == ["clean"] else steps.main(words))
