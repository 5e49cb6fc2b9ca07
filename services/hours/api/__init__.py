"""The HTTP API of hours."""

from services.hours.api import auditing, claiming, ledger, queue

ROUTERS = (claiming.router, auditing.router, queue.router, ledger.router)
