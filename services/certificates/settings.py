"""What only certificates needs to be told."""

from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LONGEST_ADDRESS = 41
"""150 characters less number, key, signature and what stands between."""


class CertificatesSettings(BaseSettings):
    """Names of variables are JIXU_CERTIFICATES_ and the fields'."""

    model_config = SettingsConfigDict(env_prefix="JIXU_CERTIFICATES_", frozen=True)

    keys: Path | None = None  # the signing keys (JWKS, private); made at migrate where missing
    address: str = "http://127.0.0.1:8000/certificates/v"  # where a QR leads
    fonts: Path = Path(".local/fonts")
    office: str = "广西壮族自治区人力资源和社会保障厅"  # whose platform this is, as papers print it

    @field_validator("address")
    @classmethod
    def _leaves_room(cls, address: str) -> str:
        if len(address) > LONGEST_ADDRESS:
            raise ValueError(f"a QR has room for {LONGEST_ADDRESS} characters of address")
        return address
