"""`python -m deploy.render`: writes docker-compose.yml and deploy/k8s/base anew."""

import argparse
import sys

from deploy.render import K8S, ROOT, rendered


def main(arguments: list[str]) -> None:
    """Write them; --help writes nothing."""
    about = "Writes docker-compose.yml and deploy/k8s/base anew, from deploy/roles.py."
    argparse.ArgumentParser(prog="python -m deploy.render", description=about).parse_args(arguments)
    files = rendered()
    (ROOT / K8S).mkdir(parents=True, exist_ok=True)
    for stale in {f"{K8S}/{found.name}" for found in (ROOT / K8S).iterdir()} - files.keys():
        (ROOT / stale).unlink()
    for name, text in files.items():
        (ROOT / name).write_text(text)
    sys.stdout.write(f"{len(files)} files written\n")


if __name__ == "__main__":
    main(sys.argv[1:])
