"""Refusals as problem details (RFC 9457), with the rule's code, text, document and remedy."""

from typing import Annotated, Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from libs.decider import Kind, Refused, Rule, conventions
from libs.runtime import refusals
from libs.runtime.web import invalid
from libs.runtime.web.spans import refused_by

log = structlog.get_logger()

STATUS = {
    Kind.MALFORMED: 400,
    Kind.UNKNOWN_CALLER: 401,
    Kind.FORBIDDEN: 403,
    Kind.UNKNOWN: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.OVERSIZED: 413,
    Kind.INVALID: 422,
    Kind.BEHIND: 503,
}
TOO_SLOW, TOO_LARGE = 408, STATUS[Kind.OVERSIZED]
_OF_THE_BODY = {
    STATUS[Kind.MALFORMED]: refusals.BODY_INVALID,  # a form that can't be read
    TOO_SLOW: refusals.BODY_TOO_SLOW,
    TOO_LARGE: refusals.BODY_TOO_LARGE,
}
PROBLEM = "application/problem+json"
RETRY_AFTER_SECONDS = "1"
_STOPS = ("。", "！", "？", "；", "：")


class Where(BaseModel):
    """The document and article that a rule comes from (依据)."""

    document: str = Field(description="文件", examples=[conventions.DOCUMENT])
    article: str = Field(description="条款", examples=["第七条 本人回避"])


class Problem(BaseModel):
    """Why not: the rule, its document, and what to do (RFC 9457)."""

    type: str = Field(
        description="The rule as a URI (规则)", examples=["urn:jixu:rule:nobody-audits-oneself"]
    )
    title: str = Field(
        description="The rule's official text", examples=["不得登记、审核或删除本人的学时认定"]
    )
    status: int = Field(description="The HTTP status (状态码)", examples=[403])
    detail: str = Field(description="What it was in this case, and what to do")
    rule: str = Field(description="The rule's code", examples=["nobody-audits-oneself"])
    source: Where = Field(description="依据: where the rule stands")
    remedy: str
    field: str | None = None


def problem(rule: Rule) -> dict[str, Any]:
    """The rule as a problem."""
    return {
        "type": f"urn:jixu:rule:{rule.code}",
        "title": rule.text,
        "status": STATUS[rule.kind],
        "detail": _sentences(rule.detail, rule.remedy),
        "rule": rule.code,
        "source": {"document": rule.source.document, "article": rule.source.article},
        "remedy": rule.remedy,
        "field": rule.field,
    }


def _sentences(*parts: str) -> str:
    """One after the other: a quotation that ends with a stop needs no other one."""
    said = [part for part in parts if part]
    ended = [part if part.endswith(_STOPS) else f"{part}；" for part in said[:-1]]
    return "".join([*ended, *said[-1:]])


ItemRefusal = Annotated[
    dict[str, Any] | None,
    Field(
        description="The refusal, as problem details",
        examples=[problem(refusals.NOT_FOUND)],
    ),
]
"""Why one item of several was refused, where it was."""


def answer(rule: Rule) -> JSONResponse:
    """The HTTP answer no."""
    status = STATUS[rule.kind]
    headers: dict[str, str] = {}
    if rule.kind is Kind.BEHIND:
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    if rule.kind is Kind.UNKNOWN_CALLER:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(problem(rule), status, headers, PROBLEM)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Refused):
        raise error
    refused_by(request, error.rule.code)
    return answer(error.rule)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """The first field that is not as the description says; its value is never repeated."""
    if not isinstance(error, RequestValidationError):
        raise error
    refused_by(request, refusals.BODY_INVALID.code)
    return answer(invalid.refusal(request, error.errors()[0]))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    rule = _OF_THE_BODY.get(error.status_code, refusals.NO_SUCH_OPERATION)
    body = problem(rule) | {"status": error.status_code}
    return JSONResponse(body, error.status_code, error.headers, PROBLEM)


def failure() -> dict[str, Any]:
    """A defect, as a problem: it shows nothing of itself."""
    return problem(refusals.FAILED) | {"status": 500}


async def _failed(request: Request, error: Exception) -> JSONResponse:
    route = request.scope.get("route")  # its template: an address may name people
    log.error("request failed", route=getattr(route, "path", None), exc_info=error)
    return JSONResponse(failure(), 500, None, PROBLEM)


def install(app: FastAPI) -> None:
    """Every error leaves as a problem; none shows a trace."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": kind.value.replace("-", " ")}
    for kind, status in STATUS.items()
}


def describe(operation: dict[str, Any], *, reads: bool, is_open: bool) -> None:
    """Refusals are problems in an operation's description as well; only those that can be: who
    reads sends no version and no body, and what is open to all is refused to nobody."""
    never = {STATUS[Kind.STALE], STATUS[Kind.OVERSIZED]} if reads else set()
    if reads and is_open:
        never |= {STATUS[Kind.UNKNOWN_CALLER], STATUS[Kind.FORBIDDEN]}
    for status in map(str, never):
        operation["responses"].pop(status, None)
    for status in map(str, RESPONSES):
        said = operation["responses"].get(status, {})
        if found := said.get("content", {}).pop("application/json", None):
            said["content"][PROBLEM] = found
