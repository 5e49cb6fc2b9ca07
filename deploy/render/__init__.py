"""deploy/roles.py written out as what Compose and a cluster read; a test: it is what is there."""

from pathlib import Path

from deploy.render import compose, k8s

ROOT = Path(__file__).resolve().parents[2]
K8S = "deploy/k8s/base"


def rendered() -> dict[str, str]:
    """Every generated file by its path in the repository."""
    return {
        "docker-compose.yml": compose.text(),
        ".env.example": compose.example(),
        **{f"{K8S}/{name}": text for name, text in k8s.files().items()},
    }
