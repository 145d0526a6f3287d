"""What earlier builds made is used only while every question that its making asked has the same answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from projects import TODAY, base_with, lay_out

from generator import pipeline
from generator.catalog import Catalog, Entry
from generator.disk_store import Disk
from generator.document import Document
from generator.remember import Remember
from generator.store import Memory
from generator.trace import Answers, Traced


def touched(catalog: Catalog, kind: str, id: str) -> Catalog:
    """The same catalog, with a new line at the end of one entry's file."""
    entry = catalog.entries[kind, id]
    file = entry.document
    again = Document(file.kind, file.id, file.path, f"{file.text}\n", None)
    return Catalog.of([*catalog, Entry(again, entry.model)])


def asks(catalog: Catalog) -> set[str]:
    traced = Traced.over(catalog)
    traced.get("step", "look-first")
    traced.knows(("tip", "read-first"))
    traced.of_kind("letter")
    return traced.asked


@pytest.mark.parametrize(
    ("kind", "id", "same"),
    [
        ("step", "look-first", False),
        ("tip", "read-first", True),
        ("letter", "first-note", False),
        ("fact", "first-limit", True),
    ],
)
def test_an_answer_changes_with_the_entries_that_were_asked_for(kind: str, id: str, same: bool) -> None:
    before, asked = base_with(), asks(base_with())
    after = touched(before, kind, id)
    assert (Answers(before).print(asked) == Answers(after).print(asked)) is same


def test_walking_over_all_entries_asks_for_all() -> None:
    before = base_with()
    traced = Traced.over(before)
    list(traced)
    for kind, id in before.entries:
        assert Answers(before).print(traced.asked) != Answers(touched(before, kind, id)).print(traced.asked)


def test_an_entry_that_comes_changes_the_answer_to_whether_it_is_there() -> None:
    before = base_with()
    without = Catalog.of(one for one in before if one.key != ("tip", "read-first"))
    assert Answers(before).print(["known tip/read-first"]) != Answers(without).print(["known tip/read-first"])


def remembering(answer: str, store: Memory, ground: str = "code") -> Remember:
    def answers(questions: Iterable[str]) -> str:
        return f"{answer} {sorted(questions)}"

    return Remember(store, ground, answers)


def test_a_result_is_recalled_while_its_questions_have_the_same_answers() -> None:
    store = Memory()
    remembering("a", store).keep("page x", {"one", "two"}, "made")
    assert remembering("a", store).recall("page x") == "made"
    assert remembering("b", store).recall("page x") is None
    assert remembering("a", store, "new code").recall("page x") is None
    assert remembering("a", store).recall("page y") is None


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b"\xff", b"[1,2]", b"null"])
def test_a_damaged_result_is_made_again(damaged: bytes) -> None:
    store = Memory()
    remember = remembering("a", store)
    remember.keep("page x", set(), "made")
    (key,) = store
    store[key] = damaged
    assert remember.recall("page x") is None


@pytest.mark.parametrize("key", sorted(base_with().entries), ids=lambda key: "-".join(key))
def test_whatever_entry_is_edited_remembered_pages_are_those_of_a_cold_build(
    key: tuple[str, str], tmp_path: Path
) -> None:
    """The proof that no page looks at an entry without asking for it."""
    root, store = lay_out(tmp_path, {}), Memory()
    texts: dict[str, str] = {}
    kept = pipeline.Kept(store, texts)
    pipeline.build(root, TODAY, kept)
    path = base_with().entries[key].document.path
    reword(root / path)
    warm = pipeline.build(root, TODAY, kept)
    cold = pipeline.build(root, TODAY)
    assert warm.problems == cold.problems
    assert {name: warm.pages[name] for name in warm.prints} == dict(cold.pages)


def reword(path: Path) -> None:
    """Change the first words of ours that a file has."""
    text = path.read_text("utf-8")
    for field in ("title:", "claim:", "summary:", "reason:"):
        if f"{field} " in text:
            path.write_text(text.replace(f"{field} ", f"{field} Now ", 1), "utf-8")
            return
    pytest.fail(f"{path} has no words to change")


def test_a_store_gives_back_what_was_put_also_to_the_next_build(tmp_path: Path) -> None:
    first = Disk(tmp_path / "store.db")
    first.put("a", b"one")
    first.put("b", b"two")
    first.close()
    second = Disk(tmp_path / "store.db")
    assert second.get("a") == b"one"
    assert second.has("b")
    assert second.get("c") is None


def test_what_a_whole_build_did_not_need_is_forgotten(tmp_path: Path) -> None:
    first = Disk(tmp_path / "store.db")
    first.put("a", b"one")
    first.put("b", b"two")
    first.close()
    second = Disk(tmp_path / "store.db")
    second.get("a")
    second.close(forget=True)
    third = Disk(tmp_path / "store.db")
    assert third.has("a")
    assert not third.has("b")


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_store_is_thrown_away_and_the_build_goes_on(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(damage)
    store = Disk(path)
    assert store.get("a") is None
    store.put("a", b"one")
    assert store.get("a") == b"one"
    store.close()


def test_a_value_that_was_cut_short_counts_as_nothing(tmp_path: Path) -> None:
    store = Disk(tmp_path / "store.db")
    store.put("a", b"one" * 1000)
    store.close()
    with sqlite3.connect(tmp_path / "store.db") as base:
        base.execute("UPDATE kept SET value = substr(value, 1, 4)")
    again = Disk(tmp_path / "store.db")
    assert again.get("a") is None
    again.close()
