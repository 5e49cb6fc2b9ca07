"""The packs as policy published them, every version: a certificate falls by the one it names."""

from collections.abc import Iterable, Mapping

from libs.events import policy
from libs.events.envelope import Recorded
from libs.events.event import Event
from libs.policy import Pack
from libs.runtime.service import Rows
from libs.runtime.tables import Gone, Row, Statement, Table

LAWS = Table(
    "laws",
    key=("pack", "version"),
    columns={
        "pack": "text",
        "version": "int",
        "jurisdiction": "text NOT NULL",
        "year": "int NOT NULL",
        "digest": "text NOT NULL",
        "content": "text NOT NULL",
    },
)


def laws(found: Recorded[Event]) -> Iterable[Row | Gone]:
    """The row of a pack's version."""
    event = found.event
    if isinstance(event, policy.PackPublished):
        yield LAWS.row(
            pack=event.pack,
            version=event.pack_version,
            jurisdiction=event.jurisdiction,
            year=event.year,
            digest=event.digest,
            content=event.content,
        )


class Laws:
    """The packs in memory, each read once."""

    def __init__(self) -> None:
        self._read: dict[str, Pack] = {}

    def ask(self) -> Statement:
        """Every version, with the content of those that were not read yet."""
        return Statement(
            "SELECT pack, version, jurisdiction, year, digest, "
            "CASE WHEN digest = ANY(%s) THEN NULL ELSE content END FROM laws ORDER BY version",
            (list(self._read),),
        )

    def answer(
        self, rows: Rows
    ) -> tuple[Mapping[tuple[str, int], Pack], Mapping[tuple[str, int], Pack]]:
        """The newest by jurisdiction and year, and all by pack and version."""
        newest: dict[tuple[str, int], Pack] = {}
        versions: dict[tuple[str, int], Pack] = {}
        for pack, version, jurisdiction, year, digest, content in rows:
            if digest not in self._read:
                self._read[digest] = Pack.from_json(content)
            newest[jurisdiction, year] = versions[pack, version] = self._read[digest]
        return newest, versions
