"""docker-compose.yml: PostgreSQL, Kafka, migrations and every service and role, health-gated."""

from typing import Any

from deploy.local.choice import KAFKA_IMAGE, POSTGRES_IMAGE
from deploy.local.databases import APP_ROLE
from deploy.local.kafka import SETTINGS
from deploy.render.writing import GENERATED, Yaml, document
from deploy.roles import DATA, KEYS, SERVICES, Made, Role, Service, Setting, every_setting

IMAGE = "jixu:${JIXU_VERSION:-dev}"
KAFKA_PORT, FIRST_PORT = 9092, 8101
KNOWN = {"JIXU_KAFKA": f"kafka:{KAFKA_PORT}", "JIXU_KAFKA_REPLICAS": "1"}  # of its one broker
PASSWORDS = ("POSTGRES_PASSWORD", "JIXU_APP_PASSWORD")

# Run once, by PostgreSQL's own image, on an empty volume.
_DATABASES = """\
psql --username "$$POSTGRES_USER" --set password="$$JIXU_APP_PASSWORD" <<'SQL'
CREATE ROLE {role} LOGIN PASSWORD :'password';
{databases}
SQL
"""

_TIMES = {"interval": "5s", "timeout": "5s", "retries": 12, "start_period": "20s"}


def text() -> str:
    """The file."""
    services: dict[str, Yaml] = {"postgres": _postgres(), "kafka": _kafka()}
    for number, service in enumerate(SERVICES):
        for role in sorted(service.roles, key=lambda r: not r.ends):
            services[f"{service.name}-{role.name}"] = _role(service, role, FIRST_PORT + number)
    whole = {
        "name": "jixu",
        "services": services,
        "configs": {"databases": {"content": _databases()}},
        "volumes": {"postgres": None, "kafka": None, "files": None},
    }
    return f"{GENERATED}# It needs a .env: see .env.example.\n{document(whole)}"


def example() -> str:
    """What .env must say."""
    lines = [
        "# After `make setup`, `.venv/bin/python -m deploy.render.env` writes a .env with fresh",
        "# secrets, and the folder of keys; or copy this and fill it in. KEYS holds",
        "# token-keys.json: identity's public keys (JWKS).",
        "KEYS=./keys",
        *(f"{name}=" for name in PASSWORDS),
        *(f"{setting.name}=" for setting in asked()),
    ]
    return "\n".join([*lines, ""])


def asked() -> list[Setting]:
    """The settings whose values whoever runs it must give."""
    found = [s for s in every_setting().values() if not s.value and s.name not in KNOWN]
    return [s for s in found if s.made in (Made.HEX, Made.SIGNING, Made.PLAIN)]


def _databases() -> str:
    lines = [f"CREATE DATABASE {service.database};" for service in SERVICES]
    return _DATABASES.format(role=APP_ROLE, databases="\n".join(lines))


def _postgres() -> Yaml:
    return {
        "image": POSTGRES_IMAGE,
        "command": "postgres -c max_connections=200 -c timezone=UTC",
        "environment": {
            "POSTGRES_PASSWORD": "${POSTGRES_PASSWORD:?see .env.example}",
            "POSTGRES_INITDB_ARGS": "--locale-provider=builtin --builtin-locale=C.UTF-8",
            "JIXU_APP_PASSWORD": "${JIXU_APP_PASSWORD:?see .env.example}",
        },
        "configs": [
            {"source": "databases", "target": "/docker-entrypoint-initdb.d/databases.sh"},
        ],
        "volumes": ["postgres:/var/lib/postgresql"],  # since 18 the version's folder is below
        "healthcheck": {"test": ["CMD", "pg_isready", "--username", "postgres"], **_TIMES},
        "restart": "unless-stopped",
    }


def _kafka() -> Yaml:
    settings = SETTINGS | {
        "listeners": f"CLIENT://0.0.0.0:{KAFKA_PORT},CONTROLLER://127.0.0.1:9093",
        "advertised.listeners": f"CLIENT://kafka:{KAFKA_PORT}",
        "controller.quorum.voters": "1@127.0.0.1:9093",
        "log.dirs": "/var/lib/kafka/data",
    }
    script = "/opt/kafka/bin/kafka-broker-api-versions.sh"
    asked = f"{script} --bootstrap-server kafka:{KAFKA_PORT} > /dev/null"
    return {
        "image": KAFKA_IMAGE,
        "environment": {
            "CLUSTER_ID": "aml4dS1sb2NhbC1rYWZrYQ",
            **{f"KAFKA_{name.upper().replace('.', '_')}": settings[name] for name in settings},
        },
        "volumes": ["kafka:/var/lib/kafka/data"],
        "healthcheck": {"test": ["CMD-SHELL", asked], **_TIMES},
        "restart": "unless-stopped",
    }


def _role(service: Service, role: Role, port: int) -> Yaml:
    waits: dict[str, Any] = {
        name: {"condition": "service_healthy"} for name in ("postgres", "kafka")
    }
    if not role.ends:
        waits[f"{service.name}-migrate"] = {"condition": "service_completed_successfully"}
    found: dict[str, Any] = {
        "image": IMAGE,
        "build": ".",
        "command": service.words(role),
        "environment": {s.name: _value(service, s) for s in role.settings},
        "depends_on": waits,
        "read_only": True,
        "tmpfs": ["/tmp"],  # noqa: S108 - the container's own
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "mem_limit": f"{role.size.most_memory}m",
        "restart": "on-failure:3" if role.ends else "unless-stopped",
    }
    if mounts := _mounts(service, role):
        found["volumes"] = mounts
    if role.serves:
        found["ports"] = [f"127.0.0.1:{port}:{role.port}"]
    if not role.ends:
        found["healthcheck"] = {"test": ["CMD", "python", "-c", _ask(role)], **_TIMES}
    return found


def _ask(role: Role) -> str:
    url = f"http://127.0.0.1:{role.port}{role.ready or role.alive}"
    return f"import urllib.request; urllib.request.urlopen('{url}', timeout=4)"


def _mounts(service: Service, role: Role) -> list[str]:
    keys = any(s.made is Made.FILE for s in role.settings)
    files = service.keeps_files and any(s.value.startswith(DATA) for s in role.settings)
    how = "" if role.ends else ":ro"  # migrate makes the keys that are missing
    return [f"${{KEYS:-./keys}}:{KEYS}{how}"] * keys + [f"files:{DATA}"] * files


def _value(service: Service, setting: Setting) -> str:
    where = f"host=postgres dbname={service.database}"
    match setting.made:
        case Made.DATABASE:
            return f"{where} user={APP_ROLE} password=${{JIXU_APP_PASSWORD:?see .env.example}}"
        case Made.OWNER:
            return f"{where} user=postgres password=${{POSTGRES_PASSWORD:?see .env.example}}"
        case Made.HEX | Made.SIGNING:
            return f"${{{setting.name}:?see .env.example}}"
        case Made.PLAIN | Made.FILE if setting.value:
            return setting.value
        case _:
            asked = ":-" if setting.optional else ":?see .env.example"
            return KNOWN.get(setting.name, f"${{{setting.name}{asked}}}")
