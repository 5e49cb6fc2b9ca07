"""Which servers are used: an address first, then an image that is here, then binaries."""

import pytest

from deploy.local.choice import (
    KAFKA_IMAGE,
    POSTGRES_IMAGE,
    Address,
    Binaries,
    Choice,
    Image,
    choose,
    told,
)

ADDRESSES = {"POSTGRES_ADDRESS": "host=db user=postgres", "KAFKA_ADDRESS": "broker:9092"}
IMAGES = frozenset({POSTGRES_IMAGE, KAFKA_IMAGE, "busybox:latest"})

GIVEN = Choice(Address("host=db user=postgres"), Address("broker:9092"))
CONTAINERS = Choice(Image(POSTGRES_IMAGE), Image(KAFKA_IMAGE))
LOCAL = Choice(Binaries(), Binaries())


@pytest.mark.parametrize(
    ("environment", "images", "choice"),
    [
        ({}, frozenset[str](), LOCAL),
        ({}, frozenset({"postgres:17", "apache/kafka:3.9.0"}), LOCAL),
        ({}, IMAGES, CONTAINERS),
        ({}, frozenset({POSTGRES_IMAGE}), Choice(Image(POSTGRES_IMAGE), Binaries())),
        (ADDRESSES, frozenset[str](), GIVEN),
        (ADDRESSES, IMAGES, GIVEN),
        ({"KAFKA_ADDRESS": "broker:9092"}, IMAGES, Choice(Image(POSTGRES_IMAGE), GIVEN.kafka)),
        ({"POSTGRES_ADDRESS": " ", "KAFKA_ADDRESS": ""}, frozenset[str](), LOCAL),
    ],
)
def test_the_choice(environment: dict[str, str], images: frozenset[str], choice: Choice) -> None:
    assert choose(environment, images) == choice


def test_the_choice_is_told_in_words() -> None:
    mixed = Choice(Address("host=db"), Binaries())
    assert told(mixed) == "PostgreSQL at the address given, Kafka from local binaries"
