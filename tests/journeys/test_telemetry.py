"""What operators see of a province at work: one trace from a click to what it caused in another
service, and the figures that every process tells."""

import json
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.patience import until
from deploy.local.story.claims import of
from deploy.local.story.scene import Scene, seen
from deploy.local.wiring import SERVICES, Wiring
from tests import topics
from tests.journeys.conftest import Province

SPAN = "b7ad6b7169203331"  # of the browser that clicked
Told = dict[str, Any]


async def deleted(scene: Scene, traceparent: str) -> None:
    """The unit deletes an approved claim; the learner's certificate is seen to fall."""
    cast, number = scene.cast, scene.notes["new number"]
    learner, general = cast.callers["learner"], cast.callers["general"]
    listed = await general.do("GET", f"/hours/claims?state=passed&person_id={learner.account_id}")
    claim = listed["items"][0]["claim_id"]
    headers = {"traceparent": traceparent}
    await general.do("DELETE", f"{of(learner)}/{claim}", headers=headers)

    async def revoked() -> bool:
        said = await cast.nobody.do("GET", f"/certificates/v/{number}")
        return bool(said["status"] == "revoked")

    await seen(revoked, "the revocation")


def in_the_log(wiring: Wiring, service: str, kind: str, trace: str) -> list[str]:
    """The traceparents of the events of this type that belong to the trace."""
    with psycopg.connect(wiring.databases[service].owner) as conn:
        rows = conn.execute(
            "SELECT meta::json->>'traceparent' FROM events WHERE type = %s", (kind,)
        ).fetchall()
    return [said for (said,) in rows if said and trace in said]


async def on_the_topic(wiring: Wiring, service: str, kind: str, trace: str) -> list[str]:
    """The same, of the records that other services read."""
    found = []
    for record in await topics.records(wiring.servers.kafka, f"{service}.events"):
        headers = {name: value.decode() for name, value in record.headers}
        if headers["ce_type"] == kind and trace in headers.get("traceparent", ""):
            found.append(headers["traceparent"])
    return found


def spans_of(wiring: Wiring, trace: str) -> dict[tuple[str, str], Told]:
    """The spans that the processes wrote down of a trace, by service and name."""
    lines = (wiring.folder / "traces.jsonl").read_text().splitlines()
    mine = [s for s in map(json.loads, lines) if s["context"]["trace_id"] == f"0x{trace}"]
    return {(s["attributes"].get("jixu.service", ""), s["name"]): s for s in mine}


def test_one_trace_leads_from_the_deletion_to_the_revocation(lived_in: Province) -> None:
    lived_in.play("certificate")
    scene, trace = lived_in.scene, uuid4().hex
    lived_in.do(deleted(scene, f"00-{trace}-{SPAN}-01"))

    wanted = {("", "click"), ("hours", "batch"), ("certificates", "take")}
    assert until(lambda: wanted <= spans_of(scene.wiring, trace).keys(), 30)
    spans = spans_of(scene.wiring, trace)
    click = spans["", "click"]
    assert click["parent_id"] == f"0x{SPAN}"
    assert click["attributes"]["jixu.command"] == "DeleteClaim"
    assert click["attributes"]["http.response.status_code"] == httpx.codes.OK
    for caused in (spans["hours", "batch"], spans["certificates", "take"]):
        assert caused["parent_id"] == click["context"]["span_id"]

    clicked = f"00-{trace}-{click['context']['span_id'].removeprefix('0x')}-01"
    for service, kind in (
        ("hours", "hours.HoursRevoked"),
        ("certificates", "certificates.CertificateRevoked"),
    ):
        assert in_the_log(scene.wiring, service, kind, trace) == [clicked]

        def published(service: str = service, kind: str = kind) -> bool:
            said = lived_in.do(on_the_topic(scene.wiring, service, kind, trace))
            return said == [clicked]

        assert until(published, 30)


def samples(address: str, service: str) -> dict[str, float]:
    """What a process tells of a service, the greatest of each name."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(httpx.get(address, timeout=10).text):
        for sample in family.samples:
            if sample.labels.get("service") == service:
                found[sample.name] = max(sample.value, found.get(sample.name, 0.0))
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_every_process_tells_its_figures(lived_in: Province, service: str) -> None:
    lived_in.play("certificate", "class")
    wiring = lived_in.scene.wiring
    web = samples(f"{wiring.address}/{service}/metrics", service)
    assert web["jixu_commands_total"] > 0
    assert web["jixu_command_seconds_count"] > 0
    assert web["jixu_batch_commands_count"] > 0

    def worker() -> dict[str, float]:
        return samples(f"http://127.0.0.1:{wiring.metrics[service]}/metrics", service)

    assert until(lambda: worker().get("jixu_outbox_depth") == 0, 30)
    told = worker()
    assert told["jixu_relay_published_total"] > 0
    assert told["jixu_outbox_age_seconds"] >= 0
    assert told["jixu_set_aside"] == 0
    if service != "identity":  # it follows nobody
        assert until(lambda: worker()["jixu_lag_seconds"] < 60, 30)
        assert told["jixu_events_taken_total"] > 0
        assert told["jixu_taken_seconds_count"] > 0
        assert told["jixu_gaps"] == 0
