"""What a service's composition root hands over: the context and its adapters, wired."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter

from libs.decider import Rule
from libs.runtime.documents.files import Files
from libs.runtime.outbound.relaying import AfterRound
from libs.runtime.service import Service
from libs.runtime.settings import Settings
from libs.runtime.timing import Due


@dataclass(frozen=True)
class Composition:
    """A service, ready to be run in any of its roles."""

    service: Service
    title: str
    description: str
    routers: Sequence[APIRouter] = ()
    refuses: Sequence[Rule] = ()  # what its own rules say no to, as examples for who connects
    files: Files | None = None
    keys: Mapping[str, bytes] = field(default_factory=dict)  # by the names of their settings
    parts: Mapping[str, object] = field(default_factory=dict)  # what requests find at the desk
    due: Sequence[Due] = ()
    after_round: AfterRound | None = None
    project: Callable[[Settings], Coroutine[Any, Any, None]] | None = None
    after_migrate: Callable[[Settings], Awaitable[None]] | None = None


Compose = Callable[[Settings], Composition]
