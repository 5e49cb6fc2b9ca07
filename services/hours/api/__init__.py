"""The HTTP API of hours."""

from services.hours.api import (
    auditing,
    claiming,
    importing,
    ledger,
    overview,
    queue,
    searching,
)

ROUTERS = tuple(
    part.router for part in (claiming, auditing, importing, queue, searching, ledger, overview)
)
