"""Settings of a process, by environment."""

import socket
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_BYTES = 32


class Settings(BaseSettings):
    """What a process of one service is told when it starts. Names of variables are the fields'."""

    model_config = SettingsConfigDict(env_prefix="JIXU_", frozen=True, env_ignore_empty=True)

    database: str = ""  # conninfo of the service's database, as its application role
    database_owner: str = ""  # the same as its owner; for migrate and rebuild alone
    kafka: str = ""  # bootstrap servers
    kafka_replicas: int = 1  # copies of each topic that migrate makes; 3 where there are brokers
    prefix: str = ""  # before every topic and group; tests share one broker
    member: str = Field(default_factory=socket.gethostname)
    """By which the broker knows this process again when it comes back (group.instance.id): one
    name each, where several of one role share a machine."""
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_port: int = 0  # where a process without role web tells its metrics; 0 = nowhere
    clock: Path | None = None  # the file beside the province; none = real time
    files: Path = Path("files")  # evidence and scans
    aside_key: SecretStr = SecretStr("")  # seals what is set aside, keys requests
    trace: Path | None = None  # spans as JSON lines; none = not written
    trace_share: float = 0.1  # of clicks whose spans are recorded unless the caller says so
    match_key: SecretStr = SecretStr("")  # 32 bytes in hexadecimal, for digests of people's numbers
    token_keys: Path | None = None  # identity's public keys (JWKS), two at a time

    def key(self, name: str) -> bytes:
        """A key of 32 bytes; a process without one doesn't start."""
        found: SecretStr = getattr(self, name)
        key = unlocked(found)
        check_keys({f"JIXU_{name.upper()}": key})
        return key


def unlocked(secret: SecretStr) -> bytes:
    """The bytes of a key that is kept in hexadecimal; none where it is not set."""
    return bytes.fromhex(secret.get_secret_value())


def check_keys(keys: Mapping[str, bytes]) -> None:
    """SystemExit with what to set, unless each is a key. By the names of their settings."""
    for name, key in keys.items():
        if len(key) != KEY_BYTES:
            raise SystemExit(f"{name}: not {KEY_BYTES} bytes in hexadecimal")
