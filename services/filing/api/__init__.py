"""The HTTP API of filing, in the order of a base's way."""

from services.filing.api import execution, filing, lists, recognition, roster

ROUTERS = (filing.router, execution.router, roster.router, recognition.router, lists.router)
