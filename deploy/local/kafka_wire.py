"""One question to a broker in Kafka's own protocol: who is there?

A port that accepts connections is not yet a broker that serves; one that lists itself is. Asked
over a bare socket, so that it works from any thread and inside any event loop.
"""

import socket
import struct

METADATA, VERSION, QUESTION = 3, 1, 7  # version 1: an answer without throttle time or tags


def answers(port: int) -> bool:
    """Whether the broker on this loopback port lists at least one live broker."""
    request = struct.pack(">hhihi", METADATA, VERSION, QUESTION, -1, 0)  # no client id, no topic
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as broker:
            broker.sendall(struct.pack(">i", len(request)) + request)
            with broker.makefile("rb") as answer:
                _, question, brokers = struct.unpack(">iii", answer.read(12))
    except (OSError, struct.error):
        return False
    return bool(question == QUESTION and brokers > 0)
