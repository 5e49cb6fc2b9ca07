"""Identity's own settings, by environment: keys, and where codes to mobiles go."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class IdentitySettings(BaseSettings):
    """What only identity is told. The match key is shared: JIXU_MATCH_KEY."""

    model_config = SettingsConfigDict(env_prefix="JIXU_IDENTITY_", frozen=True)

    vault_keys: SecretStr = SecretStr("")  # 32 bytes in hexadecimal; the first seals, all open
    signing_key: SecretStr = SecretStr("")  # Ed25519 as JWK, the private part in it
    other_key: str = ""  # the key before or the next one, as public JWK: two are good at a time
    sent: Path = Path("sent")  # the folder into which the local sender writes codes
