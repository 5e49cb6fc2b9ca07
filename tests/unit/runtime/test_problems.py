"""Refusals as problem details: rule, document, remedy; never what somebody wrote."""

import json

import pytest
from structlog.testing import capture_logs

from libs.decider import Kind
from libs.runtime.web.problems import RESPONSES, STATUS, Problem, problem
from tests.unit.runtime.web_of import RULES, asked

A_NUMBER = "450103199001011234"


@pytest.mark.parametrize("kind", Kind)
async def test_a_refusal_is_told_with_its_rule_its_document_and_what_to_do(kind: Kind) -> None:
    answer = await asked(lambda client: client.get(f"/refused/{kind.value}"))
    assert answer.status_code == STATUS[kind]
    assert answer.headers["content-type"] == "application/problem+json"
    rule = RULES[kind.value]
    assert answer.json() == {
        "type": f"urn:jixu:rule:{rule.code}",
        "title": "不得如此",
        "status": STATUS[kind],
        "detail": "超出 3；请更正",
        "rule": rule.code,
        "source": {"document": "测试文件", "article": "第一条"},
        "remedy": "请更正",
        "field": "hours",
    }
    assert Problem.model_validate(answer.json()).status == STATUS[kind]
    assert ("Retry-After" in answer.headers) == (kind is Kind.BEHIND)
    assert ("WWW-Authenticate" in answer.headers) == (kind is Kind.UNKNOWN_CALLER)


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("对申报内容真实性负责。", "对申报内容真实性负责。请更正"),
        ("超出 3", "超出 3；请更正"),
        ("", "请更正"),
    ],
)
def test_a_quotation_keeps_its_own_stop_and_gets_no_second(detail: str, told: str) -> None:
    assert problem(RULES["invalid"].because(detail))["detail"] == told


def test_every_kind_has_a_status_of_its_own_and_a_description() -> None:
    assert set(STATUS) == set(Kind)
    assert len(set(STATUS.values())) == len(Kind)
    assert set(RESPONSES) == set(STATUS.values())


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"hours": A_NUMBER, "name": "x"}, "hours"),
        ({"hours": "4.00", "name": {"inside": A_NUMBER}}, "name"),
        ({"hours": "4.00"}, "name"),
        ([A_NUMBER], None),
    ],
)
async def test_a_body_that_is_not_as_described_names_the_field_and_not_the_value(
    body: object, field: str | None
) -> None:
    answer = await asked(lambda client: client.post("/words", json=body))
    assert answer.status_code == 422
    assert answer.json()["rule"] == "body-invalid"
    assert (answer.json()["field"] or None) == field
    assert A_NUMBER not in answer.text


async def test_a_body_that_is_no_json_is_a_problem_too() -> None:
    sent = f'{{"name": "{A_NUMBER}'.encode()
    headers = {"content-type": "application/json"}
    answer = await asked(lambda client: client.post("/words", content=sent, headers=headers))
    assert answer.status_code == 422
    assert A_NUMBER not in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/no", 404), ("PUT", "/raw", 405)])
async def test_no_such_operation_is_a_problem_too(method: str, path: str, status: int) -> None:
    answer = await asked(lambda client: client.request(method, path))
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["rule"] == "no-such-operation"


async def test_a_defect_is_logged_with_its_route_and_not_with_its_address() -> None:
    with capture_logs() as lines:
        await asked(lambda client: client.get(f"/broken/{A_NUMBER}"))
    assert [(line["event"], line["route"]) for line in lines] == [
        ("request failed", "/broken/{number}")
    ]
    assert A_NUMBER not in str([{**line, "exc_info": None} for line in lines])


async def test_a_defect_shows_nothing_of_itself(capsys: pytest.CaptureFixture[str]) -> None:
    answer = await asked(lambda client: client.get(f"/broken/{A_NUMBER}"))
    assert answer.status_code == 500
    assert answer.json()["rule"] == "failed"
    told = json.dumps(answer.json()) + str(answer.headers)
    assert A_NUMBER not in told
    assert "ValueError" not in told
    assert "Traceback" not in told
