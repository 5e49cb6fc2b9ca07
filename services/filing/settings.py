"""What only filing is told."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class FilingSettings(BaseSettings):
    """By environment, each with JIXU_FILING_ before its name. The match key is shared."""

    model_config = SettingsConfigDict(env_prefix="JIXU_FILING_", frozen=True, env_ignore_empty=True)

    text_key: SecretStr = SecretStr("")  # hexadecimal, keys the digests of texts
    fonts: Path = Path("fonts")  # the folder of the fonts that forms are printed in
    roster_rows: int = 5000  # that one roster may have
