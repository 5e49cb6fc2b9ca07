"""Two steps that show that the servers are real."""

from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from psycopg import AsyncConnection

from deploy.local.story.scene import Scene
from deploy.local.telling import expect


async def a_row_goes_round(scene: Scene) -> str:
    """Write a row durably, read it back over another connection."""
    server = scene.servers.postgres
    async with await AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute("DROP TABLE IF EXISTS ground")
        await connection.execute("CREATE TABLE ground (word text)")
        await connection.execute("INSERT INTO ground VALUES ('学时')")
    async with await AsyncConnection.connect(server, autocommit=True) as connection:
        cursor = await connection.execute("SELECT word, version() FROM ground")
        row = await cursor.fetchone()
        await connection.execute("DROP TABLE ground")
    word, version = row or ("nothing", "")
    expect(word == "学时", f"the row reads {word}")
    return f"“{word}” was read back from {' '.join(version.split()[:2])}"


async def a_record_goes_round(scene: Scene) -> str:
    """Send a record that every replica acknowledges, read it back from the start."""
    broker = scene.servers.kafka
    topic = f"ground-{uuid4()}"
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, 12, 1)])
        sender = AIOKafkaProducer(bootstrap_servers=broker, acks="all", enable_idempotence=True)
        async with sender:
            sent = await sender.send_and_wait(topic, "学时".encode(), key=str(uuid4()).encode())
        reader = AIOKafkaConsumer(
            topic,
            bootstrap_servers=broker,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )
        async with reader:
            read = await reader.getone()
        await admin.delete_topics([topic])
    finally:
        await admin.close()
    word = read.value.decode()
    expect(word == "学时", f"the record reads {word}")
    return f"“{word}” was read back from partition {sent.partition} of 12"
