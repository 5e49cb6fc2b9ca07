"""The one list of services and roles is true to the code."""

import importlib
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from deploy.local.programs import worker_roles
from deploy.roles import METRICS_PORT, PORT, SERVICES, Made, Service, every_setting
from libs.runtime import operating
from libs.runtime.roles import ROLES
from libs.runtime.settings import Settings

ROOT = Path(__file__).parents[2]
HERE = {path.parent.name for path in ROOT.glob("services/*/service.py")}
PRESENT = [service for service in SERVICES if service.name in HERE]
# Given on one machine and in tests alone, or good as they are.
LEFT_OUT = {"JIXU_PREFIX", "JIXU_MEMBER", "JIXU_CLOCK", "JIXU_TRACE", "JIXU_TRACE_SHARE"}

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.name)


def test_every_service_of_the_code_is_on_the_list() -> None:
    assert {service.name for service in SERVICES} >= HERE


@each_service
def test_its_words_are_ones_that_the_command_line_knows(service: Service) -> None:
    known = {"web", *ROLES, *operating.ACTS}
    assert {role.name for role in service.roles} <= known
    assert service.words(service.roles[0]) == [service.name, "web"]


@each_service
def test_its_events_have_one_carrier(service: Service) -> None:
    names = [role.name for role in service.roles]
    assert len(names) == len(set(names)) == 5
    assert {"web", "relay", "timer", "migrate"} < set(names)
    assert ("react" in names) != ("project" in names)


@pytest.mark.parametrize("service", PRESENT, ids=lambda s: s.name)
def test_its_carrier_is_the_one_that_it_has(service: Service) -> None:
    compose = importlib.import_module(f"services.{service.name}.service").compose
    has_projector = compose(Settings()).project is not None
    assert ("project" in [role.name for role in service.roles]) == has_projector


@each_service
def test_one_machine_runs_the_same_roles(service: Service) -> None:
    workers = {r.name for r in service.roles if not r.serves and not r.ends}
    assert set(worker_roles(service.name).split(",")) == workers


def names_in_code() -> set[str]:
    """The variables that the settings of the machinery and of each service read."""
    for service in PRESENT:
        importlib.import_module(f"services.{service.name}.service")
    classes = [kind for kind in BaseSettings.__subclasses__() if _ours(kind)]
    return {
        f"{kind.model_config.get('env_prefix', '')}{field}".upper()
        for kind in classes
        for field in kind.model_fields
    }


def _ours(kind: type) -> bool:
    return kind.__module__.startswith(("libs.runtime", "services."))


def test_every_setting_that_the_code_reads_is_named() -> None:
    assert names_in_code() - LEFT_OUT - set(every_setting()) == set()


def test_every_named_setting_of_a_service_is_read() -> None:
    own = tuple(f"JIXU_{service.name.upper()}_" for service in PRESENT)
    named = {name for name in every_setting() if name.startswith(own)}
    assert named - names_in_code() == set()


@each_service
def test_who_migrates_is_the_only_owner(service: Service) -> None:
    for role in service.roles:
        made = {setting.made for setting in role.settings}
        assert Made.DATABASE in made
        assert (Made.OWNER in made) == role.ends


@each_service
def test_what_listens_is_told_where_it_is_asked(service: Service) -> None:
    for role in service.roles:
        told = {setting.name: setting.value for setting in role.settings}
        if role.ends:
            assert "JIXU_HOST" not in told
        else:
            port = told["JIXU_PORT"] if role.serves else told["JIXU_METRICS_PORT"]
            assert (told["JIXU_HOST"], int(port)) == ("0.0.0.0", role.port)
            assert role.port == (PORT if role.serves else METRICS_PORT)
            assert role.alive.startswith("/")


@each_service
def test_it_asks_for_no_more_than_it_may_have(service: Service) -> None:
    for role in service.roles:
        assert 0 < role.size.memory <= role.size.most_memory
        assert role.size.cpu > 0


def test_a_secret_never_has_its_value_here() -> None:
    assert [s.name for s in every_setting().values() if s.secret and s.value] == []


@pytest.mark.parametrize("service", PRESENT, ids=lambda s: s.name)
def test_an_optional_setting_may_be_given_empty(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compose tells it so when nobody has given it."""
    told = [s.name for role in service.roles for s in role.settings if s.optional]
    module = importlib.import_module(f"services.{service.name}.service")
    kinds = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, BaseSettings)
    ]
    good = [kind() for kind in kinds]
    for name in told:
        monkeypatch.setenv(name, "")
    assert [kind() for kind in kinds] == good
