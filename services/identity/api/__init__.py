"""The JSON API of identity."""

from services.identity.api import (
    activation,
    admins,
    audit,
    bases,
    departments,
    importing,
    me,
    membership,
    offices,
    people,
    registering,
    sessions,
    units,
)

ROUTERS = (
    registering.router,
    activation.router,
    sessions.router,
    me.router,
    importing.router,
    people.router,
    membership.router,
    units.router,
    departments.router,
    admins.router,
    bases.router,
    offices.router,
    audit.router,
)
