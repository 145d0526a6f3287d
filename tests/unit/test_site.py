"""Publishing: a new site takes the old one's place in one go or not at all, and only what changed is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import site
from generator.digest import digest
from generator.site import engine
from generator.store import Memory

ENGINE = "generator.site.engine.run_mkdocs"
PAGES = {"index.md": "home", "steps/ask/index.md": "ask", "404.md": "missing"}
Engine = Callable[[Path, Path, Path], None]


def frame(root: Path, docs: Path, target: Path) -> None:
    """An engine that puts each text into a frame."""
    for path in docs.rglob("*.md"):
        name = path.relative_to(docs).with_suffix("")
        page = target / (name.parent if name.name == "index" else name) / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<html>{path.read_text()}</html>")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ENGINE, frame)
    (tmp_path / ".build").mkdir()
    (tmp_path / "site_overrides").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n")
    return tmp_path


def order(**changes: str) -> site.Order:
    texts = {**PAGES, **{name.replace("_", "/") + ".md": text for name, text in changes.items()}}
    files = {"assets/base.css": b"b{}"}
    return site.Order(
        texts, {name: digest(text) for name, text in texts.items()}, files, site_url="https://small.example/"
    )


def publish(root: Path, wanted: site.Order, store: Memory | None = None) -> site.Published:
    return site.publish(root, wanted, Memory() if store is None else store, lambda stage: None)


def prints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def left(root: Path) -> list[str]:
    return sorted(path.name for path in (root / site.BUILD).glob("work-*"))


def test_pages_stand_where_readers_ask_for_them(root: Path) -> None:
    publish(root, order())
    assert (root / "site/index.html").read_text() == "<html>home</html>"
    assert (root / "site/steps/ask/index.html").read_text() == "<html>ask</html>"
    assert (root / "site/404.html").read_text() == "<html>missing</html>"
    assert (root / "site/assets/base.css").read_bytes() == b"b{}"
    assert left(root) == []


def test_only_the_page_that_changed_goes_through_the_engine(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Memory()
    assert publish(root, order(), store) == site.Published(pages=3, rendered=3)
    seen: list[str] = []

    def watched(root: Path, docs: Path, target: Path) -> None:
        seen.extend(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
        frame(root, docs, target)

    monkeypatch.setattr(ENGINE, watched)
    assert publish(root, order(index="new home"), store) == site.Published(pages=3, rendered=1)
    assert seen == ["index.md"]
    assert (root / "site/index.html").read_text() == "<html>new home</html>"


@pytest.mark.parametrize("forgotten", ["store", "index", "site", "nothing"])
def test_a_build_after_others_gives_the_bytes_of_a_cold_one(root: Path, forgotten: str) -> None:
    store = Memory()
    for wanted in (order(), order(index="second"), order(steps_ask_index="third")):
        publish(root, wanted, store)
    if forgotten == "index":
        (root / site.PUBLISHED.index).unlink()
    if forgotten == "site":
        (root / "site/index.html").unlink()
    publish(root, order(index="second"), Memory() if forgotten == "store" else store)
    warm = prints(root / "site")
    (root / site.PUBLISHED.index).unlink()
    publish(root, order(index="second"))
    assert prints(root / "site") == warm


def test_another_frame_makes_every_page_anew(root: Path) -> None:
    store = Memory()
    publish(root, order(), store)
    (root / "site_overrides/main.html").write_text("{{ page.content }}")
    assert publish(root, order(), store).rendered == 3


def test_another_address_makes_every_page_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Memory()
    publish(root, order(), store)
    monkeypatch.setenv("SITE_URL", "https://elsewhere.example/")
    assert publish(root, order(), store).rendered == 3


def test_a_page_that_somebody_changed_in_the_site_is_put_right(root: Path) -> None:
    store = Memory()
    publish(root, order(), store)
    (root / "site/index.html").write_text("<script>mine</script>")
    assert publish(root, order(), store).rendered == 0
    assert (root / "site/index.html").read_text() == "<html>home</html>"


def test_a_page_that_goes_leaves_the_site(root: Path) -> None:
    wanted = order()
    publish(root, order(tips_old_index="old"))
    publish(root, wanted)
    assert not (root / "site/tips").exists()


def test_what_the_owner_put_into_the_site_stays_there(root: Path) -> None:
    publish(root, order())
    (root / "site/CNAME").write_text("small.example\n")
    publish(root, order(index="new"))
    publish(root, order(index="newer"))
    assert (root / "site/CNAME").read_text() == "small.example\n"


def test_a_folder_that_no_build_made_is_put_aside(root: Path) -> None:
    (root / "site").mkdir()
    (root / "site/mine.txt").write_text("mine")
    publish(root, order())
    assert not (root / "site/mine.txt").exists()
    assert (root / ".build/site-before/mine.txt").read_text() == "mine"


def fails(root: Path, docs: Path, target: Path) -> None:
    raise engine.EngineError("strict: a link is broken")


def skips(root: Path, docs: Path, target: Path) -> None:
    frame(root, docs, target)
    (target / "404/index.html").unlink()


def stops(root: Path, docs: Path, target: Path) -> None:
    frame(root, docs, target)
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("broken", "fault", "said"),
    [
        (fails, site.EngineError, "a link is broken"),
        (skips, site.EngineError, "404.md went into the engine and did not come out"),
        (stops, KeyboardInterrupt, "^$"),
    ],
)
def test_when_the_engine_fails_the_old_site_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch, broken: Engine, fault: type[BaseException], said: str
) -> None:
    publish(root, order())
    before = prints(root / "site")
    monkeypatch.setattr(ENGINE, broken)
    with pytest.raises(fault, match=said):
        publish(root, order(index="new", **{"404": "gone"}))
    assert prints(root / "site") == before
    assert left(root) == []


def test_large_sites_go_through_the_engine_in_shards(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def watched(root: Path, docs: Path, target: Path) -> None:
        sizes.append(len(list(docs.rglob("*.md"))))
        frame(root, docs, target)

    monkeypatch.setattr(ENGINE, watched)
    monkeypatch.setattr(engine, "LARGEST", 500)
    texts = {f"p{number}/index.md": str(number) for number in range(1201)}
    wanted = site.Order(
        texts, {name: digest(text) for name, text in texts.items()}, {}, site_url="https://a.example/"
    )
    publish(root, wanted)
    assert sum(sizes) == 1201
    assert max(sizes) <= engine.LARGEST
    assert (root / "site/p1200/index.html").read_text() == "<html>1200</html>"
