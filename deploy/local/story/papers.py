"""The papers of the story: they stay in out/ when everything else is gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NO_LONGER = "-已失效"  # in the name of its file: nobody takes it for valid


@dataclass
class Papers:
    """A folder, and what each paper in it is."""

    folder: Path
    told: dict[str, str] = field(default_factory=dict)  # by the name of its file

    def keep(self, title: str, content: bytes, told: str) -> str:
        """A paper is laid there; its place. An earlier run's of this title goes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{title}.pdf"
        file.write_bytes(content)
        self.told[file.name] = told
        return f"{self.folder.name}/{file.name}"

    def falls(self, title: str, told: str) -> str:
        """It is valid no longer, and its name says so."""
        old, new = (self.folder / f"{title}{end}.pdf" for end in ("", NO_LONGER))
        old.replace(new)
        del self.told[old.name]
        self.told[new.name] = told
        return f"{self.folder.name}/{new.name}"

    def lines(self) -> Iterator[str]:
        """What lies there, a line each."""
        yield f"In {self.folder.name}/ there are"
        yield from (f"  {name}: {told}" for name, told in self.told.items())
