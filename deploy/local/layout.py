"""Where things lie: the folders and files of a checkout that set-up and servers share."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
OUT = ROOT / "out"  # what a demo printed
LOCAL = ROOT / ".local"  # everything that set-up fetches and that servers write

CONSTRAINTS = ROOT / "constraints.txt"
JAR_SPEC = ROOT / "deploy/local/jgo.toml"
JAR_LOCK = ROOT / "deploy/local/jgo.lock.toml"
NPM_SPEC = ROOT / "deploy/local/npm/package.json"
NPM_LOCK = ROOT / "deploy/local/npm/package-lock.json"

JAR_CACHE = LOCAL / "maven"
JARS = LOCAL / "kafka"
WARM = LOCAL / "kafka.aot"
NPM = LOCAL / "npm"
FONTS = LOCAL / "fonts"
PROVINCE = LOCAL / "province"
SETUP_LOG = LOCAL / "setup.log"
SETUP_LOCK = LOCAL / "setup.lock"
