"""Whatever is sent to any operation by anybody: an answer as it is described, never a failure.

Requests are drawn from a service's own description: such as it asks for, and such as it does not.
What a service refuses has changed nothing.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core import NotSet
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from tests.component.lab import Lab

AS_DESCRIBED = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
QUICK, LONG = 60, 400  # examples a service: in each run, and in the longer one

Test = Callable[..., Any]


@dataclass
class Asked:
    """A service with somebody of each kind who asks it, and what exists there."""

    app: FastAPI
    lab: Lab
    callers: Mapping[str, httpx.AsyncClient]
    known: Mapping[str, str] = field(default_factory=dict)  # by the name in an address
    counted: frozenset[str] = frozenset()  # rules whose refusals are counted on purpose
    held: Any = None

    async def anything(self, data: st.DataObject) -> None:
        """One request, whatever it is."""
        case, by = self._drawn(data)
        answer = await self._sent(case, self.callers[by])
        said = f"{case.operation.label} by {by}: {answer.status_code} {answer.text[:500]}"
        assert answer.status_code < 500, said
        await answer.request.aread()  # a form is a stream until somebody has read it
        case.validate_response(answer, checks=AS_DESCRIBED)
        held = await self._holds()
        if answer.is_error:
            problem = answer.json()
            assert problem["source"]["document"], said
            assert problem["remedy"], said
            unchanged = self.held in (None, held)
            assert unchanged or problem["rule"] in self.counted, f"{said} changed something"
        self.held = held

    def _drawn(self, data: st.DataObject) -> tuple[Case[Any], str]:
        operation = data.draw(st.sampled_from(self._operations))
        mode = data.draw(st.sampled_from(list(GenerationMode)))
        case: Case[Any] = data.draw(operation.as_strategy(generation_mode=mode))
        if data.draw(st.booleans()):
            names = case.path_parameters or {}
            case.path_parameters = {n: self.known.get(n, v) for n, v in names.items()}
        return case, data.draw(st.sampled_from(sorted(self.callers)))

    @cached_property
    def _operations(self) -> list[Any]:
        schema = schemathesis.openapi.from_dict(self.app.openapi())
        found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
        return sorted(found, key=lambda one: str(one.label))

    async def _sent(self, case: Case[Any], by: httpx.AsyncClient) -> httpx.Response:
        sent: dict[str, Any] = {}
        wanted = {name: value for name, value in (case.query or {}).items() if value is not None}
        headers = {"Idempotency-Key": uuid4().hex}
        drawn: Mapping[str, Any] = case.headers or {}
        seen = str(drawn.get("If-Match", ""))
        if seen.isascii() and seen.isprintable() and seen:
            headers["If-Match"] = seen
        if case.media_type == "multipart/form-data":
            sent = {"files": {"file": b"nonsense"}}
        elif not isinstance(case.body, NotSet):
            words = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
            headers["Content-Type"] = "application/json"
            sent = {"content": words}
        return await by.request(
            case.method, case.formatted_path, params=wanted, headers=headers, **sent
        )

    async def _holds(self) -> Sequence[tuple[Any, ...]]:
        """All that a command may change, as one number a table."""
        names = await self.lab.rows(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname IN ('views', 'private') OR tablename IN ('events', 'answers') "
            "ORDER BY 1"
        )
        sums = [
            f"SELECT '{name}', sum(hashtextextended(t::text, 0)::numeric) FROM {name} t"
            for (name,) in names
        ]
        return await self.lab.rows(" UNION ALL ".join(sums) + " ORDER BY 1")


def whatever_is_sent() -> tuple[Test, Test]:
    """The two tests of a service, whose module has the fixture `asked`: each run's, and the longer.
    Made anew for each module, since pytest changes what it collects."""

    @_quickly(QUICK)
    @given(data=st.data())
    async def in_each_run(asked: Asked, data: Any) -> None:
        await asked.anything(data)

    @pytest.mark.long
    @_quickly(LONG)
    @given(data=st.data())
    async def for_long(asked: Asked, data: Any) -> None:
        await asked.anything(data)

    return in_each_run, for_long


def _quickly(examples: int) -> Callable[[Test], Test]:
    """So many examples, however long each takes on a busy machine; the first that fails is shown
    as it was drawn, since looking for a smaller one takes minutes on a real database."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
