"""Kafka's warm start: the JVM writes down what a start loads, so that each later one is short.

The JRE of the wheel has no archive of its own classes. One start and stop of a broker writes one
(JEP 514), for the JRE's classes and Kafka's: a new broker then stands after one second, not three.
"""

import sys

from deploy.local.folders import passing
from deploy.local.kafka import Kafka
from deploy.local.layout import WARM
from deploy.local.server import ServerFailed


def warm() -> None:
    """Start a broker that records, stop it, keep its record."""
    with passing("warm") as folder:
        fresh = folder / "warm.aot"
        broker = Kafka(folder / "kafka", record=fresh)
        broker.start()
        broker.stop(patience=120)  # the JVM writes the record as it ends
        fresh.rename(WARM)


if __name__ == "__main__":
    try:
        warm()
    except ServerFailed as failed:
        sys.exit(f"{failed}")
