"""`python -m deploy.render`: writes docker-compose.yml and deploy/k8s/base anew."""

import sys

from deploy.render import K8S, ROOT, rendered

files = rendered()
(ROOT / K8S).mkdir(parents=True, exist_ok=True)
for stale in {f"{K8S}/{found.name}" for found in (ROOT / K8S).iterdir()} - files.keys():
    (ROOT / stale).unlink()
for name, text in files.items():
    (ROOT / name).write_text(text)
sys.stdout.write(f"{len(files)} files written\n")
