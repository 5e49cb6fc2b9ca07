"""The HTTP API of hours."""

from services.hours.api import auditing, claiming, importing, ledger, queue

ROUTERS = (claiming.router, auditing.router, importing.router, queue.router, ledger.router)
