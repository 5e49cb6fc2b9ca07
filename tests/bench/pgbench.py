"""pgbench inserting the same row as a claim, 64 clients, each row a transaction of its own."""

import os
import re
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from deploy.local.postgres import binaries
from libs.runtime.log import codec
from tests.bench.stage import Stage
from tests.component.certificates import words
from tests.component.lab import AT, envelope

_WORDS = ("-n", "-M", "prepared", "-c", "64", "-j", "2")


def inserted(stage: Stage, seconds: int) -> float:
    """Rows a second, durable, with the log's indexes and without its lock."""
    owner = stage.hours.settings.database_owner
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS bench_rows (LIKE events INCLUDING ALL)")
        conn.execute("CREATE SEQUENCE IF NOT EXISTS bench_positions")
        body = words.recognised(stage.people[0].id, "20").model_dump_json()
        row = conn.execute(
            "SELECT format('%%L, %%L, 1, gen_random_uuid(), %%L, %%L, %%L', %s::text, %s::text, "
            "%s::text, %s::text, %s::text)",
            ("hours/a-stream/2024", "hours.HoursClaimed", AT, codec.encode_meta(envelope()), body),
        ).fetchone()
    script = stage.folder / "insert.sql"
    # a colon before a letter would be a variable of pgbench's; JSON has none but within strings
    script.write_text(
        "INSERT INTO bench_rows (position, id, stream, type, version, subject, recorded_at, meta, "
        f"body) VALUES (nextval('bench_positions'), gen_random_uuid(), {row and row[0]});\n"
    )
    return _rate(owner, script, seconds)


def _rate(owner: str, script: Path, seconds: int) -> float:
    said = {name: str(value) for name, value in conninfo_to_dict(owner).items()}
    environment = os.environ | {
        "PGHOST": said["host"],
        "PGPORT": said["port"],
        "PGUSER": said["user"],
        "PGPASSWORD": said["password"],
        "PGDATABASE": said["dbname"],
    }
    done = subprocess.run(
        [str(binaries() / "pgbench"), *_WORDS, "-f", str(script), "-T", str(seconds)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if found is None:
        raise ValueError(done.stdout)
    return float(found[1])
