"""Kafka's jars: fetched as the lock file names them, each checked against its SHA-256.

Runs inside the virtual environment: `python -m deploy.local.setup.jars fetch|lock`.
"""

import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from shutil import copyfile, rmtree

import truststore
from jgo.env import EnvironmentSpec, LockFile
from jgo.maven import MavenContext

from deploy.local.layout import JAR_CACHE, JAR_LOCK, JAR_SPEC, JARS


def fetch() -> None:
    """Fill the jar folder with exactly what the lock names."""
    maven = MavenContext(repo_cache=JAR_CACHE, timeout=60)
    wanted = tomllib.loads(JAR_LOCK.read_text())["dependencies"]
    fresh = JARS.with_suffix(".new")
    rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)

    def one(jar: dict[str, str]) -> int:
        component = maven.project(jar["groupId"], jar["artifactId"]).at_version(jar["version"])
        source = component.artifact(packaging=jar["packaging"]).resolve()
        content = source.read_bytes()
        if sha256(content).hexdigest() != jar["sha256"]:
            source.unlink()
            raise SystemExit(f"{source.name} is not the file that the lock names (SHA-256 differs)")
        copyfile(source, fresh / source.name)
        return len(content)

    total = 0
    with ThreadPoolExecutor(4) as pool:
        for done, size in enumerate(pool.map(one, wanted), start=1):
            total += size
            print(f"jars {done} of {len(wanted)}, {total / 1e6:.0f} MB", flush=True)
    rmtree(JARS, ignore_errors=True)
    fresh.rename(JARS)
    rmtree(JAR_CACHE, ignore_errors=True)


def lock() -> None:
    """Write the lock anew from jgo.toml: what Maven resolves today, with each file's SHA-256."""
    maven = MavenContext(repo_cache=JAR_CACHE, timeout=60)
    names = EnvironmentSpec.load(JAR_SPEC).coordinates
    inputs, further = maven.resolver.resolve([maven.create_dependency(name) for name in names])
    resolved = sorted({*inputs, *further}, key=str)
    LockFile.from_resolved_dependencies(resolved, environment_name="kafka").save(JAR_LOCK)
    print(f"{JAR_LOCK.name} names {len(resolved)} jars")


if __name__ == "__main__":
    truststore.inject_into_ssl()
    {"fetch": fetch, "lock": lock}[sys.argv[1]]()
