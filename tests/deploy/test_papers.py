"""The papers of the demo: a fallen one isn't taken for valid, the next run's take their place."""

from pathlib import Path

import pytest

from deploy.local.story.papers import NO_LONGER, TITLES, Papers
from deploy.local.telling import NotAsTold

TITLE = TITLES[0]


def test_a_fallen_paper_is_named_so_and_its_place_is_free_again(tmp_path: Path) -> None:
    for run in (b"first run", b"second run"):
        papers = Papers(tmp_path / "out")
        assert papers.keep(TITLE, run + b", old", "valid, No. 1") == f"out/{TITLE}.pdf"
        assert papers.falls(TITLE, "fallen, No. 1") == f"out/{TITLE}-已失效.pdf"
        assert not (papers.folder / f"{TITLE}.pdf").exists()
        papers.keep(TITLE, run + b", new", "valid, No. 2")
        lying = {file.name: file.read_bytes() for file in papers.folder.iterdir()}
        assert lying == {f"{TITLE}-已失效.pdf": run + b", old", f"{TITLE}.pdf": run + b", new"}
        assert list(papers.lines()) == [
            "In out/ there are",
            f"  {TITLE}-已失效.pdf: fallen, No. 1",
            f"  {TITLE}.pdf: valid, No. 2",
        ]


def test_a_demo_begins_without_the_papers_of_another_and_leaves_what_is_not_its_own(
    tmp_path: Path,
) -> None:
    papers = Papers(tmp_path / "out")
    papers.clear()
    for title in TITLES:
        papers.keep(title, b"%PDF-", "valid")
    papers.falls(TITLE, "fallen")
    (papers.folder / "mine.pdf").touch()
    Papers(papers.folder).clear()
    assert [file.name for file in papers.folder.iterdir()] == ["mine.pdf"]


def test_a_paper_that_no_demo_would_clear_is_none_of_the_story(tmp_path: Path) -> None:
    with pytest.raises(NotAsTold, match="别的纸 is no paper of the story"):
        Papers(tmp_path).keep("别的纸", b"%PDF-", "valid")


def test_a_paper_falls_also_where_another_demo_has_cleared_it(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    papers.keep(TITLE, b"%PDF-", "valid")
    Papers(tmp_path).clear()
    assert papers.falls(TITLE, "fallen").endswith(f"{TITLE}{NO_LONGER}.pdf")
