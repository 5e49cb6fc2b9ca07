"""The papers of the demo: a fallen one isn't taken for valid, the next run's take their place."""

from pathlib import Path

from deploy.local.story.papers import Papers


def test_a_fallen_paper_is_named_so_and_its_place_is_free_again(tmp_path: Path) -> None:
    for run in (b"first run", b"second run"):
        papers = Papers(tmp_path / "out")
        assert papers.keep("证书", run + b", old", "valid, No. 1") == "out/证书.pdf"
        assert papers.falls("证书", "fallen, No. 1") == "out/证书-已失效.pdf"
        assert not (papers.folder / "证书.pdf").exists()
        papers.keep("证书", run + b", new", "valid, No. 2")
        lying = {file.name: file.read_bytes() for file in papers.folder.iterdir()}
        assert lying == {"证书-已失效.pdf": run + b", old", "证书.pdf": run + b", new"}
        assert list(papers.lines()) == [
            "In out/ there are",
            "  证书-已失效.pdf: fallen, No. 1",
            "  证书.pdf: valid, No. 2",
        ]
