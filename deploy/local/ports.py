"""Free ports for servers that must come back on the same one."""

import random
import socket

from deploy.local.troubles import PORT_TAKEN, Trouble

# Below the range that the kernel gives to outgoing connections: a client that dials a stopped
# server there can't be handed the server's own port, and connect to itself.
RANGE = range(20_000, 30_000)


def is_free(port: int) -> bool:
    """Whether something may listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port that nothing listens on, chosen at random so that two callers seldom collide."""
    for port in random.sample(RANGE, len(RANGE)):
        if is_free(port):
            return port
    raise OSError("no free port between 20000 and 29999")


def asked_for(port: int) -> int:
    """A port that a person named, if it is free; the sentence that says what to do if not."""
    if not is_free(port):
        raise Trouble(PORT_TAKEN.format(port=port, other=port + 1))
    return port
