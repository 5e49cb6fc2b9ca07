"""What comes from npm: the fonts of certificates, in the weights that are used."""

import shutil
from collections.abc import Callable

from deploy.local.layout import FONTS, NPM, NPM_LOCK, NPM_SPEC, VENV
from deploy.local.setup.progress import follow
from deploy.local.troubles import Trouble

WEIGHTS = ("400Regular", "700Bold")


def fetch_fonts(tell: Callable[[str], None]) -> None:
    """Fetch what the lock names, keep two weights of each font and its licence."""
    shutil.rmtree(NPM, ignore_errors=True)
    NPM.mkdir(parents=True)
    for file in (NPM_SPEC, NPM_LOCK):
        shutil.copy(file, NPM)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    settings = {"NODE_OPTIONS": "--use-system-ca", "npm_config_cache": str(NPM / "cache")}
    # npm's own file is run by the node beside it, so that no other node on the path is.
    follow("The fonts", [VENV / "bin/npm", "ci", *quiet], tell, settings, cwd=NPM)
    fresh = FONTS.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for package in sorted((NPM / "node_modules/@expo-google-fonts").iterdir()):
        shutil.copy(package / "LICENSE_FONT", fresh / f"{package.name}-LICENSE")
        for weight in WEIGHTS:
            for font in (package / weight).glob("*.ttf"):
                shutil.copy(font, fresh)
    if not list(fresh.glob("*.ttf")):
        raise Trouble("The fonts' packages hold no font: has their layout changed?")
    shutil.rmtree(FONTS, ignore_errors=True)
    fresh.rename(FONTS)
    shutil.rmtree(NPM)
