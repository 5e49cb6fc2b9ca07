"""`make lock`: writes constraints.txt and both lock files anew from today's newest versions.

Names and versions only: no addresses, so that any mirror serves.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from deploy.local.layout import CONSTRAINTS, NPM_SPEC, ROOT, VENV
from deploy.local.setup.packages import certificates


def relock_packages() -> None:
    """A new environment without constraints, and what it holds then."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "--disable-pip-version-check"]
        environment = {**os.environ, **certificates(os.environ)}
        bootstrap = [*pip, "install", "-q", "--upgrade", "pip", "setuptools"]
        subprocess.run(bootstrap, check=True, env=environment)
        install = [*pip, "install", "-q", "--no-build-isolation", "-e", f"{ROOT}[run,test]"]
        subprocess.run(install, check=True)
        frozen = subprocess.run(
            [*pip, "list", "--format=freeze", "--exclude=jixu"], check=True, stdout=subprocess.PIPE
        )
        CONSTRAINTS.write_bytes(frozen.stdout)


def relock_assets() -> None:
    """npm's lock file, with the integrity of each package."""
    words = ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(
        [str(VENV / "bin/npm"), *words, "--omit-lockfile-registry-resolved"],
        check=True,
        cwd=NPM_SPEC.parent,
        env={**os.environ, "NODE_OPTIONS": "--use-system-ca"},
    )


if __name__ == "__main__":
    relock_packages()
    relock_assets()
    jars = [str(VENV / "bin/python"), "-m", "deploy.local.setup.jars", "lock"]
    sys.exit(subprocess.run(jars, check=False).returncode)
