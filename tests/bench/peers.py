"""Peers: other engines with equal pages in a folder of their own, and the command that builds them.

In: the corpus's records and a new folder. Out: a tree that the engine builds whole, cold, with one
command. It refuses to know what is measured, and says how to get an engine that is not there.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import equal_pages
from equal_pages import Record

_MATERIAL = """\
site_name: Equal pages
site_url: https://equal.example/
docs_dir: docs
theme:
  name: material
  features: [navigation.prune, navigation.indexes]
plugins: [search]
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - pymdownx.superfences
  - pymdownx.tasklist
"""
_HUGO = """\
baseURL = "https://equal.example/"
title = "Equal pages"
disableKinds = ["taxonomy", "term", "RSS"]
[outputs]
home = ["HTML", "JSON"]
"""
_BASE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ .Site.Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head>
<body>
<header><a href="{{ "/" | relURL }}">{{ .Site.Title }}</a></header>
<nav><ul>
{{ with .CurrentSection }}{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}{{ end }}
</ul></nav>
<main>{{ block "main" . }}{{ .Content }}{{ end }}</main>
<aside>{{ .TableOfContents }}</aside>
<footer>General information, not legal advice.</footer>
</body>
</html>
"""
_LIST = """\
{{ define "main" }}{{ .Content }}
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ end }}
"""
_JSON = """\
[{{ range $at, $page := .Site.RegularPages }}{{ if $at }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
"""
_STYLE = "body{font:1rem/1.5 system-ui;max-width:60rem;margin:auto}nav{float:left}\n"


@dataclass(frozen=True)
class Peer:
    """One engine: what it is called, how its tree is laid out, and how it is built."""

    name: str
    lay_out: Callable[[list[Record], Path], None]
    command: tuple[str, ...]
    made: tuple[str, ...]
    """Folders that a build makes, the site first; without them the next build is cold."""


class MissingPeer(Exception):
    """An engine is not there; the text says how to get it."""


def _lay_out_material(records: list[Record], to: Path) -> None:
    equal_pages.write_tree(records, to / "docs", equal_pages.MKDOCS)
    _write(to, {"mkdocs.yml": _MATERIAL})


def _lay_out_hugo(records: list[Record], to: Path) -> None:
    equal_pages.write_tree(records, to / "content", equal_pages.HUGO)
    layouts = {
        "baseof.html": _BASE,
        "single.html": '{{ define "main" }}{{ .Content }}{{ end }}\n',
        "list.html": _LIST,
    }
    files = {f"layouts/_default/{name}": text for name, text in layouts.items()}
    _write(to, {**files, "layouts/index.json": _JSON, "static/style.css": _STYLE, "config.toml": _HUGO})


def _write(to: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_text(text, "utf-8")


PEERS = {
    "material": Peer(
        "MkDocs + Material, pruned navigation",
        _lay_out_material,
        (sys.executable, "-m", "mkdocs", "build", "--quiet"),
        ("site",),
    ),
    "hugo": Peer("Hugo, a small theme", _lay_out_hugo, ("hugo", "--quiet"), ("public", "resources")),
}
_GET = {"hugo": "apt-get install hugo, or put its program on the PATH"}


def refuse_missing(names: list[str]) -> None:
    """Raise MissingPeer when an engine that shall be measured is not there."""
    for name in names:
        if not shutil.which(PEERS[name].command[0]):
            how = f"{_GET[name]}; to leave it out on purpose: --without {name}"
            raise MissingPeer(f"{name} is not there: {how}")
