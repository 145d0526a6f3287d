"""Pages: which there are, who is beside whom, and what a broken template gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from jinja2 import FileSystemLoader
from projects import TODAY, base_with, lay_out

from generator import pages, pipeline, render
from generator.model import CONTENT_TYPES


def test_every_entry_with_a_page_gets_it_and_every_type_its_list() -> None:
    catalog = base_with()
    urls = [page.url for page in pages.pages(catalog)]
    assert len(urls) == len(set(urls))
    assert sum(page.entry is not None for page in pages.pages(catalog)) == 1 + sum(
        CONTENT_TYPES[entry.kind].has_page for entry in catalog
    )
    assert {"", "guides/", "steps/", "tips/", "letters/", "glossary/", "sources/"} <= set(urls)
    assert "facts/" not in urls


def test_neighbours_follow_the_guide() -> None:
    catalog = base_with()
    first, last = (catalog.entries["step", id] for id in ("look-first", "ask-seller"))
    places = pages.places_in(catalog)
    place = places[first.key]
    assert place is not None
    assert (place.number, place.total, place.before, place.after) == (1, 2, None, last)
    assert ("letter", "first-note") not in places


def test_front_matter_is_yaml_that_every_engine_reads_alike(tmp_path: Path) -> None:
    build = pipeline.build(lay_out(tmp_path, {}), TODAY)
    for path, text in build.pages.items():
        head = text.split("---\n")[1]
        meta = yaml.safe_load(head)
        assert meta["title"], path
        assert len(meta["description"]) > 10, path
        assert "[[" not in head, path


def test_a_page_is_one_block_of_html_that_markdown_leaves_alone(tmp_path: Path) -> None:
    for path, text in pipeline.build(lay_out(tmp_path, {}), TODAY).pages.items():
        body = text.split("---\n", 2)[2].strip()
        assert body.startswith("<div class"), path
        assert body.endswith("</div>"), path
        assert body.count("<div") == body.count("</div>"), path


@pytest.mark.parametrize(
    ("name", "line", "text"),
    [
        ("tip/entry.md.jinja", 2, "{% set title = 'x' %}\n{% if %}\n"),
        ("tip/entry.md.jinja", 1, "{% set title = nothing.at_all %}\n"),
        ("_macros.jinja", 3, "\n\n{% macro %}\n"),
    ],
)
def test_a_broken_template_is_a_problem_and_no_page_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, line: int, text: str
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(render.TEMPLATES, templates)
    (templates / name).write_text(text)
    monkeypatch.setattr(render.environment("en"), "loader", FileSystemLoader(templates))
    render.environment("en").cache.clear()
    build = pipeline.build(lay_out(tmp_path / "project", {}), TODAY)
    monkeypatch.undo()
    render.environment("en").cache.clear()
    assert build.pages == {}
    assert {one.rule for one in build.problems} == {"template"}
    assert (f"generator/templates/{name}", line) in {(one.path, one.position.line) for one in build.problems}
