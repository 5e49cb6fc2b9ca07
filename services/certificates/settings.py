"""What only certificates needs to be told."""

from collections.abc import Mapping
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class CertificatesSettings(BaseSettings):
    """Names of variables are JIXU_CERTIFICATES_ and the fields'."""

    model_config = SettingsConfigDict(env_prefix="JIXU_CERTIFICATES_", frozen=True)

    keys: Path | None = None  # the signing keys (JWKS, private); made at migrate where missing
    address: str = "http://127.0.0.1:8000/certificates/v"  # where a QR leads
    fonts: Path = Path(".local/fonts")
    office: str = "广西壮族自治区人力资源和社会保障厅"  # whose platform this is, as papers print it

    def opened(self) -> Mapping[str, object]:
        """What requests find in app.state."""
        return {}
