"""What the processes of a province are told: databases, broker, keys, clock, folders."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy import roles
from deploy.local import databases
from deploy.local.databases import Database
from deploy.local.folders import anew
from deploy.local.layout import FONTS, ROOT
from deploy.local.ports import free_port
from deploy.local.secrets import secrets_of
from deploy.local.server import Servers

HERE = ROOT / "services"
SERVICES = tuple(s.name for s in roles.SERVICES if (HERE / s.name / "service.py").exists())
ONE_PROCESS = "JIXU_LOCAL_DATABASES"  # for the processes that carry every service


@dataclass(frozen=True)
class Wiring:
    """One province on one machine."""

    servers: Servers
    folder: Path
    port: int
    databases: Mapping[str, Database]
    metrics: Mapping[str, int]  # the port at which each service's worker tells its metrics

    @property
    def address(self) -> str:
        """Where everything is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def clock(self) -> Path:
        """The province's clock; everybody reads it."""
        return self.folder / "clock.json"

    @property
    def scratch(self) -> Path:
        """For what its programs write in passing: one that is killed leaves it behind, and no
        socket is among it, whose path would be too long."""
        return self.folder / "tmp"

    def environment(self, service: str | None = None) -> dict[str, str]:
        """For the processes of one service, or for those that carry all of them."""
        secrets = secrets_of(self.folder)
        shared = {
            "TMPDIR": str(self.scratch),
            "JIXU_KAFKA": self.servers.kafka,
            "JIXU_HOST": "127.0.0.1",
            "JIXU_PORT": str(self.port),
            "JIXU_FILES": str(self.folder / "files"),
            "JIXU_ASIDE_KEY": secrets["aside"],
            "JIXU_MATCH_KEY": secrets["match"],
            "JIXU_TOKEN_KEYS": str(self.folder / "token-keys.json"),
            "JIXU_TRACE": str(self.folder / "traces.jsonl"),
            "JIXU_HOURS_TEXT_KEY": secrets["texts"],
            "JIXU_FILING_TEXT_KEY": secrets["texts"],
            "JIXU_FILING_FONTS": str(FONTS),
            "JIXU_EXAMS_TEXT_KEY": secrets["texts"],
            "JIXU_IDENTITY_VAULT_KEYS": secrets["vault"],
            "JIXU_IDENTITY_SIGNING_KEY": secrets["signing"],
            "JIXU_IDENTITY_SENT": str(self.folder / "sent"),
            "JIXU_CERTIFICATES_KEYS": str(self.folder / "certificate-keys.json"),
            "JIXU_CERTIFICATES_ADDRESS": f"{self.address}/certificates/v",
            "JIXU_CERTIFICATES_FONTS": str(FONTS),
        }
        if self.clock.exists():
            shared["JIXU_CLOCK"] = str(self.clock)
        if service is None:
            found = {name: list(made) for name, made in self.databases.items()}
            shared[ONE_PROCESS] = json.dumps(found)
        else:
            made = self.databases[service]
            shared |= {
                "JIXU_DATABASE": made.app,
                "JIXU_DATABASE_OWNER": made.owner,
                "JIXU_METRICS_PORT": str(self.metrics[service]),
            }
        return dict(os.environ) | shared


def wire(servers: Servers, folder: Path, port: int) -> Wiring:
    """The province's databases and keys, made where they are missing; nothing in its scratch."""
    folder.mkdir(parents=True, exist_ok=True)
    password = secrets_of(folder)["password"]
    made = {name: databases.make(servers.postgres, f"jixu_{name}", password) for name in SERVICES}
    wiring = Wiring(servers, folder, port, made, {name: free_port() for name in SERVICES})
    anew(wiring.scratch)
    return wiring
