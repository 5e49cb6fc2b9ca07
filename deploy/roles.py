"""The one list of services and roles: what runs, with which words, probes, sizes and settings.

Compose, the cluster and one machine are made from it; a test proves that nothing is missing in
one of them. Settings are named here, never given: values come by reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

PORT, METRICS_PORT = 8000, 9000
DATA, KEYS, FONTS = "/data", "/keys", "/app/fonts"


class Made(Enum):
    """What a setting's value is."""

    PLAIN = "plain"  # what anybody may read: given here, or by whoever runs it
    DATABASE = "database"  # conninfo of the service's own database, as its application role
    OWNER = "owner"  # the same as its owner
    HEX = "hex"  # 32 secret bytes in hexadecimal
    SIGNING = "signing"  # identity's private key (JWK)
    FILE = "file"  # a file of keys, in the folder of keys


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the environment; `value` where it is the same wherever this image runs."""

    name: str
    made: Made = Made.PLAIN
    value: str = ""
    optional: bool = False

    @property
    def secret(self) -> bool:
        """Whether it comes from a secret."""
        return self.made not in (Made.PLAIN, Made.FILE)


@dataclass(frozen=True, slots=True)
class Size:
    """What a process asks for, and what it never exceeds. CPU in thousandths, memory in MiB."""

    cpu: int
    memory: int
    most_memory: int


@dataclass(frozen=True, slots=True)
class Role:
    """One process of a service: `python -m libs.runtime SERVICE NAME`."""

    name: str
    size: Size
    replicas: int = 1
    settings: Sequence[Setting] = ()

    @property
    def serves(self) -> bool:
        """Whether it answers requests."""
        return self.name == "web"

    @property
    def ends(self) -> bool:
        """Whether it does its work and ends."""
        return self.name == "migrate"

    @property
    def port(self) -> int:
        """Where it listens: requests, or metrics alone."""
        return PORT if self.serves else METRICS_PORT

    @property
    def alive(self) -> str:
        """The path that answers while the process lives."""
        return "/healthz" if self.serves else "/metrics"

    @property
    def ready(self) -> str | None:
        """The path that answers 200 while requests may come."""
        return "/readyz" if self.serves else None


@dataclass(frozen=True, slots=True)
class Service:
    """One context with its roles, each with the settings that it is told."""

    name: str
    title: str
    roles: Sequence[Role]
    keeps_files: bool = False

    def words(self, role: Role) -> list[str]:
        """What stands after the image's entry point."""
        return [self.name, role.name]

    @property
    def database(self) -> str:
        """The name of its database."""
        return f"jixu_{self.name}"


DATABASE = Setting("JIXU_DATABASE", Made.DATABASE)
OWNER = Setting("JIXU_DATABASE_OWNER", Made.OWNER)
KAFKA = Setting("JIXU_KAFKA")
REPLICAS = Setting("JIXU_KAFKA_REPLICAS")  # of the topics that migrate makes
ASIDE = Setting("JIXU_ASIDE_KEY", Made.HEX)  # one for all: what is set aside names no service
MATCH = Setting("JIXU_MATCH_KEY", Made.HEX)  # the same in identity, filing, hours
HOST = Setting("JIXU_HOST", value="0.0.0.0")  # inside its container
TOKEN_KEYS = Setting("JIXU_TOKEN_KEYS", Made.FILE, f"{KEYS}/token-keys.json")
FILES = Setting("JIXU_FILES", value=f"{DATA}/files")

WEB_SIZE, WORKER_SIZE = Size(250, 256, 512), Size(100, 192, 512)
PROJECTOR_SIZE, MIGRATE_SIZE = Size(250, 384, 1024), Size(50, 128, 256)


def _service(
    name: str,
    title: str,
    *own: Setting,
    keeps_files: bool = False,
    projected: bool = False,
) -> Service:
    """The roles that every service has; a projector where it carries its own reactions."""
    listens = (HOST, Setting("JIXU_PORT", value=str(PORT)))
    tells = (HOST, Setting("JIXU_METRICS_PORT", value=str(METRICS_PORT)))
    files = (FILES,) if keeps_files else ()
    carrier = (
        Role("project", PROJECTOR_SIZE, settings=(DATABASE, KAFKA, ASIDE, *tells, *own))
        if projected
        else Role("react", WORKER_SIZE, settings=(DATABASE, KAFKA, ASIDE, *tells, *own))
    )
    return Service(
        name,
        title,
        (
            Role("web", WEB_SIZE, 2, (DATABASE, TOKEN_KEYS, ASIDE, *listens, *files, *own)),
            Role("relay", WORKER_SIZE, settings=(DATABASE, KAFKA, *tells, *own)),
            carrier,
            Role("timer", WORKER_SIZE, settings=(DATABASE, *tells, *files, *own)),
            Role("migrate", MIGRATE_SIZE, settings=(DATABASE, OWNER, KAFKA, REPLICAS, *own)),
        ),
        keeps_files,
    )


SERVICES: Sequence[Service] = (
    _service(
        "identity",
        "people, units, roles, sessions (用户与单位)",
        MATCH,
        Setting("JIXU_IDENTITY_VAULT_KEYS", Made.HEX),
        Setting("JIXU_IDENTITY_SIGNING_KEY", Made.SIGNING),
        Setting("JIXU_IDENTITY_OTHER_KEY", optional=True),  # while keys are changed
        Setting("JIXU_IDENTITY_SENT", value="/tmp/sent"),  # noqa: S108 - until a real sender
    ),
    _service("policy", "the notices as packs (政策)"),
    _service(
        "filing",
        "training classes that bases file (培训备案)",
        MATCH,
        Setting("JIXU_FILING_TEXT_KEY", Made.HEX),
        Setting("JIXU_FILING_FONTS", value=FONTS),
        Setting("JIXU_FILING_ROSTER_ROWS", optional=True),
        keeps_files=True,
    ),
    _service(
        "hours",
        "claims, audits and the ledger (学时)",
        MATCH,
        Setting("JIXU_HOURS_TEXT_KEY", Made.HEX),
        keeps_files=True,
    ),
    _service("exams", "courses and exams (学习与考试)", Setting("JIXU_EXAMS_TEXT_KEY", Made.HEX)),
    _service(
        "certificates",
        "certificates and their verification (合格证书)",
        Setting("JIXU_CERTIFICATES_KEYS", Made.FILE, f"{KEYS}/certificate-keys.json"),
        Setting("JIXU_CERTIFICATES_ADDRESS"),
        Setting("JIXU_CERTIFICATES_FONTS", value=FONTS),
        Setting("JIXU_CERTIFICATES_OFFICE"),
        projected=True,
    ),
)


def every_setting() -> dict[str, Setting]:
    """Each setting by its name."""
    return {s.name: s for service in SERVICES for role in service.roles for s in role.settings}
