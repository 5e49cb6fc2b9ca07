"""deploy/k8s/base: every service and role, by the cluster's own schemas and by our rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from deploy.render.k8s import KEY_FILES, SECRETS, needs
from deploy.roles import SERVICES, Made, Role, Service

BASE = Path(__file__).parents[2] / "deploy/k8s/base"
VERSION = "1.34"
Object = dict[str, Any]

KUSTOMIZATION: Object = yaml.safe_load((BASE / "kustomization.yaml").read_text())
OBJECTS: list[Object] = [
    found
    for name in KUSTOMIZATION["resources"]
    for found in yaml.safe_load_all((BASE / name).read_text())
]
PROCESSES = [(service, role) for service in SERVICES for role in service.roles]
each_object = pytest.mark.parametrize(
    "one", OBJECTS, ids=lambda o: f"{o['kind']}-{o['metadata']['name']}"
)
each_process = pytest.mark.parametrize(
    ("service", "role"), PROCESSES, ids=[f"{s.name}-{r.name}" for s, r in PROCESSES]
)


def named(kind: str, name: str) -> Object:
    """The one object of this kind and name."""
    (found,) = [o for o in OBJECTS if o["kind"] == kind and o["metadata"]["name"] == name]
    return found


def process(service: Service, role: Role) -> Object:
    """The Deployment or Job of a role."""
    return named("Job" if role.ends else "Deployment", f"{service.name}-{role.name}")


def pod_of(one: Object) -> Object:
    """What it runs."""
    pod: Object = one["spec"]["template"]["spec"]
    return pod


def test_kustomize_lists_every_file() -> None:
    assert {*KUSTOMIZATION["resources"], "kustomization.yaml"} == {f.name for f in BASE.iterdir()}
    assert KUSTOMIZATION["kind"] == "Kustomization"


def test_every_service_and_role_is_there_and_nothing_else() -> None:
    wanted = [("Job" if r.ends else "Deployment", f"{s.name}-{r.name}") for s, r in PROCESSES]
    wanted += [("Service", service.name) for service in SERVICES]
    wanted += [
        ("PersistentVolumeClaim", f"{service.name}-files")
        for service in SERVICES
        if service.keeps_files
    ]
    assert sorted((o["kind"], o["metadata"]["name"]) for o in OBJECTS) == sorted(wanted)


@each_object
def test_it_is_what_the_cluster_takes(one: Object) -> None:
    kubernetes_validate.validate(one, VERSION, strict=True)


def test_what_the_cluster_does_not_take_is_seen() -> None:
    wrong = {**OBJECTS[0], "kind": "Deployment", "spec": {"replicaz": 1}, "apiVersion": "apps/v1"}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSION, strict=True)


@each_process
def test_it_is_as_restricted_as_a_pod_can_be(service: Service, role: Role) -> None:
    """The rules of the cluster's `restricted` pod security standard, and a read-only root."""
    pod = pod_of(process(service, role))
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
    assert kinds <= {"emptyDir", "secret", "persistentVolumeClaim"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


@each_process
def test_its_size_is_asked_for_and_bounded(service: Service, role: Role) -> None:
    (container,) = pod_of(process(service, role))["containers"]
    requests, limits = (container["resources"][word] for word in ("requests", "limits"))
    assert requests == {"cpu": f"{role.size.cpu}m", "memory": f"{role.size.memory}Mi"}
    assert limits["memory"] == f"{role.size.most_memory}Mi"


@each_process
def test_it_runs_its_words_and_is_probed_where_it_listens(service: Service, role: Role) -> None:
    (container,) = pod_of(process(service, role))["containers"]
    assert container["args"] == [service.name, role.name]
    probes = {name: found for name, found in container.items() if name.endswith("Probe")}
    if role.ends:
        assert probes == {}
        return
    (port,) = container["ports"]
    assert port["containerPort"] == role.port
    assert {found["httpGet"]["port"] for found in probes.values()} == {port["name"]}
    assert {"startupProbe", "livenessProbe"} <= set(probes)
    assert ("readinessProbe" in probes) == role.serves
    # What the database does must never restart a process: only readiness looks at it.
    assert probes["livenessProbe"]["httpGet"]["path"] == role.alive != "/readyz"


@each_process
def test_settings_come_by_reference_and_all_of_them(service: Service, role: Role) -> None:
    (container,) = pod_of(process(service, role))["containers"]
    told = {variable["name"]: variable for variable in container["env"]}
    assert list(told) == [setting.name for setting in role.settings]
    for setting in role.settings:
        variable = told[setting.name]
        source = variable.get("valueFrom", {})
        assert ("value" in variable) == bool(setting.value)
        assert ("secretKeyRef" in source) == setting.secret
        for reference in source.values():
            assert reference["key"] in needs() or reference["key"] in ("app", "owner")
            assert reference["name"] in (SECRETS, "jixu", f"{service.name}-database")


@each_process
def test_what_it_mounts_is_there(service: Service, role: Role) -> None:
    pod = pod_of(process(service, role))
    (container,) = pod["containers"]
    mounts = {mount["name"]: mount for mount in container["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    assert mounts.keys() == volumes.keys()
    if "files" in volumes:
        named("PersistentVolumeClaim", volumes["files"]["persistentVolumeClaim"]["claimName"])
    if "keys" in volumes:
        assert volumes["keys"]["secret"]["secretName"] == KEY_FILES
        held = {
            f"{mounts['keys']['mountPath']}/{i['path']}" for i in volumes["keys"]["secret"]["items"]
        }
        assert held == {s.value for s in role.settings if s.made is Made.FILE}


def selected_by(selector: dict[str, str]) -> Iterator[str]:
    """The processes whose pods have these labels."""
    for one in OBJECTS:
        if one["kind"] in ("Deployment", "Job"):
            labels = one["spec"]["template"]["metadata"]["labels"]
            if selector.items() <= labels.items():
                yield one["metadata"]["name"]


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.name)
def test_requests_reach_its_web_role_alone(service: Service) -> None:
    found = named("Service", service.name)["spec"]
    assert list(selected_by(found["selector"])) == [f"{service.name}-web"]
    (port,) = found["ports"]
    (container,) = pod_of(named("Deployment", f"{service.name}-web"))["containers"]
    assert port["targetPort"] in {p["name"] for p in container["ports"]}


@each_process
def test_a_deployment_selects_its_own_pods_alone(service: Service, role: Role) -> None:
    if not role.ends:
        one = process(service, role)
        assert list(selected_by(one["spec"]["selector"]["matchLabels"])) == [
            one["metadata"]["name"]
        ]


@pytest.mark.parametrize("service", SERVICES, ids=lambda s: s.name)
def test_a_roll_out_never_leaves_nobody_to_answer(service: Service) -> None:
    spec = named("Deployment", f"{service.name}-web")["spec"]
    assert spec["replicas"] >= 2
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
