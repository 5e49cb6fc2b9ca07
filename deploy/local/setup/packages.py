"""The Python packages: a virtual environment with exactly the versions of constraints.txt."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local.layout import CONSTRAINTS, LOCAL, ROOT, VENV
from deploy.local.setup.progress import follow

WHAT = "The Python packages"

# Where systems keep the certificates they trust. Before pip 24.2 pip looks only at its own.
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def install_packages(tell: Callable[[str], None]) -> None:
    """Make the environment or bring it up to date; a half-made one is made anew."""
    unfinished = LOCAL / "packages-unfinished"
    if unfinished.exists() or not (VENV / "bin/python").exists():
        shutil.rmtree(VENV, ignore_errors=True)
    unfinished.touch()
    if not (VENV / "bin/python").exists():
        tell("making the virtual environment")
        follow(WHAT, [sys.executable, "-m", "venv", VENV], tell)
    pip: list[str | Path] = [
        VENV / "bin/python",
        "-m",
        "pip",
        "--no-input",
        "--disable-pip-version-check",
    ]
    install: list[str | Path] = [
        *pip,
        "install",
        "--retries=2",
        "--progress-bar=off",
        "-c",
        CONSTRAINTS,
    ]
    settings = certificates(os.environ)
    # pip itself first: the pinned one trusts the system's certificates and builds with setuptools
    # as pinned, so the rest is the same on every machine.
    follow(WHAT, [*install, "pip", "setuptools"], tell, settings)
    follow(
        WHAT,
        [*install, "--no-build-isolation", "-e", f"{ROOT}[run,test]"],
        counting(tell, total=len(CONSTRAINTS.read_text().splitlines())),
    )
    unfinished.unlink()


def counting(tell: Callable[[str], None], total: int) -> Callable[[str], None]:
    """Turns pip's lines into a count of packages."""
    seen: set[str] = set()

    def count(line: str) -> None:
        match line.split():
            case ["Collecting" | "Obtaining", name, *_]:
                seen.add(name)
                tell(f"{len(seen)} of {total} fetched: {name}")
            case ["Installing", *_]:
                tell(f"installing {total}")
            case _:
                pass

    return count


def certificates(environment: "os._Environ[str] | dict[str, str]") -> dict[str, str]:
    """PIP_CERT for an older pip, if nobody has said which certificates to trust."""
    said = {"PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"} & set(environment)
    bundle = next((name for name in BUNDLES if Path(name).exists()), None)
    return {} if said or bundle is None else {"PIP_CERT": bundle}
