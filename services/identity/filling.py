"""What a province of an older release lists its people by, filled once, when it is migrated."""

from libs.runtime import database

_LOCK = "SELECT pg_advisory_xact_lock(1)"  # nobody writes meanwhile
_FILL = """
INSERT INTO listed (person_id, name, pinyin, initials, unit_id, department_id, bureau_id,
                    membership)
SELECT s.person_id, s.name, s.pinyin, s.initials, p.unit_id, p.department_id, p.bureau_id,
       p.membership
FROM shown s LEFT JOIN people p USING (person_id)
WHERE NOT EXISTS (SELECT FROM listed)"""


async def fill(conninfo: str) -> None:
    """Everybody, if nobody is listed yet."""
    async with await database.connect(conninfo) as conn, conn.transaction():
        await conn.execute(_LOCK)
        await conn.execute(_FILL)
