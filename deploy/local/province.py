"""`make run`: the sample province, kept in its folder from one run to the next."""

import os
import threading

from psycopg.conninfo import conninfo_to_dict

from deploy.local.choice import choose, told
from deploy.local.folders import InUse, held
from deploy.local.layout import PROVINCE
from deploy.local.room import enough_room
from deploy.local.servers import running, servers_of
from deploy.local.troubles import Trouble

ADDRESS = PROVINCE / "address"


def run() -> None:
    """Start the servers on the province's folder and stay up until Ctrl-C."""
    # No containers here: what they hold would be gone with them.
    choice = choose(os.environ)
    enough_room(choice)
    try:
        with held(PROVINCE), running(servers_of(choice, PROVINCE)) as servers:
            database = conninfo_to_dict(servers.postgres)
            where = f"PostgreSQL {database['host']}:{database['port']}, Kafka {servers.kafka}"
            ADDRESS.write_text(where)
            print(f"The province is up ({told(choice)}): {where}")
            print("Ctrl-C stops it; what it holds stays in .local/province.", flush=True)
            try:
                threading.Event().wait()
            finally:
                ADDRESS.unlink(missing_ok=True)
    except InUse:
        raise Trouble(already(ADDRESS.read_text() if ADDRESS.exists() else "")) from None


def already(address: str) -> str:
    """The sentence for a second run."""
    where = f" at {address}" if address else "; it is just starting or stopping"
    return f"The province runs already{where}. Use that one, or stop it with Ctrl-C first."
