"""The two servers as containers: the same locale, limits and settings as the local ones."""

import secrets

from psycopg.conninfo import make_conninfo

from deploy.local.containers import Recipe
from deploy.local.kafka import SETTINGS
from deploy.local.kafka_wire import answers
from deploy.local.ports import free_port
from deploy.local.postgres import accepts


def postgres(image: str) -> Recipe:
    """PostgreSQL's own image."""
    port, password = free_port(), secrets.token_urlsafe(24)
    address = make_conninfo(
        host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres"
    )
    environment = {
        "POSTGRES_PASSWORD": password,
        "POSTGRES_INITDB_ARGS": "--locale-provider=builtin --builtin-locale=C.UTF-8",
    }
    command = "postgres -c max_connections=200 -c shared_buffers=256MB -c timezone=UTC"
    return Recipe(image, address, 5432, port, environment, lambda: accepts(address), command)


def kafka(image: str) -> Recipe:
    """Kafka's own image, which takes every setting as a variable of its environment."""
    port = free_port()
    settings = SETTINGS | {
        "listeners": f"CLIENT://0.0.0.0:{port},CONTROLLER://127.0.0.1:9093",
        "advertised.listeners": f"CLIENT://127.0.0.1:{port}",
        "controller.quorum.voters": "1@127.0.0.1:9093",
    }
    variables = {f"KAFKA_{name.upper().replace('.', '_')}": settings[name] for name in settings}
    return Recipe(image, f"127.0.0.1:{port}", port, port, variables, lambda: answers(port))
