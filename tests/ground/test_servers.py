"""The session's servers are real: what is written is read back."""

import psycopg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.fresh import FreshTopic


def test_a_row_is_read_back(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE words (word text)")
        connection.execute("INSERT INTO words VALUES ('学时')")
        assert connection.execute("SELECT word FROM words").fetchall() == [("学时",)]


async def test_a_record_is_read_back(kafka: str, fresh_topic: FreshTopic) -> None:
    topic = await fresh_topic("words")
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True) as to:
        await to.send_and_wait(topic, "学时".encode(), key=b"key")
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False
    ) as consumer:
        record = await consumer.getone()
    assert (record.key, record.value) == (b"key", "学时".encode())
