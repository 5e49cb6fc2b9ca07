"""The topics that are made: how many copies, and how many of them must have a record."""

import pytest

from libs.runtime import broker


@pytest.mark.parametrize(("replicas", "in_sync"), [(1, "1"), (2, "1"), (3, "2")])
def test_all_but_one_replica_have_what_was_acknowledged(replicas: int, in_sync: str) -> None:
    wanted = broker.wanted_topics("p.", ["hours", "exams"], replicas)
    assert {
        topic.name: (topic.num_partitions, topic.topic_configs["cleanup.policy"])
        for topic in wanted
    } == {
        "p.hours.events": (broker.PARTITIONS, "delete"),
        "p.exams.events": (broker.PARTITIONS, "delete"),
        "p.identity.directory": (broker.PARTITIONS, "compact"),
        "p.heartbeats": (1, "delete"),
    }
    assert {topic.replication_factor for topic in wanted} == {replicas}
    assert {topic.topic_configs["min.insync.replicas"] for topic in wanted} == {in_sync}
