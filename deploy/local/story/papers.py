"""The papers of the story: they stay in out/ when everything else is gone."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.telling import expect

NO_LONGER = "-已失效"  # in the name of its file: nobody takes it for valid
TITLES = (
    "专业技术人员继续教育合格证书",
    "专业技术人员继续教育公需科目考试合格证书",
    "培训班备案登记表",
)
"""Of every paper that the story lays down: whatever else lies there is not the demo's to remove."""


@dataclass
class Papers:
    """A folder, and what each paper in it is."""

    folder: Path
    told: dict[str, str] = field(default_factory=dict)  # by the name of its file

    def clear(self) -> None:
        """An earlier run's papers go. OSError: none could be laid down here."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in (f"{title}{end}.pdf" for title in TITLES for end in ("", NO_LONGER)):
            (self.folder / name).unlink(missing_ok=True)
        trial = self.folder / ".trial"
        trial.touch()
        trial.unlink(missing_ok=True)  # another demo may have tried as well

    def keep(self, title: str, content: bytes, told: str) -> str:
        """A paper is laid there; its place. An earlier run's of this title goes."""
        expect(title in TITLES, f"{title} is no paper of the story")
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{title}.pdf"
        file.write_bytes(content)
        self.told[file.name] = told
        return f"{self.folder.name}/{file.name}"

    def falls(self, title: str, told: str) -> str:
        """It is valid no longer, and its name says so."""
        old, new = (self.folder / f"{title}{end}.pdf" for end in ("", NO_LONGER))
        with suppress(FileNotFoundError):  # another demo has cleared the folder meanwhile
            old.replace(new)
        del self.told[old.name]
        self.told[new.name] = told
        return f"{self.folder.name}/{new.name}"

    def lines(self) -> Iterator[str]:
        """What lies there, a line each."""
        yield f"In {self.folder.name}/ there are"
        yield from (f"  {name}: {told}" for name, told in self.told.items())
