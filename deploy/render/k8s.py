"""deploy/k8s/base: one Deployment a service and role, migration Jobs, Services, by kustomize."""

from typing import Any

from deploy.render.writing import Yaml, documents
from deploy.roles import DATA, KEYS, SERVICES, Made, Role, Service, Setting, every_setting

IMAGE = "jixu"
CONFIG, SECRETS, KEY_FILES = "jixu", "jixu-secrets", "jixu-keys"
USER = 10001


def files() -> dict[str, str]:
    """Each file of the folder by its name."""
    parts = {f"{service.name}.yaml": documents(_service(service)) for service in SERVICES}
    whole = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "labels": [{"pairs": {"app.kubernetes.io/part-of": "jixu"}}],
        "resources": [*parts],
        "images": [{"name": IMAGE, "newTag": "dev"}],
    }
    return {"kustomization.yaml": documents([whole], needs()), **parts}


def needs() -> str:
    """What must be in the namespace, by name, before this is applied."""
    every = every_setting().values()
    config = [s.name for s in every if s.made is Made.PLAIN and not s.value]
    secret = [s.name for s in every if s.made in (Made.HEX, Made.SIGNING)]
    keys = [s.value.rpartition("/")[2] for s in every if s.made is Made.FILE]
    lines = [
        "Made by whoever runs it, in the same namespace, before this is applied:",
        f"  config map {CONFIG}: {', '.join(config)}",
        f"  secret {SECRETS}: {', '.join(secret)}",
        f"  secret {KEY_FILES}: {', '.join(keys)}",
        "  secret SERVICE-database for each service: app, owner (conninfo of its own database)",
        "An overlay names the image and routes /SERVICE to the service of that name.",
    ]
    return "".join(f"# {line}\n" for line in lines)


def _object(version: str, kind: str, name: str, component: str, of: str = "") -> dict[str, Any]:
    labels = {"app.kubernetes.io/name": of or name, "app.kubernetes.io/component": component}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, "labels": labels}}


def _service(service: Service) -> list[Yaml]:
    found: list[Yaml] = []
    if service.keeps_files:
        claim = _object(
            "v1", "PersistentVolumeClaim", f"{service.name}-files", "files", service.name
        )
        # Every replica of web reads what any of them has stored.
        wants = {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "20Gi"}}}
        found.append({**claim, "spec": wants})
    for role in service.roles:
        found.append(_job(service, role) if role.ends else _deployment(service, role))
        if role.serves:
            found.append(_reached(service, role))
    return found


def _reached(service: Service, role: Role) -> Yaml:
    found = _object("v1", "Service", service.name, role.name)
    selector = found["metadata"]["labels"]
    port = {"name": "http", "port": 80, "targetPort": "http"}
    return {**found, "spec": {"selector": selector, "ports": [port]}}


def _deployment(service: Service, role: Role) -> Yaml:
    found = _object("apps/v1", "Deployment", f"{service.name}-{role.name}", role.name, service.name)
    labels = found["metadata"]["labels"]
    # A process stops taking requests, answers those it has, and goes.
    strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    spec = {
        "replicas": role.replicas,
        "selector": {"matchLabels": labels},
        "strategy": strategy,
        "template": {"metadata": {"labels": labels}, "spec": _pod(service, role)},
    }
    return {**found, "spec": spec}


def _job(service: Service, role: Role) -> Yaml:
    found = _object("batch/v1", "Job", f"{service.name}-{role.name}", role.name, service.name)
    labels = found["metadata"]["labels"]
    pod = {**_pod(service, role), "restartPolicy": "OnFailure"}
    spec = {
        "backoffLimit": 6,
        "ttlSecondsAfterFinished": 600,
        "template": {"metadata": {"labels": labels}, "spec": pod},
    }
    return {**found, "spec": spec}


def _pod(service: Service, role: Role) -> dict[str, Any]:
    volumes: list[Yaml] = [{"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}}]
    mounts = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108 - the pod's own
    if any(s.made is Made.FILE for s in role.settings):
        volumes.append({"name": "keys", "secret": {"secretName": KEY_FILES, "items": _keys(role)}})
        mounts.append({"name": "keys", "mountPath": KEYS, "readOnly": True})  # type: ignore[dict-item]
    if any(s.value.startswith(DATA) for s in role.settings):
        claim = {"claimName": f"{service.name}-files"}
        volumes.append({"name": "files", "persistentVolumeClaim": claim})
        mounts.append({"name": "files", "mountPath": DATA})
    return {
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": 30,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(service, role, mounts)],
        "volumes": volumes,
    }


def _keys(role: Role) -> list[Yaml]:
    names = [s.value.rpartition("/")[2] for s in role.settings if s.made is Made.FILE]
    return [{"key": name, "path": name} for name in names]


def _container(service: Service, role: Role, mounts: list[Any]) -> Yaml:
    size = role.size
    found: dict[str, Any] = {
        "name": role.name,
        "image": IMAGE,
        "args": service.words(role),
        "env": [_variable(service, setting) for setting in role.settings],
        "resources": {
            "requests": {"cpu": f"{size.cpu}m", "memory": f"{size.memory}Mi"},
            "limits": {"memory": f"{size.most_memory}Mi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": mounts,
    }
    if not role.ends:
        name = "http" if role.serves else "metrics"
        found["ports"] = [{"name": name, "containerPort": role.port}]
        found |= _probes(role, name)
    return found


def _probes(role: Role, port: str) -> dict[str, Any]:
    def probe(path: str, **times: int) -> Yaml:
        return {"httpGet": {"path": path, "port": port}, "timeoutSeconds": 4, **times}

    found = {
        "startupProbe": probe(role.alive, periodSeconds=2, failureThreshold=30),
        "livenessProbe": probe(role.alive, periodSeconds=10, failureThreshold=6),
    }
    if role.ready:
        found["readinessProbe"] = probe(role.ready, periodSeconds=5, failureThreshold=2)
    return found


def _variable(service: Service, setting: Setting) -> Yaml:
    def secret(name: str, key: str) -> Yaml:
        return {"name": setting.name, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}

    match setting.made:
        case Made.DATABASE:
            return secret(f"{service.name}-database", "app")
        case Made.OWNER:
            return secret(f"{service.name}-database", "owner")
        case Made.HEX | Made.SIGNING:
            return secret(SECRETS, setting.name)
        case Made.PLAIN | Made.FILE if setting.value:
            return {"name": setting.name, "value": setting.value}
        case _:
            reference: dict[str, Any] = {"name": CONFIG, "key": setting.name}
            if setting.optional:
                reference["optional"] = True
            return {"name": setting.name, "valueFrom": {"configMapKeyRef": reference}}
