"""What a container engine would be asked for; `make docker-check` asks a real one."""

from psycopg.conninfo import conninfo_to_dict

from deploy.local import recipes
from deploy.local.choice import KAFKA_IMAGE, POSTGRES_IMAGE
from deploy.local.containers import Container


def test_postgres_asks_for_its_own_password_and_port() -> None:
    recipe = recipes.postgres(POSTGRES_IMAGE)
    address = conninfo_to_dict(recipe.address)
    assert address["host"] == "127.0.0.1"
    assert address["port"] == str(recipe.outside)
    assert address["password"] == recipe.environment["POSTGRES_PASSWORD"]
    assert recipe.inside == 5432


def test_kafka_names_the_address_that_clients_can_reach() -> None:
    recipe = recipes.kafka(KAFKA_IMAGE)
    assert recipe.address == f"127.0.0.1:{recipe.outside}"
    assert recipe.inside == recipe.outside
    assert recipe.environment["KAFKA_ADVERTISED_LISTENERS"] == f"CLIENT://{recipe.address}"
    assert recipe.environment["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


def test_what_was_never_started_is_left_in_peace() -> None:
    container = Container(recipes.kafka(KAFKA_IMAGE))
    container.stop()
    container.kill()
    container.leave(data_stay=False)
