"""docker-compose.yml: everything is in it, waits for what it needs, and holds no secret."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.choice import KAFKA_IMAGE, POSTGRES_IMAGE
from deploy.render import env
from deploy.roles import SERVICES, Role, Service, every_setting

ROOT = Path(__file__).parents[2]
WHOLE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = WHOLE["services"]
EXAMPLE = (ROOT / ".env.example").read_text()

PROCESSES = [(service, role) for service in SERVICES for role in service.roles]
each_process = pytest.mark.parametrize(
    ("service", "role"), PROCESSES, ids=[f"{s.name}-{r.name}" for s, r in PROCESSES]
)


def test_every_service_and_role_is_there_and_nothing_else() -> None:
    wanted = {f"{service.name}-{role.name}" for service, role in PROCESSES}
    assert set(CONTAINERS) == wanted | {"postgres", "kafka"}


def test_the_servers_are_the_ones_that_tests_run_on() -> None:
    assert CONTAINERS["postgres"]["image"] == POSTGRES_IMAGE == "postgres:18"
    assert CONTAINERS["kafka"]["image"] == KAFKA_IMAGE
    assert KAFKA_IMAGE.startswith("apache/kafka:4.2")


@each_process
def test_it_starts_when_what_it_needs_is_healthy(service: Service, role: Role) -> None:
    waits = CONTAINERS[f"{service.name}-{role.name}"]["depends_on"]
    for server in ("postgres", "kafka"):
        assert waits[server] == {"condition": "service_healthy"}
        assert "healthcheck" in CONTAINERS[server]
    if not role.ends:
        done = {"condition": "service_completed_successfully"}
        assert waits[f"{service.name}-migrate"] == done
    assert set(waits) <= set(CONTAINERS)


@each_process
def test_its_health_is_asked_where_it_listens(service: Service, role: Role) -> None:
    found = CONTAINERS[f"{service.name}-{role.name}"]
    assert found["command"] == [service.name, role.name]
    if role.ends:
        assert "healthcheck" not in found
    else:
        asked = found["healthcheck"]["test"][-1]
        assert f"http://127.0.0.1:{role.port}/{'readyz' if role.serves else 'metrics'}" in asked
        compile(asked, "healthcheck", "exec")


@each_process
def test_it_may_do_little(service: Service, role: Role) -> None:
    found = CONTAINERS[f"{service.name}-{role.name}"]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["mem_limit"] == f"{role.size.most_memory}m"
    for port in found.get("ports", ()):
        assert port.startswith("127.0.0.1:")


@each_process
def test_its_settings_are_all_given_and_no_secret_stands_here(service: Service, role: Role) -> None:
    told = CONTAINERS[f"{service.name}-{role.name}"]["environment"]
    assert list(told) == [setting.name for setting in role.settings]
    for setting in role.settings:
        if setting.secret:
            assert re.search(r"\$\{[A-Z_]+:\?", told[setting.name]), "refused where it is not given"
            assert f"dbname={service.database}" in told[setting.name] or "DATABASE" not in (
                setting.name
            )


def test_each_service_has_a_database_and_a_port_of_its_own() -> None:
    script = WHOLE["configs"]["databases"]["content"]
    made = re.findall(r"CREATE DATABASE (\w+);", script)
    assert made == [service.database for service in SERVICES]
    assert "PASSWORD :'password'" in script
    ports = [p for found in CONTAINERS.values() for p in found.get("ports", ())]
    assert len(set(ports)) == len(ports) == len(SERVICES)


def test_what_is_mounted_is_declared() -> None:
    named = {
        mount.partition(":")[0]
        for found in CONTAINERS.values()
        for mount in found.get("volumes", ())
    }
    assert {name for name in named if name.isalpha()} == set(WHOLE["volumes"])
    for found in CONTAINERS.values():
        for mount in found.get("volumes", ()):
            if mount.endswith(":/keys"):
                assert found["command"][-1] == "migrate"


def test_kafka_is_reached_by_its_name_and_keeps_its_data() -> None:
    kafka = CONTAINERS["kafka"]
    assert kafka["environment"]["KAFKA_ADVERTISED_LISTENERS"] == "CLIENT://kafka:9092"
    assert kafka["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert f"kafka:{kafka['environment']['KAFKA_LOG_DIRS']}" in kafka["volumes"]


def asked_for() -> set[str]:
    """The variables that the file needs."""
    text = (ROOT / "docker-compose.yml").read_text()
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text)) - {"JIXU_VERSION"}


def test_the_example_names_what_must_be_given() -> None:
    assert set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == asked_for()


def test_a_fresh_env_has_every_value_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    env.made(tmp_path)
    file = tmp_path / ".env"
    told = dict(line.split("=", 1) for line in file.read_text().splitlines())
    assert set(told) == asked_for()
    optional = {s.name for s in every_setting().values() if s.optional}
    assert {name for name, value in told.items() if value == "''"} == optional
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (public,) = json.loads((tmp_path / "keys/token-keys.json").read_text())["keys"]
    private = json.loads(told["JIXU_IDENTITY_SIGNING_KEY"].strip("'"))
    assert public["x"] == private["x"]
    assert "d" in private
    assert "d" not in public
    with pytest.raises(FileExistsError):
        env.made(tmp_path)
