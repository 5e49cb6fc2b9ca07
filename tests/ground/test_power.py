"""Servers go down, in order or by a power cut, and come back with what they had."""

import psycopg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from deploy.local.patience import until
from deploy.local.process import descendants
from deploy.local.server import Given, ServerFailed, Servers
from tests.fresh import topics_on
from tests.ground.test_supervisor import gone


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_postgres_keeps_its_rows_and_address(own_servers: Servers, way: str) -> None:
    server, address = own_servers.database, own_servers.postgres
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (way text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [way])
        getattr(server, way)()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    server.start()
    assert server.address == address
    with psycopg.connect(address) as connection:
        assert (way,) in connection.execute("SELECT way FROM kept").fetchall()


@pytest.mark.parametrize("way", ["stop", "kill"])
async def test_kafka_keeps_its_records_and_address(own_servers: Servers, way: str) -> None:
    broker, address = own_servers.broker, own_servers.kafka
    topic = await topics_on(address)("kept")
    async with AIOKafkaProducer(bootstrap_servers=address, acks="all") as producer:
        await producer.send_and_wait(topic, way.encode())
    getattr(broker, way)()
    broker.start()
    assert broker.address == address
    async with AIOKafkaConsumer(bootstrap_servers=address, enable_auto_commit=False) as consumer:
        consumer.assign([TopicPartition(topic, 0)])
        await consumer.seek_to_beginning()
        assert (await consumer.getone()).value == way.encode()


def test_a_killed_postgres_leaves_no_backend(own_servers: Servers) -> None:
    from deploy.local.postgres import Postgres

    server = own_servers.database
    assert isinstance(server, Postgres)
    backends = descendants(server.process.pid)
    assert backends
    server.kill()
    assert until(lambda: all(gone(pid) for pid in backends), 10)
    server.start()


def test_a_given_server_is_not_ours_to_kill() -> None:
    server = Given("host=db")
    server.start()
    server.stop()
    with pytest.raises(ServerFailed, match="stays up"):
        server.kill()
